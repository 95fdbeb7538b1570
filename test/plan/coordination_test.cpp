// Households behind one transformer in a plan: limits kept, rules as they are defined, sums, the
// same bits, and nothing changed where no limit is met.
#include "plan/coordination.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/study.hpp"
#include "support/coupled_lp.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

using model::Curtailment;

constexpr double export_kw = 12.0;

/// The example's five households (one with a battery, one leased roof, one that sells nothing)
/// behind a transformer that takes 12 kW back.
test::Folder small_village(const std::string& curtailment, const std::string& dispatch,
                           const std::string& limits = "export_limit_kw = 12") {
  auto folder = test::shipped_without_wires("example");
  folder = test::replaced(folder, "village.toml", "\"self_consumption\"", "\"" + dispatch + "\"");
  return test::replaced(folder, "village.toml", "rating_kva = 200",
                        "rating_kva = 200\ncurtailment = \"" + curtailment + "\"\n" + limits);
}

Inputs planned(const test::Folder& folder, const std::string& scenario = "") {
  auto inputs = read_inputs(test::files_of(folder), test::shipped_share(), scenario);
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  return std::move(*inputs);
}

/// A study with every household's series.
struct Seen {
  Study study;
  std::vector<Flows> flows;
  std::vector<Site> sites;
  std::vector<double> net_kwh;
};
Seen seen(const Inputs& inputs, unsigned threads = 0) {
  Seen seen;
  StudyOptions options;
  options.workers.threads = threads;
  seen.net_kwh.assign(inputs.times.size(), 0.0);
  options.on_household = [&seen](const model::Household&, const HouseholdYear& year) {
    for (std::size_t t = 0; t < seen.net_kwh.size(); ++t) {
      seen.net_kwh[t] += year.flows.import_kwh[t] - year.flows.export_kwh[t];
    }
    seen.flows.push_back(year.flows);
    seen.sites.push_back(year.site);
  };
  auto result = study(inputs, options);
  EXPECT_TRUE(result.has_value());
  seen.study = std::move(*result);
  return seen;
}

/// In = out at every step, and the limits hold to 1e-9 kW.
void expect_kept(const Seen& seen, const TransformerLimits& limits, const char* what) {
  for (std::size_t t = 0; t < seen.net_kwh.size(); ++t) {
    ASSERT_GE(seen.net_kwh[t], -limits.export_kw - 1e-9) << what << " step " << t;
    ASSERT_LE(seen.net_kwh[t], limits.import_kw + 1e-9) << what << " step " << t;
    for (std::size_t i = 0; i < seen.flows.size(); ++i) {
      const Flows& flows = seen.flows[i];
      const double battery = flows.battery_kwh.empty() ? 0.0 : flows.battery_kwh[t];
      const double in = seen.sites[i].pv_kwh[t] + flows.import_kwh[t];
      const double out =
          seen.sites[i].load_kwh[t] + flows.export_kwh[t] + flows.curtailed_kwh[t] + battery;
      ASSERT_NEAR(in, out, 1e-9 * std::max(1e-3, in))
          << what << " household " << i << " step " << t;
    }
  }
}

TEST(Coordination, KeepsLimitsInEveryStepUnderEveryRule) {
  for (const char* dispatch : {"self_consumption", "optimal"}) {
    for (const char* rule : {"least_cost", "equal_power", "equal_share", "pro_rata"}) {
      const Seen village = seen(planned(small_village(rule, dispatch)));
      const Coordination& one = village.study.coordinations.front();
      ASSERT_EQ(one.outcome, Outcome::coordinated) << rule;
      EXPECT_GT(one.alone.exported.hours, 1000.0);
      EXPECT_EQ(one.together.exported.hours, 0.0);
      expect_kept(village, one.limits, rule);
    }
  }
}

