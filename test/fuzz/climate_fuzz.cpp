// Any bytes as a built-in climate.
#include "foreign.hpp"
#include "weather/climate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(weather::read_climate(fuzz::text(bytes, size), "x.toml"));
  return 0;
}
