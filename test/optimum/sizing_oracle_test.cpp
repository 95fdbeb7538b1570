// The sizing against CLP with the sizes as variables, and against brute force where it branches.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/sizing.hpp"
#include "optimum/sizing_year.hpp"
#include "support/seeds.hpp"
#include "support/sizing_draw.hpp"
#include "support/sizing_lp.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;

double near(double oracle, const SizingResult& ours) {
  return 1e-6 * std::max(1.0, std::abs(oracle) + std::abs(ours.without_yuan));
}

TEST(Sizing, EqualsClpWithSizesAsVariables) {
  int dispatches = 0;
  for (std::uint64_t seed = 1; seed <= 600; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.problem.gap = 1e-8;
    if (seed % 3 == 0) {
      drawn.problem.budget_yuan = drawn.draw(20.0);
    }
    const auto oracle = test::clp_sizing(drawn.problem);
    const auto ours = best_sizes(drawn.problem);
    ASSERT_TRUE(oracle.has_value() && ours.has_value()) << "seed " << seed;
    EXPECT_NEAR(ours->total_yuan, *oracle, near(*oracle, *ours)) << "seed " << seed;
    EXPECT_NEAR(ours->bound_yuan, *oracle, near(*oracle, *ours)) << "seed " << seed;
    EXPECT_LE(ours->capex_yuan, drawn.problem.budget_yuan * (1.0 + 1e-9)) << "seed " << seed;
    dispatches += ours->dispatches;
  }
  RecordProperty("dispatches", dispatches);
}

