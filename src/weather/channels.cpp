#include "weather/channels.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/expected.hpp"
#include "sun/clear_sky.hpp"

namespace xiaoyuan::weather {

namespace {

constexpr double calm_wind_m_s = 1.0;

/// How many values were filled, and the longest hole; values that are all missing stay so.
struct Filled {
  std::size_t count = 0;
  std::size_t longest = 0;
  std::size_t longest_from = 0;
};

/// Puts straight lines into the holes; the ends hold their nearest value.
Filled fill_straight(std::vector<double>& values) {
  Filled filled;
  for (std::size_t from = 0; from < values.size(); ++from) {
    if (!std::isnan(values[from])) {
      continue;
    }
    std::size_t to = from;
    while (to < values.size() && std::isnan(values[to])) {
      ++to;
    }
    filled.count += to - from;
    if (to - from > filled.longest) {
      filled.longest = to - from;
      filled.longest_from = from;
    }
    if (to - from == values.size()) {
      return filled;
    }
    const double after = to < values.size() ? values[to] : values[from - 1];
    const double before = from > 0 ? values[from - 1] : after;
    for (std::size_t i = from; i < to; ++i) {
      const double share = static_cast<double>(i - from + 1) / static_cast<double>(to - from + 1);
      values[i] = before + (after - before) * share;
    }
  }
  return filled;
}

/// What is done with a column that has no value at all.
void fill_whole(std::size_t column, const std::string& name, std::vector<double>& values,
                Weather& weather, Complaints& complaints) {
  if (column == Channel::pressure) {
    values.assign(values.size(), sun::standard_pressure_pa(weather.place.elevation_m));
    weather.notes.push_back({"air pressure is not in the file: the standard atmosphere's was taken",
                             "文件中没有气压:取标准大气压"});
  } else if (column == Channel::wind) {
    values.assign(values.size(), calm_wind_m_s);
    weather.notes.push_back(
        {fmt::format("wind is not in the file: {} m/s was taken", calm_wind_m_s),
         fmt::format("文件中没有风速:取 {} m/s", calm_wind_m_s)});
  } else if (column == Channel::dni || column == Channel::dhi) {
    values.clear();
  } else {
    complaints.add(0, name,
                   {"has no value in the whole file; GHI and temperature of every hour are needed",
                    "全文件均无数值;需要逐时的水平总辐射和气温"});
  }
}

}  // namespace

Values values_of(const CsvRow& row, const ColumnRules& rules, Complaints& complaints) {
  Values values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ColumnRule& rule = rules[i];
    const auto found = parse_number(rule.index < row.cells.size() ? row.cells[rule.index] : "");
    const bool missing = rule.index == no_column ||
                         (found && (*found <= rule.missing_to || *found >= rule.missing_from));
    values[i] = missing ? not_measured
                        : complaints.number(row, rule.index, rule.name, rule.range) * rule.factor +
                              0.0;  // −0.0 becomes 0.0
  }
  return values;
}

void fill_into(Weather& weather, Channels channels, const ColumnRules& rules,
               Complaints& complaints) {
  const auto most_rows =
      static_cast<std::size_t>(std::chrono::hours{longest_gap_h} / weather.axis.step);
  for (std::size_t column = 0; column < channel_count; ++column) {
    std::vector<double>& values = channels.values[column];
    const std::string& name = rules[column].name;
    const Filled filled = fill_straight(values);
    if (filled.count == values.size()) {
      fill_whole(column, name, values, weather, complaints);
    } else if (column <= Channel::temperature && filled.longest > most_rows) {
      complaints.add(
          channels.lines[filled.longest_from], name,
          {fmt::format("{} rows in succession without a value; gaps of up to {} h are "
                       "filled",
                       filled.longest, longest_gap_h),
           fmt::format("连续 {} 行缺测;仅可补 {} 小时以内的缺口", filled.longest, longest_gap_h)});
    } else if (filled.count > 0) {
      weather.notes.push_back(
          {fmt::format("{}: {} missing values filled on a straight line", name, filled.count),
           fmt::format("{}:{} 个缺测值按直线内插补齐", name, filled.count)});
    }
  }
  weather.ghi_w_m2 = std::move(channels.values[Channel::ghi]);
  weather.dni_w_m2 = std::move(channels.values[Channel::dni]);
  weather.dhi_w_m2 = std::move(channels.values[Channel::dhi]);
  weather.temperature_c = std::move(channels.values[Channel::temperature]);
  weather.wind_m_s = std::move(channels.values[Channel::wind]);
  weather.pressure_pa = std::move(channels.values[Channel::pressure]);
}

}  // namespace xiaoyuan::weather
