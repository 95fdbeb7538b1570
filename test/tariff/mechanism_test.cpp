// The contract for difference of Document 136: the facts' worked examples, ratio, cap, inputs.
#include "tariff/mechanism.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "tariff/bill.hpp"
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

Mechanism mechanism_of(double price, double reference, double ratio) {
  Mechanism mechanism;
  mechanism.id = "m";
  mechanism.price = Price::of(price);
  mechanism.ratio = ratio;
  mechanism.market.fill(Price::of(0.31));
  mechanism.reference.fill(Price::of(reference));
  mechanism.valid_from = day(2025, 6, 1);
  mechanism.document = "Document 136";
  return mechanism;
}

/// The bills of whole months of 2026 that each sell the kWh given.
std::vector<Bill> bills_of(const Mechanism& mechanism, const std::vector<double>& kwh) {
  const auto laid = schedule(market_tariff(mechanism), hours_of(2026, 1, 365), 60);
  EXPECT_TRUE(laid.has_value()) << messages(laid);
  const auto under = under_mechanism(*laid, mechanism);
  EXPECT_TRUE(under.has_value()) << messages(under);
  std::vector<double> by_slot = kwh;
  by_slot.resize(under->slots.size());
  return bills(*under, by_slot);
}

// facts, test_vectors: cfd_pay, 800·(0.3598 − 0.29); cfd_return, 800·(0.3598 − 0.40)
TEST(Mechanism, PaysAndCollectsTheDifferenceToTheFen) {
  const auto pays = bills_of(mechanism_of(0.3598, 0.29, 0.8), {1000});
  ASSERT_EQ(pays[0].lines.size(), 2U);
  EXPECT_EQ(text_of(pays[0].lines[0].amount), "310.00");  // 1,000·0.31
  EXPECT_EQ(pays[0].lines[1].energy, MeteredEnergy::of(800));
  EXPECT_EQ(text_of(pays[0].lines[1].amount), "55.84");
  EXPECT_EQ(text_of(pays[0].total()), "365.84");
  EXPECT_EQ(pays[0].energy, MeteredEnergy::of(1000));
  const auto collects = bills_of(mechanism_of(0.3598, 0.40, 0.8), {1000});
  EXPECT_EQ(text_of(collects[0].lines[1].amount), "-32.16");
}

TEST(Mechanism, ExplainsItsLines) {
  const auto all = bills_of(mechanism_of(0.3598, 0.29, 0.8), {1000});
  EXPECT_EQ(all[0].lines[0].label.en, "sold in the market");
  EXPECT_EQ(all[0].lines[1].label.zh, "机制电价差价");
  EXPECT_EQ(all[0].lines[1].explanation.en,
            "80 % of the energy sold, at the mechanism price 0.3598 less the month's reference "
            "price 0.29 (Document 136)");
}

TEST(Mechanism, StopsAtTheYearsCapInOrderOfTime) {
  Mechanism mechanism = mechanism_of(0.40, 0.30, 0.8);
  mechanism.yearly_cap_kwh = 1500;
  const auto all = bills_of(mechanism, {1000, 1000, 1000});
  EXPECT_EQ(all[0].lines[1].energy, MeteredEnergy::of(800));
  EXPECT_EQ(all[1].lines[1].energy, MeteredEnergy::of(700));
  EXPECT_EQ(all[2].lines[1].energy, MeteredEnergy::of(0));
  EXPECT_EQ(text_of(all[2].total()), "310.00");
  EXPECT_EQ(all[0].lines[1].explanation.en.find("cap"), std::string::npos);
  EXPECT_NE(all[1].lines[1].explanation.en.find("; the year's cap of 1500 kWh is reached"),
            std::string::npos);
  EXPECT_EQ(all[3].lines.size(), 0U);
}

TEST(Mechanism, GivesPlanningTheEffectivePrice) {
  const Mechanism mechanism = mechanism_of(0.3598, 0.29, 0.8);
  // 0.31 + 0.8·(0.3598 − 0.29)
  EXPECT_DOUBLE_EQ(effective_yuan_per_kwh(mechanism, 1, 0.31), 0.36584);
  const auto laid = schedule(market_tariff(mechanism), hours_of(2026, 1, 31), 60);
  const auto under = under_mechanism(*laid, mechanism);
  EXPECT_DOUBLE_EQ(under->yuan_per_kwh[0], 0.36584);
}

