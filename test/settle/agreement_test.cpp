#include "settle/agreement.hpp"

#include <gtest/gtest.h>

#include "settle/carbon.hpp"
#include "settle/contracts.hpp"

namespace xiaoyuan::settle {
namespace {

using ledger::Period;

const std::string agreed = R"(first_month = "2026-10"
whole_kwh = "exact"
[[party]]
id = "C1"
kind = "company"
name = { en = "company", zh = "公司" }
)";

std::string errors_in(const std::string& text) {
  const auto agreement = read_agreement(text, "settlement.toml");
  std::string all;
  if (!agreement) {
    for (const Error& error : agreement.error()) {
      all += message(error, Language::english) + '\n';
    }
  }
  return all;
}

std::string lease_with(const std::string& lines) {
  return agreed + R"([[roof_lease]]
id = "lease"
name = { en = "lease", zh = "租赁" }
document = "contract"
first_month = "2026-10"
tenant = "C1"
households = ["H1"]
)" + lines;
}

TEST(Agreement, WithoutContractsPaysNothingAndSharesNothing) {
  const auto agreement = read_agreement(agreed, "settlement.toml");
  ASSERT_TRUE(agreement) << errors_in(agreed);
  EXPECT_TRUE(agreement->contracts.empty());
  EXPECT_EQ(agreement->sharing.mode, SharingMode::off);
  ASSERT_EQ(agreement->parties.size(), 2U);
  EXPECT_NE(party_of(*agreement, "grid"), nullptr);
}

TEST(Agreement, AsksForARentAndWhenItIsPaid) {
  EXPECT_NE(errors_in(lease_with("")).find("no usual figure"), std::string::npos);
  EXPECT_NE(errors_in(lease_with("rent_yuan = 300\npaid = \"yearly\"\n")).find("due"),
            std::string::npos);
  EXPECT_EQ(errors_in(lease_with("rent_percent_of_income = 20\n")), "");
}

TEST(Agreement, NamesAllThatIsWrongAtOnce) {
  const std::string errors =
      errors_in(lease_with("rent_yuan = -1\npaid = \"weekly\"\ntennant = \"C2\"\n"));
  EXPECT_NE(errors.find("rent_yuan"), std::string::npos) << errors;
  EXPECT_NE(errors.find("weekly"), std::string::npos) << errors;
  EXPECT_NE(errors.find("tenant"), std::string::npos) << errors;
}

TEST(Agreement, LeasesARoofOnce) {
  const std::string text = lease_with("rent_percent_of_income = 20\n") +
                           lease_with("rent_percent_of_income = 10\n").substr(agreed.size());
  EXPECT_NE(errors_in(text).find("is leased by lease"), std::string::npos) << errors_in(text);
}

TEST(Rent, OfTwelveMonthsIsTheYearHoweverItIsCut) {
  for (const Paid paid : {Paid::monthly, Paid::quarterly, Paid::yearly}) {
    for (const Due due : {Due::in_arrears, Due::in_advance}) {
      const RoofLease lease{.tenant = "C1",
                            .households = {"H1"},
                            .rent = RentFixed{{100'01}},
                            .paid = paid,
                            .due = due};
      const Contract contract{.id = "lease",
                              .name = {},
                              .document = {},
                              .first = Period::of(2026, 10),
                              .last = Period::of(2028, 9),
                              .terms = lease};
      Money sum;
      for (int month = 0; month < 24; ++month) {
        const auto rent = rent_due(contract, lease, {contract.first.month + month}, {});
        ASSERT_TRUE(rent);
        sum += *rent;
        if (month == 11) {
          EXPECT_EQ(sum, Money{10'001});
        }
      }
      EXPECT_EQ(sum, Money{20'002});
    }
  }
}

TEST(Rent, ByAreaAsksForTheArea) {
  const RoofLease lease{.tenant = "C1",
                        .households = {"H1"},
                        .rent = RentPerSquareMetre{{6'00}},
                        .paid = Paid::monthly,
                        .due = Due::in_arrears};
  const Contract contract{.id = "lease",
                          .name = {},
                          .document = {},
                          .first = Period::of(2026, 10),
                          .last = {},
                          .terms = lease};
  EXPECT_FALSE(rent_due(contract, lease, contract.first, {}));
  const auto rent = rent_due(contract, lease, contract.first,
                             {.capacity_wp = 0, .square_dm = 4'000, .income = {}});
  ASSERT_TRUE(rent);
  EXPECT_EQ(*rent, Money{20'00});  // 40 m² · 6 yuan / 12
}

TEST(Dividend, PartsAddUpAndNothingIsGivenOfALoss) {
  const Dividend dividend{.party = "COOP",
                          .ppm = 1'000'000,
                          .every = Paid::monthly,
                          .by = DividendBy::parts,
                          .members = {"H1", "H2", "H3"},
                          .parts = {1, 1, 1}};
  EXPECT_EQ(dividend_parts(dividend, {100}, {}), (std::vector<Money>{{34}, {33}, {33}}));
  EXPECT_EQ(dividend_parts(dividend, {-100}, {}), (std::vector<Money>{{0}, {0}, {0}}));
}

// The certificates of carbon/accounting's example: 2,730 kWh with 400 carried in.
TEST(Certificates, AreWholeAndTheRestIsCarried) {
  const std::vector<PoolMonth> before{{.owner = "C1", .kind = {}, .carried_wh = 400'000}};
  const auto pools = pool_months(
      {{.owner = "C1", .exported_wh = 2'730'000, .self_used_wh = 0, .avoided_g = 0}}, before);
  ASSERT_EQ(pools.size(), 1U);
  EXPECT_EQ(pools[0].issued, 3);
  EXPECT_EQ(pools[0].carried_wh, 130'000);
}

TEST(Recognised, NothingOfABatteryThatIsNotMeteredApart) {
  const AvoidedFactor factor{"f", {}, 636'100, ""};
  EXPECT_EQ(avoided_g({1'000'000}, factor), 636);  // 1 kWh · 0.6361 kg/kWh
  const PlantEnergy energy{.made = MeteredEnergy{10'000'000},
                           .sold = MeteredEnergy{4'000'000},
                           .storage = Storage::unknown};
  EXPECT_EQ(recognised(energy, &factor).exported_wh, 0);
}

}  // namespace
}  // namespace xiaoyuan::settle
