#include "weather/reader.hpp"

#include <algorithm>

#include "weather/epw.hpp"
#include "weather/nasa_power.hpp"
#include "weather/nsrdb.hpp"
#include "weather/plain_csv.hpp"
#include "weather/pvgis.hpp"
#include "weather/text_lines.hpp"
#include "weather/tmy3.hpp"

namespace xiaoyuan::weather {

namespace {

std::string_view line_at(std::string_view text, std::size_t from) {
  return trimmed(text.substr(from, std::min(text.find('\n', from), text.size()) - from));
}

/// A row of names with "time" or a name of ours in it, however wrong the others are, and the
/// separator too.
bool is_plain(std::string_view names) {
  const char separator = names.find(',') != std::string_view::npos   ? ','
                         : names.find(';') != std::string_view::npos ? ';'
                                                                     : '\t';
  const auto cells = parts_of(names, separator);
  return std::ranges::any_of(cells, [](std::string_view cell) {
    return cell == "time" || cell == "ghi_w_m2" || cell == "temperature_c";
  });
}

Result<Weather> refuse(std::string_view start, const std::string& file_name) {
  if (!is_utf8(start.substr(0, start.rfind('\n', 4096)))) {
    return fail(Fault::bad_input,
                {"is not UTF-8 (perhaps GBK or UTF-16); save the file as UTF-8",
                 "不是 UTF-8 编码(可能是 GBK 或 UTF-16);请将文件另存为 UTF-8"},
                {file_name, 0, ""});
  }
  if (start.starts_with('{')) {
    return fail(Fault::bad_input,
                {"is JSON; download the weather as CSV", "是 JSON 文件;请改为下载 CSV 格式"},
                {file_name, 0, ""});
  }
  return fail(Fault::bad_input,
              {"is no weather file of a known format; EPW (*.epw) and TMY3 (CSV whose second line "
               "begins with \"Date (MM/DD/YYYY)\"), the CSV of PVGIS, NASA POWER and NSRDB, and a "
               "CSV with the columns time, ghi_w_m2, temperature_c can be read",
               "不是可识别的气象文件;支持 EPW(*.epw)、TMY3(CSV,第二行以“Date "
               "(MM/DD/YYYY)”开头)、PVGIS、NASA POWER 与 NSRDB 的 CSV,以及含 "
               "time、ghi_w_m2、temperature_c 列的普通 CSV"},
              {file_name, 0, ""});
}

}  // namespace

Result<Weather> read_weather(std::string_view bytes, const std::string& file_name,
                             const ReadOptions& options) {
  const std::string_view start = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (lowered(file_name).ends_with(".epw") || start.starts_with("LOCATION,")) {
    return read_epw(bytes, file_name, options);
  }
  const std::string_view first = line_at(start, 0);
  const std::size_t first_end = std::min(start.find('\n'), start.size());
  if (line_at(start, std::min(first_end + 1, start.size())).starts_with("Date (MM/DD/YYYY)")) {
    return read_tmy3(bytes, file_name, options);
  }
  if (first.starts_with("Latitude (decimal degrees):")) {
    return read_pvgis(bytes, file_name, options);
  }
  if (first == "-BEGIN HEADER-" || first.starts_with("YEAR,MO,DY,")) {
    return read_nasa_power(bytes, file_name, options);
  }
  if (first.starts_with("Source,Location ID,") ||
      first.find("Year,Month,Day,Hour,Minute") != std::string_view::npos) {
    return read_nsrdb(bytes, file_name, options);
  }
  return is_plain(first) ? read_plain_csv(bytes, file_name, options) : refuse(start, file_name);
}

}  // namespace xiaoyuan::weather
