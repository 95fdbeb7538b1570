// Any bytes as a tariff; one that reads is laid over the turn of a year and a leap day.
#include "foreign.hpp"
#include "tariff/schedule.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  static const Zone zone = *Zone::find("Asia/Shanghai");
  const auto read = tariff::read_tariff(fuzz::text(bytes, size), "x.toml");
  fuzz::expect_sense(read);
  if (!read) {
    return 0;
  }
  for (const Date day :
       {Date{std::chrono::year{2026} / 12 / 30}, Date{std::chrono::year{2028} / 2 / 28}}) {
    for (const int minutes : {60, 15}) {
      const TimeAxis axis{zone.instant(day, 0), std::chrono::minutes{minutes},
                          static_cast<std::size_t>(72 * 60 / minutes)};
      const auto laid = tariff::schedule(*read, zone.civil(axis), minutes);
      fuzz::expect_sense(laid);
      if (laid) {
        expects(laid->slot.size() == axis.size && laid->yuan_per_kwh.size() == axis.size);
        fuzz::expect_numbers(laid->yuan_per_kwh);
      }
    }
  }
  return 0;
}
