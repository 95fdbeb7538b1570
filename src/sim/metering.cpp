#include "sim/metering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/check.hpp"
#include "base/random.hpp"

namespace xiaoyuan::sim {

namespace {

using readings::Channel;
using readings::Rate;

constexpr int usual_digits = 6;
constexpr int few_digits = 5;
constexpr std::int64_t multiplier_of_transformers = 20;
/// Of the usual meters of houses, 5(60) A at 220 V, with one phase and with three.
constexpr std::int64_t one_phase_w = 13'200;
constexpr std::int64_t three_phase_w = 39'600;
/// What a register may have counted before the year, kWh.
constexpr double least_begin_kwh = 800.0;
constexpr double most_begin_kwh = 40'000.0;

std::int64_t digit_wh(const readings::Service& service) {
  return service.form.last_digit().mwh / 1000 * service.multiplier;
}

class MeterMaker {
 public:
  MeterMaker(const ActualYear& year, std::span<const Event> events, std::span<const HomeYear> homes)
      : year_(year),
        events_(events),
        homes_(homes),
        random_(seed_of("meters", year.inputs.village.seed)) {}

  std::vector<Metering> make() {
    for (home_ = 0; home_ < homes_.size(); ++home_) {
      const bool sells_all = household().mode == model::Mode::full_export;
      const std::string house = next_meter();
      const Event* change = event_of(events_, EventKind::meter_change, home_);
      const std::string second = change ? next_meter() : "";
      add(Channel::imported, house, second);
      const std::string roof = household().makes_energy() ? next_meter() : "";
      add(Channel::exported, sells_all ? roof : house, sells_all ? "" : second);
      if (sells_all) {  // the register that counts what is sold counts what is made
        Metering made = meters_.back();
        made.point.channel = Channel::generated;
        meters_.push_back(std::move(made));
      } else {
        add(Channel::generated, roof, "");
      }
    }
    return std::move(meters_);
  }

 private:
  const model::Household& household() const { return year_.inputs.village.households[home_]; }
  /// Twelve digits, as those of meters are.
  std::string next_meter() { return fmt::format("9900{:08}", ++count_); }
  void add(Channel channel, const std::string& meter, const std::string& second);
  std::vector<readings::Service> services(Channel channel, const std::string& meter,
                                          const std::string& second) const;
  std::int64_t most_w(std::span<const std::int64_t> wh) const;
  void add_register(Metering& metering, Rate rate);
  std::int64_t begin_of_register(const Metering& metering, std::size_t service,
                                 std::int64_t total_wh);