TEST(Coordination, SumsAreThoseOfTheHouseholds) {
  const Seen village = seen(planned(small_village("pro_rata", "self_consumption")));
  const Coordination& one = village.study.coordinations.front();
  double cost = 0.0;
  double withheld = 0.0;
  for (const GivenUp& home : one.households) {
    cost += home.cost_yuan;
    withheld += home.withheld_kwh;
    const HouseholdPlan& plan = village.study.households[home.household];
    // A bill is rounded to the fen line by line.
    EXPECT_NEAR(home.cost_yuan, (plan.bill_with_pv - plan.export_income).yuan(), 0.5);
  }
  EXPECT_NEAR(cost, one.chosen().cost_yuan, 1e-6);
  EXPECT_NEAR(withheld, one.chosen().withheld_kwh, 1e-6);
  // With batteries that run by their rule, what lies beyond the limit is what is curtailed.
  EXPECT_NEAR(withheld, one.alone.exported.kwh, 1e-6);
  const auto alone = study(planned(small_village("none", "self_consumption")));
  EXPECT_NEAR(village.study.energy.curtailed_kwh - alone->energy.curtailed_kwh, withheld, 1e-6);
  EXPECT_LT(village.study.finance.npv_yuan, alone->finance.npv_yuan);
}

TEST(Coordination, TheLeastCostIsNoDearerThanAnyRuleAndItsBoundIsBelowAll) {
  for (const char* dispatch : {"self_consumption", "optimal"}) {
    const auto village = study(planned(small_village("least_cost", dispatch)));
    const Coordination& one = village->coordinations.front();
    ASSERT_EQ(one.rules.size(), 4U);
    EXPECT_LE(one.gap, 1e-3);
    for (const RuleFigures& rule : one.rules) {
      EXPECT_GE(rule.cost_yuan, one.least_cost_yuan - 1e-6) << dispatch << name_of(rule.rule);
      EXPECT_GE(rule.cost_yuan, one.bound_yuan);
    }
  }
}

/// A household that is curtailed exports its level; one that is not exports no more.
void expect_one_level(const Seen& village, const std::vector<double>& weight, bool by_generation) {
  std::size_t curtailed_steps = 0;
  for (std::size_t t = 0; t < village.net_kwh.size(); ++t) {
    double level = 0.0;
    std::vector<std::size_t> held;
    const auto weight_of = [&](std::size_t i) {
      return by_generation ? village.sites[i].pv_kwh[t] : weight[i];
    };
    for (std::size_t i = 0; i < village.flows.size(); ++i) {
      const bool sells = weight[i] > 0.0;
      if (sells && village.flows[i].curtailed_kwh[t] > 1e-9 &&
          village.flows[i].export_kwh[t] > 1e-9) {
        held.push_back(i);
        level = std::max(level, village.flows[i].export_kwh[t] / weight_of(i));
      }
    }
    for (const std::size_t i : held) {
      ASSERT_NEAR(village.flows[i].export_kwh[t], level * weight_of(i), 1e-7) << i << " at " << t;
    }
    for (std::size_t i = 0; i < village.flows.size() && !held.empty(); ++i) {
      ASSERT_LE(village.flows[i].export_kwh[t], level * weight_of(i) + 1e-7) << i << " at " << t;
    }
    curtailed_steps += held.empty() ? 0 : 1;
  }
  EXPECT_GT(curtailed_steps, 1000U);
}

TEST(Coordination, EachRuleIsWhatItSays) {
  for (const char* dispatch : {"self_consumption", "optimal"}) {
    const std::vector<double> sellers{1.0, 1.0, 1.0, 0.0, 0.0};  // H004 and H005 sell nothing
    expect_one_level(seen(planned(small_village("equal_power", dispatch))), sellers, false);
    const Seen shares = seen(planned(small_village("equal_share", dispatch)));
    std::vector<double> ratings;
    for (std::size_t i = 0; i < sellers.size(); ++i) {
      ratings.push_back(sellers[i] * shares.sites[i].inverter_kw);
    }
    expect_one_level(shares, ratings, false);
    expect_one_level(seen(planned(small_village("pro_rata", dispatch))), sellers, true);
  }
}

TEST(Coordination, ChangesNothingWhereNoLimitIsMet) {
  for (const char* dispatch : {"self_consumption", "optimal"}) {
    const Seen none = seen(planned(small_village("none", dispatch, "")));
    const Seen asked = seen(planned(small_village("least_cost", dispatch, "")));
    EXPECT_EQ(none.study.coordinations.front().outcome, Outcome::not_asked);
    EXPECT_EQ(asked.study.coordinations.front().outcome, Outcome::within_limits);
    EXPECT_EQ(none.net_kwh, asked.net_kwh);
    EXPECT_EQ(none.study.finance.npv_yuan, asked.study.finance.npv_yuan);
    EXPECT_EQ(none.study.parties.front().parties.front().npv_yuan,
              asked.study.parties.front().parties.front().npv_yuan);
    EXPECT_EQ(none.study.transformers.front().duration_kw,
              asked.study.transformers.front().duration_kw);
  }
}

