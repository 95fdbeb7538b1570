// The shipped tariffs against the facts: bills worked out by hand, published tier tables, windows.
#include <filesystem>

#include "tariff/bill.hpp"
#include "tariff/day.hpp"
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

/// Energy by slot: what `price` is paid for gets `kwh`.
std::vector<double> by_price(const Schedule& schedule, std::map<double, double> kwh) {
  std::vector<double> all;
  for (const Slot& slot : schedule.slots) {
    all.push_back(kwh[slot.price.yuan_per_kwh()]);
  }
  return all;
}

std::string bill_of(const Tariff& tariff, std::map<double, double> kwh, double before) {
  const auto laid = schedule(tariff, hours_of(2026, 7, 31), 60);
  EXPECT_TRUE(laid.has_value());
  return text_of(total(bills(*laid, by_price(*laid, std::move(kwh)), MeteredEnergy::of(before))));
}

// Every month's figure that a village must give, for the bars below.
const std::map<std::string, std::string> five_prices{
    {"critical_peak_price_yuan_per_kwh", "1.2"}, {"peak_price_yuan_per_kwh", "1.0"},
    {"flat_price_yuan_per_kwh", "0.7"},          {"valley_price_yuan_per_kwh", "0.4"},
    {"deep_valley_price_yuan_per_kwh", "0.2"},   {"valid_from", "2026-01-01"}};

/// A letter an hour: C critical peak, P peak, F flat, V valley, D deep valley.
std::string letters(const Tariff& tariff, const Date& date) {
  const auto table = day_table(tariff, date);
  EXPECT_TRUE(table.has_value()) << messages(table);
  std::string all;
  for (int hour = 0; table && hour < 24; ++hour) {
    all += "CPFVD"[static_cast<std::size_t>(table->at(hour * 60).kind)];
  }
  return all;
}

TEST(ShippedTariffs, AllReadAndSayWhenceTheyCome) {
  const std::filesystem::path folder = std::string(XIAOYUAN_SOURCE) + "/share/tariffs";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    const Tariff tariff = shipped(name);
    EXPECT_EQ(tariff.id, name);
    for (const Version& version : tariff.versions) {
      EXPECT_FALSE(version.document.empty() || version.source.empty()) << name;
    }
    ++count;
  }
  EXPECT_EQ(count, 28U);
}

TEST(ShippedTariffs, OfZhejiangBillsAsWorkedOutByHand) {
  // 2,700 kWh before, limit 2,760: of 160 kWh 100 lie in tier 2.
  // 100·0.568 + 60·0.288 + 100·0.05 = 56.80 + 17.28 + 5.00
  EXPECT_EQ(bill_of(shipped("zhejiang-residential-tou"), {{0.568, 100}, {0.288, 60}}, 2700),
            "79.08");
  // 4,700 kWh before, limit 4,800: 100·(0.538+0.05) + 100·(0.538+0.30) = 58.80 + 83.80
  EXPECT_EQ(bill_of(shipped("zhejiang-residential"), {{0.538, 200}}, 4700), "142.60");
}

TEST(ShippedTariffs, OfHebeiBillAsWorkedOutByHand) {
  // Limits made up: 1,000 and 3,000 kWh. 950 before: of 200 kWh 150 lie in tier 2.
  // 120·0.55 + 80·0.30 + 150·0.05 = 66.00 + 24.00 + 7.50
  const std::map<std::string, std::string> limits{{"tier_limits_kwh", "1000,3000"}};
  EXPECT_EQ(bill_of(with(shipped("hebei-residential-tou"), limits), {{0.55, 120}, {0.30, 80}}, 950),
            "97.50");
  // 2,950 before: 50·(0.52+0.05) + 50·(0.52+0.30) = 28.50 + 41.00
  EXPECT_EQ(bill_of(with(shipped("hebei-residential"), limits), {{0.52, 100}}, 2950), "69.50");
}

