// Amounts with units, as people write them.
#include "carbon/quantity.hpp"

#include <gtest/gtest.h>

#include <string>

namespace xiaoyuan::carbon {
namespace {

double read(std::string_view text, const Measure& measure) {
  const auto amount = quantity_of(text, measure, {});
  EXPECT_TRUE(amount.has_value()) << text;
  return amount.value_or(-1.0);
}

std::string complaint(std::string_view text, const Measure& measure, Language language) {
  const auto amount = quantity_of(text, measure, {"--claim", 0, ""});
  return amount ? std::string("accepted") : message(amount.error().front(), language);
}

TEST(Quantity, ReadsTheUnitsOfNewspapersAndEngineers) {
  for (const char* text : {"1130t", "1,130 t", "1.13kt", "1130000kg", "1130 吨", "0.113万吨",
                           "1130000千克", "1130T", " 1130tco2 "}) {
    EXPECT_NEAR(read(text, tonnes), 1130.0, 1e-9) << text;
  }
  for (const char* text :
       {"2.13GWh", "2130MWh", "2,130,000 kWh", "213万千瓦时", "213万度", "0.0213亿千瓦时"}) {
    EXPECT_NEAR(read(text, energy_kwh), 2.13e6, 1e-6) << text;
  }
  for (const char* text : {"1500", "1500kWp", "1.5MWp", "1.5 mw", "1500千瓦"}) {
    EXPECT_NEAR(read(text, capacity_kwp), 1500.0, 1e-9) << text;
  }
  EXPECT_EQ(read("1184", yield_kwh_per_kwp), 1184.0);
  EXPECT_EQ(read("1,184 kWh/kWp", yield_kwh_per_kwp), 1184.0);
}

TEST(Quantity, SaysWhatIsWrongAndWhatIsAllowed) {
  const std::pair<const char*, const char*> table[] = {
      {"1130", "--claim: expected a number with a unit (t, kt, kg), found \"1130\""},
      {"t", "--claim: expected a number with a unit (t, kt, kg), found \"t\""},
      {"", "--claim: expected a number with a unit (t, kt, kg), found \"\""},
      {"1130tt", "--claim: unknown unit \"tt\"; known are t, kt, kg"},
      {"1130lb", "--claim: unknown unit \"lb\"; known are t, kt, kg"},
      {"-5t", "--claim: expected 0.001 to 1e+12 t, found \"-5t\""},
      {"0t", "--claim: expected 0.001 to 1e+12 t, found \"0t\""},
      {"1,13t", "--claim: expected a number with a unit (t, kt, kg), found \"1,13t\""},
      {",130t", "--claim: expected a number with a unit (t, kt, kg), found \",130t\""},
      {"1.1.3t", "--claim: expected a number with a unit (t, kt, kg), found \"1.1.3t\""},
      {"1e9t", "--claim: unknown unit \"e9t\"; known are t, kt, kg"},
      {"nan t", "--claim: expected a number with a unit (t, kt, kg), found \"nan t\""},
  };
  for (const auto& [text, expected] : table) {
    EXPECT_EQ(complaint(text, tonnes, Language::english), expected);
  }
  EXPECT_EQ(complaint("1130", tonnes, Language::chinese),
            "--claim: 应为带单位的数字(t、kt、kg),实为“1130”");
  EXPECT_EQ(complaint("99", yield_kwh_per_kwp, Language::english),
            "--claim: expected 100 to 3000 kWh/kWp, found \"99\"");
}

}  // namespace
}  // namespace xiaoyuan::carbon
