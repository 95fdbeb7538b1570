// Tariffs with one thing wrong each: file, line, field and a sentence that says what to do.
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

const std::string whole = R"(id = "x"
name = { en = "x", zh = "x" }
region = "r"
customer = "c"
direction = "import"

[[required]]
key = "base_yuan_per_kwh"
name = { en = "flat price", zh = "平段电价" }

[[version]]
valid_from = 2026-01-01
document = "d"
source = "s"
confidence = "high"

[version.base]
price = "base_yuan_per_kwh"

[[version.season]]
name = "winter"
months = [11, 12, 1]

[[version.season.period]]
name = "peak"
label = { en = "peak", zh = "峰" }
ratio = 1.5
windows = ["08:00-24:00"]

[[version.season.period]]
name = "valley"
label = { en = "valley", zh = "谷" }
yuan_per_kwh = 0.30
windows = ["00:00-08:00"]

[[version.season]]
rest = true

[[version.season.period]]
name = "flat"
label = { en = "flat", zh = "平" }
yuan_per_kwh = 0.50

[version.tiers]
period = "year"
limits_kwh = [2880, 4800]
additions_yuan_per_kwh = [0, 0.05, 0.30]
)";

struct Broken {
  const char* name;
  std::string from;
  std::string to;
  std::string says;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenTariff : public ::testing::TestWithParam<Broken> {};

TEST(BrokenTariff, IsWholeBeforeItIsBroken) {
  const auto read = read_tariff(whole, "x.toml");
  EXPECT_TRUE(read.has_value()) << messages(read);
}

TEST_P(BrokenTariff, SaysExactlyWhatIsWrong) {
  std::string text = whole;
  const std::size_t at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, GetParam().from.size(), GetParam().to);
  EXPECT_EQ(messages(read_tariff(text, "x.toml")), GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenTariff,
    ::testing::Values(
        Broken{"no_date", "valid_from = 2026-01-01\n", "",
               "x.toml:11: version[1].valid_from: is missing; it is required\n"},
        Broken{"date_as_text", "valid_from = 2026-01-01", "valid_from = \"2026-01-01\"",
               "x.toml:12: version[1].valid_from: expected a date like 2026-07-01, found "
               "\"2026-01-01\"\n"},
        Broken{"ends_before_it_begins", "document = \"d\"",
               "valid_to = 2025-12-31\ndocument = \"d\"",
               "x.toml:13: version[1].valid_to: lies before valid_from\n"},
        Broken{"hole_in_the_day", "\"08:00-24:00\"", "\"09:00-24:00\"",
               "x.toml:24: version[1].season[1].period: the windows leave 08:00 without a price\n"},
        Broken{"two_prices_at_once", "\"08:00-24:00\"", "\"07:30-24:00\"",
               "x.toml:24: version[1].season[1].period: the windows leave 07:30 with two prices\n"},
        Broken{"window_of_25_hours", "\"08:00-24:00\"", "\"08:00-25:00\"",
               "x.toml:28: version[1].season[1].period[1].windows: expected a window like "
               "20:00-08:00, found \"08:00-25:00\"\n"
               "x.toml:24: version[1].season[1].period: the windows leave 08:00 without a "
               "price\n"},
        Broken{"month_13", "[11, 12, 1]", "[11, 12, 13]",
               "x.toml:22: version[1].season[1].months: expected a number from 1 to 12, found "
               "13\n"},
        Broken{"no_rest", "rest = true", "months = [2, 3, 4, 5, 6, 7, 8, 9]",
               "x.toml:20: version[1].season: the seasons leave 10-01 without a price\n"},
        Broken{"month_in_two_seasons", "rest = true", "months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
               "x.toml:20: version[1].season: the seasons leave 01-01 with two prices\n"},
        Broken{"two_rests", "months = [11, 12, 1]", "rest = true",
               "x.toml:20: version[1].season: only one season may be the rest of the year\n"},
        Broken{"two_prices", "yuan_per_kwh = 0.50", "yuan_per_kwh = 0.50\nratio = 2.0",
               "x.toml:42: version[1].season[2].period[1].yuan_per_kwh: give one price: "
               "yuan_per_kwh, yuan_per_kwh_by_tier, ratio, float or given\n"},
        Broken{"no_price", "yuan_per_kwh = 0.50\n", "",
               "x.toml:39: version[1].season[2].period[1].yuan_per_kwh: is missing; it is "
               "required\n"},
        Broken{"price_in_fen", "yuan_per_kwh = 0.50", "yuan_per_kwh = 50",
               "x.toml:42: version[1].season[2].period[1].yuan_per_kwh: expected a number from -5 "
               "to 10, found 50\n"},
        Broken{"ratio_of_nothing", "[version.base]\nprice = \"base_yuan_per_kwh\"\n", "",
               "x.toml:25: version[1].season[1].period[1].ratio: needs [version.base] price = "
               "\"…\": the required input that it is a ratio of\n"
               "x.toml:7: required: declares \"base_yuan_per_kwh\", which nothing uses\n"},
        Broken{"undeclared_input", "key = \"base_yuan_per_kwh\"", "key = \"flat_yuan_per_kwh\"",
               "x.toml:7: required: does not declare \"base_yuan_per_kwh\", which a price or a "
               "season waits for\n"
               "x.toml:7: required: declares \"flat_yuan_per_kwh\", which nothing uses\n"},
        Broken{"input_of_another_kind", "key = \"base_yuan_per_kwh\"",
               "key = \"base_yuan_per_kwh\"\nkind = \"season\"",
               "x.toml:7: required: declares \"base_yuan_per_kwh\" as another kind than it is used "
               "as\n"},
        Broken{"unknown_kind", "yuan_per_kwh = 0.30", "kind = \"vally\"\nyuan_per_kwh = 0.30",
               "x.toml:33: version[1].season[1].period[2].kind: expected one of critical_peak, "
               "peak, flat, valley, deep_valley; found \"vally\"; did you mean \"valley\"?\n"},
        Broken{"one_addition_too_few", "[0, 0.05, 0.30]", "[0, 0.05]",
               "x.toml:47: version[1].tiers.additions_yuan_per_kwh: expected one number more than "
               "limits_kwh, the first of them 0\n"},
        Broken{"limits_that_fall", "[2880, 4800]", "[4800, 2880]",
               "x.toml:46: version[1].tiers.limits_kwh: limits and additions must rise\n"},
        Broken{"order_without_a_flat_price", "period = \"year\"",
               "period = \"year\"\norder = \"tier_then_tou\"",
               "x.toml:44: version[1].tiers.base_yuan_per_kwh: is missing; it is required\n"},
        Broken{"unknown_order", "period = \"year\"",
               "period = \"year\"\norder = \"tou_then_tiers\"",
               "x.toml:46: version[1].tiers.order: expected one of added, tier_then_tou, "
               "tou_then_tier; found \"tou_then_tiers\"; did you mean \"tou_then_tier\"?\n"},
        Broken{"table_without_a_price_a_tier", "yuan_per_kwh = 0.50",
               "yuan_per_kwh_by_tier = [0.50, 0.55]",
               "x.toml:46: version[1].tiers.limits_kwh: 3 tiers need 3 prices in "
               "yuan_per_kwh_by_tier of every period\n"
               "x.toml:47: version[1].tiers.additions_yuan_per_kwh: unknown name "
               "\"additions_yuan_per_kwh\"; known here: limits_kwh, order, period\n"},
        Broken{"holiday_that_is_none", "[version.tiers]",
               "[version.holidays]\ndays = [\"1 October\"]\n[version.tiers]",
               "x.toml:45: version[1].holidays.days: expected a date like 2026-07-01, found \"1 "
               "October\"\n"},
        Broken{"subsidy_of_no_season", "[version.tiers]",
               "[version.subsidy]\nlabel = { en = \"s\", zh = \"补\" }\nyuan_per_kwh = 0.2\nkind = "
               "\"valley\"\nseason = \"wintr\"\ndocument = \"d\"\n[version.tiers]",
               "x.toml:48: version[1].subsidy.season: expected one of winter, year; found "
               "\"wintr\"; did you mean \"winter\"?\n"},
        Broken{"misspelt_key", "months = [11", "month = [11",
               "x.toml:20: version[1].season[1].months: is missing; say when the season is: months "
               "= [ … ], "
               "from and to, or rest = true\n"
               "x.toml:22: version[1].season[1].month: unknown name \"month\"; did you mean "
               "\"months\"?\n"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace xiaoyuan::tariff
