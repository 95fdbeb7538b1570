#include "desk/points_rules.hpp"

#include <algorithm>
#include <cmath>

#include "base/fields.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr double e6 = 1e6;
constexpr double most_points_of_kwh = 1e6;
constexpr int most_points_of_month = 1'000'000'000;

PointsRule read_rule(Fields& fields) {
  PointsRule rule;
  rule.id = fields.text("id");
  rule.name = fields.both("name");
  rule.what = PointsFor(static_cast<std::uint8_t>(fields.choice("what", words_of(PointsFor{}))));
  rule.from_hour = fields.whole_or("from_hour", 0, {0.0, 23.0});
  rule.to_hour = fields.whole_or("to_hour", 24, {1.0, 24.0});
  if (rule.to_hour <= rule.from_hour) {
    fields.complain("to_hour", {"expected an hour after from_hour", "应晚于 from_hour"});
  }
  const double points = fields.number("points_per_kwh", {0.0, most_points_of_kwh});
  rule.points_e6_per_kwh = std::llround(points * e6);
  constexpr double rounding = 1e-6;
  if (std::abs(points * e6 - static_cast<double>(rule.points_e6_per_kwh)) > rounding) {
    fields.complain("points_per_kwh", {"expected at most six decimals", "最多保留六位小数"});
  }
  if (!fields.has("most_points")) {
    fields.complain("most_points", missing());
  }
  rule.most_points =
      fields.whole_or("most_points", 0, {0.0, static_cast<double>(most_points_of_month)});
  fields.finish();
  return rule;
}

}  // namespace

const std::vector<std::string>& words_of(PointsFor) {
  static const std::vector<std::string> words{"self_used", "made", "used"};
  return words;
}

Result<PointsRules> read_points_rules(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  PointsRules rules{.version = top.text("version"),
                    .decided_on = top.date("decided_on"),
                    .document = top.text("document"),
                    .digest = sha256(bytes),
                    .rules = {}};
  for (Fields& fields : top.tables("rule")) {
    PointsRule rule = read_rule(fields);
    if (std::ranges::find(rules.rules, rule.id, &PointsRule::id) != rules.rules.end()) {
      fields.complain("id", {"stands there twice", "重复"});
    }
    rules.rules.push_back(std::move(rule));
  }
  if (rules.rules.empty() && errors.empty()) {
    top.complain("rule", {"expected at least one [[rule]]: what earns points, and how many, is the "
                          "committee's decision",
                          "至少需要一条 [[rule]]:何种用能计分、计多少分,由村委会决定"});
  }
  top.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return rules;
}

}  // namespace xiaoyuan::desk