RC_GTEST_PROP(Mechanism, EffectivePricesAddUpToTheBillWithoutACap, ()) {
  Mechanism mechanism =
      mechanism_of(*rc::gen::inRange(1, 9000) / 1e4, *rc::gen::inRange(-500, 9000) / 1e4,
                   *rc::gen::inRange(0, 101) / 100.0);
  double expected = 0.0;
  std::vector<double> kwh;
  for (std::size_t month = 0; month < 12; ++month) {
    mechanism.market[month] = Price::of(*rc::gen::inRange(-500, 9000) / 1e4);
    kwh.push_back(*rc::gen::inRange(0, 100000) / 10.0);
    expected += kwh.back() * effective_yuan_per_kwh(mechanism, static_cast<int>(month) + 1,
                                                    mechanism.market[month].yuan_per_kwh());
  }
  // 24 lines, each rounded to the fen.
  RC_ASSERT(std::abs(total(bills_of(mechanism, kwh)).yuan() - expected) <= 24 * 0.00501);
}

RC_GTEST_PROP(Mechanism, NeverCoversMoreThanRatioAndCapAllow, ()) {
  Mechanism mechanism = mechanism_of(0.4, 0.3, *rc::gen::inRange(0, 101) / 100.0);
  const double cap = *rc::gen::inRange(0, 5000);
  mechanism.yearly_cap_kwh = cap;
  std::vector<double> kwh;
  double sold = 0.0;
  for (int month = 0; month < 12; ++month) {
    kwh.push_back(*rc::gen::inRange(0, 1000));
    sold += kwh.back();
  }
  double covered = 0.0;
  for (const Bill& bill : bills_of(mechanism, kwh)) {
    covered += bill.lines.empty() ? 0.0 : bill.lines[1].energy.kwh();
  }
  RC_ASSERT(std::abs(covered - std::min(cap, mechanism.ratio * sold)) < 1e-4);
}

TEST(Mechanism, BillsPricesByStepExactly) {
  const Mechanism mechanism = mechanism_of(0.3598, 0.29, 0.8);
  const auto times = hours_of(2026, 1, 59);
  std::vector<double> kwh(times.size());
  std::vector<double> prices(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    kwh[i] = times[i].hour() == 12 ? 10.0 : times[i].hour() == 13 ? 5.0 : 0.0;
    prices[i] = times[i].hour() == 12 ? 0.10 : 0.40;
  }
  const auto all = market_bills(mechanism, {times, kwh, prices});
  ASSERT_EQ(all.size(), 2U);
  // January: 310·0.10 + 155·0.40 = 93.00; 0.8·465·0.0698 = 25.9656
  EXPECT_EQ(text_of(all[0].lines[0].amount), "93.00");
  EXPECT_EQ(all[0].lines[0].price, Price::of(0.20));
  EXPECT_EQ(text_of(all[0].lines[1].amount), "25.97");
  // February: 280·0.10 + 140·0.40 = 84.00
  EXPECT_EQ(text_of(all[1].lines[0].amount), "84.00");
}

TEST(Mechanism, RefusesMonthsBeforeItsFirstDay) {
  const Mechanism mechanism = mechanism_of(0.3598, 0.29, 0.8);
  const auto laid =
      schedule(flat_tariff("f", Direction::export_, 0.3, "d"), hours_of(2025, 5, 31), 60);
  EXPECT_EQ(messages(under_mechanism(*laid, mechanism)),
            "mechanism \"m\" does not hold in 2025-05; it holds from 2025-06-01\n");
}

