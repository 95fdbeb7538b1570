// Any bytes as a household's measured load, laid on two days of hours and of quarters.
#include "demand/load_file.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  static const Zone zone = *Zone::find("UTC+8");
  const Instant start = zone.instant({std::chrono::year{2026} / 1 / 1}, 0);
  for (const int minutes : {60, 15}) {
    const TimeAxis axis{start, std::chrono::minutes{minutes},
                        static_cast<std::size_t>(48 * 60 / minutes)};
    const auto file = demand::read_load(fuzz::text(bytes, size), "x.csv", axis, zone);
    fuzz::expect_sense(file);
    if (file) {
      expects(file->load.size() == axis.size && (!file->has_pv() || file->pv.axis == axis));
      fuzz::expect_numbers(file->load.values);
      fuzz::expect_numbers(file->pv.values);
    }
  }
  return 0;
}
