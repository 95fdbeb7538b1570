// The village's wires in a plan: a voltage by hand, energy that is conserved, houses that feed the
// same bus however they sell, grades that follow the checks, faults named where they stand.
#include "plan/village_wires.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/study.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

constexpr double loop_ohm = 0.30;

/// H001 behind a kilometre whose loop has 0.30 Ω, the others beside the transformer. The
/// transformer is so large that it hardly gives way.
test::Folder village_with_wires() {
  auto folder = test::shipped_folder("example");
  folder["village.toml"] += "\n[network]\nhosting = false\nremedies = false\n";
  folder["network.toml"] =
      "neutral = \"back_wire\"\n"
      "[source]\nbus = \"grid\"\nvoltage_pu = 1.0\n"
      "[[type]]\nname = \"plain\"\nr1 = 0.30\nx1 = 0.0\nr0 = 0.30\nx0 = 0.0\nrating_a = 200\n";
  folder["transformers.csv"] =
      "id,high_bus,low_bus,rating_kva,high_kv,low_kv,group,short_circuit_percent,load_loss_kw\n"
      "T1,grid,board,100000,10,0.380,Dyn11,0.1,0\n";
  folder["lines.csv"] =
      "id,from,to,length_m,type\n"
      "L1,board,H001,1000,plain\n"
      "L2,board,H002,10,plain\n"
      "L3,board,H003,10,plain\n"
      "L4,board,H004,10,plain\n"
      "L5,board,H005,10,plain\n";
  return folder;
}

