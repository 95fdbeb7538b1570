// The shipped village in the hands of its office: its readings taken, its months settled in memory.
#pragma once
#include <memory>

#include "office/settlement.hpp"

namespace xiaoyuan::office::test {

struct ReviewVillage {
  Village village;
  std::unique_ptr<store::Store> store;
  std::optional<Office> office;  ///< settled through October 2026
};
/// Made once for all tests of a program.
ReviewVillage& review_village();

constexpr ledger::Period month_of_2026(int number) { return {2026 * 12 + number - 1}; }

}  // namespace xiaoyuan::office::test
