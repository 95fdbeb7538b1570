// NASA POWER's files: any bytes as they stand, and as a
// whole year whose head and rows they are.
#include <fmt/format.h>

#include "weather/nasa_power.hpp"
#include "whole_year.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  weather::ReadOptions options;
  options.place = Place{39.8, 116.47, 32.0};
  options.utc_offset = std::chrono::hours{8};
  options.splitting = weather::Splitting(size % 3);
  const std::string_view text = fuzz::text(bytes, size);
  fuzz::expect_sense(weather::read_nasa_power(text, "x.csv", options));
  const std::string whole = fuzz::whole_year(text, 5, [](const Date& date, int hour) {
    return fmt::format("{},{},{},{}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       hour);
  });
  const auto year = weather::read_nasa_power(whole, "x.csv", options);
  fuzz::expect_sense(year);
  if (year) {
    fuzz::expect_whole(*year);
  }
  return 0;
}
