#include "carbon/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace xiaoyuan::carbon {

namespace {

constexpr std::array<Unit, 8> tonne_units{{{"t", 1.0},
                                           {"kt", 1e3},
                                           {"kg", 1e-3},
                                           {"吨", 1.0},
                                           {"万吨", 1e4},
                                           {"千克", 1e-3},
                                           {"公斤", 1e-3},
                                           {"tCO2", 1.0}}};
constexpr std::array<Unit, 9> energy_units{{{"kWh", 1.0},
                                            {"MWh", 1e3},
                                            {"GWh", 1e6},
                                            {"千瓦时", 1.0},
                                            {"度", 1.0},
                                            {"万千瓦时", 1e4},
                                            {"万度", 1e4},
                                            {"兆瓦时", 1e3},
                                            {"亿千瓦时", 1e8}}};
constexpr std::array<Unit, 7> capacity_units{{{"kWp", 1.0},
                                              {"MWp", 1e3},
                                              {"", 1.0},
                                              {"kW", 1.0},
                                              {"MW", 1e3},
                                              {"千瓦", 1.0},
                                              {"兆瓦", 1e3}}};
constexpr std::array<Unit, 4> yield_units{
    {{"kWh/kWp", 1.0}, {"", 1.0}, {"kWh/kW", 1.0}, {"小时", 1.0}}};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return lower;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// "1,130" → "1130"; nothing when a comma does not stand between groups of three.
std::optional<std::string> without_commas(std::string_view number) {
  const std::size_t point = std::min(number.find('.'), number.size());
  std::string plain;
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (number[at] != ',') {
      plain += number[at];
    } else if (at == 0 || at > point || (point - at) % 4 != 0 || !is_digit(number[at - 1])) {
      return std::nullopt;
    }
  }
  return plain;
}

std::vector<std::string> named_units(const Measure& measure) {
  std::vector<std::string> names;
  for (const Unit& unit : measure.units.first(measure.named)) {
    names.emplace_back(unit.name);
  }
  return names;
}

Text quantity_expected(const Measure& measure, std::string_view found) {
  const std::vector<std::string> names = named_units(measure);
  return {fmt::format("expected a number with a unit ({}), found \"{}\"", joined(names), found),
          fmt::format("应为带单位的数字({}),实为“{}”", joined(names, "、"), found)};
}

Text unknown_unit(const Measure& measure, std::string_view found) {
  const std::vector<std::string> names = named_units(measure);
  return {fmt::format("unknown unit \"{}\"; known are {}", found, joined(names)),
          fmt::format("未知单位“{}”;可用单位:{}", found, joined(names, "、"))};
}

Text out_of_range(const Measure& measure, std::string_view found) {
  const auto [least, most] = measure.range;
  return {fmt::format("expected {:g} to {:g} {}, found \"{}\"", least, most, measure.unit, found),
          fmt::format("应在 {:g} 至 {:g} {} 之间,实为“{}”", least, most, measure.unit, found)};
}

}  // namespace

const Measure tonnes{tonne_units, 3, {0.001, 1e12}, "t"};
const Measure energy_kwh{energy_units, 3, {0.001, 1e15}, "kWh"};
const Measure capacity_kwp{capacity_units, 2, {0.001, 1e12}, "kWp"};
const Measure yield_kwh_per_kwp{yield_units, 1, {100.0, 3000.0}, "kWh/kWp"};

Result<double> quantity_of(std::string_view text, const Measure& measure, const Where& where) {
  const std::string_view all = trimmed(text);
  const std::size_t end = std::min(all.find_first_not_of("+-0123456789.,"), all.size());
  const std::string_view name = trimmed(all.substr(end));
  const auto plain = without_commas(all.substr(0, end));
  const auto number = plain ? parse_number(*plain) : std::nullopt;
  if (!number) {
    return fail(Fault::bad_input, quantity_expected(measure, text), where);
  }
  const auto unit = std::ranges::find_if(
      measure.units, [&](const Unit& one) { return lower_case(one.name) == lower_case(name); });
  if (unit == measure.units.end()) {
    return fail(Fault::bad_input,
                name.empty() ? quantity_expected(measure, text) : unknown_unit(measure, name),
                where);
  }
  const double value = *number * unit->factor;
  if (!measure.range.holds(value)) {
    return fail(Fault::bad_input, out_of_range(measure, text), where);
  }
  return value;
}

}  // namespace xiaoyuan::carbon
