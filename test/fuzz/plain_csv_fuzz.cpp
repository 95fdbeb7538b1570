// Plain CSV files of weather: any bytes as they stand, and as a whole year.
#include "weather/plain_csv.hpp"
#include "whole_year.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::try_weather(fuzz::text(bytes, size),
                    {weather::read_plain_csv, 1, "{:04}-{:02}-{:02} {:02}:00"});
  return 0;
}
