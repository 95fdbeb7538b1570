// Versions of readings: the same again is nothing, another value is a conflict or a new version.
#include "readings/reading.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

const Instant first = local(2026, 10, 1);

RegisterReading sent(MeteredEnergy value, Instant recorded_at,
                     const std::string& source = "a.csv") {
  RegisterReading made = reading("m1", Channel::imported, first, value);
  made.recorded_at = recorded_at;
  made.source = source;
  return made;
}

TEST(Registers, TheSameAgainIsNoReading) {
  const Registers known({sent(kwh(10), first)});
  const auto sorted =
      sort_out(known, {sent(kwh(10), first + std::chrono::days{3}, "b.csv")}, Resend::refuse);
  EXPECT_TRUE(sorted.taken.empty() && sorted.conflicts.empty());
  EXPECT_EQ(sorted.duplicates.size(), 1U);
}

TEST(Registers, AnotherValueIsAConflictUnlessItCorrects) {
  const Instant later = first + std::chrono::days{3};
  const Registers known({sent(kwh(10), first)});
  const auto refused = sort_out(known, {sent(kwh(11), later)}, Resend::refuse);
  EXPECT_TRUE(refused.taken.empty());
  ASSERT_EQ(refused.conflicts.size(), 1U);
  EXPECT_EQ(refused.conflicts[0].known.value, kwh(10));
  const auto corrected = sort_out(known, {sent(kwh(11), later)}, Resend::correct);
  EXPECT_EQ(corrected.taken.size(), 1U);
  const Registers both({sent(kwh(10), first), corrected.taken[0]});
  const RegisterKey key = sent({}, first).key;
  EXPECT_EQ(both.find(key, later - std::chrono::seconds{1})->value, kwh(10));
  EXPECT_EQ(both.find(key, later)->value, kwh(11));
  EXPECT_EQ(both.find(key, first - std::chrono::seconds{1}), nullptr);
  // The file of before the correction, sent again, changes nothing.
  EXPECT_EQ(sort_out(both, {sent(kwh(10), later + std::chrono::days{1})}, Resend::refuse)
                .duplicates.size(),
            1U);
  // A correction that became known when the first value did is none.
  EXPECT_EQ(sort_out(known, {sent(kwh(12), first)}, Resend::correct).conflicts.size(), 1U);
}

TEST(Registers, OfTwoContradictingFilesNeitherIsTaken) {
  const RegisterReading one = sent(kwh(10), first, "a.csv");
  const RegisterReading other = sent(kwh(11), first, "b.csv");
  for (const auto& order : {std::vector{one, other}, std::vector{other, one}}) {
    const auto sorted = sort_out({}, order, Resend::refuse);
    EXPECT_TRUE(sorted.taken.empty());
    EXPECT_EQ(sorted.conflicts.size(), 2U);
  }
}

std::vector<RegisterReading> any_readings() {
  std::vector<RegisterReading> all;
  const auto size = *rc::gen::inRange(0, 40);
  for (int i = 0; i < size; ++i) {
    RegisterReading made =
        reading("m1", Channel::imported, first + std::chrono::hours{*rc::gen::inRange(0, 5)},
                kwh(*rc::gen::inRange(0, 4)));
    made.recorded_at = first + std::chrono::days{*rc::gen::inRange(0, 3)};
    made.source = std::string(1, static_cast<char>('a' + *rc::gen::inRange(0, 3)));
    all.push_back(made);
  }
  return all;
}

RC_GTEST_PROP(SortOut, DoesNotAskInWhichOrderTheyCome, ()) {
  auto all = any_readings();
  const auto resend = *rc::gen::element(Resend::refuse, Resend::correct);
  const auto sorted = sort_out({}, all, resend);
  std::shuffle(all.begin(), all.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
  const auto shuffled = sort_out({}, all, resend);
  RC_ASSERT(sorted.taken == shuffled.taken);
  RC_ASSERT(sorted.duplicates == shuffled.duplicates);
  RC_ASSERT(sorted.taken.size() + sorted.duplicates.size() + sorted.conflicts.size() == all.size());
}

RC_GTEST_PROP(SortOut, TwiceIsOnce, ()) {
  const auto all = any_readings();
  const auto resend = *rc::gen::element(Resend::refuse, Resend::correct);
  const auto once = sort_out({}, all, resend);
  const auto twice = sort_out(Registers(once.taken), all, resend);
  for (const RegisterReading& again : twice.taken) {
    // What contradicted itself the first time may contradict no more, but what was taken never is
    // taken again.
    RC_ASSERT(std::ranges::find(once.taken, again) == once.taken.end());
  }
  RC_ASSERT(sort_out(Registers(once.taken), once.taken, resend).taken.empty());
}

}  // namespace
}  // namespace xiaoyuan::readings
