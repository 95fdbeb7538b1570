// The environmental value of a settled month: what was avoided, and the certificates it earns.
//
//   avoided = energy · factor                        gCO2e, rounded once, half up
//   tradable (exported) and non-tradable (self-used) energy in whole Wh; a certificate is 1,000 kWh
//   issued = ⌊(carried + energy) / 1,000 kWh⌋, and the rest is carried
//
// Energy of a battery earns no certificate: a plant with a battery that is not metered apart
// recognises nothing (green certificate rules as in carbon/accounting.hpp).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "ledger/command.hpp"

namespace xiaoyuan::settle {

/// An emission factor in whole numbers: 0.6361 kg/kWh is 636,100 g/MWh.
struct AvoidedFactor {
  std::string id;
  Text name;
  std::int64_t g_per_mega_wh = 0;
  std::string document;
};

/// energy · factor, half up. Energy is not negative.
std::int64_t avoided_g(MeteredEnergy energy, const AvoidedFactor& factor);

/// none: no battery, or one that never feeds the grid through the same meter; metered_apart: what
/// it sent to the grid is known; unknown: it is not.
enum class Storage : std::uint8_t { none, metered_apart, unknown };

/// What of a household's month may be recognised, whole Wh.
struct Recognised {
  std::string owner;  ///< of the pools: the household or a party
  std::int64_t exported_wh = 0;
  std::int64_t self_used_wh = 0;
  std::int64_t avoided_g = 0;
};

struct PlantEnergy {
  std::optional<MeteredEnergy> made;
  std::optional<MeteredEnergy> sold;
  Storage storage = Storage::none;
  MeteredEnergy sold_from_storage{};  ///< where it is metered apart
};

/// Nothing where storage is unknown or nothing is measured. The caller names the owner. Without a
/// factor nothing is said of CO2.
Recognised recognised(const PlantEnergy& energy, const AvoidedFactor* factor);

/// A pool's month. Pools are known by owner and kind.
struct PoolMonth {
  std::string owner;
  ledger::PoolKind kind = ledger::PoolKind::tradable;
  std::int64_t recognised_wh = 0;
  std::int64_t carried_before_wh = 0;
  std::int64_t issued = 0;
  std::int64_t carried_wh = 0;
};

/// The months of all owners' pools, by owner and kind. `before` is the month before's; a pool that
/// earns nothing is carried on.
std::vector<PoolMonth> pool_months(const std::vector<Recognised>& recognised,
                                   std::span<const PoolMonth> before);

}  // namespace xiaoyuan::settle
