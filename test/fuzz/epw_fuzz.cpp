// Any bytes as an EPW file.
#include "foreign.hpp"
#include "weather/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(weather::read_weather(fuzz::text(bytes, size), "x.epw"));
  return 0;
}
