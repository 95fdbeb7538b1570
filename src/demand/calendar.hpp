// Feasts and public holidays: the days on which a village lives otherwise than on a plain weekday.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::demand {

enum class Festival {
  new_year,
  spring_festival,
  qingming,
  labour_day,
  dragon_boat,
  mid_autumn,
  national_day
};
const std::vector<std::string>& names_of(Festival);

/// Days off in a row, both ends included; two feasts may share one (国庆节、中秋节).
struct Holiday {
  std::vector<Festival> of;
  Date first_day;
  Date last_day;
};

/// The State Council's notice of a year's public holidays (节假日安排).
struct Notice {
  int year = 0;
  std::vector<Holiday> holidays;
  std::vector<Date> workdays;  ///< weekend days that are worked in exchange (调休上班)
  std::string document;
  std::string source;
  std::string confidence;
};

struct Calendar {
  std::string id;
  Text name;
  std::vector<Date> spring_festivals;  ///< the first day of each, rising
  std::string document;                ///< where those come from
  std::string source;
  std::string confidence;
  std::vector<Notice> notices;

  /// The notice of a year, or nullptr: without one its holidays are unknown, not absent.
  const Notice* notice_of(int year) const;
  /// The holiday that holds a day, or nullptr.
  const Holiday* holiday_on(const Date& date) const;
};

/// Reads share/calendars/<name>.toml.
Result<Calendar> read_calendar(std::string_view bytes, const std::string& name);

/// What to say when the plan's days hold a January or February whose Spring Festival is not known:
/// it is then left out of the load.
std::optional<Text> missing_spring_festival(const Calendar& calendar, std::span<const Civil> times);

}  // namespace xiaoyuan::demand
