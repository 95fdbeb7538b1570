// Four accounts, and no kWh in two of them.
#include "carbon/accounting.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "carbon/shipped.hpp"

namespace xiaoyuan::carbon {
namespace {

MeteredEnergy kwh(double amount) { return MeteredEnergy::of(amount); }

MeteredEnergy all_states(const Claims& claims) {
  return claims.self_used + claims.exported_claimed + claims.certificate_sold + claims.uncounted;
}

TEST(Certificates, TheVectorOfTheFacts) {
  const Certificates made = certificates_of(kwh(2730), kwh(400));  // facts: test vector "gec"
  EXPECT_EQ(made.count, 3);
  EXPECT_EQ(made.carry, kwh(130));
  EXPECT_EQ(certificates_of(kwh(999.999999), {}).count, 0);
  EXPECT_EQ(certificates_of(kwh(0.000001), kwh(999.999999)).count, 1);
}

TEST(Claims, AVillageYearStandsInFourAccounts) {
  const Claims claims =
      claims_of({.self_used = kwh(2500.5),
                 .self_used_stored = kwh(300),
                 .exported = kwh(7850.25),
                 .exported_stored = kwh(40),
                 .battery_loss = kwh(33.25),
                 .curtailed = kwh(12)},
                {.share_sold = 0.4, .carried_exported = {}, .carried_self_used = kwh(600)});
  EXPECT_EQ(claims.self_used, kwh(2800.5));
  EXPECT_EQ(claims.export_certificates.count, 7);
  EXPECT_EQ(claims.certificates_sold, 3);  // 2.8, to the nearest whole one
  EXPECT_EQ(claims.certificate_sold, kwh(3000));
  EXPECT_EQ(claims.exported_claimed, kwh(4000));
  EXPECT_EQ(claims.uncounted, kwh(850.25 + 40 + 33.25 + 12));
  EXPECT_EQ(claims.self_use_certificates.count, 3);  // 2500.5 + 600 carried; not the stored 300
  EXPECT_EQ(claims.self_use_certificates.carry, kwh(100.5));
  EXPECT_EQ(all_states(claims), kwh(10736));
}

TEST(Claims, OnlyTheVillagesOwnAccountsAvoidTonnesForIt) {
  const Factor north = test::shipped_by_id().at("mee-2023-north");
  const Claims claims =
      claims_of({.self_used = kwh(1000), .exported = kwh(2000)}, {.share_sold = 0.5});
  const auto rows = state_rows(claims, north);
  EXPECT_NEAR(rows[0].avoided_t, 0.6361, 1e-12);
  EXPECT_NEAR(rows[1].avoided_t, 0.6361, 1e-12);
  EXPECT_EQ(rows[2].energy, kwh(1000));
  EXPECT_EQ(rows[2].avoided_t, 0.0);
  EXPECT_EQ(rows[3].avoided_t, 0.0);
  EXPECT_EQ(names_of(State{})[2], "certificate_sold");
}

Generation any_generation() {
  const auto part = [] {
    return MeteredEnergy{*rc::gen::inRange<std::int64_t>(0, 40'000'000'000)};
  };
  return {part(), part(), part(), part(), part(), part()};
}

TEST(Claims, StatesAddUpToTheMilliwattHourWhateverTheYear) {
  EXPECT_TRUE(rc::check("states = generation + carried in", [] {
    const Generation generation = any_generation();
    const MeteredEnergy carried{*rc::gen::inRange<std::int64_t>(0, certificate.mwh)};
    const double share = *rc::gen::inRange(0, 101) / 100.0;
    const Claims claims = claims_of(
        generation, {.share_sold = share, .carried_exported = carried, .carried_self_used = {}});
    RC_ASSERT(all_states(claims) == generation.total() + carried);
    RC_ASSERT(claims.certificates_sold >= 0);
    RC_ASSERT(claims.certificates_sold <= claims.export_certificates.count);
    RC_ASSERT(claims.certificate_sold.mwh % certificate.mwh == 0);
    RC_ASSERT(claims.exported_claimed.mwh % certificate.mwh == 0);
  }));
}

TEST(Claims, OverManyMonthsNoKilowattHourIsCertifiedTwice) {
  EXPECT_TRUE(rc::check("months chained by their carry are one long period", [] {
    const int months = *rc::gen::inRange(1, 13);
    Generation whole;
    std::int64_t issued = 0;
    MeteredEnergy settled;
    MeteredEnergy carry;
    for (int i = 0; i < months; ++i) {
      const Generation month = any_generation();
      const Claims claims =
          claims_of(month, {.share_sold = 0.5, .carried_exported = carry, .carried_self_used = {}});
      carry = claims.export_certificates.carry;
      issued += claims.export_certificates.count;
      settled += all_states(claims) - carry;
      whole.exported += month.exported;
      whole.self_used += month.total() - month.exported;
    }
    RC_ASSERT(issued == claims_of(whole).export_certificates.count);
    RC_ASSERT(settled + carry == whole.total());
  }));
}

TEST(Generation, OfAPlanAddsUpToItsRoundedWhole) {
  EXPECT_TRUE(rc::check("parts add up", [] {
    const auto part = [] { return *rc::gen::inRange(0, 1'000'000'000) / 7.0e3; };
    GenerationKwh plan{.generation = 0.0,
                       .self_used_stored = part(),
                       .exported = part(),
                       .exported_stored = part(),
                       .battery_loss = part(),
                       .curtailed = part()};
    const double straight = *rc::gen::inRange(0, 2) * part();
    plan.generation = straight + plan.self_used_stored + plan.exported + plan.exported_stored +
                      plan.battery_loss + plan.curtailed;
    const Generation parts = generation_of(plan);
    RC_ASSERT(parts.total() == MeteredEnergy::of(plan.generation));
    RC_ASSERT(parts.self_used.mwh >= 0);
    RC_ASSERT(std::abs(parts.self_used.kwh() - straight) < 1e-5);
  }));
}

}  // namespace
}  // namespace xiaoyuan::carbon
