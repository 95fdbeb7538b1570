// Money: one rounding, half up and away from zero, exact however large the numbers.
#include "base/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace xiaoyuan {
namespace {

Money worth(double kwh, double yuan) { return amount(MeteredEnergy::of(kwh), Price::of(yuan)); }

TEST(Money, ProductsAreRoundedToTheFen) {
  EXPECT_EQ(worth(201.97, 0.5283), Money{10670});   // 106.700751 yuan
  EXPECT_EQ(worth(2880.0, 0.4883), Money{140630});  // 1406.304
  EXPECT_EQ(worth(1.0, 0.4883), Money{49});
  EXPECT_EQ(worth(0.0, 0.4883), Money{0});
}

TEST(Money, TheHalfGoesAwayFromZero) {
  EXPECT_EQ(worth(1.0, 0.005), Money{1});
  EXPECT_EQ(worth(1.0, 0.00499999), Money{0});
  EXPECT_EQ(worth(1.0, 0.015), Money{2});
  EXPECT_EQ(worth(1.0, 0.025), Money{3});  // half to even would say 2
  EXPECT_EQ(worth(-1.0, 0.025), Money{-3});
  EXPECT_EQ(worth(1.0, -0.025), Money{-3});
  EXPECT_EQ(worth(-1.0, -0.025), Money{3});
}

TEST(Money, LargeProductsStayExact) {
  // 9,007,199,254.740993 kWh × 9.99999999 yuan = 90,071,992,457.33793… yuan, by long multiplication
  EXPECT_EQ(amount({9007199254740993}, {999999999}), Money{9007199245734});
  // The largest energy there is at one yuan: 9,223,372,036,854.775807 yuan.
  EXPECT_EQ(amount({INT64_MAX}, {100000000}), Money{922337203685478});
  EXPECT_EQ(amount({-INT64_MAX}, {100000000}), Money{-922337203685478});
}

TEST(Money, PricesAndEnergiesKeepTheirLastDigit) {
  EXPECT_EQ(Price::of(0.3598).units, 35980000);
  EXPECT_EQ(Price::of(-0.00000001).units, -1);
  EXPECT_EQ(MeteredEnergy::of(0.000001).mwh, 1);
  EXPECT_EQ(MeteredEnergy::of(5938.4).mwh, 5938400000);
}

TEST(Money, IsWrittenWithTwoDigits) {
  EXPECT_EQ(text_of(Money{123450}), "1234.50");
  EXPECT_EQ(text_of(Money{5}), "0.05");
  EXPECT_EQ(text_of(Money{-5}), "-0.05");
  EXPECT_EQ(text_of(Money{-12345}), "-123.45");
  EXPECT_EQ(text_of(Money{}), "0.00");
}

RC_GTEST_PROP(Money, IsTheNearestFenAndOddInTheEnergy, ()) {
  const MeteredEnergy energy{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000)};
  const Price price{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000)};
  const Money money = amount(energy, price);
  // Twice the exact amount, in 1e-12 fen, lies in [2·fen − 1, 2·fen + 1) fen.
  __extension__ typedef __int128 Wide;
  const Wide twice = 2 * static_cast<Wide>(energy.mwh) * price.units;
  const Wide one_fen = 1'000'000'000'000;
  RC_ASSERT(twice >= (2 * static_cast<Wide>(money.fen) - 1) * one_fen);
  RC_ASSERT(twice < (2 * static_cast<Wide>(money.fen) + 1) * one_fen);
  RC_ASSERT(amount({-energy.mwh}, price) == -money);
}

}  // namespace
}  // namespace xiaoyuan
