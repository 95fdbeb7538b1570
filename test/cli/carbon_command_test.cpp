// `xiaoyuan carbon` as its users run it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace {

struct Answer {
  int code = 0;
  std::string text;  ///< standard output and error
  bool says(const std::string& words) const { return text.find(words) != std::string::npos; }
};

Answer carbon(const std::string& words) {
  const std::string command =
      "LC_ALL=C LANG=C '" + std::string(XIAOYUAN_PROGRAM) + "' carbon " + words + " 2>&1";
  Answer answer;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
    answer.text.append(buffer.data(), read);
  }
  const int status = pclose(pipe);
  answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

TEST(CarbonCommand, SaysWhatTheNewspapers1130TonnesMean) {
  const Answer answer = carbon("--claim 1130t");
  EXPECT_EQ(answer.code, 0) << answer.text;
  EXPECT_TRUE(
      answer.says("at 1184 kWh/kWp a year (a school in Tongzhou: 395,800 kWh a year on "
                  "334.4 kWp"));
  EXPECT_TRUE(answer.says("0.3195      3,536,776     2,987  2024 Press convention"));
  EXPECT_TRUE(answer.says("0.6361      1,776,450     1,500  2023 North China grid average 2023"));
  EXPECT_TRUE(answer.says("0.5366!     2,105,852     1,779  2022 National grid average 2022"));
  EXPECT_TRUE(answer.says("0.7204 circulates as North China 2023; the published value is 0.6361"));
  EXPECT_FALSE(answer.says("makes the claim"));  // nothing else is known
}

TEST(CarbonCommand, AnswersInChinese) {
  const Answer answer = carbon("--claim 1130吨 --kwh 213万千瓦时 --kwp-per-home 10 --lang zh");
  EXPECT_EQ(answer.code, 0) << answer.text;
  EXPECT_TRUE(answer.says("年减排 1130 吨 CO2 的含义"));
  EXPECT_TRUE(answer.says("电网平均排放因子"));
  EXPECT_TRUE(
      answer.says("1. 该数据与“2023 年全国平均”(mee-2023-national,0.5306 kg/kWh)相符,"
                  "偏差不超过 0.1%"));
  EXPECT_TRUE(answer.says("0.7204 被当作“2023 年华北”流传;公布值为 0.6361"));
}

TEST(CarbonCommand, RanksFactorsByAKnownCapacityOrEnergy) {
  EXPECT_TRUE(carbon("--claim 1130t --kwp 1500")
                  .says("1. the claim fits mee-2023-north (North China grid average 2023, 0.6361 "
                        "kg/kWh) within 0.1 %"));
  // 63.24 GWh a year and 20,208 t: the notice on Tongzhou's public roofs.
  EXPECT_TRUE(carbon("--claim 20208t --kwh 63.24GWh").says("1. the claim fits press-heat-value"));
  // Both known: the yield follows from them.
  EXPECT_TRUE(carbon("--claim 1130t --kwh 2.0GWh --kwp 1.6MWp").says("at 1250 kWh/kWp a year"));
  // A claim made with a value in wrong circulation is found out.
  EXPECT_TRUE(carbon("--claim 1440.8t --kwh 2.0GWh")
                  .says("! 0.7204 circulates as North China 2023; the published value is 0.6361"));
}

TEST(CarbonCommand, GivesTheSameAsJson) {
  const auto json = nlohmann::json::parse(
      carbon("--claim 1130t --yield 1150 --kwp 1545 --kwp-per-home 10 --json").text);
  EXPECT_EQ(json["schema"], "xiaoyuan.claim/1");
  EXPECT_EQ(json["yield_kwh_per_kwp"], 1150.0);
  EXPECT_EQ(json["best_fit"], "mee-2023-north");
  EXPECT_EQ(json["wrong_values"].size(), 6U);
  bool found = false;
  for (const auto& row : json["by_factor"]) {
    if (row["id"] == "mee-2023-north") {
      found = true;
      EXPECT_NEAR(row["kwh"].get<double>(), 1776450.0, 1.0);
      EXPECT_NEAR(row["kwp"].get<double>(), 1545.0, 1.0);
      EXPECT_NEAR(row["homes"].get<double>(), 154.5, 0.1);
    }
  }
  EXPECT_TRUE(found);
}

TEST(CarbonCommand, ListsFactorsWithValidityAndSource) {
  const Answer list = carbon("--factors");
  EXPECT_EQ(list.code, 0);
  EXPECT_TRUE(list.says("mee-2022-beijing                   0.5580  2022-01-01 – "));
  EXPECT_TRUE(list.says("ets-2022                           0.5703  2022-01-01 – 2023-12-31"));
  EXPECT_TRUE(list.says("source: MEE 2024-12-20 (https://daydaynews.cc"));
  EXPECT_TRUE(list.says("lifecycle-2023-pv"));
  const auto json = nlohmann::json::parse(carbon("--factors --json").text);
  EXPECT_EQ(json["schema"], "xiaoyuan.factors/1");
  EXPECT_EQ(json["footprints"].size(), 3U);
}

TEST(CarbonCommand, SaysWhatIsWrongWithItsWords) {
  const std::pair<const char*, const char*> table[] = {
      {"", "carbon: expected --claim <tonnes> (\"--claim 1130t\") or --factors"},
      {"--claim 1130", "--claim: expected a number with a unit (t, kt, kg), found \"1130\""},
      {"--claim 1130lb", "--claim: unknown unit \"lb\"; known are t, kt, kg"},
      {"--claim -5t", "--claim: expected 0.001 to 1e+12 t, found \"-5t\""},
      {"--claim=-5t", "--claim: expected 0.001 to 1e+12 t, found \"-5t\""},
      {"--claim 1130t --yield 11840", "--yield: expected 100 to 3000 kWh/kWp, found \"11840\""},
      {"--claim 1130t --kwp 1500 --kwh 2GWh --yield 1184", "--yield: give two of --yield"},
      {"--claim 1130t --kwp-per-home 0", "--kwp-per-home: expected 0.001"},
      {"--claim 1130t --kwh 2TWh", "--kwh: unknown unit \"TWh\"; known are kWh, MWh, GWh"}};
  for (const auto& [words, expected] : table) {
    const Answer answer = carbon(words);
    EXPECT_EQ(answer.code, 2) << words;
    EXPECT_TRUE(answer.says(expected)) << words << "\n" << answer.text;
  }
  const Answer several = carbon("--claim 1130 --yield 1 --kwp x");
  EXPECT_TRUE(several.says("--claim: ") && several.says("--yield: ") && several.says("--kwp: "));
}

}  // namespace