TEST(Coordination, HasTheSameBitsOnAnyNumberOfThreads) {
  const Inputs inputs = planned(small_village("least_cost", "optimal"));
  const Seen one = seen(inputs, 1);
  const Seen two = seen(inputs, 2);
  EXPECT_EQ(one.net_kwh, two.net_kwh);
  EXPECT_EQ(one.study.finance.npv_yuan, two.study.finance.npv_yuan);
  const Coordination& first = one.study.coordinations.front();
  const Coordination& second = two.study.coordinations.front();
  EXPECT_EQ(first.least_cost_yuan, second.least_cost_yuan);
  EXPECT_EQ(first.bound_yuan, second.bound_yuan);
  EXPECT_EQ(first.export_price.yuan_per_kw, second.export_price.yuan_per_kw);
  EXPECT_EQ(first.rules[1].cost_yuan, second.rules[1].cost_yuan);
}

/// A kilowatt more saves no more than the price says, a kilowatt less costs no less, to the gap.
TEST(Coordination, CapacityIsWorthWhatItsPriceSays) {
  const auto at = [](const char* limit) {
    return study(planned(small_village("least_cost", "optimal", limit)))->coordinations.front();
  };
  const Coordination here = at("export_limit_kw = 12");
  const Coordination more = at("export_limit_kw = 13");
  const Coordination less = at("export_limit_kw = 11");
  const double worth = here.export_price.yuan_per_kw_year;
  const double slack = here.least_cost_yuan - here.bound_yuan;
  EXPECT_LE(here.least_cost_yuan - more.least_cost_yuan, worth + slack + 1e-6);
  EXPECT_GE(less.least_cost_yuan - here.bound_yuan, worth - 1e-6);
  EXPECT_GT(worth, 200.0);
  EXPECT_LE(here.export_price.hours, here.alone.exported.hours * 1.5);
}

/// Four days of the same village as one linear program.
TEST(Coordination, MeetsTheOptimumOfClp) {
  const Inputs inputs = planned(small_village("least_cost", "optimal"));
  const Shared shared = share(inputs);
  auto year = SharedYear::of(shared, 0, 1.0, xiaoyuan::in_turn);
  ASSERT_TRUE(year.has_value());
  year->set_limits({8.0, export_kw}, Limited::both_ways);
  optimum::CoupledProblem days = year->problem();
  ASSERT_EQ(days.households.size(), 6U);  // the leased roof has a meter of its own
  constexpr std::size_t first = 24 * 130;
  constexpr std::size_t count = 96;
  for (optimum::DispatchProblem& home : days.households) {
    for (auto* series : {&home.year.load_kwh, &home.year.pv_kwh, &home.year.buy, &home.year.sell}) {
      *series = series->subspan(first, count);
    }
    home.tier_limits_kwh = {10.0, 30.0};
  }
  optimum::SharedLimit& limit = days.limits.front();
  limit.import_limits_kwh = limit.import_limits_kwh.subspan(first, count);
  limit.export_limits_kwh = limit.export_limits_kwh.subspan(first, count);
  days.gap = 1e-4;
  const auto oracle = test::clp_coupled(days);
  const auto ours = optimum::coupled_dispatch(days);
  ASSERT_TRUE(oracle && ours);
  EXPECT_GT(oracle->cost, ours->alone_yuan + 1.0);
  EXPECT_LE(ours->gap(), days.gap);
  EXPECT_LE(ours->bound_yuan, oracle->cost + 1e-6);
  EXPECT_GE(ours->cost_yuan, oracle->cost - 1e-4);
}

/// Loads alone beyond the limit: named with hour, amount and the nearest limit, and the reverse
/// limit is still kept.
TEST(Coordination, NamesTheHourWhereLoadsAreBeyondTheImportLimit) {
  for (const char* dispatch : {"self_consumption", "optimal"}) {
    const Seen village = seen(
        planned(small_village("pro_rata", dispatch, "export_limit_kw = 12\nimport_limit_kw = 5")));
    const Coordination& one = village.study.coordinations.front();
    EXPECT_EQ(one.outcome, Outcome::coordinated);
    EXPECT_EQ(one.limited, Limited::export_only);
    EXPECT_GT(one.together.import.hours, 0.0);
    EXPECT_EQ(one.together.exported.hours, 0.0);
    ASSERT_EQ(one.notes.size(), 1U);
    EXPECT_NE(one.notes[0].en.find("above the import limit of 5.0 kW"), std::string::npos);
    EXPECT_NE(one.notes[0].en.find("T1: at 2026-"), std::string::npos);
    expect_kept(village, {1e9, export_kw}, dispatch);
  }
}