  const ActualYear& year_;
  std::span<const Event> events_;
  std::span<const HomeYear> homes_;
  Random random_;
  std::size_t home_ = 0;
  int count_ = 0;
  std::vector<Metering> meters_;
};

std::vector<readings::Service> MeterMaker::services(Channel channel, const std::string& meter,
                                                    const std::string& second) const {
  const bool rolls =
      channel == Channel::imported && event_of(events_, EventKind::rollover, home_) != nullptr;
  const bool has_transformer = channel != Channel::imported &&
                               event_of(events_, EventKind::current_transformer, home_) != nullptr;
  readings::Service service{
      .meter = meter,
      .form = {.whole_digits = rolls ? few_digits : usual_digits, .decimals = 2},
      .multiplier = has_transformer ? multiplier_of_transformers : 1,
      .from = year_.read.start,
      .to = {}};
  std::vector<readings::Service> all{service};
  if (!second.empty()) {
    const Instant at = event_of(events_, EventKind::meter_change, home_)->from;
    all.front().to = at;
    service.meter = second;
    service.from = at;
    all.push_back(service);
  }
  return all;
}

/// The usual meter's, or more where the year shows that the connection bears it.
std::int64_t MeterMaker::most_w(std::span<const std::int64_t> wh) const {
  const std::int64_t usual = household().phase == model::Phase::three ? three_phase_w : one_phase_w;
  const std::int64_t most = wh.empty() ? 0 : *std::ranges::max_element(wh);
  const std::int64_t hours_w = most * (3600 / year_.read.step.count());
  return std::max(usual, (hours_w * 5 / 4 + 999) / 1000 * 1000);
}

/// A plausible count; of the register that is to roll over, so near to its end that half of the
/// year takes it there.
std::int64_t MeterMaker::begin_of_register(const Metering& metering, std::size_t service,
                                           std::int64_t total_wh) {
  const readings::Service& served = metering.point.services[service];
  const double before_kwh =
      service > 0 ? 0.0 : least_begin_kwh + random_.uniform() * (most_begin_kwh - least_begin_kwh);
  if (served.form.whole_digits == few_digits) {
    const std::int64_t capacity = served.form.capacity()->mwh / served.form.last_digit().mwh;
    return capacity - total_wh / 2 / digit_wh(served);
  }
  return std::llround(before_kwh * 100.0) / served.multiplier;
}

void MeterMaker::add_register(Metering& metering, Rate rate) {
  Metering::Register counter{.rate = rate, .sum_wh = {0}, .begin = {}};
  for (std::size_t i = 0; i < metering.wh.size(); ++i) {
    const bool counts = rate == Rate::total || year_.rates[i] == rate;
    counter.sum_wh.push_back(counter.sum_wh.back() + (counts ? metering.wh[i] : 0));
  }
  for (std::size_t i = 0; i < metering.point.services.size(); ++i) {
    counter.begin.push_back(begin_of_register(metering, i, counter.sum_wh.back()));
  }
  metering.registers.push_back(std::move(counter));
}

void MeterMaker::add(Channel channel, const std::string& meter, const std::string& second) {
  const auto wh = homes_[home_].of(channel);
  if (wh.empty()) {
    return;
  }
  Metering metering{.home = home_,
                    .point = {.household = household().id,
                              .channel = channel,
                              .most_w = most_w(wh),
                              .services = services(channel, meter, second)},
                    .wh = {wh.begin(), wh.end()},
                    .registers = {}};
  add_register(metering, Rate::total);
  if (channel == Channel::imported) {
    for (const Rate rate : std::set<Rate>(year_.rates.begin(), year_.rates.end())) {
      add_register(metering, rate);
    }
  }
  meters_.push_back(std::move(metering));
}

}  // namespace

MeteredEnergy Metering::shown(const Register& counter, std::size_t service, Instant at,
                              const TimeAxis& axis) const {
  const readings::Service& served = point.services[service];
  const auto index = [&](Instant instant) {
    return static_cast<std::size_t>((instant - axis.start) / axis.step);
  };
  const std::int64_t flowed_wh = counter.sum_wh[index(at)] - counter.sum_wh[index(served.from)];
  const std::int64_t digit = served.form.last_digit().mwh;
  const std::int64_t capacity = served.form.capacity()->mwh / digit;
  expects(flowed_wh >= 0);
  return {(counter.begin[service] + flowed_wh / digit_wh(served)) % capacity * digit};
}

std::vector<Metering> meters_of(const ActualYear& year, std::span<const Event> events,
                                std::span<const HomeYear> homes) {
  return MeterMaker(year, events, homes).make();
}

std::vector<readings::RegisterReading> register_readings(const ActualYear& year,
                                                         std::span<const Metering> meters) {
  std::vector<readings::RegisterReading> all;
  for (const Metering& metering : meters) {
    for (std::size_t i = 0; i < metering.point.services.size(); ++i) {
      const readings::Service& service = metering.point.services[i];
      const Instant end = service.to.value_or(year.read.end());
      std::set<Instant> instants{service.from, end};
      for (int month = 0; month <= year.wanted.months; ++month) {
        const Instant freeze = begin_of(year.inputs.village.zone, year.wanted, month);
        if (freeze > service.from && freeze < end) {
          instants.insert(freeze);
        }
      }
      for (const Instant at : instants) {
        for (const Metering::Register& counter : metering.registers) {
          all.push_back({.key = {service.meter, metering.point.channel, counter.rate, at},
                         .value = metering.shown(counter, i, at, year.read),
                         .quality = readings::Quality::measured,
                         .source = "simulated",
                         .recorded_at = at});
        }
      }
    }
  }
  std::ranges::sort(all, {}, [](const readings::RegisterReading& reading) {
    return std::tuple(reading.key.at, reading.key);
  });
  return all;
}

}  // namespace xiaoyuan::sim