Inputs inputs_with_wires(const test::Folder& folder) {
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

/// A village of one house on phase A behind 0.30 Ω, and one moment.
hosting::VillageYear moment(const Inputs& inputs, float use_kw, float made_kw,
                            wires::Phases phases = wires::Phases::a) {
  hosting::VillageYear village;
  village.network = inputs.wires->network;
  village.houses.push_back({.id = "H001",
                            .bus = inputs.wires->houses[0].bus,
                            .phases = phases,
                            .transformer = 0,
                            .pv_kw = made_kw,
                            .room_kw = {}});
  village.steps = 1;
  village.use_kw = {{use_kw}};
  village.made_kw = {{made_kw}};
  village.light = {1.0F};
  return village;
}

// Facts §3.2: ΔU ≈ P·R/U, 10 kW on one phase over a loop of 0.30 Ω: 13.6 V; on three phases over
// 0.15 Ω a wire: 2.3 V. Exactly: ΔU·U = P·R.
TEST(VillageWires, LiftTenKilowattsOnOnePhaseByThePublishedVolts) {
  const Inputs inputs = inputs_with_wires(village_with_wires());
  const auto found = village_network(inputs, moment(inputs, 0.0F, 10.0F), {});
  ASSERT_TRUE(found.has_value());
  const wires::Why& why = *found->highest;
  const double rise_v = why.volts - why.unloaded_v;
  EXPECT_NEAR(why.unloaded_v, 380.0 / std::sqrt(3.0), 0.01);
  EXPECT_NEAR(rise_v * why.volts / 220.0, 13.6, 0.05);
  EXPECT_NEAR(rise_v * why.volts, 10000.0 * loop_ohm, 3.0);
  EXPECT_EQ(why.line_m, 1000.0);
  EXPECT_EQ(found->checks[0][0].use.kind, wires::LimitKind::voltage_high);
  EXPECT_NEAR(found->assessment.lines[0].loss_kwh,
              std::pow(10.0 / why.volts, 2) * loop_ohm * 1000.0, 1e-6);
}

TEST(VillageWires, LiftThreePhasesByASixthOfTwiceAsMuch) {
  const Inputs inputs = inputs_with_wires(village_with_wires());
  const auto found = village_network(inputs, moment(inputs, 0.0F, 10.0F, wires::Phases::abc), {});
  ASSERT_TRUE(found.has_value());
  const wires::Why& why = *found->highest;
  EXPECT_NEAR((why.volts - why.unloaded_v) * why.volts, 10000.0 / 3.0 * loop_ohm, 2.0);
}

TEST(VillageWires, GradeRedWhereAHouseIsLiftedAboveItsLimit) {
  const Inputs inputs = inputs_with_wires(village_with_wires());
  const auto kept = village_network(inputs, moment(inputs, 0.0F, 10.0F), {});
  const auto broken = village_network(inputs, moment(inputs, 0.0F, 14.0F), {});
  ASSERT_TRUE(kept.has_value() && broken.has_value());
  EXPECT_EQ(hosting::checked(hosting::Grade::green, kept->checks[0]), hosting::Grade::green);
  EXPECT_EQ(hosting::checked(hosting::Grade::green, broken->checks[0]), hosting::Grade::red);
  const hosting::GradeCheck& high = broken->checks[0][0];
  EXPECT_FALSE(high.is_kept());
  EXPECT_NEAR(high.use.value, broken->highest->volts, 1e-9);
  EXPECT_NEAR(high.use.limit, 235.4, 1e-9);
}

/// Every household's series on the wires, and what the meters of the households say.
struct OnWires {
  hosting::VillageYear village;
  std::vector<std::vector<double>> net_kwh;
};
OnWires on_wires(const Inputs& inputs) {
  OnWires result;
  WiresYear year(inputs);
  const auto planned = every_household(inputs, Depth::first_year, {},
                                       [&](const model::Household& home, HouseholdYear&& one) {
                                         year.add(home, one);
                                         std::vector<double> net(one.flows.import_kwh);
                                         for (std::size_t t = 0; t < net.size(); ++t) {
                                           net[t] -= one.flows.export_kwh[t];
                                         }
                                         result.net_kwh.push_back(std::move(net));
                                       });
  EXPECT_TRUE(planned.has_value());
  auto village = std::move(year).year();
  EXPECT_TRUE(village.has_value());
  result.village = std::move(*village);
  return result;
}

TEST(VillageWires, SeeWhatMetersSeeWhoeverOwnsTheRoof) {
  const OnWires village = on_wires(inputs_with_wires(village_with_wires()));
  ASSERT_EQ(village.village.houses.size(), 5U);
  for (std::size_t h = 0; h < village.net_kwh.size(); ++h) {
    for (std::size_t t = 0; t < village.village.steps; ++t) {
      ASSERT_NEAR(village.village.use_kw[h][t] - village.village.made_kw[h][t],
                  village.net_kwh[h][t], 1e-5)
          << "household " << h << " step " << t;
    }
  }
  EXPECT_GT(*std::ranges::max_element(village.village.light), 0.5F);
  EXPECT_LE(*std::ranges::max_element(village.village.light), 1.0F);
}

TEST(VillageWires, LoseWhatTheTransformerGivesAndHousesDoNotGet) {
  auto folder = test::shipped_folder("example");
  const hosting::VillageYear village = on_wires(inputs_with_wires(folder)).village;
  const auto flow = wires::Flow::of(hosting::connected(village));
  ASSERT_TRUE(flow.has_value());
  const hosting::Added nothing;
  const wires::YearOfPowers year = hosting::powers(village, nothing);
  const wires::LimitWatch watch(flow->network(), hosting::terminals(village), village.limits);
  const wires::Assessment assessed = wires::assess(*flow, year, watch);
  double given_kwh = 0.0;
  wires::Series series;
  series.steps = year.steps;
  series.powers = year.powers;
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      given_kwh += wires::delivered_kva(steps, flow->network(), 0, lane).real();
    }
  };
  EXPECT_TRUE(wires::run(*flow, series).unsolved.empty());
  double houses_kwh = 0.0;
  double moved_kwh = 0.0;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    for (std::size_t t = 0; t < village.steps; ++t) {
      const double net = static_cast<double>(village.use_kw[h][t]) - village.made_kw[h][t];
      houses_kwh += net;
      moved_kwh += std::abs(net);
    }
  }
  EXPECT_GT(assessed.line_loss_kwh, 1.0);
  EXPECT_NEAR(houses_kwh + assessed.line_loss_kwh, given_kwh, 1e-9 * moved_kwh);
}

TEST(VillageWires, StandInAStudyWithItsGradesAndOnlyAtFullDepth) {
  auto folder = village_with_wires();
  const Inputs inputs = inputs_with_wires(folder);
  const auto full = study(inputs);
  ASSERT_TRUE(full.has_value());
  ASSERT_TRUE(full->network.has_value());
  EXPECT_FALSE(inputs.wires->is_assumed());
  EXPECT_EQ(full->network->assessment.terminals.size(), 5U);
  EXPECT_TRUE(full->transformers[0].is_checked);
  EXPECT_FALSE(full->network->room.has_value());
  EXPECT_TRUE(full->network->remedies.empty());
  const auto quick = study(
      inputs, {.workers = {}, .on_household = {}, .depth = Depth::first_year, .on_wires = {}});
  ASSERT_TRUE(quick.has_value());
  EXPECT_FALSE(quick->network.has_value());
  EXPECT_FALSE(quick->transformers[0].is_checked);
  EXPECT_EQ(quick->transformers[0].grade_2025, quick->transformers[0].standard_2025.grade);
}

