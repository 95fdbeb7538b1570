// xiaoyuan tariff as its users run it: lists, a day's prices, what is missing, what is wrong.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

namespace fs = std::filesystem;

struct TariffAnswer {
  int code = 0;
  std::string text;  ///< standard output and error
};

TariffAnswer tariff(const std::string& words) {
  const std::string command =
      std::string("LC_ALL=C LANG=C '") + XIAOYUAN_PROGRAM + "' tariff " + words + " 2>&1";
  TariffAnswer answer;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
    answer.text.append(buffer.data(), read);
  }
  const int status = pclose(pipe);
  answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

#define EXPECT_SAYS(answer, part) \
  EXPECT_NE((answer).text.find(part), std::string::npos) << (answer).text

const std::string shandong_inputs =
    "--given base_price_yuan_per_kwh=0.65 --given floating_price_yuan_per_kwh=0.45";

TEST(TariffCommand, ListsEveryTariffAndMechanism) {
  const TariffAnswer all = tariff("");
  EXPECT_EQ(all.code, 0);
  EXPECT_SAYS(all, "name                                    region       customer");
  EXPECT_SAYS(all, "beijing-residential                     beijing      residential");
  EXPECT_SAYS(all, "needs 9");
  EXPECT_SAYS(all, "hebei-south-existing");
  EXPECT_SAYS(tariff("--lang zh"), "机制电价(136 号文)");
  const auto json = nlohmann::json::parse(tariff("--json").text);
  EXPECT_EQ(json["tariffs"].size(), 28U);
  EXPECT_EQ(json["mechanisms"].size(), 6U);
}

TEST(TariffCommand, ShowsADayAndWhenceItsPricesCome) {
  const TariffAnswer july = tariff("shandong-residential-tou --day 2026-07-01");
  EXPECT_EQ(july.code, 0);
  EXPECT_SAYS(july,
              "Shandong residential, time of use and tiers (shandong-residential-tou)\n"
              "2026-07-01  rest of the year\n"
              "\n"
              "  ▂▂▂▂▂▂▂▂▆▆▆▆▆▆▆▆▆▆▆▆▆▆▂▂\n"
              "  0     6     12    18    24\n"
              "\n"
              "  from   to        period          yuan/kWh\n"
              "  00:00  08:00  ▂  valley 22–08 h  0.3769\n"
              "  08:00  22:00  ▆  peak 08–22 h    0.5769\n"
              "  22:00  24:00  ▂  valley 22–08 h  0.3769\n");
  EXPECT_SAYS(july, "  2     needs tier_limits_kwh  0.0500\n");
  EXPECT_SAYS(july, "document    鲁发改价格〔2022〕158号, 〔2026〕556号\n");
  EXPECT_SAYS(july, "confidence  high\nvalid       2026-01-01 onwards\n");
  const TariffAnswer winter = tariff("shandong-residential-tou --day 2026-01-01 --lang zh");
  EXPECT_SAYS(winter, "2026-01-01  采暖季\n");
  EXPECT_SAYS(winter, "  20:00  24:00  ▂  采暖季谷段 20–08 时  0.3469\n");
}

TEST(TariffCommand, NamesAMissingFigureAndTakesIt) {
  const TariffAnswer bare = tariff("shandong-commercial --day 2026-02-01");
  EXPECT_EQ(bare.code, 0);
  EXPECT_SAYS(bare,
              "  16:00  19:00  █  critical peak  needs base_price_yuan_per_kwh + 1 × "
              "floating_price_yuan_per_kwh\n");
  EXPECT_SAYS(bare, "\n  base_price_yuan_per_kwh      the flat price of the month's price table");
  const TariffAnswer given = tariff("shandong-commercial --day 2026-02-01 " + shandong_inputs);
  EXPECT_SAYS(given, "  16:00  19:00  █  critical peak  1.1000\n");
  EXPECT_SAYS(given, "  11:00  14:00  ▁  deep valley    0.2450\n");
  EXPECT_EQ(given.text.find("Needs"), std::string::npos);
}

TEST(TariffCommand, SaysWhenTheSeasonItselfIsMissing) {
  const TariffAnswer april = tariff("hebei-north-commercial --day 2026-04-01");
  EXPECT_EQ(april.code, 2);
  EXPECT_SAYS(april, "needs summer_season");
  EXPECT_EQ(tariff("hebei-north-commercial --day 2026-04-01 --given summer_season=6,7,8").code, 0);
}

