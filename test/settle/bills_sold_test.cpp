// What the grid company pays: the feed-in price of the plant's day of connection, the difference of
// Document 136 with its ratio and cap, VAT.
#include <gtest/gtest.h>

#include "settle/bills.hpp"
#include "settle/bills_samples.hpp"

namespace xiaoyuan::settle {

namespace {

using test::inputs;
using test::kwh;
using test::laid;
using test::line;
using test::metered;
using test::month;
using test::shown;

const SaleTerms old_plant{ExportMode::self_use_surplus, test::day(2023, 5, 1)};

tariff::Mechanism mechanism(Price reference, double ratio) {
  tariff::Mechanism made;
  made.id = "beijing-existing";
  made.price = Price::of(0.3598);
  made.ratio = ratio;
  made.market.fill(Price::of(0.29));
  made.reference.fill(reference);
  made.valid_from = test::day(2026, 1, 1);
  made.connected_before = test::day(2025, 6, 1);
  made.document = "发改价格〔2025〕136号";
  return made;
}

MonthTariff laid_under(const tariff::Mechanism& made, unsigned number = 10) {
  auto tariff = month_tariff(made, test::beijing(), month(2026, number));
  EXPECT_TRUE(tariff.has_value());
  return *tariff;
}

/// The notes and the facts (cfd_pay): 1,000 kWh, ratio 0.8, 800 × (0.3598 − 0.29) = +55.84.
TEST(Sold, TheDifferenceOfDocument136IsPaidBelowTheMechanismPrice) {
  const MonthTariff tariff = laid_under(mechanism(Price::of(0.29), 0.8));
  const auto bill = sold(inputs(tariff, {metered(tariff, kwh(1000))}), old_plant);
  EXPECT_EQ(shown(bill), "sold.market 1000.00 290.00 | mechanism.difference 800.00 55.84");
  EXPECT_EQ(bill->lines[1].section, Section::mechanism);
  EXPECT_EQ(bill->lines[1].explanation.en,
            "800 of 1000 kWh sold are under the mechanism: its price 0.3598 less the month's "
            "reference price 0.29, paid");
}

/// cfd_return: at 0.40 the owner gives back 32.16.
TEST(Sold, TheDifferenceIsCollectedAboveIt) {
  const MonthTariff tariff = laid_under(mechanism(Price::of(0.40), 0.8));
  const auto bill = sold(inputs(tariff, {metered(tariff, kwh(1000))}), old_plant);
  EXPECT_EQ(shown(bill), "sold.market 1000.00 290.00 | mechanism.difference 800.00 -32.16");
}

TEST(Sold, TheYearsCapEndsTheMechanism) {
  tariff::Mechanism capped = mechanism(Price::of(0.29), 1.0);
  capped.yearly_cap_kwh = 5000;
  const MonthTariff tariff = laid_under(capped);
  EXPECT_TRUE(counts_on(tariff));
  const auto left = sold(
      inputs(tariff, {metered(tariff, kwh(1000))}, tariff::Counted{{}, {}, kwh(4700)}), old_plant);
  EXPECT_EQ(shown(left), "sold.market 1000.00 290.00 | mechanism.difference 300.00 20.94");
  EXPECT_EQ(left->counted.in_mechanism, kwh(5000));
  const auto none = sold(
      inputs(tariff, {metered(tariff, kwh(1000))}, tariff::Counted{{}, {}, kwh(5000)}), old_plant);
  EXPECT_EQ(none->total(), Money{29000});
  const MonthTariff january = laid_under(capped, 1);
  const auto again =
      sold(inputs(january, {metered(january, kwh(1000))}, tariff::Counted{{}, {}, kwh(5000)}),
           old_plant);
  EXPECT_EQ(line(*again, "mechanism.difference")->energy, kwh(1000));
  EXPECT_FALSE(sold(inputs(tariff, {metered(tariff, kwh(1))}, std::nullopt), old_plant));
}

TEST(Sold, TheRatioIsExactToTheMilliwattHour) {
  // 0.3 · 1 mWh · odd numbers: a double product may fall on either side of a half.
  for (const std::int64_t mwh : {5LL, 15LL, 1'000'000'000'005LL, 9'007'199'254'740'995LL}) {
    const tariff::Mechanism half = mechanism(Price::of(0.29), 0.3);
    EXPECT_EQ(half.covered({mwh}).mwh, static_cast<std::int64_t>(mwh / 10 * 3 + 2)) << mwh;
  }
}

TEST(Sold, APlantConnectedLaterIsNotPaidTheOldPrice) {
  const MonthTariff tariff = laid(test::shipped("beijing-feed-in"), month(2026, 10));
  const BillInputs asked = inputs(tariff, {metered(tariff, kwh(100))});
  EXPECT_EQ(shown(sold(asked, {ExportMode::full_export, test::day(2025, 5, 31)})),
            "sold.feed-in 100.00 35.98");
  EXPECT_EQ(shown(sold(asked, {ExportMode::full_export, test::day(2025, 6, 1)})),
            "household H001: the price \"beijing-feed-in\" is for PV connected before 2025-06-01, "
            "found 2025-06-01; later PV is paid by a mechanism (Document 136)\n");
  EXPECT_FALSE(sold(asked, {ExportMode::full_export, std::nullopt}));
}

TEST(Sold, ForSelfUseOnlyNothingIsPaidAndNothingHidden) {
  const MonthTariff tariff = laid(test::shipped("beijing-feed-in"), month(2026, 10));
  const auto bill = sold(inputs(tariff, {metered(tariff, kwh(12))}),
                         {ExportMode::self_use, test::day(2023, 5, 1)});
  EXPECT_EQ(shown(bill), "sold.unpaid 12.00 0.00");
}

TEST(Vat, NetAndTaxMakeTheGross) {
  // 101.00 at 1 % is 100.00 + 1.00; 277.05 / 1.01 = 274.306… → 274.31.
  EXPECT_EQ(vat_split({10100}, 10000).net, Money{10000});
  EXPECT_EQ(vat_split({27705}, 10000).net, Money{27431});
  EXPECT_EQ(vat_split({27705}, 10000).vat, Money{274});
  EXPECT_EQ(vat_split({-27705}, 10000).net, Money{-27431});
  EXPECT_EQ(vat_split({27705}, 0).vat, Money{0});
}

}  // namespace

}  // namespace xiaoyuan::settle
