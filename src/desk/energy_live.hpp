// The last known values of a village: mean powers of the newest step that at least half of its
// households have sent, and the day that it lies in.
#pragma once
#include "desk/energy_series.hpp"

namespace xiaoyuan::desk {

struct LiveValues {
  Instant at;  ///< the end of the step
  std::chrono::seconds step{3600};
  Energy energy;          ///< of the step
  std::size_t heard = 0;  ///< households that are in it
  std::optional<EnergySoFar> today{};
};

/// Nothing where no intervals were ever sent, or where they come in steps of more than an hour.
/// Errors: those of the store.
Result<std::optional<LiveValues>> live_of(const EnergyPlace& place, store::Store& store);

}  // namespace xiaoyuan::desk
