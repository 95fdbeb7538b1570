#include "hosting/dlt2041.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan::hosting {
namespace {

// facts, test_vectors: dlt2041_2025
TEST(Hosting2025, OfTheFactsExampleIsYellow) {
  const Hosting2025 hosting = hosting_2025({.load_kw = 60,
                                            .rating_kva = 400,
                                            .reverse_rate = 0.8,
                                            .power_factor = 0.95,
                                            .simultaneity = 0.85,
                                            .connected_kw = 150,
                                            .registered_kw = 300});
  EXPECT_NEAR(hosting.allowed_kw, 428.2, 0.05);
  EXPECT_NEAR(hosting.room_kw, 278.2, 0.05);
  EXPECT_NEAR(hosting.room_after_registered_kw, -21.8, 0.05);
  EXPECT_EQ(hosting.grade, Grade::yellow);
}

TEST(Hosting2025, IsRedWhenWhatStandsAlreadyIsTooMuch) {
  const Hosting2025 hosting = hosting_2025({.load_kw = 10, .rating_kva = 100, .connected_kw = 120});
  EXPECT_EQ(hosting.grade, Grade::red);
}

TEST(Hosting2025, CountsExpectedStorageBeforeOrAfterTheDivision) {
  Hosting2025Input input{
      .load_kw = 60, .rating_kva = 400, .expected_storage_kw = 50, .simultaneity = 0.5};
  const double before = hosting_2025(input).allowed_kw;
  input.storage_term = StorageTerm::after_division;
  EXPECT_NEAR(before - hosting_2025(input).allowed_kw, 50.0, 1e-9);
}

TEST(Hosting2025, OfTwoInParallelHoldsHalfOfBoth) {
  const Hosting2025 two = hosting_2025({.rating_kva = 400, .in_parallel = 2, .power_factor = 1.0});
  EXPECT_DOUBLE_EQ(two.reverse_rate, 0.5);
  EXPECT_DOUBLE_EQ(two.allowed_kw, 400.0);
}

// facts, test_vectors: dlt2041_2019
TEST(Hosting2019, OfTheFactsExampleIsYellow) {
  const Hosting2019 hosting = hosting_2019(150, 60, 400, 0.8);
  EXPECT_NEAR(hosting.lambda, 0.225, 1e-12);
  EXPECT_NEAR(hosting.room_kw, 248.0, 1e-9);
  EXPECT_EQ(hosting.grade, Grade::yellow);
  EXPECT_EQ(hosting_2019(60, 60, 400, 0.8).grade, Grade::green);
  EXPECT_EQ(hosting_2019(400, 60, 400, 0.8).grade, Grade::red);
}

}  // namespace
}  // namespace xiaoyuan::hosting