TEST(VillageWires, AreLeftAloneWhereTheVillageSaysSo) {
  auto folder = test::shipped_folder("example");
  folder["village.toml"] += "\n[network]\nsource = \"none\"\n";
  const Inputs inputs = inputs_with_wires(folder);
  EXPECT_FALSE(inputs.wires.has_value());
  const auto planned =
      study(inputs, {.workers = {}, .on_household = {}, .depth = Depth::full, .on_wires = {}});
  ASSERT_TRUE(planned.has_value());
  EXPECT_FALSE(planned->network.has_value());
}

TEST(VillageWires, AreSaidToBeAssumedWhereNoFileTellsOfThem) {
  const Inputs inputs = inputs_with_wires(test::shipped_folder("example"));
  ASSERT_TRUE(inputs.wires.has_value());
  EXPECT_TRUE(inputs.wires->is_assumed());
  EXPECT_EQ(inputs.wires->from, WiresFrom::counts);
  EXPECT_NE(std::ranges::find(inputs.warnings, inputs.wires->note), inputs.warnings.end());
  EXPECT_TRUE(std::ranges::any_of(
      inputs.versions, [](const UsedVersion& version) { return version.kind == "wires"; }));
}

std::string errors_of(const test::Folder& folder) {
  const auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  std::string all;
  if (!inputs) {
    for (const Error& error : inputs.error()) {
      all += message(error, Language::english) + "\n";
    }
  }
  return all;
}

TEST(VillageWires, NameEveryFaultOfTheirFilesWithItsLine) {
  auto folder = village_with_wires();
  folder = test::replaced(folder, "lines.csv", "1000,plain", "1000,plane");
  folder = test::replaced(folder, "lines.csv", "H003,10", "H003,far");
  const std::string unreadable = errors_of(folder);
  EXPECT_NE(unreadable.find("lines.csv:2: type"), std::string::npos) << unreadable;
  EXPECT_NE(unreadable.find("lines.csv:4: length_m"), std::string::npos) << unreadable;
  auto island = test::replaced(village_with_wires(), "lines.csv", "L4,board,", "L4,nowhere,");
  island = test::replaced(island, "lines.csv", "H002,10", "H002,-10");
  const std::string unsound = errors_of(island);
  EXPECT_NE(unsound.find("lines.csv:3"), std::string::npos) << unsound;
  EXPECT_NE(unsound.find("lines.csv:5"), std::string::npos) << unsound;
  auto missing = village_with_wires();
  missing.erase("transformers.csv");
  EXPECT_NE(errors_of(missing).find("transformers.csv"), std::string::npos) << errors_of(missing);
}

TEST(VillageWires, NamePricesThatAreOfNothing) {
  auto folder = village_with_wires();
  folder["village.toml"] +=
      "[network.costs]\nline_yuan_per_m = { \"JKLYJ-12O\" = 90, plain = 80 }\n"
      "transformer_yuan = { \"S13\" = 60000, \"400\" = 60000 }\n";
  const std::string errors = errors_of(folder);
  EXPECT_NE(errors.find("JKLYJ-120"), std::string::npos) << errors;
  EXPECT_NE(errors.find("\"S13\""), std::string::npos) << errors;
  EXPECT_EQ(errors.find("plain"), std::string::npos) << errors;
}

TEST(VillageWires, TellWhereTheyAndHouseholdsCsvDisagreeOfTheTransformer) {
  auto folder = village_with_wires();
  folder["village.toml"] += "\n[[transformer]]\nid = \"T2\"\nrating_kva = 100\n";
  folder["transformers.csv"] += "T2,grid,board2,100000,10,0.380,Dyn11,0.1,0\n";
  folder["lines.csv"] += "L9,board2,shop,10,plain\n";
  const Inputs inputs =
      inputs_with_wires(test::replaced(folder, "lines.csv", "L5,board,", "L5,board2,"));
  EXPECT_TRUE(std::ranges::any_of(inputs.warnings, [](const Text& warning) {
    return warning.en.find("H005") != std::string::npos &&
           warning.en.find("lines.csv") != std::string::npos;
  }));
  EXPECT_EQ(inputs.wires->transformers, (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace xiaoyuan::plan
