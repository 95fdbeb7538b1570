// One day of a tariff: which version, season and holiday it falls in, and its windows in order.
#pragma once
#include <string>
#include <vector>

#include "tariff/tariff.hpp"

namespace xiaoyuan::tariff {

/// The table of a day; points into the tariff it was looked up in.
struct DayTable {
  Date date;
  std::size_t version = 0;
  const Season* season = nullptr;
  const Holidays* holidays = nullptr;  ///< only on one

  /// The period of a minute of the day: a holiday's where it names one, else the season's.
  const Period& at(int minute) const;
};

/// Errors: a day without a version, a season that is still a required input.
Result<DayTable> day_table(const Tariff& tariff, const Date& date);

/// Minutes [from, to) of one period.
struct DayWindow {
  int from_minute = 0;
  int to_minute = 0;
  const Period* period = nullptr;
};

/// The day from 00:00 to 24:00.
std::vector<DayWindow> windows_of(const DayTable& table);

/// The subsidy that a period of the day earns, or nothing.
const Subsidy* subsidy_of(const Tariff& tariff, const DayTable& table, const Period& period);

/// The day in 24 characters, one an hour by its first minute: ▁ deep valley, ▂ valley, ▄ flat,
/// ▆ peak, █ critical peak.
std::string bar_of(const DayTable& table);
std::string bar_of(PeriodKind kind);

/// 尖峰, 高峰, 平段, 低谷, 深谷
Text name_of(PeriodKind kind);

/// "21:30"
std::string clock_text(int minute);

}  // namespace xiaoyuan::tariff