// xfnylqt/peak-shift-skill data/tariffs/{zhejiang,hebei,shandong}.json print peak and valley of
// each tier; ours must add up to them.
TEST(ShippedTariffs, AddUpToThePublishedPricesOfEachTier) {
  struct Published {
    const char* name;
    std::vector<double> peak;
    std::vector<double> valley;
  };
  for (const Published& row :
       {Published{"zhejiang-residential-tou", {0.568, 0.618, 0.868}, {0.288, 0.338, 0.588}},
        Published{"hebei-residential-tou", {0.55, 0.60, 0.85}, {0.30, 0.35, 0.60}},
        Published{
            "shandong-residential-tou", {0.5769, 0.6269, 0.8769}, {0.3769, 0.4269, 0.6769}}}) {
    const Tariff tariff = shipped(row.name);
    const Tiers& tiers = *tariff.versions[0].tiers;
    const auto table = day_table(tariff, day(2026, 7, 1));
    for (std::size_t tier = 0; tier < 3; ++tier) {
      EXPECT_EQ(table->at(12 * 60).price + tiers.additions[tier], Price::of(row.peak[tier]));
      EXPECT_EQ(table->at(2 * 60).price + tiers.additions[tier], Price::of(row.valley[tier]));
    }
  }
}

TEST(ShippedTariffs, OfBeijingHeatingHoldBothPublishedHours) {
  const Tariff answer = shipped("beijing-electric-heating");
  EXPECT_FALSE(answer.versions[0].tiers.has_value());
  EXPECT_EQ(letters(answer, day(2026, 1, 15)), "VVVVVVPPPPPPPPPPPPPPPVVV");
  // 200·0.4883 + 300·0.30 = 97.66 + 90.00, and no tiers
  EXPECT_EQ(bill_of(answer, {{0.4883, 200}, {0.30, 300}}, 9000), "187.66");
  const Tariff notices = with(shipped("beijing-coal-to-electricity"),
                              {{"valid_from", "2025-01-01"}, {"heating_season", "11-15/03-15"}});
  EXPECT_EQ(letters(notices, day(2026, 1, 15)), "VVVVVVVVPPPPPPPPPPPPVVVV");
  EXPECT_EQ(letters(notices, day(2026, 3, 16)), "VVVVVVPPPPPPPPPPPPPPPVVV");
}

TEST(ShippedTariffs, OfBeijingCommerceKeepTheirRatios) {
  // Flat 0.70 of which 0.50 floats: peak 0.70 + 0.71·0.50, valley 0.70 − 0.64·0.50, critical
  // 0.70 + (1.71·1.2 − 1)·0.50.
  const Tariff tariff =
      with(shipped("beijing-commercial-below-1kv"), {{"base_price_yuan_per_kwh", "0.70"},
                                                     {"floating_price_yuan_per_kwh", "0.50"},
                                                     {"valid_from", "2026-01-01"}});
  const auto may = prices_of(tariff, day(2026, 5, 4));
  EXPECT_DOUBLE_EQ(may[10], 1.055);
  EXPECT_DOUBLE_EQ(may[8], 0.70);
  EXPECT_DOUBLE_EQ(may[23], 0.38);
  EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 7, 4))[11], 1.226);
  EXPECT_EQ(letters(tariff, day(2026, 5, 4)), "VVVVVVVFFFPPPFFFFPPPPPFV");
  EXPECT_EQ(letters(tariff, day(2026, 8, 31)), "VVVVVVVFFFPCCFFFCPPPPPFV");
  EXPECT_EQ(letters(tariff, day(2026, 12, 1)), "VVVVVVVFFFPPPFFFFPCCCPFV");
}

