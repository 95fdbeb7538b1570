// Lines of any words as a mapping file: a key by its letter, then its value; "[", "(" and "{" begin
// a value, a statement and an amount. (What is no TOML at all is for toml_fuzz.)
#include "readings/mapping.hpp"

#include <algorithm>
#include <array>

#include "foreign.hpp"

namespace {

constexpr std::array keys{"kind",     "sheet",    "header_row",   "zone",       "date_order",
                          "meter",    "meter_id", "household",    "multiplier", "time",
                          "time_is",  "date",     "step_minutes", "numbers",    "document",
                          "column",   "first",    "channel",      "rate",       "unit",
                          "decimals", "from",     "to",           "name"};

std::string value_of(std::string_view word) {
  const bool is_number = !word.empty() && word.size() < 10 && word.front() != '0' &&
                         word.find_first_not_of("0123456789") == std::string_view::npos;
  std::string text;
  std::ranges::copy_if(word, std::back_inserter(text), [](char letter) {
    return letter >= ' ' && letter < '\x7f' && letter != '"' && letter != '\\';
  });
  return is_number ? text : '"' + text + '"';
}

std::string toml_of(std::string_view lines) {
  std::string toml;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.empty()) {
      continue;
    }
    if (line.front() == '[') {
      toml += "[[value]]\n";
    } else if (line.front() == '(') {
      toml += "[[stated]]\n";
    } else if (line.front() == '{') {
      toml += "[[amount]]\n";
    } else {
      const auto key = static_cast<unsigned char>(line.front() - 'a');
      toml += keys[key % keys.size()] + std::string(" = ") + value_of(line.substr(1)) + '\n';
    }
  }
  return toml;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto mapping = readings::read_mapping(toml_of(fuzz::text(bytes, size)), "map.toml");
  fuzz::expect_sense(mapping);
  if (mapping) {
    expects(mapping->header_row >= 1 && mapping->meter.empty() != mapping->meter_id.empty());
    for (const readings::MappedValue& value : mapping->values) {
      expects(readings::mwh_of_digit(value.unit, value.decimals, mapping->step).has_value());
    }
  }
  return 0;
}