/// Batteries shift what loads draw below a limit of import that loads alone would break.
TEST(Coordination, BatteriesKeepTheImportLimitWhereTheyCan) {
  auto folder = small_village("least_cost", "optimal", "import_limit_kw = 4.5");
  folder["households.csv"] =
      "id,mode,connected,load_kwh,battery_kwh,battery_kw,roof1_kwp,roof1_tilt_deg,roof1_azimuth_"
      "deg\n"
      "A,self_use_surplus,2024-01-01,6000,20,5,6,20,180\n"
      "B,self_use_surplus,2024-01-01,6000,20,5,6,20,180\nC,,,6000,,,,,\n";
  const Inputs inputs = planned(folder);
  const Shared shared = share(inputs);
  const auto found = coordinate(shared, {Depth::first_year, xiaoyuan::in_turn, {}});
  ASSERT_TRUE(found.has_value());
  const Coordination& one = found->transformers.front();
  ASSERT_EQ(one.outcome, Outcome::coordinated) << one.notes.size();
  EXPECT_TRUE(one.notes.empty());
  EXPECT_GT(one.alone.import.hours, 0.0);
  EXPECT_GT(one.import_price.yuan_per_kw_year, 0.0);
  for (std::size_t t = 0; t < inputs.times.size(); ++t) {
    double net_kwh = 0.0;
    for (const GrantedYears& home : found->granted) {
      net_kwh += home.first->grid_kwh[t];
    }
    ASSERT_LE(net_kwh, one.limits.import_kw + 1e-9) << t;
  }
}

TEST(Coordination, IsNotMadeWhereTheGridPaysMoreThanItAsks) {
  auto folder = small_village("pro_rata", "self_consumption");
  folder = test::replaced(folder, "village.toml", "export = \"beijing-feed-in\"",
                          "export_price_yuan_per_kwh = 0.9\nexport_price_source = \"a test\"");
  const auto village = study(planned(folder));
  const Coordination& one = village->coordinations.front();
  EXPECT_EQ(one.outcome, Outcome::not_possible);
  ASSERT_EQ(one.notes.size(), 1U);
  EXPECT_NE(one.notes[0].en.find("lies above the buying price"), std::string::npos);
  EXPECT_EQ(one.notes[0].en, village->notes.back().en);
}

TEST(Coordination, TakesItsDefaultLimitsFromRatingPowerFactorAndReverseRate) {
  const Inputs inputs = planned(small_village("none", "self_consumption", ""));
  model::Transformer transformer = inputs.village.transformers.front();
  const TransformerLimits limits = limits_of(transformer, inputs.village.assumptions);
  EXPECT_NEAR(limits.import_kw, 200 * 0.95, 1e-12);
  EXPECT_NEAR(limits.export_kw, 200 * 0.95 * 0.8, 1e-12);
  transformer.in_parallel = 2;
  transformer.other_generation_kw = 30.0;
  EXPECT_NEAR(limits_of(transformer, inputs.village.assumptions).export_kw, 400 * 0.95 * 0.5 - 30.0,
              1e-12);
}

TEST(Coordination, AScenarioSetsTheRuleOfEveryTransformer) {
  auto folder = small_village("none", "self_consumption");
  folder["village.toml"] +=
      "\n[[scenario]]\nid = \"fair\"\nname = { en = \"Fair\", zh = \"公平\" }\n"
      "transformers = { curtailment = \"equal_power\", export_limit_kw = 9 }\n";
  const Inputs inputs = planned(folder, "fair");
  EXPECT_EQ(inputs.village.transformers.front().curtailment, Curtailment::equal_power);
  EXPECT_EQ(inputs.village.transformers.front().export_limit_kw, 9.0);
  EXPECT_EQ(inputs.village.scenarios.front().sets.front(),
            "transformers.curtailment = equal_power");
}

}  // namespace
}  // namespace xiaoyuan::plan
