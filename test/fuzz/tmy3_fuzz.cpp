// Any bytes as a weather file whose format its first lines tell.
#include "foreign.hpp"
#include "weather/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(weather::read_weather(fuzz::text(bytes, size), "x.csv"));
  return 0;
}
