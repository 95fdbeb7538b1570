// A whole year of TMY3 whose station, columns and rows are any bytes: two lines of head, then rows
// that take turns through the 8,760 hours, each behind its right date.
#include <string>

#include "base/text.hpp"
#include "foreign.hpp"
#include "weather/tmy3.hpp"

namespace {

std::string year_of(const std::vector<std::string_view>& lines) {
  namespace chrono = std::chrono;
  const auto two = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  std::string text = std::string(lines[0]) + "\n" + std::string(lines[1]) + "\n";
  const xiaoyuan::Instant start = chrono::sys_days{chrono::year{2001} / 1 / 1};
  for (unsigned hour = 0; hour < 8760; ++hour) {
    const chrono::year_month_day date{chrono::floor<chrono::days>(start + chrono::hours{hour})};
    text += two(unsigned{date.month()}) + "/" + two(unsigned{date.day()}) + "/2001," +
            two(hour % 24 + 1) + ":00,";
    text += lines[2 + hour % (lines.size() - 2)];
    text += "\n";
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto lines = parts_of(fuzz::text(bytes, size), '\n');
  if (lines.size() < 3) {
    return 0;
  }
  const auto year = weather::read_tmy3(year_of(lines), "x.csv");
  fuzz::expect_sense(year);
  if (year) {
    expects(year->axis.size == 8760);
    for (const auto* values : {&year->ghi_w_m2, &year->dni_w_m2, &year->dhi_w_m2,
                               &year->temperature_c, &year->wind_m_s, &year->pressure_pa}) {
      expects(values->size() == year->axis.size);
      fuzz::expect_numbers(*values);
    }
  }
  return 0;
}
