#include "base/expected.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace xiaoyuan {

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  double number = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ||
      !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

std::string text_of(double number) { return fmt::format("{}", number == 0.0 ? 0.0 : number); }

std::string grouped(double number) {
  std::string digits = fmt::format("{:.0f}", number);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

Text number_expected(const Range& range, std::string_view found) {
  const bool has_least = range.least != any_number.least;
  const bool has_most = range.most != any_number.most;
  const bool is_positive = range.least == positive.least && !has_most;
  std::string en = "a number";
  std::string zh = "数字";
  if (is_positive) {
    en = "a number above 0";
    zh = "大于 0 的数字";
  } else if (has_least && has_most) {
    en += fmt::format(" from {} to {}", range.least, range.most);
    zh = fmt::format(" {} 到 {} 之间的数字", range.least, range.most);
  } else if (has_least) {
    en += fmt::format(" not below {}", range.least);
    zh = fmt::format("不小于 {} 的数字", range.least);
  }
  return {fmt::format("expected {}, found {}", en, found),
          fmt::format("应为{},实为 {}", zh, found)};
}

Text text_expected(std::string_view found) {
  return {fmt::format("expected a text in quotes, found {}", found),
          fmt::format("应为引号中的文字,实为 {}", found)};
}

Text date_expected(std::string_view found) {
  return {fmt::format("expected a date like 2026-07-01, found {}", found),
          fmt::format("应为形如 2026-07-01 的日期,实为 {}", found)};
}

namespace {
void add_suggestion(Text& text, std::string_view found, const std::vector<std::string>& known) {
  const std::string near = nearest(found, known);
  if (!near.empty()) {
    text.en += fmt::format("; did you mean \"{}\"?", near);
    text.zh += fmt::format(";是否想写“{}”?", near);
  }
}
}  // namespace

Text choice_expected(const std::vector<std::string>& choices, std::string_view found) {
  Text text{fmt::format("expected one of {}; found \"{}\"", joined(choices), found),
            fmt::format("应为以下之一:{};实为“{}”", joined(choices, "、"), found)};
  add_suggestion(text, found, choices);
  return text;
}

Text missing() { return {"is missing; it is required", "缺失;此项必填"}; }

Text unknown_name(std::string_view found, const std::vector<std::string>& known) {
  Text text{fmt::format("unknown name \"{}\"", found), fmt::format("未知的名称“{}”", found)};
  add_suggestion(text, found, known);
  if (nearest(found, known).empty()) {
    text.en += fmt::format("; known here: {}", joined(known));
    text.zh += fmt::format(";此处可用:{}", joined(known, "、"));
  }
  return text;
}

}  // namespace xiaoyuan