TEST(ShippedMechanisms, ReadAndNameWhatTheyLack) {
  const std::map<std::string, std::vector<std::string>> lacks{
      {"hebei-south-existing", {"mechanism_ratio", "mechanism_valid_from"}},
      {"shanghai-2025-bid",
       {"mechanism_ratio", "market_price_yuan_per_kwh", "reference_price_yuan_per_kwh"}},
      {"shandong-2025-bid-pv",
       {"mechanism_ratio", "market_price_yuan_per_kwh", "reference_price_yuan_per_kwh",
        "mechanism_valid_from"}},
      {"guangdong-incremental",
       {"mechanism_price_yuan_per_kwh", "market_price_yuan_per_kwh", "reference_price_yuan_per_kwh",
        "mechanism_valid_from"}},
      {"beijing-incremental",
       {"mechanism_price_yuan_per_kwh", "mechanism_ratio", "market_price_yuan_per_kwh",
        "reference_price_yuan_per_kwh", "mechanism_valid_from"}},
      {"zhejiang-incremental",
       {"mechanism_price_yuan_per_kwh", "mechanism_ratio", "market_price_yuan_per_kwh",
        "reference_price_yuan_per_kwh", "mechanism_valid_from"}}};
  for (const auto& [name, keys] : lacks) {
    const Mechanism mechanism = shipped_mechanism(name);
    std::vector<std::string> found;
    for (const RequiredInput& input : mechanism.required) {
      found.push_back(input.key);
    }
    EXPECT_EQ(found, keys) << name;
  }
  EXPECT_EQ(shipped_mechanism("shanghai-2025-bid").price, Price::of(0.4155));
  EXPECT_EQ(shipped_mechanism("shandong-2025-bid-pv").price, Price::of(0.225));
  EXPECT_EQ(shipped_mechanism("hebei-south-existing").reference[6], Price::of(0.3433));
}

TEST(ShippedMechanisms, TakeTheVillagesFigures) {
  const Mechanism shipped = shipped_mechanism("hebei-south-existing");
  const Where line{"village.toml", 36, "tariff.mechanism"};
  EXPECT_NE(messages(with_inputs(shipped, {}, line)).find("tariff.inputs.mechanism_ratio"),
            std::string::npos);
  const Given given{{{"mechanism_ratio", "0.8"},
                     {"mechanism_valid_from", "2026-01-01"},
                     {"market_price_yuan_per_kwh", "1,2,3,4,5,6,7,8,9,0.1,0.11,0.12"}},
                    "settlement of 2026"};
  const auto filled = with_inputs(shipped, given, line);
  ASSERT_TRUE(filled.has_value()) << messages(filled);
  EXPECT_EQ(filled->market[11], Price::of(0.12));
  EXPECT_EQ(filled->reference[11], Price::of(0.3433));
  EXPECT_DOUBLE_EQ(filled->ratio, 0.8);
  EXPECT_TRUE(filled->source.ends_with("(settlement of 2026)"));
  Given wrong = given;
  wrong.values["mechanism_ratio"] = "80";
  wrong.values["market_price_yuan_per_kwh"] = "0.1,0.2";
  EXPECT_EQ(messages(with_inputs(shipped, wrong, line)),
            "village.toml:36: tariff.inputs.mechanism_ratio: expected a number from 0 to 1, found "
            "80\n"
            "village.toml:36: tariff.inputs.market_price_yuan_per_kwh: expected 0.31, or twelve "
            "numbers from January on, found \"0.1,0.2\"\n");
  EXPECT_NE(messages(under_mechanism({}, shipped)).find("needs mechanism_ratio"),
            std::string::npos);
}

TEST(BrokenMechanism, SaysAllThatIsWrong) {
  const auto read = read_mechanism(
      "id = \"m\"\nname = { en = \"m\", zh = \"m\" }\nregion = \"r\"\nprojects = \"old\"\n"
      "price_yuan_per_kwh = 36\nratio = 80\nmarket_yuan_per_kwh = [0.3, 0.3]\n"
      "valid_from = 2026-01-01\nvalid_to = 2025-01-01\ndocument = \"d\"\nsource = \"s\"\n"
      "confidence = \"sure\"\nyearly_cap_kw = 3\n",
      "m.toml");
  EXPECT_EQ(messages(read),
            "m.toml:4: projects: expected one of existing, incremental; found \"old\"\n"
            "m.toml:5: price_yuan_per_kwh: expected a number from -5 to 10, found 36\n"
            "m.toml:6: ratio: expected a number from 0 to 1, found 80\n"
            "m.toml:7: market_yuan_per_kwh: expected 12 numbers, found 2\n"
            "m.toml:9: valid_to: lies before valid_from\n"
            "m.toml:12: confidence: expected one of high, med, low; found \"sure\"\n"
            "m.toml:13: yearly_cap_kw: unknown name \"yearly_cap_kw\"; did you mean "
            "\"yearly_cap_kwh\"?\n");
}

}  // namespace
}  // namespace xiaoyuan::tariff
