// Small tariffs written out: windows, seasons, holidays, versions, orders of tiers, subsidies.
#include "tariff/bill.hpp"
#include "tariff/day.hpp"
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

const std::string head = R"(
id = "x"
name = { en = "x", zh = "x" }
region = "r"
customer = "c"
direction = "import"
)";

const std::string dated = R"(
[[version]]
valid_from = 2026-01-01
document = "d"
source = "s"
confidence = "high"
)";

std::string period(const std::string& name, const std::string& price,
                   const std::string& windows = "") {
  return "[[version.season.period]]\nname = \"" + name + "\"\nlabel = { en = \"" + name +
         "\", zh = \"z\" }\n" + price + "\n" +
         (windows.empty() ? "" : "windows = [" + windows + "]\n");
}

std::string season(const std::string& when, const std::string& periods) {
  return "[[version.season]]\nname = \"" + when.substr(0, when.find(' ')) + "\"\n" + when + "\n" +
         periods;
}

Tariff tariff_of(const std::string& text) {
  const auto read = read_tariff(text, "x.toml");
  EXPECT_TRUE(read.has_value()) << messages(read);
  return read ? *read : Tariff{};
}

TEST(Windows, RunAcrossMidnightAndTo24) {
  const Tariff tariff =
      tariff_of(head + dated +
                season("rest = true",
                       period("valley", "yuan_per_kwh = 0.3", R"("22:30-06:00")") +
                           period("flat", "yuan_per_kwh = 0.5", R"("06:00-18:00", "21:00-22:30")") +
                           period("critical_peak", "yuan_per_kwh = 0.9", R"("18:00-21:00")")));
  const auto windows = windows_of(*day_table(tariff, day(2026, 1, 1)));
  ASSERT_EQ(windows.size(), 5U);
  EXPECT_EQ(windows[0].to_minute, 360);
  EXPECT_EQ(windows[2].period->kind, PeriodKind::critical_peak);
  EXPECT_EQ(windows[4].from_minute, 22 * 60 + 30);
  EXPECT_EQ(windows[4].to_minute, 1440);
  EXPECT_EQ(bar_of(*day_table(tariff, day(2026, 1, 1))), "▂▂▂▂▂▂▄▄▄▄▄▄▄▄▄▄▄▄███▄▄▂");
  const auto hourly = schedule(tariff, hours_from(day(2026, 1, 1), 1), 60);
  EXPECT_NE(messages(hourly).find("changes its price within the step that begins at 22:00"),
            std::string::npos);
}

TEST(Windows, To24AndFrom00AreTheSameMidnight) {
  const Tariff tariff =
      tariff_of(head + dated +
                season("rest = true",
                       period("valley", "yuan_per_kwh = 0.3", R"("23:00-24:00", "00:00-07:00")") +
                           period("peak", "yuan_per_kwh = 0.6", R"("07:00-23:00")")));
  const auto prices = prices_of(tariff, day(2026, 1, 1));
  EXPECT_DOUBLE_EQ(prices[23], 0.3);
  EXPECT_DOUBLE_EQ(prices[0], 0.3);
  EXPECT_DOUBLE_EQ(prices[22], 0.6);
}

TEST(Seasons, OfMonthsRunAcrossTheNewYear) {
  const Tariff tariff = tariff_of(
      head + dated + season("months = [11, 12, 1]", period("flat", "yuan_per_kwh = 0.7")) +
      season("from = \"02-01\"\nto = \"04-30\"", period("flat", "yuan_per_kwh = 0.6")) +
      season("rest = true", period("flat", "yuan_per_kwh = 0.5")));
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 12, 31))[23], 0.7);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2027, 1, 1))[0], 0.7);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2027, 2, 1))[0], 0.6);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2028, 2, 29))[0], 0.6);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 5, 1))[0], 0.5);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 10, 31))[0], 0.5);
}

