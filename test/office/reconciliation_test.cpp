// A made-up payment notice beside the shipped April: equal to the fen, cut to whole kWh, and with a
// meter left out.
#include "office/reconciliation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "office/papers.hpp"
#include "statement/reconciliation.hpp"
#include "support/review_village.hpp"

namespace xiaoyuan::office::test {
namespace {

constexpr int april = 4;  // H067 gets another meter on the 17th

constexpr const char* notice_mapping = R"(document = "made up for this test"
kind = "registers"
header_row = 1
zone = "Asia/Shanghai"
date_order = "ymd"
meter = "电能表编号"
household = "户号"

[[stated]]
column = "结算电量"
from = "起始日期"
to = "截止日期"
channel = "imported"
unit = "kWh"
decimals = 2

[[amount]]
column = "结算金额"
name = "电费"
from = "起始日期"
to = "截止日期"
)";

/// What the sheet states in place of ours.
using Altered = std::map<std::string, MeteredEnergy>;

const settle::StatementLine& bought_line(const settle::Statement& statement) {
  return *std::ranges::find(statement.lines, "energy.bought", &settle::StatementLine::id);
}

settle::Statement statement_of_april(const std::string& household) {
  const auto statement = statement_of(*review_village().store, "2026-04/" + household);
  EXPECT_TRUE(statement);
  return *statement;
}

/// The energies and money of our own statements, but for some.
StatedSheet notice(const Altered& altered, const std::string& left_out = "") {
  ReviewVillage& there = review_village();
  std::string bytes = "电能表编号,户号,起始日期,截止日期,结算电量,结算金额\n";
  for (const readings::MeterPoint& point : there.village.points) {
    if (point.channel != readings::Channel::imported || point.household == left_out) {
      continue;
    }
    const settle::Statement statement = statement_of_april(point.household);
    Money paid;
    for (const settle::StatementLine& line : statement.lines) {
      if (line.section == settle::Section::bought) {
        paid += -line.amount.value_or(Money{});
      }
    }
    const auto other = altered.find(point.household);
    const MeteredEnergy energy = other == altered.end() ? *statement.energy.bought : other->second;
    bytes += fmt::format("{},{},2026-04-01,2026-05-01,{},{}\n", point.services.back().meter,
                         "0" + point.household, readings::kwh_text(energy, 2), text_of(paid));
  }
  return {"notice.csv", bytes, notice_mapping};
}

Reconciled reconciled(const StatedSheet& sheet) {
  ReviewVillage& there = review_village();
  auto result = reconcile(*there.office, there.village, month_of_2026(april), std::vector{sheet});
  EXPECT_TRUE(result) << (result ? "" : message(result.error().front(), Language::english));
  return std::move(*result);
}

const settle::Shadow& shadow_of(const Reconciled& result, const std::string& household) {
  return *std::ranges::find(result.shadows, household, &settle::Shadow::household);
}

TEST(Reconciliation, EqualToTheFen) {
  const Reconciled result = reconciled(notice({}));
  EXPECT_TRUE(result.is_equal());
  EXPECT_EQ(result.shadows.size(), review_village().village.model().households.size());
  const auto beside = statement::reconciliation_of(result.statement);
  EXPECT_EQ(beside.same, result.shadows.size());
  EXPECT_EQ(beside.different + beside.missing, 0U);
  EXPECT_EQ(beside.ours, beside.theirs);
  EXPECT_GT(beside.ours.fen, 0);  // the grid company is paid for what is bought
}

TEST(Reconciliation, CutReadingsAndAMissingMeterAreNamed) {
  constexpr std::int64_t kwh = 1'000'000;
  const settle::Statement cut = statement_of_april("H007");
  const readings::Piece& piece = bought_line(cut).sources.at(0).piece;
  const MeteredEnergy whole{(piece.end.mwh / kwh - piece.start.mwh / kwh) * kwh};
  ASSERT_NE(whole, *cut.energy.bought);
  const settle::Statement changed = statement_of_april("H067");
  const settle::StatementLine& line = bought_line(changed);
  ASSERT_EQ(line.sources.size(), 2U);
  const MeteredEnergy without = *changed.energy.bought - line.sources[0].piece.energy;

  const Reconciled result = reconciled(notice({{"H007", whole}, {"H067", without}}, "H010"));
  EXPECT_FALSE(result.is_equal());
  ASSERT_FALSE(shadow_of(result, "H007").findings.empty());
  EXPECT_EQ(shadow_of(result, "H007").findings[0].cause, settle::Cause::whole_kwh);
  ASSERT_FALSE(shadow_of(result, "H067").findings.empty());
  EXPECT_EQ(shadow_of(result, "H067").findings[0].cause, settle::Cause::missing_meter);
  ASSERT_EQ(result.unstated.size(), 1U);
  EXPECT_EQ(result.unstated[0].household, "H010");
  const auto beside = statement::reconciliation_of(result.statement);
  EXPECT_EQ(beside.different, 2U);
  EXPECT_EQ(beside.missing, 1U);
}

TEST(Reconciliation, StrangeMetersAndOtherMonthsAreTold) {
  StatedSheet sheet = notice({});
  sheet.bytes += "119,X1,2026-04-01,2026-05-01,1.00,0.49\n";
  const std::string known = review_village().village.points.front().services.front().meter;
  sheet.bytes += known + ",H001,2026-03-01,2026-04-01,1.00,0.49\n";
  sheet.bytes += known + ",H002,2026-04-01,2026-05-01,1.00,0.49\n";
  const Reconciled result = reconciled(sheet);
  ASSERT_EQ(result.refused.size(), 2U);  // the meter of H001 under the name of H002
  EXPECT_EQ(result.refused[0].fault, Fault::conflict);
  EXPECT_EQ(result.strangers, std::vector<std::string>{"119"});
  EXPECT_EQ(result.other_months, 2U);  // an energy and an amount
  EXPECT_FALSE(result.is_equal());
}

}  // namespace
}  // namespace xiaoyuan::office::test
