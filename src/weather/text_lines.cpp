#include "weather/text_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "weather/channels.hpp"

namespace xiaoyuan::weather {

std::vector<TextLine> text_lines(std::string_view bytes, Complaints& complaints) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  std::vector<TextLine> lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    lines.push_back({static_cast<int>(lines.size()) + 1, trimmed(bytes.substr(0, end))});
    if (!is_utf8(lines.back().text)) {
      complaints.add(lines.back().number, "",
                     {"is not UTF-8 (perhaps GBK or UTF-16); save the file as UTF-8",
                      "不是 UTF-8 编码(可能是 GBK 或 UTF-16);请将文件另存为 UTF-8"});
      return {};
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return lower;
}

CsvRow row_of(const TextLine& line) { return {line.number, parts_of(line.text, ',')}; }

std::size_t column_named(const CsvRow& names, std::string_view name) {
  const auto found = std::ranges::find(names.cells, name);
  return found == names.cells.end() ? no_column
                                    : static_cast<std::size_t>(found - names.cells.begin());
}

std::size_t column_needed(const CsvRow& names, std::string_view name, Complaints& complaints) {
  const std::size_t found = column_named(names, name);
  if (found == no_column) {
    const std::vector<std::string> there(names.cells.begin(), names.cells.end());
    const std::string near = nearest(name, there);
    Text what{"this column is missing", "缺少此列"};
    if (!near.empty()) {
      what.en += fmt::format("; did you mean \"{}\", which is there?", near);
      what.zh += fmt::format(";文件中的“{}”是否即此列?", near);
    }
    complaints.add(names.line, std::string(name), std::move(what));
  }
  return found;
}

}  // namespace xiaoyuan::weather
