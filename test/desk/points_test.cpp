// Points of the civility bank: by the committee's table alone, held against the true hours.
#include "desk/points.hpp"

#include "desk/energy_shelf.hpp"
#include "support/cases.hpp"
#include "support/office_village.hpp"
#include "support/seven_homes.hpp"

namespace xiaoyuan::desk {
namespace {

using office::test::got;
using xiaoyuan::test::seven;

constexpr std::string_view rules_text = R"(version = "2026-1"
decided_on = 2026-03-01
document = "decision 1"
[[rule]]
id = "noon"
name = { en = "used at noon", zh = "午间自用" }
what = "self_used"
from_hour = 10
to_hour = 14
points_per_kwh = 1.5
most_points = 20
[[rule]]
id = "all"
name = { en = "used", zh = "用电" }
what = "used"
points_per_kwh = 0.1
most_points = 0
)";

TEST(PointsRules, OfTheExampleAreNobodysUntilTheCommitteeDecides) {
  const auto rules =
      read_points_rules(xiaoyuan::test::project_bytes("share/example/points.toml"), "points.toml");
  ASSERT_FALSE(rules);
}

TEST(PointsRules, TellAllThatIsMissingOrWrong) {
  const auto rules = read_points_rules(R"(version = "1"
decided_on = 2026-03-01
document = "d"
[[rule]]
id = "a"
name = { en = "a", zh = "甲" }
what = "sold"
from_hour = 14
to_hour = 10
points_per_kwh = 0.0000001
)",
                                       "points.toml");
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().size(), 4U);  // what, to_hour, points_per_kwh, most_points
}

TEST(Points, AreThoseOfTheHoursAndNeverMoreThanTheLimit) {
  const auto homes = xiaoyuan::test::seven_homes();
  EnergyShelf shelf;
  const auto figures = got(shelf.figures(*homes->desk()));
  const PointsRules rules = got(read_points_rules(rules_text, "points.toml"));
  const std::vector<std::size_t> all = figures->all_households();
  PointsMonth points;
  ASSERT_TRUE(homes->desk()->look([&](Table& table) -> Result<void> {
    TRY(points, points_of(figures->place_of(all), rules,
                          std::chrono::year(2026) / std::chrono::January, table.store));
    return {};
  }));
  ASSERT_EQ(points.rows.size(), 2 * seven);
  for (const PointsRow& row : points.rows) {
    std::int64_t ten_wh = 0;
    std::size_t missing = 0;
    for (std::size_t hour = 0; hour < xiaoyuan::test::january_hours; ++hour) {
      const auto& one = homes->hours[row.household][hour];
      const bool is_noon = hour % 24 >= 10 && hour % 24 < 14;
      if (row.rule == 0 && (!is_noon || row.household == 1)) {
        missing += is_noon ? 1 : 0;
        continue;
      }
      if (row.household == 1 && hour == xiaoyuan::test::lost_hour) {
        ++missing;
        continue;
      }
      ten_wh += one.generated - one.exported + (row.rule == 1 ? one.imported : 0);
    }
    EXPECT_EQ(row.energy.mwh, ten_wh * 10'000);
    EXPECT_EQ(row.missing_steps, missing);
    const std::int64_t whole =
        row.rule == 0 ? std::min<std::int64_t>(20, ten_wh * 15 / 1000) : ten_wh / 1000;
    EXPECT_EQ(row.points, whole);
  }
  const std::string text = points_csv(points, rules, figures->view->plan->village);
  EXPECT_NE(text.find("\"'=2+5\""), std::string::npos);  // a household's name
}

}  // namespace
}  // namespace xiaoyuan::desk
