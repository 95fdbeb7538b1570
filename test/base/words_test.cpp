// Words and chance: the nearest name, parts of a text, numbers from text, the seeded draw.
#include <gtest/gtest.h>

#include <cmath>

#include "base/expected.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace xiaoyuan {
namespace {

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<std::string> names{"latitude_deg", "longitude_deg", "elevation_m"};
  EXPECT_EQ(nearest("latitude_deg", names), "latitude_deg");
  EXPECT_EQ(nearest("lattitude_deg", names), "latitude_deg");
  EXPECT_EQ(nearest("longitude_d", names), "longitude_deg");
  EXPECT_EQ(nearest("elevatoin_m", names), "elevation_m");
  EXPECT_EQ(nearest("tariff", names), "");
  EXPECT_EQ(nearest("x", {}), "");
}

TEST(Nearest, SwappedNeighboursCountOnce) {
  EXPECT_EQ(nearest("ba", {"ab1", "ab"}), "ab");
  EXPECT_EQ(nearest("beijign", {"beiji", "beijing"}), "beijing");
}

TEST(Text, IsTrimmedJoinedAndCut) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \r\n"), "");
  EXPECT_EQ(joined({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(parts_of(" a ,, b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(parts_of("", ','), (std::vector<std::string_view>{""}));
}

TEST(Number, HasNothingBeforeOrAfterIt) {
  EXPECT_EQ(parse_number(" +12.5 "), 12.5);
  EXPECT_EQ(parse_number("-1e-3"), -0.001);
  for (const char* text : {"", " ", "1,5", "1 2", "0x10", "nan", "inf", "1e400", "--1", "5kWh"}) {
    EXPECT_FALSE(parse_number(text).has_value()) << text;
  }
  EXPECT_EQ(text_of(12.0), "12");
  EXPECT_EQ(text_of(0.35), "0.35");
  EXPECT_EQ(text_of(-0.0), "0");
}

TEST(Random, IsTheStandardsMersenneTwister) {
  // ISO C++, [rand.predef]: the 10000th value of mt19937_64 seeded with 5489.
  Random random(5489);
  double last = 0.0;
  for (int i = 0; i < 10000; ++i) {
    last = random.uniform();
  }
  EXPECT_EQ(last, static_cast<double>(9981545732273789042ULL >> 11) * 0x1.0p-53);
}

TEST(Random, SameSeedSameNumbers) {
  Random one(7);
  Random other(7);
  Random third(8);
  bool differs = false;
  for (int i = 0; i < 1000; ++i) {
    const double drawn = one.normal();
    EXPECT_EQ(drawn, other.normal());
    differs = differs || drawn != third.normal();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, UniformLiesInItsRangeAndNormalHasItsMoments) {
  Random random(1);
  double sum = 0.0;
  double squares = 0.0;
  constexpr int draws = 100000;
  for (int i = 0; i < draws; ++i) {
    const double uniform = random.uniform();
    ASSERT_GE(uniform, 0.0);
    ASSERT_LT(uniform, 1.0);
    const double normal = random.normal();
    sum += normal;
    squares += normal * normal;
  }
  EXPECT_NEAR(sum / draws, 0.0, 4.0 / std::sqrt(draws));
  EXPECT_NEAR(squares / draws, 1.0, 4.0 * std::sqrt(2.0 / draws));
}

TEST(Seed, BelongsToAName) {
  // FNV-1a, 64 bits: the published vectors of Fowler, Noll and Vo.
  EXPECT_EQ(seed_of("", 0), 0xcbf29ce484222325ULL);
  EXPECT_EQ(seed_of("a", 0), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(seed_of("foobar", 0), 0x85944171f73967e8ULL);
  EXPECT_NE(seed_of("H001", 1), seed_of("H002", 1));
  EXPECT_NE(seed_of("H001", 1), seed_of("H001", 2));
}

TEST(Text, OnlyRealUtf8IsUtf8) {
  for (const std::string_view good : {"", "a", "é", "小院", "🏠", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const std::string_view bad : {"\x80", "\xc3", "\xc1\x81", "\xe5\xb0", "\xed\xa0\x80",
                                     "\xf0\x80\x80\x80", "\xf5\x80\x80\x80", "\xe5\x28\x8f"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
  EXPECT_FALSE(is_utf8(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace xiaoyuan
