// Times as grid companies and inverter portals write them: "2026-10-01 00:15", "2026/10/1 0:15:00",
// "20261001001500", "2026年10月1日", with an offset from UTC behind it if one likes, or the day
// number of a workbook.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"

namespace xiaoyuan::readings {

/// In which order day, month and year stand; nobody can tell from 03/04/2026.
enum class DateOrder : std::uint8_t { year_month_day, day_month_year, month_day_year };
const std::vector<std::string>& words_of(DateOrder);

/// How the times of a file are read.
struct StampForm {
  DateOrder order = DateOrder::year_month_day;
  /// Days from 1970-01-01 to day 0 of a workbook's numbers; nothing where the file is no workbook.
  std::optional<int> day_zero;
};

struct Stamp {
  Date date;
  int second = 0;  ///< of the day, 0–86,400
  std::optional<int> offset_s;
};

std::optional<Stamp> parse_stamp(std::string_view text, const StampForm& form);

/// Turns the stamps of a file into instants; remembers the last day, for a file has many of each.
class LocalClock {
 public:
  explicit LocalClock(const Zone& zone) : zone_(zone) {}
  /// The instant of a local time. Nothing where the clock was put forward over it. Where the clock
  /// was put back, the earlier of the two; `after` (the time of the row before) makes it the later
  /// one where the earlier has passed.
  std::optional<Instant> instant(const Stamp& stamp, std::optional<Instant> after = std::nullopt);

 private:
  void enter(const Date& date);

  Zone zone_;
  Date date_{std::chrono::year{1}, std::chrono::month{1}, std::chrono::day{1}};
  Instant midnight_;
  bool is_plain_ = false;  ///< a day of 24 hours, without any change
};

/// "2026-10-01 00:15": what clocks of a zone show.
std::string clock_text(const Zone& zone, Instant instant);

}  // namespace xiaoyuan::readings
