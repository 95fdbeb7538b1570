// Any bytes as a tariff; one that reads gets what it asks for and is laid over the turn of a year
// and a leap day, shown by the day and billed.
#include <cmath>

#include "foreign.hpp"
#include "tariff/bill.hpp"
#include "tariff/day.hpp"

namespace {

using namespace xiaoyuan;

/// Something of its kind for every required input.
tariff::Given something_for(const tariff::Tariff& tariff) {
  tariff::Given given;
  given.source = "fuzz";
  given.values["tier_limits_kwh"] = "2000,4000";
  const char* by_kind[] = {"0.5", "11-15/03-15", "2026-12-31,2027-01-01", "2020-01-01", "0.3"};
  for (const tariff::RequiredInput& input : tariff.required) {
    given.values[input.key] = by_kind[static_cast<std::size_t>(input.kind)];
  }
  return given;
}

void lay(const tariff::Tariff& tariff, const Date& day, int minutes) {
  static const Zone zone = *Zone::find("Asia/Shanghai");
  const TimeAxis axis{zone.instant(day, 0), std::chrono::minutes{minutes},
                      static_cast<std::size_t>(72 * 60 / minutes)};
  const auto laid = tariff::schedule(tariff, zone.civil(axis), minutes);
  fuzz::expect_sense(laid);
  if (!laid) {
    return;
  }
  expects(laid->slot.size() == axis.size && laid->yuan_per_kwh.size() == axis.size);
  fuzz::expect_numbers(laid->yuan_per_kwh);
  const std::vector<double> kwh(axis.size, 1.5);
  MeteredEnergy billed;
  for (const tariff::Bill& bill : tariff::bills(*laid, tariff::energy_by_slot(*laid, kwh))) {
    billed += bill.energy;
  }
  expects(billed == MeteredEnergy::of(1.5 * static_cast<double>(axis.size)));
}

void show(const tariff::Tariff& tariff, const Date& day) {
  const auto table = tariff::day_table(tariff, day);
  fuzz::expect_sense(table);
  if (table) {
    const auto windows = tariff::windows_of(*table);
    expects(windows.front().from_minute == 0 && windows.back().to_minute == 1440);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto read = tariff::read_tariff(fuzz::text(bytes, size), "x.toml");
  fuzz::expect_sense(read);
  if (!read) {
    return 0;
  }
  const auto filled = tariff::with_inputs(*read, something_for(*read), {});
  fuzz::expect_sense(filled);
  for (const tariff::Tariff* tariff : {&*read, filled ? &*filled : &*read}) {
    for (const Date day :
         {Date{std::chrono::year{2026} / 12 / 30}, Date{std::chrono::year{2028} / 2 / 28}}) {
      show(*tariff, day);
      for (const int minutes : {60, 15}) {
        lay(*tariff, day, minutes);
      }
    }
  }
  return 0;
}
