#include "solar/points.hpp"

#include <fmt/format.h>

#include <optional>

namespace xiaoyuan::solar {

namespace {

/// Reads one number of a point; the error names the point as it stands.
std::optional<double> number_of(std::string_view text, const Range& range, const Text& name,
                                std::string_view point, std::vector<Text>& complaints) {
  const std::optional<double> number = parse_number(text);
  if (number && range.holds(*number)) {
    return number;
  }
  const Text expected = number_expected(range, fmt::format("\"{}\"", text));
  complaints.push_back({fmt::format("{} in \"{}\": {}", name.en, point, expected.en),
                        fmt::format("“{}”中的{}{}", point, name.zh, expected.zh)});
  return std::nullopt;
}

std::optional<Point> point_of(std::string_view text, const PointRules& rules,
                              std::vector<Text>& complaints) {
  const std::vector<std::string_view> halves = parts_of(text, ':');
  if (halves.size() != 2) {
    complaints.push_back({fmt::format("expected {}:{} like {}, found \"{}\"", rules.first.en,
                                      rules.second.en, rules.example, text),
                          fmt::format("应为“{}:{}”,形如 {},实为“{}”", rules.first.zh,
                                      rules.second.zh, rules.example, text)});
    return std::nullopt;
  }
  const auto first = number_of(halves[0], rules.firsts, rules.first, text, complaints);
  const auto second = number_of(halves[1], rules.seconds, rules.second, text, complaints);
  if (!first || !second) {
    return std::nullopt;
  }
  return Point{*first, *second};
}

}  // namespace

Result<std::vector<Point>> parse_points(std::string_view text, const PointRules& rules,
                                        const Where& where) {
  std::vector<Point> points;
  std::vector<Text> complaints;
  for (const std::string_view part : parts_of(text, ' ')) {
    if (part.empty()) {
      continue;
    }
    const std::optional<Point> point = point_of(part, rules, complaints);
    if (!point) {
      continue;
    }
    if (!points.empty() && point->first <= points.back().first) {
      complaints.push_back(
          {fmt::format("{} must rise from point to point: {} follows {}", rules.first.en,
                       text_of(point->first), text_of(points.back().first)),
           fmt::format("{}须逐点递增:{} 之后出现 {}", rules.first.zh, text_of(points.back().first),
                       text_of(point->first))});
    }
    points.push_back(*point);
  }
  if (complaints.empty()) {
    return points;
  }
  Errors errors;
  for (Text& complaint : complaints) {
    errors.push_back({Fault::bad_input, std::move(complaint), where});
  }
  return std::unexpected(std::move(errors));
}

}  // namespace xiaoyuan::solar
