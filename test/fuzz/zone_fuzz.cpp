// Any bytes as the name of a time zone; one that is found turns instants into local time and back.
#include "base/zone.hpp"

#include <cstdlib>

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto zone = Zone::find(fuzz::text(bytes, size));
  fuzz::expect_sense(zone);
  if (!zone) {
    return 0;
  }
  for (int year = 1950; year < 2110; year += 7) {
    const TimeAxis axis{std::chrono::sys_days{std::chrono::year{year} / 1 / 1},
                        std::chrono::hours{24 * 9 + 1}, 40};
    const auto all = zone->civil(axis);
    for (std::size_t i = 0; i < axis.size; ++i) {
      const Civil one = zone->civil(axis.at(i));
      expects(one.date().ok() && one.date() == all[i].date() && one.minute == all[i].minute);
      // The clock comes back to the same wall, or stands in the hour that it shows twice.
      const Instant back = zone->instant(one.date(), one.minute);
      expects(std::abs((back - axis.at(i)).count()) <= 26 * 3600);
    }
  }
  return 0;
}
