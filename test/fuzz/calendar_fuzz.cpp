// Any bytes as a calendar; one that reads is asked about days of its own years.
#include "demand/calendar.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto calendar = demand::read_calendar(fuzz::text(bytes, size), "x.toml");
  fuzz::expect_sense(calendar);
  if (calendar) {
    for (const demand::Notice& notice : calendar->notices) {
      for (const demand::Holiday& holiday : notice.holidays) {
        expects(calendar->holiday_on(holiday.last_day) != nullptr);
      }
    }
    const TimeAxis axis{std::chrono::sys_days{std::chrono::year{2026} / 1 / 30},
                        std::chrono::hours{1}, 72};
    demand::missing_spring_festival(*calendar, Zone::find("UTC+8")->civil(axis));
  }
  return 0;
}