TEST(Holidays, StandBeforeTheSeasonAtTheirHours) {
  const Tariff tariff = tariff_of(
      head + dated + season("rest = true", period("flat", "yuan_per_kwh = 0.5")) +
      "[version.holidays]\ndays = [\"2026-10-01\", \"2026-10-02\"]\n"
      "[[version.holidays.period]]\nname = \"deep_valley\"\nlabel = { en = \"d\", zh = \"z\" }\n"
      "yuan_per_kwh = 0.1\nwindows = [\"10:00-14:00\"]\n");
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 9, 30))[12], 0.5);
  const auto prices = prices_of(tariff, day(2026, 10, 1));
  EXPECT_DOUBLE_EQ(prices[9], 0.5);
  EXPECT_DOUBLE_EQ(prices[10], 0.1);
  EXPECT_DOUBLE_EQ(prices[13], 0.1);
  EXPECT_DOUBLE_EQ(prices[14], 0.5);
}

TEST(Versions, TakeTurnsOnTheirDays) {
  const std::string flat =
      "season = [{ rest = true, period = [{ name = \"flat\", label = { en = "
      "\"a\", zh = \"z\" }, yuan_per_kwh = ";
  const Tariff tariff = tariff_of(
      head +
      "[[version]]\nvalid_from = 2025-07-01\nvalid_to = 2026-03-14\ndocument = \"old\"\nsource = "
      "\"s\"\nconfidence = \"high\"\n" +
      flat +
      "0.5 }] }]\n[[version]]\nvalid_from = 2026-03-15\ndocument = \"new\"\nsource = \"s\"\n"
      "confidence = \"med\"\n" +
      flat + "0.6 }] }]\n");
  const auto laid = schedule(tariff, hours_of(2026, 3, 31), 60);
  ASSERT_TRUE(laid.has_value());
  const auto all = bills(*laid, energy_by_slot(*laid, std::vector<double>(laid->slot.size(), 1.0)));
  // 14 days at 0.5 and 17 at 0.6: 336·0.5 + 408·0.6 = 168.00 + 244.80
  ASSERT_EQ(all[0].lines.size(), 2U);
  EXPECT_EQ(text_of(all[0].total()), "412.80");
  EXPECT_NE(all[0].lines[0].explanation.en.find("(old)"), std::string::npos);
  EXPECT_NE(all[0].lines[1].explanation.en.find("(new)"), std::string::npos);
  EXPECT_EQ(messages(schedule(tariff, hours_of(2025, 6, 1), 60)),
            "tariff \"x\" has no version for 2025-06-01; it has 2025-07-01 to 2026-03-14, "
            "2026-03-15 onwards\n");
}

// Fujian bills tiers first and time of use after (xfnylqt/peak-shift-skill
// data/tariffs/fujian.json: 230 and 420 kWh a month; 0.4983, 0.5483, 0.7983; peak +0.03, valley
// −0.20; first tier 0.5283 and 0.2983).
const std::string fujian =
    head + dated +
    season("rest = true", period("peak", "yuan_per_kwh = 0.5283", R"("08:00-22:00")") +
                              period("valley", "yuan_per_kwh = 0.2983", R"("22:00-08:00")")) +
    "[version.tiers]\nperiod = \"month\"\norder = \"tier_then_tou\"\nbase_yuan_per_kwh = 0.4983\n"
    "limits_kwh = [230, 420]\nadditions_yuan_per_kwh = [0, 0.05, 0.30]\n";

std::vector<Bill> july(const Tariff& tariff, double peak_kwh, double valley_kwh) {
  const auto laid = schedule(tariff, hours_of(2026, 7, 31), 60);
  EXPECT_TRUE(laid.has_value()) << messages(laid);
  std::vector<double> kwh;
  for (const Slot& slot : laid->slots) {
    kwh.push_back(slot.label.en == "peak" ? peak_kwh : valley_kwh);
  }
  return bills(*laid, kwh);
}

