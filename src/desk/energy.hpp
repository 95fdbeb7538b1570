// The five figures in which every door speaks of energy, and their sums.
//
//   self_used = made − sold        used = self_used + bought (+ what neighbours gave)
//
// What nothing measures is nothing; in a sum it adds nothing. A self-use below zero is shown as it
// is: somebody has to look into it.
#pragma once
#include <optional>

#include "settle/statement.hpp"

namespace xiaoyuan::desk {

struct Energy {
  std::optional<MeteredEnergy> made{};
  std::optional<MeteredEnergy> self_used{};
  std::optional<MeteredEnergy> sold{};
  std::optional<MeteredEnergy> bought{};
  std::optional<MeteredEnergy> used{};
  friend bool operator==(const Energy&, const Energy&) = default;
};

/// Of a settled month. What a plant gives to its house is a part of what the house used, so without
/// it nothing is said of that.
Energy energy_of(const settle::MonthEnergy& month);

/// What the registers or intervals of a household's channels say.
struct Metered {
  std::optional<MeteredEnergy> generated{};
  std::optional<MeteredEnergy> exported{};
  std::optional<MeteredEnergy> imported{};
};
/// Which channels a household has at all.
struct Channels {
  bool generated = false;
  bool exported = false;
  bool imported = false;
};
/// Where all is sold through the plant's own meter, the one stands for the other, as in settlement.
Energy energy_of(const Metered& metered, const Channels& channels);

void add(Energy& sum, const Energy& part);

}  // namespace xiaoyuan::desk
