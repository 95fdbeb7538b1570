// Any bytes as a cell of periods away, and as a time of day; what reads is laid on a year.
#include "demand/absence.hpp"
#include "demand/car.hpp"
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const Where cell{"households.csv", 2, "away"};
  const auto absences = demand::parse_absences(fuzz::text(bytes, size), cell);
  fuzz::expect_sense(absences);
  const auto minute = demand::parse_time_of_day(fuzz::text(bytes, size), cell);
  fuzz::expect_sense(minute);
  expects(!minute || (*minute >= 0 && *minute < 1440));
  if (absences) {
    const TimeAxis axis{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1},
                        std::chrono::hours{1}, 8760};
    static const auto times = Zone::find("UTC+8")->civil(axis);
    const auto away = demand::away_steps(times, *absences);
    std::vector<double> kw(away.size(), 1.0);
    expects(demand::keep_share_away(kw, away, 0.5) >= 0.0);
  }
  return 0;
}