TEST(ShippedTariffs, OfShandongCommerceKeepTheirFloats) {
  const Tariff tariff =
      with(shipped("shandong-commercial"),
           {{"base_price_yuan_per_kwh", "0.65"}, {"floating_price_yuan_per_kwh", "0.45"}});
  EXPECT_EQ(letters(tariff, day(2026, 2, 1)), "FFVVVVFPPFVDDDVFCCCPPFFF");
  EXPECT_EQ(letters(tariff, day(2026, 4, 1)), "FFFFFFFFFFVDDDVFFCCCPPFF");
  EXPECT_EQ(letters(tariff, day(2026, 6, 1)), "FFFFFFFVVVVVFFFFPCCCCCPF");
  EXPECT_EQ(letters(tariff, day(2026, 7, 1)), "FVVVVVFFFFFFFFFFPCCCCCPF");
  EXPECT_EQ(letters(tariff, day(2026, 10, 1)), "FFFFFFFFFFVDDDVFPCCPPFFF");
  const auto winter = prices_of(tariff, day(2026, 2, 1));
  EXPECT_DOUBLE_EQ(winter[16], 1.10);   // 0.65 + 1.0·0.45
  EXPECT_DOUBLE_EQ(winter[19], 0.965);  // 0.65 + 0.7·0.45
  EXPECT_DOUBLE_EQ(winter[2], 0.335);   // 0.65 − 0.7·0.45
  EXPECT_DOUBLE_EQ(winter[12], 0.245);  // 0.65 − 0.9·0.45
}

TEST(ShippedTariffs, OfHebeiCommerceKeepTheirWindows) {
  auto given = five_prices;
  given.insert(
      {{"spring_season", "3,4,5"}, {"summer_season", "6,7,8"}, {"autumn_season", "9,10,11"}});
  const Tariff south = with(shipped("hebei-south-commercial"), given);
  EXPECT_EQ(letters(south, day(2026, 4, 1)), "FFFVVVVFFFFVDDDFPPPPPPPP");
  EXPECT_EQ(letters(south, day(2026, 7, 1)), "FVVVVVVFFFFFVVFFPPPCCCPP");
  EXPECT_EQ(letters(south, day(2026, 10, 1)), "FFVVVVFFFFFVDDVFPPPPPPPP");
  EXPECT_EQ(letters(south, day(2026, 1, 1)), "FFVVVVFPPFFVVVVFFCCPPPPF");
  const Tariff north = with(shipped("hebei-north-commercial"), given);
  EXPECT_EQ(letters(north, day(2026, 7, 1)), "VVVVVVVFFFPPFFFFPCCCPPFV");
  EXPECT_EQ(letters(north, day(2026, 1, 1)), "FVVVVVVFPPFFVVFFPCCPPPFF");
  EXPECT_EQ(letters(north, day(2026, 4, 1)), "FVVVVVVFPPFFVVFFPPPPPPFF");
}

TEST(ShippedTariffs, OfZhejiangCommerceHaveADeepValleyOnHolidays) {
  auto given = five_prices;
  given.insert({{"holidays", "2026-05-01, 2026-05-02"}});
  const Tariff tariff = with(shipped("zhejiang-commercial"), given);
  EXPECT_EQ(letters(tariff, day(2026, 4, 30)), "VVVVVVVVPPPVVPPPPFFFFFFF");
  EXPECT_EQ(letters(tariff, day(2026, 5, 1)), "VVVVVVVVPPDDDDPPPFFFFFFF");
  EXPECT_EQ(letters(tariff, day(2026, 7, 1)), "VVVVVVVVPCCVVFFCCPPPPPPF");
}

TEST(ShippedTariffs, OfFeedInCarryTheCoalBenchmarks) {
  const std::map<std::string, double> benchmarks{
      {"beijing", 0.3598},  {"tianjin", 0.3655},  {"hebei-south", 0.3644}, {"hebei-north", 0.3720},
      {"shandong", 0.3949}, {"zhejiang", 0.4153}, {"jiangsu", 0.3910},     {"shanghai", 0.4155},
      {"shanxi", 0.3320},   {"henan", 0.3779},    {"guangdong", 0.4530}};
  for (const auto& [region, yuan] : benchmarks) {
    const Tariff tariff = shipped(region + "-feed-in");
    EXPECT_EQ(tariff.direction, Direction::export_);
    EXPECT_DOUBLE_EQ(prices_of(tariff, day(2026, 3, 1))[12], yuan) << region;
    EXPECT_EQ(tariff.versions[0].connected_before, day(2025, 6, 1));
  }
}

}  // namespace
}  // namespace xiaoyuan::tariff
