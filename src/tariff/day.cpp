#include "tariff/day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace xiaoyuan::tariff {

namespace {

const Period* period_at(const std::vector<Period>& periods, int minute) {
  for (const Period& period : periods) {
    for (const Window& window : period.windows) {
      if (window.holds(minute)) {
        return &period;
      }
    }
  }
  return nullptr;
}

}  // namespace

const Period& DayTable::at(int minute) const {
  const Period* found = holidays ? period_at(holidays->periods, minute) : nullptr;
  found = found ? found : period_at(season->periods, minute);
  if (found == nullptr) {
    expects(false);  // the reader checked that windows cover the day
    std::unreachable();
  }
  return *found;
}

Result<DayTable> day_table(const Tariff& tariff, const Date& date) {
  DayTable table;
  table.date = date;
  table.version = version_on(tariff, date);
  if (table.version == tariff.versions.size()) {
    return fail(Fault::bad_input, no_version(tariff, date));
  }
  const Version& version = tariff.versions[table.version];
  table.season = version.season_on({date.month(), date.day()});
  if (!table.season) {
    Errors errors;
    for (const RequiredInput& input : tariff.required) {
      if (input.kind == InputKind::season) {
        errors.push_back({Fault::bad_input, needs(tariff.id, input), {}});
      }
    }
    return std::unexpected(std::move(errors));
  }
  if (version.holidays &&
      std::ranges::find(version.holidays->days, date) != version.holidays->days.end()) {
    table.holidays = &*version.holidays;
  }
  return table;
}

std::vector<DayWindow> windows_of(const DayTable& table) {
  std::vector<DayWindow> windows;
  for (int minute = 0; minute < minutes_a_day; ++minute) {
    const Period* period = &table.at(minute);
    if (windows.empty() || windows.back().period != period) {
      windows.push_back({minute, minute, period});
    }
    windows.back().to_minute = minute + 1;
  }
  return windows;
}

const Subsidy* subsidy_of(const Tariff& tariff, const DayTable& table, const Period& period) {
  const auto& subsidy = tariff.versions[table.version].subsidy;
  const bool earns =
      subsidy && subsidy->season == table.season->name && subsidy->kind == period.kind;
  return earns ? &*subsidy : nullptr;
}

std::string bar_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::critical_peak:
      return "█";
    case PeriodKind::peak:
      return "▆";
    case PeriodKind::flat:
      return "▄";
    case PeriodKind::valley:
      return "▂";
    case PeriodKind::deep_valley:
      break;
  }
  return "▁";
}

std::string bar_of(const DayTable& table) {
  std::string bar;
  for (int hour = 0; hour < 24; ++hour) {
    bar += bar_of(table.at(hour * 60).kind);
  }
  return bar;
}

Text name_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::critical_peak:
      return {"critical peak", "尖峰"};
    case PeriodKind::peak:
      return {"peak", "高峰"};
    case PeriodKind::flat:
      return {"flat", "平段"};
    case PeriodKind::valley:
      return {"valley", "低谷"};
    case PeriodKind::deep_valley:
      break;
  }
  return {"deep valley", "深谷"};
}

std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

}  // namespace xiaoyuan::tariff
