// A settlement office drawn from a seed, against the plain reckoning, step by step: readings that
// come twice, late, wrong and corrected, swapped meters, rollovers, joins and leaves, other prices,
// months settled again, closed, disputed, paid, and a book rebuilt after a crash.
// XIAOYUAN_SETTLE_SEED and XIAOYUAN_SETTLE_STEPS run others.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "settle/simulator_office.hpp"

namespace xiaoyuan::settle {
namespace {

std::uint64_t settle_number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(SettlementSimulator, AgreesWithThePlainReckoningAfterEveryStep) {
  const std::uint64_t seed = settle_number("XIAOYUAN_SETTLE_SEED", 20261124);
  const std::uint64_t steps = settle_number("XIAOYUAN_SETTLE_STEPS", 10'000);
  constexpr std::uint64_t steps_of_an_office = 250;  // small offices: no step is long
  std::map<std::string, int> counts;
  for (std::uint64_t done = 0; done < steps; done += steps_of_an_office) {
    test::SettleOffice office(seed + done);
    for (std::uint64_t i = 0; i < steps_of_an_office; ++i) {
      const std::string wrong = office.step();
      ASSERT_EQ(wrong, "") << "seed " << seed << ", office " << seed + done << ", step " << i;
    }
    for (const auto& [what, count] : office.counts) {
      counts[what] += count;
    }
  }
  std::string all = "seed " + std::to_string(seed);
  for (const auto& [what, count] : counts) {
    all += ", " + what + " " + std::to_string(count);
    EXPECT_GT(count, 0) << what;
  }
  RecordProperty("office", all);
  std::cout << all << '\n';
}

}  // namespace
}  // namespace xiaoyuan::settle
