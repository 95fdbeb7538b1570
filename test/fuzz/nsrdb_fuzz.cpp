// NSRDB's files: any bytes as they stand, and as a whole year.
#include "weather/nsrdb.hpp"
#include "whole_year.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::try_weather(fuzz::text(bytes, size), {weather::read_nsrdb, 3, "{},{},{},{},0"});
  return 0;
}
