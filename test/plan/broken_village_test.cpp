// Villages that somebody wrote wrong: each with the message it must give, word for word.
#include <gtest/gtest.h>

#include "plan/inputs.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

struct Broken {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* message;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

const Broken broken_villages[] = {
    {"latitude_beyond_the_pole", "village.toml", "latitude_deg = 39.90", "latitude_deg = 399",
     "village.toml:16: site.latitude_deg: expected a number from -90 to 90, found 399\n"},
    {"latitude_as_text", "village.toml", "latitude_deg = 39.90", "latitude_deg = \"39.90 N\"",
     "village.toml:16: site.latitude_deg: expected a number, found \"39.90 N\"\n"},
    {"misspelt_key", "village.toml", "elevation_m", "elevaton_m",
     "village.toml:13: site.elevation_m: is missing; it is required\nvillage.toml:18: "
     "site.elevaton_m: unknown name \"elevaton_m\"; did you mean \"elevation_m\"?\n"},
    {"no_time_zone", "village.toml", "time_zone = \"Asia/Shanghai\"", "",
     "village.toml:13: site.time_zone: is missing; it is required\n"},
    {"unknown_time_zone", "village.toml", "Asia/Shanghai", "Asia/Beijing",
     "village.toml:19: site.time_zone: \"Asia/Beijing\" is no time zone; write one like "
     "\"Asia/Shanghai\" or \"UTC+8\"\n"},
    {"toml_without_a_quote", "village.toml", "id = \"my-village\"", "id = \"my-village",
     "village.toml:8: not TOML: Error while parsing string: unescaped control characters other "
     "than TAB (U+0009) are explicitly prohibited\n"},
    {"unknown_tariff", "village.toml", "beijing-residential", "beijing-residental",
     "village.toml:34: tariff.import: unknown name \"beijing-residental\"; did you mean "
     "\"beijing-residential\"?\n"},
    {"feed_in_for_buying", "village.toml", "import = \"beijing-residential\"",
     "import = \"beijing-feed-in\"",
     "village.toml:34: tariff.import: \"beijing-feed-in\" is a feed-in tariff; import needs one "
     "for buying\n"},
    {"year_before_the_tariff", "village.toml", "2026-01-01", "2023-01-01",
     "village.toml:34: tariff.import: tariff \"beijing-residential\" has no version for "
     "2023-01-01; it has 2026-01-01 onwards\n"},
    {"unknown_factor", "village.toml", "mee-2022-beijing", "mee-2023-beijing",
     "village.toml:46: carbon.factor: unknown name \"mee-2023-beijing\"; did you mean "
     "\"mee-2021-beijing\"?\n"},
    {"unknown_climate", "village.toml", "climate = \"beijing\"", "climate = \"bejing\"",
     "village.toml:30: weather.climate: unknown name \"bejing\"; did you mean \"beijing\"?\n"},
    {"weather_file_missing", "village.toml", "climate = \"beijing\"", "file = \"weather/here.epw\"",
     "village.toml:30: weather.file: \"weather/here.epw\": there is no such file\n"},
    {"tiers_without_limits", "village.toml", "beijing-residential", "shandong-residential-tou",
     "village.toml:34: tariff.import: tariff \"shandong-residential-tou\" has tiers whose limits "
     "no document at hand gives; write [tariff] tier_limits_kwh = [ … ] (2 numbers) with "
     "tier_limits_source\n"},
    {"assumption_out_of_range", "village.toml", "pv.soiling = 0.05", "pv.soiling = 16",
     "village.toml:66: assumptions.pv.soiling: expected a number from 0 to 0.9, found 16\n"},
    {"assumption_misspelt", "village.toml", "pv.soiling = 0.05", "pv.soilin = 0.05",
     "village.toml:66: assumptions.pv.soilin: unknown name \"soilin\"; did you mean "
     "\"soiling\"?\n"},
    {"step_of_seven_minutes", "village.toml", "step = \"60min\"", "step = \"7min\"",
     "village.toml:23: plan.step: expected one of 60min, 30min, 15min; found \"7min\"; did you "
     "mean \"60min\"?\n"},
    {"tilt_beyond_the_wall", "households.csv", ",10,,20,180", ",10,,120,180",
     "households.csv:2: roof1_tilt_deg: expected a number from 0 to 90, found \"120\"\n"},
    {"azimuth_missing", "households.csv", ",10,,20,180", ",10,,20,",
     "households.csv:2: roof1_azimuth_deg: is missing; it is required\n"},
    {"capacity_as_words", "households.csv", ",10,,20,180", ",ten,,20,180",
     "households.csv:2: roof1_kwp: expected a number from 0 to 10000, found \"ten\"\n"},
    {"household_twice", "households.csv", "H002", "H001",
     "households.csv:3: id: \"H001\" stands twice; every household needs an id of its own\n"},
    {"unknown_transformer", "households.csv", "2024-04-20,T1", "2024-04-20,T9",
     "households.csv:2: transformer: expected one of T1; found \"T9\"; did you mean \"T1\"?\n"},
    {"unknown_mode", "households.csv", "self_use_surplus,2024-04-20", "selfuse_surplus,2024-04-20",
     "households.csv:2: mode: expected one of none, full_export, self_use, self_use_surplus; found "
     "\"selfuse_surplus\"; did you mean \"self_use_surplus\"?\n"},
    {"no_load_at_all", "households.csv", "ABC,2400,", "ABC,,",
     "households.csv:2: load_kwh: give the year's kWh or a load_file, one of the two\n"},
    {"company_in_a_villagers_name", "households.csv", "company,company", "company,natural_person",
     "households.csv:4: registered_by: PV owned by a company or co-operative may not be registered "
     "in a villager's name (NEA "
     "\xE5\x9B\xBD\xE8\x83\xBD\xE5\x8F\x91\xE6\x96\xB0\xE8\x83\xBD\xE8\xA7\x84\xE3\x80\x94"
     "2025\xE3\x80\x95"
     "7\xE5\x8F\xB7)\n"},
    {"battery_with_full_export", "households.csv", "1900,,,,,", "1900,,,10,5,",
     "households.csv:4: battery_kwh: a battery has nothing to do in mode full_export; use "
     "self_use_surplus or leave it out\n"},
    {"connected_after_document_136", "households.csv", "2024-04-20", "2025-09-01",
     "households.csv:2: connected: the feed-in price holds only for PV connected before "
     "2025-06-01, found 2025-09-01; for later PV no document at hand gives the mechanism price "
     "(Document 136): write [tariff] export_price_yuan_per_kwh with export_price_source\n"},
    {"connected_never_said", "households.csv", "2024-04-20", "",
     "households.csv:2: connected: is missing; the feed-in price holds only for PV connected "
     "before 2025-06-01\n"},
    {"unknown_column", "households.csv", "heat_pump_kwh", "heatpump_kwh",
     "households.csv:1: heatpump_kwh: unknown name \"heatpump_kwh\"; did you mean "
     "\"heat_pump_kwh\"?\n"},
    {"weather_of_another_country", "village.toml", "latitude_deg = 39.90", "latitude_deg = 1.30",
     "village.toml:30: weather.climate: the weather is that of 39.80° N 116.47° E, the site lies "
     "at "
     "1.30° N 116.66° E\n"},
    {"tier_limits_nobody_needs", "village.toml", "# tier_limits_kwh = [2520, 4800]",
     "tier_limits_kwh = [2520, 4800]\ntier_limits_source = \"a bill\"",
     "village.toml:34: tariff.tier_limits_kwh: is not needed: tariff \"beijing-residential\" knows "
     "its own limits, or has no tiers\n"},
    {"measured_pv_without_its_rating", "households.csv", "H005,Liu 刘家,,,,",
     "H005,Liu 刘家,,,full_export,2024-01-01",
     "households.csv:6: inverter_kw: is missing; PV that is only measured (a load_file) needs its "
     "rating in kW\n"},
    {"battery_without_power", "households.csv", "10,5,6", "10,0,6",
     "households.csv:3: battery_kw: must be above 0 for a battery\n"},
    {"saved_as_gbk", "households.csv", "Zhang 张家", "Zhang \xD5\xC5\xBC\xD2",
     "households.csv:2: is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"\n"},
    {"cells_beyond_the_header", "households.csv", "有实测负荷、无光伏", "x,y",
     "households.csv:6: has 23 cells, but the header names 22 columns\n"},
    {"quote_left_open", "households.csv", "Zhang 张家", "\"Zhang 张家",
     "households.csv:6: a quoted cell is not closed, or text follows its closing quote\n"},
};

class BrokenVillage : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenVillage, IsAnsweredWithItsMessage) {
  const Broken& broken = GetParam();
  const auto village =
      test::replaced(test::shipped_folder("example"), broken.file, broken.from, broken.to);
  const auto inputs = read_inputs(test::files_of(village), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  std::string all;
  for (const Error& error : inputs.error()) {
    all += message(error, Language::english) + "\n";
    EXPECT_FALSE(error.what.zh.empty());
    EXPECT_NE(error.what.zh, error.what.en);
  }
  EXPECT_EQ(all, broken.message);
}

INSTANTIATE_TEST_SUITE_P(Plan, BrokenVillage, ::testing::ValuesIn(broken_villages),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(ExampleVillage, IsWhole) {
  const auto inputs =
      read_inputs(test::files_of(test::shipped_folder("example")), test::shipped_share());
  ASSERT_TRUE(inputs.has_value()) << message(inputs.error()[0], Language::english);
  EXPECT_TRUE(check_loads(*inputs).empty());
}

TEST(BrokenVillage, AnswersWithEveryErrorAtOnce) {
  auto village = test::shipped_folder("example");
  village = test::replaced(village, "village.toml", "latitude_deg = 39.90", "latitude_deg = 399");
  village = test::replaced(village, "village.toml", "step = \"60min\"", "step = \"7min\"");
  village = test::replaced(village, "households.csv", ",10,,20,180", ",10,,120,180");
  const auto inputs = read_inputs(test::files_of(village), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  EXPECT_EQ(inputs.error().size(), 3U);
}

}  // namespace
}  // namespace xiaoyuan::plan
