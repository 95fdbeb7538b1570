#include "weather/reader.hpp"

#include <algorithm>
#include <cctype>

#include "weather/epw.hpp"
#include "weather/tmy3.hpp"

namespace xiaoyuan::weather {

Result<Weather> read_weather(std::string_view bytes, const std::string& file_name) {
  std::string lower(file_name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  const std::string_view start = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (lower.ends_with(".epw") || start.starts_with("LOCATION,")) {
    return read_epw(bytes, file_name);
  }
  const std::size_t line_end = std::min(start.find('\n'), start.size());
  const std::string_view second = trimmed(start.substr(line_end).substr(0, 100));
  if (second.starts_with("Date (MM/DD/YYYY)")) {
    return read_tmy3(bytes, file_name);
  }
  return fail(Fault::bad_input,
              {"is no weather file of a known format; EPW (*.epw) and TMY3 (CSV whose second line "
               "begins with \"Date (MM/DD/YYYY)\") can be read",
               "不是可识别的气象文件;支持 EPW(*.epw)和 TMY3(CSV,第二行以“Date "
               "(MM/DD/YYYY)”开头)"},
              {file_name, 0, ""});
}

}  // namespace xiaoyuan::weather