TEST(TariffCommand, ShowsAMonthOfAMechanism) {
  const TariffAnswer bare = tariff("hebei-south-existing --day 2026-05-01");
  EXPECT_SAYS(bare, "part of the energy sold       needs mechanism_ratio\n");
  const TariffAnswer given = tariff(
      "hebei-south-existing --day 2026-05-01 --given mechanism_ratio=0.8 "
      "--given mechanism_valid_from=2026-01-01");
  EXPECT_SAYS(given, "a kWh sold earns              0.36018\n");  // 0.3433 + 0.8·0.0211
}

TEST(TariffCommand, GivesJson) {
  const auto json = nlohmann::json::parse(
      tariff("shandong-commercial --json --day 2026-02-01 " + shandong_inputs).text);
  EXPECT_EQ(json["schema"], "xiaoyuan.tariff/1");
  EXPECT_EQ(json["windows"].size(), 12U);
  EXPECT_EQ(json["windows"][9]["kind"], "critical_peak");
  EXPECT_DOUBLE_EQ(json["windows"][9]["yuan_per_kwh"], 1.10);
  EXPECT_TRUE(json["needs"].empty());
  const auto bare =
      nlohmann::json::parse(tariff("shandong-commercial --json --day 2026-02-01").text);
  EXPECT_TRUE(bare["windows"][0]["yuan_per_kwh"].is_null());
  EXPECT_EQ(bare["needs"][0]["key"], "base_price_yuan_per_kwh");
}

TEST(TariffCommand, RefusesWhatItCannotUse) {
  const TariffAnswer name = tariff("beijing-residental --day 2026-07-01");
  EXPECT_EQ(name.code, 2);
  EXPECT_SAYS(name, "unknown name \"beijing-residental\"; did you mean \"beijing-residential\"?");
  const TariffAnswer date = tariff("beijing-residential --day 2019-07-01");
  EXPECT_EQ(date.code, 2);
  EXPECT_SAYS(date, "has no version for 2019-07-01; it has 2026-01-01 onwards");
  const TariffAnswer wrong = tariff("beijing-residential --day 1/7/2026");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_SAYS(wrong, "--day: expected a date like 2026-07-01, found \"1/7/2026\"");
  const TariffAnswer key = tariff("shandong-commercial --given base_price=0.65");
  EXPECT_EQ(key.code, 2);
  EXPECT_SAYS(key, "unknown name \"base_price\"");
  const TariffAnswer pair = tariff("shandong-commercial --given 0.65");
  EXPECT_EQ(pair.code, 2);
  EXPECT_SAYS(pair, "--given: expected key=value, found \"0.65\"");
}

TEST(TariffCommand, LooksIntoTheVillageFirst) {
  const fs::path village =
      fs::temp_directory_path() / ("xiaoyuan-tariff-" + std::to_string(getpid()));
  fs::create_directories(village / "tariffs");
  const auto write = [&](const std::string& name, double price) {
    std::ofstream(village / "tariffs" / name)
        << "id = \"own\"\nname = { en = \"Own\", zh = \"自定\" }\nregion = \"r\"\ncustomer = "
           "\"c\"\n"
           "direction = \"import\"\n[[version]]\nvalid_from = 2026-01-01\ndocument = \"d\"\n"
           "source = \"s\"\nconfidence = \"low\"\n[[version.season]]\nrest = true\n"
           "[[version.season.period]]\nname = \"flat\"\nlabel = { en = \"all day\", zh = \"全天\" "
           "}\n"
           "yuan_per_kwh = "
        << price << "\n";
  };
  write("beijing-residential.toml", 0.61);
  write("broken.toml", 61);
  const std::string words = "--day 2026-07-01 --village '" + village.string() + "' ";
  EXPECT_SAYS(tariff(words + "beijing-residential"), "0.6100");
  EXPECT_SAYS(tariff(words + "zhejiang-residential"), "0.5380");
  const TariffAnswer broken = tariff(words + "broken");
  EXPECT_EQ(broken.code, 2);
  EXPECT_SAYS(broken, "tariffs/broken.toml:");
  EXPECT_EQ(tariff(words).code, 2);  // the whole list needs every file
  fs::remove_all(village);
}

}  // namespace
