#include "readings/meter.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "base/check.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr std::array<std::int64_t, 16> powers_of_ten = [] {
  std::array<std::int64_t, 16> all{};
  std::int64_t power = 1;
  for (std::int64_t& each : all) {
    each = power;
    power *= 10;
  }
  return all;
}();

constexpr std::int64_t mwh_of_kwh = 1'000'000;

}  // namespace

const std::vector<std::string>& words_of(Channel) {
  static const std::vector<std::string> words{"imported", "exported", "generated"};
  return words;
}

const std::vector<std::string>& words_of(Rate) {
  static const std::vector<std::string> words{"total", "critical_peak", "peak",
                                              "flat",  "valley",        "deep_valley"};
  return words;
}

Text name_of(Channel channel) {
  static const std::array<Text, 3> names{
      {{"import", "用网"}, {"export", "上网"}, {"generation", "发电"}}};
  return names[static_cast<std::size_t>(channel)];
}

Text name_of(Rate rate) {
  static const std::array<Text, 6> names{{{"total", "总"},
                                          {"critical peak", "尖峰"},
                                          {"peak", "峰"},
                                          {"flat", "平"},
                                          {"valley", "谷"},
                                          {"deep valley", "深谷"}}};
  return names[static_cast<std::size_t>(rate)];
}

MeteredEnergy RegisterForm::last_digit() const {
  expects(decimals >= 0 && decimals <= 6);
  return {powers_of_ten[static_cast<std::size_t>(6 - decimals)]};
}

std::optional<MeteredEnergy> RegisterForm::capacity() const {
  if (!whole_digits) {
    return std::nullopt;
  }
  expects(*whole_digits >= 1 && *whole_digits <= 9);
  return MeteredEnergy{powers_of_ten[static_cast<std::size_t>(*whole_digits)] * mwh_of_kwh};
}

std::optional<MeteredEnergy> energy_of(std::int64_t watt, std::chrono::seconds length) {
  std::int64_t product = 0;  // W · s · 1000 / 3600 = mWh
  if (__builtin_mul_overflow(watt, static_cast<std::int64_t>(length.count()), &product) ||
      __builtin_mul_overflow(product, std::int64_t{10}, &product)) {
    return std::nullopt;
  }
  return MeteredEnergy{product / 36};
}

std::optional<MeteredEnergy> times(MeteredEnergy energy, std::int64_t multiplier) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(energy.mwh, multiplier, &product)) {
    return std::nullopt;
  }
  return MeteredEnergy{product};
}

std::string kwh_text(MeteredEnergy energy, int decimals) {
  const RegisterForm form{std::nullopt, decimals};
  const std::int64_t digit = form.last_digit().mwh;
  const std::int64_t size = std::llabs(energy.mwh) / digit;
  const std::int64_t one = mwh_of_kwh / digit;
  const char* sign = energy.mwh < 0 ? "-" : "";
  return decimals == 0 ? fmt::format("{}{}", sign, size)
                       : fmt::format("{}{}.{:0{}}", sign, size / one, size % one, decimals);
}

}  // namespace xiaoyuan::readings
