// A cap on what is sold at the mechanism's price, against CLP by cases and against every schedule.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/certificate.hpp"
#include "optimum/marginal.hpp"
#include "support/dispatch_draw.hpp"
#include "support/dispatch_lp.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::Drawn;
using test::seed_step;

/// Steps that are not convex at `sell`, or where more is earned beyond the cap at that price.
std::vector<std::size_t> bent_steps(const Drawn& drawn) {
  const double more = std::max(0.0, drawn.problem.export_beyond_yuan);
  std::vector<std::size_t> bent;
  for (std::size_t t = 0; t < drawn.buy.size(); ++t) {
    if (drawn.buy[t] < 0.0 || drawn.sell[t] + more > drawn.buy[t]) {
      bent.push_back(t);
    }
  }
  return bent;
}

struct Counts {
  int feasible = 0, gains = 0, within = 0, beyond = 0, with_tiers = 0, curtailed_beyond = 0;
};

void expect_optimum(const Drawn& drawn, std::uint64_t seed, Counts& counts) {
  const auto bent = bent_steps(drawn);
  if (bent.size() > 4) {
    return;  // CLP would need a program for every choice of their sides
  }
  const DispatchProblem& problem = drawn.problem;
  const auto oracle = test::clp_cost_by_sides(problem, bent);
  const auto ours = optimal_dispatch(problem);
  ASSERT_EQ(ours.has_value(), oracle.has_value()) << "seed " << seed;
  if (!ours) {
    return;
  }
  ++counts.feasible;
  counts.gains += problem.export_beyond_yuan > 0.0 ? 1 : 0;
  counts.within += ours->cap_case == CapCase::within ? 1 : 0;
  counts.beyond += ours->cap_case == CapCase::beyond ? 1 : 0;
  counts.with_tiers += problem.tier_limits_kwh.empty() ? 0 : 1;
  const double near = 1e-6 * std::max(1.0, std::abs(*oracle));
  const Certificate check = certified(problem, *ours);
  EXPECT_EQ(check.wrong.en, "") << "seed " << seed;
  EXPECT_NEAR(check.cost_yuan, ours->cost_yuan, 1e-7) << "seed " << seed;
  EXPECT_NEAR(ours->cost_yuan, *oracle, near) << "seed " << seed;
  EXPECT_NEAR(ours->bound_yuan, *oracle, near) << "seed " << seed;
  EXPECT_LE(ours->bound_yuan, ours->cost_yuan + 1e-8) << "seed " << seed;
  EXPECT_LE(check.proved_yuan, ours->cost_yuan + 1e-7) << "seed " << seed;
  if (bent.empty()) {  // then the values alone prove it
    EXPECT_NEAR(check.proved_yuan, *oracle, near) << "seed " << seed;
    EXPECT_EQ(ours->proof, problem.export_beyond_yuan > 0.0 ? Proof::cases : Proof::exact);
  }
}

TEST(ExportCap, EqualsClpByCasesOnFourThousandProblems) {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 6000; seed += seed_step) {
    expect_optimum(Drawn(seed, Drawn::Prices::capped), seed, counts);
  }
  EXPECT_GT(counts.feasible * static_cast<int>(seed_step), 4000);
  EXPECT_GT(counts.within * static_cast<int>(seed_step), 300);
  EXPECT_GT(counts.beyond * static_cast<int>(seed_step), 300);
  EXPECT_GT(counts.with_tiers * static_cast<int>(seed_step), 1000);
  RecordProperty("feasible", counts.feasible);
  RecordProperty("more_beyond", counts.gains);
}

TEST(ExportCap, BesideStepsThatAreNotConvexEqualsClpForEveryChoiceOfSides) {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 600; seed += seed_step) {
    expect_optimum(Drawn(seed, Drawn::Prices::bent_and_capped), seed, counts);
  }
  EXPECT_GT(counts.feasible * static_cast<int>(seed_step), 200);
}

/// Four hours of sun; the cap's two sides by hand: 6 kWh are left over, the battery saves 0.5 a kWh
/// in the evening, selling earns 0.3 within 4 kWh and 0.2, or 0.6, beyond.
struct Noon {
  std::vector<double> load{0, 0, 2, 2};
  std::vector<double> pv{3, 3, 0, 0};
  std::vector<double> buy = std::vector<double>(4, 0.5);
  std::vector<double> sell = std::vector<double>(4, 0.3);
  DispatchProblem problem;
  explicit Noon(double beyond_yuan) {
    problem.year = {load, pv,  buy, sell,
                    1.0,  1e6, 1e6, {.ceiling_kwh = 10, .charge_kw = 3, .discharge_kw = 2}};
    problem.end = YearEnd::free;
    problem.export_cap_kwh = 1.0;
    problem.export_beyond_yuan = beyond_yuan;
  }
};

TEST(ExportCap, ByHandWhereLessIsEarnedBeyond) {
  // 4 kWh are kept for the evening; of 2 kWh sold, one earns 0.3 and one 0.2.
  const Noon noon(-0.1);
  const auto result = optimal_dispatch(noon.problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->cost_yuan, -0.5, 1e-9);
  EXPECT_NEAR(result->export_kwh, 2.0, 1e-9);
  EXPECT_NEAR(result->export_fall_yuan, 0.1, 1e-9);
  EXPECT_EQ(result->proof, Proof::exact);
}

TEST(ExportCap, ByHandWhereSellingBeyondPaysMoreThanBuyingCosts) {
  // Beyond the cap a kWh earns 0.6: all 6 are sold (0.3 + 5 × 0.6) and the evening is bought (2.0).
  const Noon noon(0.3);
  const auto result = optimal_dispatch(noon.problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->cost_yuan, 2.0 - 0.3 - 5 * 0.6, 1e-9);
  EXPECT_NEAR(result->bound_yuan, result->cost_yuan, 1e-9);
  EXPECT_EQ(result->cap_case, CapCase::beyond);
  EXPECT_EQ(result->other_case.side, CapCase::within);
  EXPECT_EQ(result->proof, Proof::cases);
  const auto check = certified(noon.problem, *result);
  EXPECT_TRUE(check.is_feasible()) << check.wrong.en;
  EXPECT_NEAR(check.cost_yuan, result->cost_yuan, 1e-9);
}

TEST(ExportCap, ThatIsNotReachedChangesNothing) {
  Noon noon(-0.1);
  noon.problem.export_cap_kwh = 100.0;
  const double capped = optimal_dispatch(noon.problem)->cost_yuan;
  noon.problem.export_beyond_yuan = 0.0;
  EXPECT_NEAR(capped, optimal_dispatch(noon.problem)->cost_yuan, 1e-12);
}

TEST(ExportCap, IsRefusedBelowZeroByName) {
  Noon noon(-0.1);
  noon.problem.export_cap_kwh = -1.0;
  const auto refused = optimal_dispatch(noon.problem);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().where.field, "export_cap_kwh");
}

}  // namespace
}  // namespace xiaoyuan::optimum
