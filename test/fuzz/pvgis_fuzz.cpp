// PVGIS's files: any bytes as they stand, and as a whole year.
#include "weather/pvgis.hpp"
#include "whole_year.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::try_weather(fuzz::text(bytes, size), {weather::read_pvgis, 7, "{:04}{:02}{:02}:{:02}11"});
  return 0;
}
