// Every marginal value against the year solved again with a little_yuan more and a little_yuan
// less.
#include "optimum/marginal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "support/dispatch_draw.hpp"

namespace xiaoyuan::optimum {
namespace {

using test::seed_step;
constexpr double little_yuan = 1e-5;

/// The two derivatives of the year's cost, from below and from above; none where a side has no way.
struct Sides {
  std::optional<double> below;
  std::optional<double> above;
};

Sides sides(test::Drawn& drawn, double cost,
            const std::function<void(test::Drawn&, double)>& move) {
  const auto cost_after = [&](double by) -> std::optional<double> {
    move(drawn, by);
    const auto solved = optimal_dispatch(drawn.problem);
    move(drawn, -by);
    return solved ? std::optional(solved->cost_yuan) : std::nullopt;
  };
  Sides both;
  if (const auto less = cost_after(-little_yuan)) both.below = (cost - *less) / little_yuan;
  if (const auto more = cost_after(little_yuan)) both.above = (*more - cost) / little_yuan;
  return both;
}

class Marginal : public ::testing::Test {
 protected:
  /// `saved` is minus a subgradient: the cost's slope lies between its two sides.
  void expect_between(double saved, const Sides& both, const char* what, std::uint64_t seed) {
    const double near = 2e-4 * std::max(1.0, std::abs(saved));
    EXPECT_GE(-saved, both.below.value_or(-1e9) - near) << what << ", seed " << seed;
    EXPECT_LE(-saved, both.above.value_or(1e9) + near) << what << ", seed " << seed;
    checked_ += both.below && both.above ? 1 : 0;
    moved_ += std::abs(saved) > 1e-6 ? 1 : 0;
  }
  int checked_ = 0;
  int moved_ = 0;
};

battery::Spec& spec(test::Drawn& drawn) { return drawn.problem.year.battery; }

TEST_F(Marginal, ValuesLieBetweenTheDerivativesFromBothSides) {
  for (std::uint64_t seed = 20001; seed <= 21200; seed += seed_step) {
    test::Drawn drawn(seed);
    const auto best = optimal_dispatch(drawn.problem);
    if (!best) {
      continue;
    }
    const MarginalValues values = marginal_values(drawn.problem, *best);
    const auto look = [&](double saved, const char* what, auto&& move) {
      expect_between(saved, sides(drawn, best->cost_yuan, move), what, seed);
    };
    look(values.ceiling_kwh, "ceiling", [](auto& d, double by) { spec(d).ceiling_kwh += by; });
    look(values.charge_kw, "charge power", [](auto& d, double by) { spec(d).charge_kw += by; });
    look(values.discharge_kw, "discharge power",
         [](auto& d, double by) { spec(d).discharge_kw += by; });
    look(values.battery_kw(), "power", [](auto& d, double by) {
      spec(d).charge_kw += by;
      spec(d).discharge_kw += by;
    });
    look(values.import_limit_kwh, "import limit",
         [](auto& d, double by) { d.problem.year.import_limit_kwh += by; });
    look(values.export_limit_kwh, "export limit",
         [](auto& d, double by) { d.problem.year.export_limit_kwh += by; });
    const std::vector<double> shape = drawn.pv;
    look(values.pv_kwp(shape), "PV", [&](auto& d, double by) {
      for (std::size_t t = 0; t < shape.size(); ++t) d.pv[t] += by * shape[t];
    });
    if (drawn.problem.end == YearEnd::cyclic) {
      look(values.floor_kwh, "floor", [](auto& d, double by) { spec(d).floor_kwh += by; });
    }
  }
  EXPECT_GT(checked_ * seed_step, 3000U);
  EXPECT_GT(moved_ * seed_step, 1500U);
}

/// λ_t is what a kWh put into the store at the end of step t would save.
TEST_F(Marginal, StoredEnergyIsWorthWhatAKilowattHourMoreOfItSaves) {
  for (std::uint64_t seed = 30001; seed <= 30400; seed += seed_step) {
    test::Drawn drawn(seed);
    drawn.drains.resize(drawn.load.size(), 0.0);
    drawn.join();
    const auto best = optimal_dispatch(drawn.problem);
    if (!best) {
      continue;
    }
    for (std::size_t t = 0; t < drawn.load.size(); t += 5) {
      const auto both =
          sides(drawn, best->cost_yuan, [t](test::Drawn& d, double by) { d.drains[t] -= by; });
      expect_between(best->stored_value[t], both, "stored energy", seed);
    }
  }
  EXPECT_GT(checked_ * seed_step, 1000U);
}

}  // namespace
}  // namespace xiaoyuan::optimum
