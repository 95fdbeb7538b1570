#include "optimum/dispatch.hpp"

#include <gtest/gtest.h>

#include "optimum/certificate.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::optimum {
namespace {

struct Household {
  std::vector<double> load, pv, buy, sell;
  explicit Household(const std::string& bytes, double hours) {
    const test::Columns columns(bytes);
    load = columns.numbers("load_kw");
    pv = columns.numbers("pv_kw");
    buy = columns.numbers("buy");
    sell = columns.numbers("sell");
    for (double& kw : load) kw *= hours;
    for (double& kw : pv) kw *= hours;
  }
  DispatchProblem problem(double hours) const {
    DispatchProblem all;
    all.year = {load, pv, buy, sell, hours, 1e6, 1e6, {1.5, 13.5, 5.0, 5.0, 0.95, 0.95, 0.0, 0.0}};
    return all;
  }
};

struct Reference {
  const char* file;
  double hours;
  double cyclic;
  double from_floor;
};
class ReferenceHousehold : public ::testing::TestWithParam<Reference> {};

TEST_P(ReferenceHousehold, HasTheOptimumThatFiveSolversFound) {
  CASE_OR_SKIP(bytes, GetParam().file);
  const Household home(bytes, GetParam().hours);
  DispatchProblem problem = home.problem(GetParam().hours);
  auto result = optimal_dispatch(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->cost_yuan, GetParam().cyclic, 1e-6);
  EXPECT_NEAR(result->bound_yuan, GetParam().cyclic, 1e-6);
  EXPECT_NEAR(result->path.start_kwh, result->path.end_kwh, 1e-9);
  problem.end = YearEnd::not_below;
  problem.start_kwh = 1.5;
  result = optimal_dispatch(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->cost_yuan, GetParam().from_floor, 1e-6);
}

TEST_P(ReferenceHousehold, IsCertifiedByCodeThatTheSolverDoesNotShare) {
  CASE_OR_SKIP(bytes, GetParam().file);
  const Household home(bytes, GetParam().hours);
  const DispatchProblem problem = home.problem(GetParam().hours);
  const auto result = optimal_dispatch(problem);
  ASSERT_TRUE(result.has_value());
  const Certificate check = certified(problem, *result);
  EXPECT_EQ(check.wrong.en, "");
  EXPECT_NEAR(check.cost_yuan, GetParam().cyclic, 1e-6);
  EXPECT_NEAR(check.proved_yuan, GetParam().cyclic, 1e-6);
  EXPECT_LT(result->gap(), 1e-12);
}

/// The pieces and the lanes are two programs: a standing loss too small to matter takes the pieces.
TEST_P(ReferenceHousehold, CostsTheSameByPiecesAndByLanes) {
  CASE_OR_SKIP(bytes, GetParam().file);
  const Household home(bytes, GetParam().hours);
  DispatchProblem problem = home.problem(GetParam().hours);
  problem.year.battery.standing_loss_per_hour = 1e-12;
  const auto pieces = optimal_dispatch(problem);
  ASSERT_TRUE(pieces.has_value());
  EXPECT_NEAR(pieces->cost_yuan, GetParam().cyclic, 1e-6);
  EXPECT_NEAR(pieces->bound_yuan, GetParam().cyclic, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Dispatch, ReferenceHousehold,
    ::testing::Values(Reference{"household/household_8760.csv", 1.0, -738.967697, -738.865170},
                      Reference{"household/household_35040.csv", 0.25, -731.495027, -731.395980}));

}  // namespace
}  // namespace xiaoyuan::optimum
