// Sizing under limits of import and export, a reserve and tiers by period, against CLP; falling
// prices of the battery against brute force.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/sizing.hpp"
#include "support/dispatch_draw.hpp"
#include "support/sizing_draw.hpp"
#include "support/sizing_lp.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

double close_to(double oracle) { return 1e-5 * std::max(1.0, std::abs(oracle)); }

TEST(SizingLimits, EqualClpWithSizesAsVariables) {
  int solved = 0;
  int refused = 0;
  int without = 0;
  for (std::uint64_t seed = 1; seed <= 600; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.limit();
    drawn.problem.gap = 1e-8;
    if (seed % 4 == 0) {
      drawn.problem.budget_yuan = drawn.draw(30.0);
    }
    const auto oracle = test::clp_sizing(drawn.problem);
    const auto ours = best_sizes(drawn.problem);
    ASSERT_EQ(ours.has_value(), oracle.has_value())
        << "seed " << seed << " " << (ours ? "" : ours.error().front().what.en);
    if (!ours) {
      ++refused;
      continue;
    }
    ++solved;
    without += std::isnan(ours->without_yuan) ? 1 : 0;
    EXPECT_NEAR(ours->total_yuan, *oracle, close_to(*oracle)) << "seed " << seed;
    EXPECT_NEAR(ours->bound_yuan, *oracle, close_to(*oracle)) << "seed " << seed;
    EXPECT_LE(ours->gap(), 1e-6) << "seed " << seed;
  }
  EXPECT_GT(solved * static_cast<int>(seed_step), 300);
  EXPECT_GT(refused * static_cast<int>(seed_step), 30);
  EXPECT_GT(without * static_cast<int>(seed_step), 50);
  RecordProperty("solved", solved);
  RecordProperty("needs_a_plant", without);
}

TEST(SizingLimits, OfImportAreNeededUnderALimitOfTheQuantityToo) {
  int solved = 0;
  for (std::uint64_t seed = 1001; seed <= 1150; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.limit();
    drawn.problem.gap = 1e-8;
    drawn.problem.aim = SizingAim::least_import;
    const auto least = test::clp_least_quantity(drawn.problem);
    const auto ours = best_sizes(drawn.problem);
    ASSERT_EQ(ours.has_value(), least.has_value()) << "seed " << seed;
    if (ours) {
      ++solved;
      EXPECT_NEAR(ours->quantity, *least, 1e-5 * std::max(1.0, *least)) << "seed " << seed;
    }
  }
  EXPECT_GT(solved * static_cast<int>(seed_step), 60);
}

/// Where the import limit is too low whatever is built, the figure that is told is enough, and less
/// is not.
TEST(SizingLimits, TellHowMuchMoreImportWouldDo) {
  int told = 0;
  for (std::uint64_t seed = 1; seed <= 100 && told < 10; ++seed) {
    test::DrawnSizing drawn(seed);
    drawn.problem.import_limit_kwh = 0.05;
    const auto refused = best_sizes(drawn.problem);
    if (refused) {
      continue;
    }
    const std::string& text = refused.error().front().what.en;
    const auto at = text.find("raise it by ");
    ASSERT_NE(at, std::string::npos) << text;
    const double more_kwh = std::stod(text.substr(at + 12)) * drawn.problem.step_hours;
    drawn.problem.import_limit_kwh = 0.05 + more_kwh;
    EXPECT_TRUE(best_sizes(drawn.problem).has_value()) << "seed " << seed;
    drawn.problem.import_limit_kwh = 0.05 + 0.98 * more_kwh - 0.002;
    EXPECT_FALSE(best_sizes(drawn.problem).has_value()) << "seed " << seed;
    ++told;
  }
  EXPECT_EQ(told, 10);
}

/// The battery's kWh for nothing up to a corner and on from there at the piece's price: the outlay
/// of the corner is paid in any case. The least over the pieces is the optimum.
double best_over_battery_pieces(const SizingProblem& problem) {
  const Purchase& purchase = problem.battery.energy;
  SizingProblem none = problem;
  none.battery.most_kwh = 0.0;
  double best = test::clp_sizing(none).value();
  double from = 0.0;
  for (const PricePiece& piece : purchase.pieces) {
    SizingProblem part = problem;
    part.battery.most_kwh = std::min(piece.up_to, problem.battery.most_kwh);
    part.battery.energy.entry_yuan = 0.0;
    part.battery.energy.pieces = {{from, 0.0}, {no_limit, piece.yuan_per_unit}};
    const double sunk =
        purchase.counted * (from > 0.0 ? capex_of(purchase, from) : purchase.entry_yuan);
    best = std::min(best, test::clp_sizing(part).value() + sunk);
    from = piece.up_to;
  }
  return best;
}

