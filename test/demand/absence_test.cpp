// Periods away: what a cell may say, and what they take away.
#include "demand/absence.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace xiaoyuan::demand {
namespace {

const Where cell{"households.csv", 7, "away"};

std::string errors_of(std::string_view text, Language language = Language::english) {
  const auto read = parse_absences(text, cell);
  std::string all;
  if (!read) {
    for (const Error& error : read.error()) {
      all += message(error, language) + "\n";
    }
  }
  return all;
}

TEST(Absence, ACellHoldsSeveralInAnyOrder) {
  const auto read = parse_absences(" 2026-07-01/2026-08-31; 2026-02-10/2026-03-20 ;", cell);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].first_day, std::chrono::year{2026} / 2 / 10);
  EXPECT_EQ((*read)[1].last_day, std::chrono::year{2026} / 8 / 31);
  EXPECT_TRUE(parse_absences("", cell)->empty());
  EXPECT_EQ(parse_absences("2026-02-10/2026-02-10", cell)->size(), 1U);
  // Full-width separators, as Chinese keyboards write them.
  EXPECT_EQ(parse_absences("2026-02-10\uFF0F2026-02-12\uFF1B2026-03-01/2026-03-02", cell)->size(),
            2U);
}

TEST(Absence, WhatIsWrongIsNamedInBothLanguages) {
  EXPECT_EQ(errors_of("2026-02-10"),
            "households.csv:7: away: expected first and last day away like 2026-02-10/2026-03-20, "
            "several of them separated by \";\"; found \"2026-02-10\"\n");
  EXPECT_EQ(errors_of("2026-02-30/2026-03-01; 2026-05-09/2026-05-01"),
            "households.csv:7: away: expected first and last day away like 2026-02-10/2026-03-20, "
            "several of them separated by \";\"; found \"2026-02-30/2026-03-01\"\n"
            "households.csv:7: away: 2026-05-09/2026-05-01 ends before it begins\n");
  EXPECT_EQ(errors_of("2026-02-10/2026-02-20;2026-02-20/2026-02-21", Language::chinese),
            "households.csv:7: away: 2026-02-10/2026-02-20 与 2026-02-20/2026-02-21 重叠\n");
  EXPECT_EQ(errors_of("a", Language::chinese),
            "households.csv:7: away: 应为离家首日与末日,形如 2026-02-10/2026-03-20,多段以“;”分隔;"
            "实为“a”\n");
  EXPECT_EQ(errors_of("2026-02-10/2026-02-20;2026-02-20/2026-02-21"),
            "households.csv:7: away: 2026-02-10/2026-02-20 and 2026-02-20/2026-02-21 overlap\n");
  EXPECT_EQ(errors_of("2026-05-09/2026-05-01", Language::chinese),
            "households.csv:7: away: 2026-05-09/2026-05-01 的末日早于首日\n");
}

TEST(Absence, WholeLocalDaysKeepOnlyTheirShare) {
  const Zone zone = *Zone::find("Asia/Shanghai");
  const auto times = zone.civil(
      {zone.instant(std::chrono::year{2026} / 2 / 9, 0), std::chrono::minutes{30}, 4 * 48});
  const auto absences = *parse_absences("2026-02-10/2026-02-11", cell);
  const auto away = away_steps(times, absences);
  EXPECT_EQ(std::accumulate(away.begin(), away.end(), 0), 96);
  EXPECT_EQ(away[47], 0);
  EXPECT_EQ(away[48], 1);
  EXPECT_EQ(away[143], 1);
  EXPECT_EQ(away[144], 0);
  std::vector<double> kw(192, 0.5);
  const double taken = keep_share_away(kw, away, 0.1);
  EXPECT_NEAR(taken, 96 * 0.45, 1e-12);
  EXPECT_NEAR(std::accumulate(kw.begin(), kw.end(), 0.0) + taken, 96.0, 1e-12);
  EXPECT_NEAR(kw[48], 0.05, 1e-15);
  EXPECT_EQ(kw[47], 0.5);
}

}  // namespace
}  // namespace xiaoyuan::demand
