// What a field may hold, said in both languages; shared by the readers of TOML and of CSV.
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace xiaoyuan {

/// Numbers from `least` to `most`, both allowed.
struct Range {
  double least = std::numeric_limits<double>::lowest();
  double most = std::numeric_limits<double>::max();
  bool holds(double number) const { return number >= least && number <= most; }
};
inline constexpr Range any_number{};
inline constexpr Range not_negative{0.0, std::numeric_limits<double>::max()};
inline constexpr Range fraction{0.0, 1.0};
inline constexpr Range positive{1e-9, std::numeric_limits<double>::max()};

/// A number from text, with nothing before or after it.
std::optional<double> parse_number(std::string_view text);
/// 12 → "12", 0.35 → "0.35": as short as it reads back.
std::string text_of(double number);
/// A whole number for people: 1234567.8 → "1,234,568".
std::string grouped(double number);

Text number_expected(const Range& range, std::string_view found);
Text text_expected(std::string_view found);
Text date_expected(std::string_view found);
Text choice_expected(const std::vector<std::string>& choices, std::string_view found);
Text missing();
Text unknown_name(std::string_view found, const std::vector<std::string>& known);

}  // namespace xiaoyuan