TEST(SizingFalling, PricesOfTheBatteryEqualBruteForceOverThePieces) {
  int inside = 0;
  for (std::uint64_t seed = 1; seed <= 150; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    SizingProblem& problem = drawn.problem;
    problem.gap = 1e-7;
    problem.battery.energy.upkeep_yuan = 0.0;
    const double about = 0.3 + drawn.draw(1.0);
    problem.battery.energy.pieces = {{0.3 * problem.battery.most_kwh, about},
                                     {0.7 * problem.battery.most_kwh, 0.6 * about},
                                     {no_limit, 0.3 * about}};
    problem.battery.energy.entry_yuan = seed % 3 == 0 ? drawn.draw(0.3) : 0.0;
    const double oracle = best_over_battery_pieces(problem);
    const auto ours = best_sizes(problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_EQ(ours->proof, SizingProof::searched);
    EXPECT_NEAR(ours->total_yuan, oracle, close_to(oracle)) << "seed " << seed;
    EXPECT_LE(ours->bound_yuan, oracle + close_to(oracle)) << "seed " << seed;
    EXPECT_LE(ours->gap(), 1.1e-7) << "seed " << seed;
    inside += ours->battery.size > 0.0 ? 1 : 0;
  }
  EXPECT_GT(inside * static_cast<int>(seed_step), 15);
}

/// What a year costs at given sizes, by the dispatch alone, with the plant's outlay.
double cost_at(const SizingProblem& problem, const std::vector<double>& kwp, double kwh,
               double kw) {
  double total = outlay_of(problem.battery.energy, kwh) + outlay_of(problem.battery.power, kw);
  for (std::size_t i = 0; i < problem.roofs.size(); ++i) {
    total += outlay_of(problem.roofs[i].purchase, kwp[i]);
  }
  const BatteryChoice& battery = problem.battery;
  for (const YearShare& share : problem.years) {
    std::vector<double> pv(problem.load_kwh.size(), 0.0);
    for (std::size_t i = 0; i < problem.roofs.size(); ++i) {
      for (std::size_t t = 0; t < pv.size(); ++t) {
        pv[t] += share.pv_share * kwp[i] * problem.roofs[i].kwh_per_kwp[t];
      }
    }
    DispatchProblem year;
    const double held = kwh * share.capacity_share;
    year.year = {problem.load_kwh,
                 pv,
                 problem.buy,
                 problem.sell,
                 problem.step_hours,
                 problem.export_limit_kwh,
                 1e9,
                 {battery.floor_share * held, battery.ceiling_share * held, kw, kw,
                  battery.charge_efficiency, battery.discharge_efficiency,
                  battery.standing_loss_per_hour, battery.wear_yuan_per_kwh}};
    year.tier_limits_kwh = problem.tier_limits_kwh;
    year.tier_additions_yuan = problem.tier_additions_yuan;
    const auto solved = optimal_dispatch(year);
    if (!solved) {
      return no_limit;
    }
    total += share.weight * solved->cost_yuan;
  }
  return total;
}

/// The bound holds for every size of a grid; the answer costs what is said, and is as good as the
/// grid's best but for the gap that is told.
TEST(SizingBent, WhereTheGridPaysMoreThanItAsksIsBoundedForEverySize) {
  double worst_gap = 0.0;
  int count = 0;
  for (std::uint64_t seed = 1; seed <= 40; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.bend();
    const SizingProblem& problem = drawn.problem;
    const auto ours = best_sizes(problem);
    ASSERT_TRUE(ours.has_value()) << "seed " << seed;
    EXPECT_EQ(ours->proof, SizingProof::bounded);
    EXPECT_GT(ours->bent_steps, 0U);
    std::vector<double> kwp;
    for (const SizeWorth& roof : ours->roofs) {
      kwp.push_back(roof.size);
    }
    EXPECT_NEAR(cost_at(problem, kwp, ours->battery.size, ours->power.size), ours->total_yuan,
                1e-3 * std::max(1.0, std::abs(ours->total_yuan)))
        << "seed " << seed;
    double best = no_limit;
    for (int i = 0; i <= 3; ++i) {
      for (int j = 0; j <= 3; ++j) {
        for (int k = 0; k <= 3; ++k) {
          std::vector<double> sizes;
          for (const RoofPlane& roof : problem.roofs) {
            sizes.push_back(roof.room_kwp * i / 3.0);
          }
          const double kwh = problem.battery.most_kwh * j / 3.0;
          const double kw =
              std::min({problem.battery.most_kw, 2.0, problem.battery.most_kw_per_kwh * kwh}) * k /
              3.0;
          best = std::min(best, cost_at(problem, sizes, kwh, kw));
        }
      }
    }
    EXPECT_LE(ours->bound_yuan, best + 1e-6 * std::max(1.0, std::abs(best))) << "seed " << seed;
    EXPECT_LE(ours->total_yuan, best + 0.02 * std::max(1.0, std::abs(best))) << "seed " << seed;
    worst_gap = std::max(worst_gap, ours->gap());
    ++count;
  }
  EXPECT_LT(worst_gap, 0.1);
  RecordProperty("worst_gap", std::to_string(worst_gap));
}

}  // namespace
}  // namespace xiaoyuan::optimum
