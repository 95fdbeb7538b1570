// Sizing against the optima that other solvers found, and what must hold of any sizing.
#include "optimum/sizing.hpp"

#include <gtest/gtest.h>

#include "support/cases.hpp"
#include "support/sizing_draw.hpp"

namespace xiaoyuan::optimum {
namespace {

struct Reference {
  const char* file;
  double hours;
  double yuan, kwp, kwh;
  double near;
};
class ReferenceSizing : public ::testing::TestWithParam<Reference> {};

TEST_P(ReferenceSizing, HasTheSizesThatFourSolversFound) {
  CASE_OR_SKIP(bytes, GetParam().file);
  const test::SizingHousehold home(bytes, GetParam().hours);
  SizingProblem problem = home.problem();
  problem.gap = 1e-10;
  auto result = best_sizes(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->total_yuan, GetParam().yuan, GetParam().near);
  EXPECT_NEAR(result->bound_yuan, GetParam().yuan, GetParam().near);
  EXPECT_NEAR(result->roofs[0].size, GetParam().kwp, 1e-4);
  EXPECT_NEAR(result->battery.size, GetParam().kwh, 1e-4);
  EXPECT_NEAR(result->power.size, 0.5 * GetParam().kwh, 1e-4);
  RecordProperty("dispatches", result->dispatches);
  problem.gap = 1e-4;
  result = best_sizes(problem);
  ASSERT_TRUE(result.has_value());
  EXPECT_LE(result->gap(), 1e-4);
  EXPECT_LE(result->dispatches, 30);
  EXPECT_GE(result->total_yuan, GetParam().yuan - GetParam().near);
  EXPECT_LE(result->bound_yuan, GetParam().yuan + GetParam().near);
}

INSTANTIATE_TEST_SUITE_P(Sizing, ReferenceSizing,
                         ::testing::Values(Reference{"household/household_8760.csv", 1.0,
                                                     3237.903056, 13.040421, 18.605526, 1e-6},
                                           Reference{"household/household_35040.csv", 0.25,
                                                     3243.249694, 12.952568, 18.605461, 1e-6}));

}  // namespace
}  // namespace xiaoyuan::optimum
