// Figures that no document gives: what is said when they are missing, and where they go.
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

const Where import_line{"village.toml", 34, "tariff.import"};

TEST(Required, AScheduleNamesEveryKeyToWrite) {
  const auto laid = schedule(shipped("shandong-commercial"), hours_of(2026, 1, 1), 60);
  EXPECT_EQ(messages(laid),
            "\"shandong-commercial\" needs base_price_yuan_per_kwh (the flat price of the month's "
            "price table, taxes and charges included), which no document at hand gives; write "
            "[tariff.inputs] base_price_yuan_per_kwh = 0.65 and [tariff] inputs_source\n"
            "\"shandong-commercial\" needs floating_price_yuan_per_kwh (the part of the flat price "
            "that floats with the time of day), which no document at hand gives; write "
            "[tariff.inputs] floating_price_yuan_per_kwh = 0.65 and [tariff] inputs_source\n");
  EXPECT_NE(message(laid.error()[0], Language::chinese).find("请在 [tariff.inputs] 中填写"),
            std::string::npos);
}

TEST(Required, WithInputsSaysWhichOneIsMissing) {
  const Given given{{{"base_price_yuan_per_kwh", "0.65"}}, "table of July"};
  const auto filled = with_inputs(shipped("shandong-commercial"), given, import_line);
  ASSERT_FALSE(filled.has_value());
  ASSERT_EQ(filled.error().size(), 1U);
  EXPECT_TRUE(messages(filled).starts_with(
      "village.toml:34: tariff.inputs.floating_price_yuan_per_kwh: \"shandong-commercial\" needs"));
}

TEST(Required, SomeMayStayForAView) {
  const Given given{{{"base_price_yuan_per_kwh", "0.65"}}, "table of July"};
  const auto filled =
      with_inputs(shipped("shandong-commercial"), given, import_line, Missing::stays_required);
  ASSERT_TRUE(filled.has_value());
  ASSERT_EQ(filled->required.size(), 1U);
  EXPECT_EQ(filled->required[0].key, "floating_price_yuan_per_kwh");
  EXPECT_FALSE(schedule(*filled, hours_of(2026, 1, 1), 60).has_value());
}

TEST(Required, GivenFiguresEnterTheSource) {
  const Tariff tariff =
      with(shipped("shandong-commercial"),
           {{"base_price_yuan_per_kwh", "0.65"}, {"floating_price_yuan_per_kwh", "0.45"}});
  EXPECT_TRUE(tariff.required.empty());
  EXPECT_TRUE(tariff.versions[0].source.ends_with(
      "; base_price_yuan_per_kwh = 0.65, floating_price_yuan_per_kwh = 0.45 (test)"));
}

TEST(Required, NonsenseIsRefusedByKind) {
  const Given given{{{"critical_peak_price_yuan_per_kwh", "65"},
                     {"peak_price_yuan_per_kwh", "dear"},
                     {"flat_price_yuan_per_kwh", "0.7"},
                     {"valley_price_yuan_per_kwh", "0.4"},
                     {"deep_valley_price_yuan_per_kwh", "0.2"},
                     {"valid_from", "2026-13-01"},
                     {"holidays", "2026-10-01,1 October"}},
                    "x"};
  EXPECT_EQ(messages(with_inputs(shipped("zhejiang-commercial"), given, import_line)),
            "village.toml:34: tariff.inputs.critical_peak_price_yuan_per_kwh: expected a number "
            "from -5 to 10, found 65\n"
            "village.toml:34: tariff.inputs.peak_price_yuan_per_kwh: expected a number from -5 to "
            "10, found dear\n"
            "village.toml:34: tariff.inputs.holidays: expected a date like 2026-07-01, found 1 "
            "October\n"
            "village.toml:34: tariff.inputs.valid_from: expected a date like 2026-07-01, found "
            "2026-13-01\n");
}

TEST(Required, SeasonsMustFitTheYear) {
  const std::map<std::string, std::string> prices{{"critical_peak_price_yuan_per_kwh", "1.2"},
                                                  {"peak_price_yuan_per_kwh", "1.0"},
                                                  {"flat_price_yuan_per_kwh", "0.7"},
                                                  {"valley_price_yuan_per_kwh", "0.4"},
                                                  {"valid_from", "2026-01-01"}};
  const auto filled = [&](const std::string& summer) {
    Given given{prices, "x"};
    given.values["summer_season"] = summer;
    return with_inputs(shipped("hebei-north-commercial"), given, import_line);
  };
  EXPECT_TRUE(filled("6,7,8").has_value());
  EXPECT_TRUE(filled("06-15/08-31").has_value());
  EXPECT_EQ(messages(filled("1,2")),
            "village.toml:34: tariff.inputs.summer_season: the seasons leave 01-01 with two "
            "prices\n");
  EXPECT_EQ(messages(filled("July")),
            "village.toml:34: tariff.inputs.summer_season: expected \"11,12,1,2,3\" (months) or "
            "\"11-15/03-15\" (days), found \"July\"\n");
}

TEST(Required, ASourceIsAsked) {
  const Given given{{{"tier_limits_kwh", "2000,4000"}}, " "};
  EXPECT_EQ(messages(with_inputs(shipped("hebei-residential"), given, import_line)),
            "village.toml:34: tariff.inputs_source: is missing; say whence the figures of "
            "[tariff.inputs] are\n");
}

TEST(Required, TierLimitsMayComeTheSameWay) {
  const Given wrong{{{"tier_limits_kwh", "4000,2000"}}, "x"};
  EXPECT_EQ(messages(with_inputs(shipped("hebei-residential"), wrong, import_line)),
            "village.toml:34: tariff.inputs.tier_limits_kwh: expected 2 rising numbers\n");
  EXPECT_EQ(input_keys(shipped("hebei-residential")), std::vector<std::string>{"tier_limits_kwh"});
  EXPECT_TRUE(input_keys(shipped("zhejiang-residential")).empty());
}

TEST(Required, UnknownKeysNameTheNearest) {
  const Given given{{{"base_price_yuan_per_kw", "0.65"}}, "x"};
  const Errors errors =
      unknown_inputs(given, input_keys(shipped("shandong-commercial")), import_line);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(message(errors[0], Language::english),
            "village.toml:34: tariff.inputs.base_price_yuan_per_kw: unknown name "
            "\"base_price_yuan_per_kw\"; did you mean \"base_price_yuan_per_kwh\"?");
}

}  // namespace
}  // namespace xiaoyuan::tariff
