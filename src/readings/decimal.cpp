#include "readings/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace xiaoyuan::readings {

namespace {

constexpr int most_digits = 15;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// A number in pieces: digits without leading zeros, and the power of ten of the last.
struct Digits {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

/// Nothing but a number with, perhaps, an exponent; an empty `digits` and exponent 1 where it is
/// none.
bool take_apart(std::string_view text, Digits& parts) {
  if (text.starts_with('-') || text.starts_with('+')) {
    parts.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  bool has_point = false;
  bool has_digit = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !has_point)); ++i) {
    if (text[i] == '.') {
      has_point = true;
      continue;
    }
    has_digit = true;
    parts.exponent -= has_point ? 1 : 0;
    if (!parts.digits.empty() || text[i] != '0') {
      parts.digits.push_back(text[i]);
    }
  }
  if (!has_digit || i == text.size()) {
    return has_digit;
  }
  if (text[i] != 'e' && text[i] != 'E') {
    return false;
  }
  std::string_view power = text.substr(i + 1);
  power.remove_prefix(power.starts_with('+') ? 1 : 0);
  int exponent = 0;
  const auto read = std::from_chars(power.data(), power.data() + power.size(), exponent);
  parts.exponent += exponent;
  return !power.empty() && read.ec == std::errc{} && read.ptr == power.data() + power.size() &&
         exponent >= -400 && exponent <= 400;
}

/// Leaves the first 15 digits, half up.
void round_to_shown(Digits& parts) {
  if (parts.digits.size() <= most_digits) {
    return;
  }
  const bool up = parts.digits[most_digits] >= '5';
  parts.exponent += static_cast<int>(parts.digits.size()) - most_digits;
  parts.digits.resize(most_digits);
  for (std::size_t i = most_digits; up && i-- > 0;) {
    if (parts.digits[i] != '9') {
      ++parts.digits[i];
      return;
    }
    parts.digits[i] = '0';
    if (i == 0) {
      parts.digits.insert(parts.digits.begin(), '1');
      return;
    }
  }
}

}  // namespace

std::expected<std::int64_t, DecimalFault> parse_decimal(std::string_view text, int decimals) {
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative || text.starts_with('+') ? 1 : 0);
  std::int64_t value = 0;
  int digits = 0;
  int after_point = -1;
  bool has_digit = false;
  for (const char letter : text) {
    if (letter == '.' && after_point < 0) {
      after_point = 0;
      continue;
    }
    if (!is_digit(letter)) {
      return std::unexpected(DecimalFault::no_number);
    }
    has_digit = true;
    if (after_point >= decimals) {
      if (letter != '0') {
        return std::unexpected(DecimalFault::too_many_decimals);
      }
      continue;
    }
    after_point += after_point >= 0 ? 1 : 0;
    digits += value > 0 || letter != '0' ? 1 : 0;
    if (digits > most_digits) {
      return std::unexpected(DecimalFault::too_large);
    }
    value = value * 10 + (letter - '0');
  }
  if (!has_digit) {
    return std::unexpected(DecimalFault::no_number);
  }
  for (int missing = decimals - std::max(after_point, 0); missing > 0; --missing) {
    digits += value > 0 ? 1 : 0;
    value = digits > most_digits ? 0 : value * 10;
  }
  if (digits > most_digits) {
    return std::unexpected(DecimalFault::too_large);
  }
  return negative ? -value : value;
}

Text decimal_expected(std::string_view found, int decimals, DecimalFault fault) {
  switch (fault) {
    case DecimalFault::too_many_decimals:
      return {fmt::format("found \"{}\"; the mapping allows {} decimals, and none is cut off",
                          found, decimals),
              fmt::format("实为“{}”;映射文件规定 {} 位小数,不作截断", found, decimals)};
    case DecimalFault::too_large:
      return {fmt::format("found \"{}\"; no meter reads more than 15 digits", found),
              fmt::format("实为“{}”;示数不可能超过 15 位", found)};
    case DecimalFault::no_number:
      break;
  }
  if (found.find(',') != std::string_view::npos) {
    return {fmt::format("found \"{}\"; write \".\" before decimals and nothing between thousands",
                        found),
            fmt::format("实为“{}”;小数点请用“.”,千位之间不要加逗号", found)};
  }
  return {fmt::format("expected a number like 1234.56, found \"{}\"", found),
          fmt::format("应为形如 1234.56 的数,实为“{}”", found)};
}

std::string as_shown(std::string_view number) {
  Digits parts;
  if (!take_apart(number, parts)) {
    return std::string(number);
  }
  round_to_shown(parts);
  std::string& digits = parts.digits;
  while (parts.exponent < 0 && digits.ends_with('0')) {
    digits.pop_back();
    ++parts.exponent;
  }
  if (digits.empty()) {
    return "0";
  }
  if (parts.exponent >= 0) {
    digits.append(static_cast<std::size_t>(parts.exponent), '0');
  } else {
    const auto after = static_cast<std::size_t>(-parts.exponent);
    if (digits.size() <= after) {
      digits.insert(0, after + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - after, 1, '.');
  }
  return (parts.negative ? "-" : "") + digits;
}

}  // namespace xiaoyuan::readings
