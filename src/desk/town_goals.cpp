#include "desk/town_goals.hpp"

#include "base/fields.hpp"

namespace xiaoyuan::desk {

namespace {

Goal read_goal(Fields& fields) {
  constexpr Range years{2000.0, 2100.0};
  Goal goal;
  goal.id = fields.text("id");
  goal.name = fields.both("name");
  goal.measure =
      GoalMeasure(static_cast<std::uint8_t>(fields.choice("measure", words_of(GoalMeasure{}))));
  goal.value = fields.number("value", positive);
  if (!fields.has("year")) {
    fields.complain("year", missing());
  }
  goal.year = fields.whole_or("year", 0, years);
  goal.villages = fields.has("villages") ? fields.texts("villages") : std::vector<std::string>{};
  goal.factor = fields.text_or("factor", "");
  if (goal.measure == GoalMeasure::avoided_t && goal.factor.empty()) {
    fields.complain("factor", {"tonnes have no meaning without the factor that they are reckoned "
                               "by; name one of share/factors",
                               "减排量须注明所用排放因子(share/factors 中的编号)"});
  }
  goal.document = fields.text("document");
  goal.source = fields.text("source");
  goal.confidence = fields.confidence();
  fields.finish();
  return goal;
}

PublishedTonnes read_published(Fields& fields) {
  PublishedTonnes claim;
  claim.id = fields.text("id");
  claim.name = fields.both("name");
  claim.village = fields.text("village");
  claim.tonnes = fields.number("tonnes", positive);
  claim.regions = fields.has("regions") ? fields.texts("regions") : std::vector<std::string>{};
  claim.question = fields.both("question");
  claim.source = fields.text("source");
  claim.confidence = fields.confidence();
  fields.finish();
  return claim;
}

}  // namespace

const std::vector<std::string>& words_of(GoalMeasure) {
  static const std::vector<std::string> words{"capacity_kwp", "made_kwh", "sold_kwh", "avoided_t",
                                              "homes_with_pv"};
  return words;
}

std::string unit_of(GoalMeasure measure) {
  switch (measure) {
    case GoalMeasure::capacity_kwp:
      return "kWp";
    case GoalMeasure::made_kwh:
    case GoalMeasure::sold_kwh:
      return "kWh";
    case GoalMeasure::avoided_t:
      return "t";
    case GoalMeasure::homes_with_pv:
      break;
  }
  return "homes";
}

Result<TownFile> read_town(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  TownFile town;
  town.name = top.both("name");
  for (Fields& fields : top.tables("goal")) {
    town.goals.push_back(read_goal(fields));
  }
  for (Fields& fields : top.tables("published")) {
    town.published.push_back(read_published(fields));
  }
  top.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return town;
}

}  // namespace xiaoyuan::desk