TEST(Sizing, CertifiesAGapThatIsNeverBelowTheTrueOne) {
  for (std::uint64_t seed = 1; seed <= 300; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.problem.gap = 1e-2;
    const double oracle = test::clp_sizing(drawn.problem).value();
    const auto ours = best_sizes(drawn.problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_LE(ours->bound_yuan, oracle + near(oracle, *ours)) << "seed " << seed;
    EXPECT_GE(ours->total_yuan, oracle - near(oracle, *ours)) << "seed " << seed;
    EXPECT_LE(ours->gap(), 1e-2) << "seed " << seed;
  }
}

TEST(Sizing, EqualsClpUnderALimitOfImportAndOfCarbon) {
  int bound = 0;
  for (std::uint64_t seed = 1; seed <= 300; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    drawn.problem.gap = 1e-8;
    drawn.problem.aim = seed % 2 == 0 ? SizingAim::least_carbon : SizingAim::least_import;
    if (seed % 3 == 0) {
      drawn.problem.budget_yuan = drawn.draw(20.0);
    }
    const double least = test::clp_least_quantity(drawn.problem).value();
    const auto lowest = best_sizes(drawn.problem);
    ASSERT_TRUE(lowest.has_value());
    const double close = 1e-6 * std::max(1.0, least + lowest->without_quantity);
    EXPECT_NEAR(lowest->least_quantity, least, close) << "seed " << seed;
    EXPECT_NEAR(lowest->quantity, least, close) << "seed " << seed;
    drawn.problem.most_quantity =
        least + 0.05 + drawn.draw(0.6) * (lowest->without_quantity - least);
    const double oracle = test::clp_sizing(drawn.problem).value();
    const auto ours = best_sizes(drawn.problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_NEAR(ours->total_yuan, oracle, near(oracle, *ours)) << "seed " << seed;
    EXPECT_NEAR(ours->bound_yuan, oracle, near(oracle, *ours)) << "seed " << seed;
    EXPECT_LE(ours->quantity, drawn.problem.most_quantity + 1e-7) << "seed " << seed;
    bound += ours->quantity > drawn.problem.most_quantity - 1e-6 ? 1 : 0;
  }
  EXPECT_GT(bound * static_cast<int>(seed_step), 100);
}

/// The problem with only this battery, at no price.
SizingProblem with_battery(const SizingProblem& problem, double kwh, double kw) {
  SizingProblem fixed = problem;
  fixed.battery.catalogue.clear();
  fixed.battery.energy = priced(0.0);
  fixed.battery.power = priced(0.0);
  fixed.battery.most_kwh = kwh;
  fixed.battery.most_kw = kw;
  fixed.battery.most_kw_per_kwh = no_limit;
  return fixed;
}

TEST(Sizing, OfACatalogueEqualsBruteForce) {
  int none = 0;
  for (std::uint64_t seed = 1; seed <= 150; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    SizingProblem& problem = drawn.problem;
    problem.gap = 1e-8;
    problem.battery.standing_loss_per_hour =
        0.0;  // with it, CLP would use a part of a product only
    const double counted = problem.battery.energy.counted;
    problem.battery.energy = priced(0.8 * static_cast<double>(seed % 8), counted);
    problem.battery.power = priced(0.1 * static_cast<double>(seed % 3), counted);
    for (int i = 0; i < 5; ++i) {
      problem.battery.catalogue.push_back({0.3 + drawn.draw(5.0), 0.2 + drawn.draw(2.0), {}});
      if (i % 2 == 0 && seed % 2 == 0) {
        problem.battery.catalogue.back().capex_yuan = drawn.draw(3.0);
      }
    }
    double best = test::clp_sizing(with_battery(problem, 0.0, 0.0)).value();
    const double without = best;
    for (const Product& product : problem.battery.catalogue) {
      const double capex =
          product.capex_yuan.value_or(capex_of(problem.battery.energy, product.kwh) +
                                      capex_of(problem.battery.power, product.kw));
      const double total =
          test::clp_sizing(with_battery(problem, product.kwh, product.kw)).value() +
          counted * capex;
      best = std::min(best, total);
    }
    const auto ours = best_sizes(problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_NEAR(ours->total_yuan, best, near(best, *ours)) << "seed " << seed;
    EXPECT_NEAR(ours->bound_yuan, best, near(best, *ours)) << "seed " << seed;
    EXPECT_EQ(ours->product.has_value(), best < without - 1e-6) << "seed " << seed;
    none += ours->product ? 0 : 1;
  }
  EXPECT_GT(none * static_cast<int>(seed_step), 10);
}

/// Brute force over the pieces of falling prices: each piece is a box with a line of its own.
double best_over_pieces(const SizingProblem& problem) {
  double best = no_limit;
  const Purchase& purchase = problem.roofs[0].purchase;
  const double room = problem.roofs[0].room_kwp;
  for (const double low_share : {0.0, 0.25, 0.5, 0.75}) {  // price corners lie on these shares
    // Within a quarter the price is linear: two ends tell it, and CLP the best between.
    SizingProblem box = problem;
    const double low = low_share * room;
    const double high = low + 0.25 * room;
    const double slope =
        (capex_of(purchase, high) - capex_of(purchase, low + 1e-5)) / (high - low - 1e-5);
    box.roofs[0].room_kwp = high - low;
    box.roofs[0].purchase = priced(slope, purchase.counted, purchase.upkeep_yuan);
    // What is always there becomes a roof of its own that costs nothing and must be full: sunk.
    box.roofs.push_back({"sunk", problem.roofs[0].kwh_per_kwp, low, 0.0, priced(0.0)});
    const double sunk =
        low > 0.0 ? outlay_of(purchase, low) : purchase.counted * purchase.entry_yuan;
    best = std::min(best, test::clp_sizing(box).value() + sunk);
  }
  SizingProblem none = problem;
  none.roofs[0].room_kwp = 0.0;
  return std::min(best, test::clp_sizing(none).value());
}

TEST(Sizing, WithFallingPricesAndEntryEqualsBruteForceOverThePieces) {
  int inside = 0;
  for (std::uint64_t seed = 1; seed <= 200; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    SizingProblem& problem = drawn.problem;
    problem.gap = 1e-7;
    problem.budget_yuan = no_limit;
    RoofPlane& roof = problem.roofs[0];
    const double about = 3.0 + drawn.draw(4.0);
    roof.purchase.pieces = {{0.25 * roof.room_kwp, about},
                            {0.75 * roof.room_kwp, 0.7 * about},
                            {no_limit, (seed % 2 == 0 ? 0.4 : 0.9) * about}};
    roof.purchase.entry_yuan = seed % 3 == 0 ? drawn.draw(1.0) : 0.0;
    const double oracle = best_over_pieces(problem);
    const auto ours = best_sizes(problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_NEAR(ours->total_yuan, oracle, 10.0 * near(oracle, *ours)) << "seed " << seed;
    EXPECT_LE(ours->bound_yuan, oracle + near(oracle, *ours)) << "seed " << seed;
    EXPECT_LE(ours->gap(), 1.1e-7) << "seed " << seed;
    inside += ours->roofs[0].size > 0.0 && ours->roofs[0].size < roof.room_kwp ? 1 : 0;
  }
  EXPECT_GT(inside * static_cast<int>(seed_step), 20);
}

TEST(Sizing, OfWholeModulesEqualsBruteForce) {
  for (std::uint64_t seed = 1; seed <= 60; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    SizingProblem& problem = drawn.problem;
    problem.gap = 1e-8;
    problem.budget_yuan = no_limit;
    RoofPlane& roof = problem.roofs[0];
    roof.module_kwp = 0.23 * roof.room_kwp;
    double best = no_limit;
    for (int count = 0; count <= 4; ++count) {
      SizingProblem fixed = problem;
      fixed.roofs[0].room_kwp = count * roof.module_kwp;
      fixed.roofs[0].purchase = priced(0.0);
      best = std::min(best, test::clp_sizing(fixed).value() +
                                outlay_of(roof.purchase, count * roof.module_kwp));
    }
    const auto ours = best_sizes(problem);
    ASSERT_TRUE(ours.has_value());
    EXPECT_NEAR(ours->total_yuan, best, near(best, *ours)) << "seed " << seed;
    const double count = ours->roofs[0].size / roof.module_kwp;
    EXPECT_NEAR(count, std::round(count), 1e-6) << "seed " << seed;
  }
}

TEST(Sizing, EveryCutLiesBelowTheCostAtAllSizes) {
  for (std::uint64_t seed = 1; seed <= 200; seed += seed_step) {
    test::DrawnSizing drawn(seed);
    const SizingProblem& problem = drawn.problem;
    SizedYears years(problem, Quantity::import_kwh);
    const auto sizes_of = [&] {
      Sizes sizes;
      for (const RoofPlane& roof : problem.roofs) {
        sizes.push_back(drawn.draw(roof.room_kwp));
      }
      sizes.push_back(drawn.draw(problem.battery.most_kwh));
      sizes.push_back(drawn.draw(2.0));
      return sizes;
    };
    const Blend blend = seed % 3 == 0 ? Blend{0.0, 1.0} : Blend{1.0, seed % 2 == 0 ? 0.0 : 0.3};
    const Sizes here = sizes_of();
    Cut cut;
    const Weighed at_here = years.dispatch(here, blend, cut);
    const auto value = [&](const Weighed& one) {
      return blend.cost_share * one.cost_yuan + blend.quantity_price * one.quantity;
    };
    EXPECT_NEAR(cut.at(here), value(at_here), 1e-6 * std::max(1.0, std::abs(value(at_here))))
        << "seed " << seed;
    for (int other = 0; other < 5; ++other) {
      Cut unused;
      const Sizes there = sizes_of();
      const double cost = value(years.dispatch(there, blend, unused));
      EXPECT_LE(cut.at(there), cost + 1e-6 * std::max(1.0, std::abs(cost))) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::optimum
