// Any bytes as packed intervals: what is read packs again to what reads the same.
#include "readings/packed.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto intervals = readings::unpack(fuzz::text(bytes, size), "m1");
  fuzz::expect_sense(intervals);
  if (intervals) {
    expects(intervals->counts.size() == intervals->axis.size &&
            intervals->quality.size() == intervals->axis.size);
    readings::total(*intervals);
    expects(*readings::unpack(readings::pack(*intervals), "m1") == *intervals);
  }
  return 0;
}
