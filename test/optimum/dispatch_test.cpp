#include "optimum/dispatch.hpp"

#include <gtest/gtest.h>

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

INSTANTIATE_TEST_SUITE_P(
    Dispatch, ReferenceHousehold,
    ::testing::Values(Reference{"household/household_8760.csv", 1.0, -738.967697, -738.865170},
                      Reference{"household/household_35040.csv", 0.25, -731.495027, -731.395980}));

}  // namespace
}  // namespace xiaoyuan::optimum
