// The lines of a text that is no table from its first line on, each with its number.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "weather/complaints.hpp"

namespace xiaoyuan::weather {

struct TextLine {
  int number = 0;         ///< 1 is the first
  std::string_view text;  ///< trimmed; a byte-order mark is off
};

/// Empty lines are kept. Complains and gives none when the bytes are not UTF-8.
std::vector<TextLine> text_lines(std::string_view bytes, Complaints& complaints);

/// `text` in lower case, as far as ASCII goes.
std::string lowered(std::string_view text);

/// The cells of a line without quotes.
CsvRow row_of(const TextLine& line);

/// Where a row of names has `name`, or no_column.
std::size_t column_named(const CsvRow& names, std::string_view name);

/// The same; complains with the nearest name where it is missing.
std::size_t column_needed(const CsvRow& names, std::string_view name, Complaints& complaints);

}  // namespace xiaoyuan::weather
