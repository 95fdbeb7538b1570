// Any bytes as a load profile; one that reads is used for three days.
#include "demand/profile.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto profile = demand::read_profile(fuzz::text(bytes, size), "x.toml");
  fuzz::expect_sense(profile);
  if (profile) {
    const TimeAxis axis{std::chrono::sys_days{std::chrono::year{2026} / 1 / 30},
                        std::chrono::hours{1}, 72};
    const auto times = Zone::find("UTC+8")->civil(axis);
    static const std::vector<Date> festivals{std::chrono::year{2026} / 2 / 1};
    expects(demand::household_load_kw(*profile, times,
                                      {.year_kwh = 30.0, .spring_festivals = festivals})
                .size() == 72);
  }
  return 0;
}