TEST(TierOrder, TierThenTimeOfUsePrintsTiersFirst) {
  const auto all = july(tariff_of(fujian), 300, 200);
  // 230·0.4983 + 190·0.5483 + 80·0.7983 + 300·0.03 − 200·0.20
  // = 114.61 + 104.18 + 63.86 + 9.00 − 40.00
  ASSERT_EQ(all[0].lines.size(), 5U);
  EXPECT_EQ(all[0].lines[0].label.en, "Tier 1");
  EXPECT_EQ(all[0].lines[2].price, Price::of(0.7983));
  EXPECT_EQ(all[0].lines[4].label.en, "peak, over the flat price");
  EXPECT_EQ(text_of(all[0].lines[3].amount), "-40.00");
  EXPECT_EQ(text_of(all[0].total()), "251.65");
  EXPECT_EQ(all[0].energy, MeteredEnergy::of(500));
}

TEST(TierOrder, ChangesTheLinesAndNotTheSum) {
  Tariff tariff = tariff_of(fujian);
  for (const TierOrder order : {TierOrder::added, TierOrder::tou_then_tier}) {
    tariff.versions[0].tiers->order = order;
    const auto all = july(tariff, 300, 200);
    EXPECT_EQ(all[0].lines[0].label.en, "valley");
    EXPECT_EQ(all[0].lines[2].label.en, "Tier 2 addition");
    EXPECT_EQ(text_of(all[0].total()), "251.65");
  }
}

TEST(TierTables, ShareEachPeriodAmongTheMonthsTiers) {
  const std::string tables =
      head + dated +
      season("rest = true",
             period("peak", "yuan_per_kwh_by_tier = [0.50, 0.60]", R"("08:00-22:00")") +
                 period("valley", "yuan_per_kwh_by_tier = [0.30, 0.33]", R"("22:00-08:00")")) +
      "[version.tiers]\nperiod = \"month\"\norder = \"tou_then_tier\"\nlimits_kwh = [100]\n";
  Tariff tariff = tariff_of(tables);
  // 160 kWh, 100 in tier 1: five eighths of each period.
  // peak 120: 75·0.50 + 45·0.60; valley 40: 25·0.30 + 15·0.33 = 37.50 + 27.00 + 7.50 + 4.95
  const auto all = july(tariff, 120, 40);
  ASSERT_EQ(all[0].lines.size(), 4U);
  EXPECT_EQ(all[0].lines[1].label.en, "Tier 2, valley");
  EXPECT_EQ(text_of(all[0].total()), "76.95");
  tariff.versions[0].tiers->order = TierOrder::tier_then_tou;
  const auto by_tier = july(tariff, 120, 40);
  EXPECT_EQ(by_tier[0].lines[1].label.en, "Tier 1, peak");
  EXPECT_EQ(text_of(by_tier[0].total()), "76.95");
  // For planning: the mean of what the second table adds, (0.10 + 0.03) / 2.
  EXPECT_EQ(tariff.versions[0].tiers->additions[1], Price::of(0.065));
}

TEST(Subsidy, IsPaidUpToItsCapInEachSeason) {
  const Tariff tariff = with(shipped("beijing-coal-to-electricity-subsidised"),
                             {{"valid_from", "2025-01-01"}, {"heating_season", "11-15/03-15"}});
  const auto laid = schedule(tariff, hours_of(2026, 1, 365), 60);
  ASSERT_TRUE(laid.has_value());
  EXPECT_DOUBLE_EQ(laid->yuan_per_kwh[0], 0.10);
  std::vector<double> kwh(laid->slots.size());
  for (std::size_t i = 0; i < kwh.size(); ++i) {
    kwh[i] = laid->slots[i].price == Price::of(0.30) ? 4500.0 : 0.0;
  }
  std::vector<std::string> paid;
  for (const Bill& bill : bills(*laid, kwh)) {
    paid.push_back(bill.lines.back().amount < Money{} ? text_of(bill.lines.back().amount) : "");
  }
  // 4,500 + 4,500 + 1,000 kWh reach the cap of 10,000; in November it begins anew.
  const std::vector<std::string> expected{"-900.00", "-900.00", "-200.00", "",       "", "", "", "",
                                          "",        "",        "-900.00", "-900.00"};
  EXPECT_EQ(paid, expected);
}

}  // namespace
}  // namespace xiaoyuan::tariff
