// What the village's wires bear in the planned year: voltages, loading, unbalance and losses, the
// checks behind every transformer's grade, how much more PV fits and what makes room for it.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "hosting/grade.hpp"
#include "hosting/remedies.hpp"
#include "plan/wires_year.hpp"
#include "wires/feeders.hpp"

namespace xiaoyuan::plan {

/// How much more PV fits, [network] hosting.
struct WiresRoom {
  hosting::Spreading spreading = hosting::Spreading::evenly;
  std::vector<hosting::AreaCapacity> areas;     ///< by transformer of the network
  std::vector<hosting::HouseCapacity> houses;   ///< each alone, the others as they are
  std::vector<hosting::RandomAdopters> random;  ///< by transformer; empty with draws = 0
};

struct VillageNetwork {
  hosting::VillageYear village;  ///< without its series
  std::vector<wires::Terminal> terminals;
  wires::Feeders feeders;
  wires::Assessment assessment;
  std::optional<wires::Why> highest;  ///< the highest voltage of the year
  std::optional<wires::Why> lowest;
  std::vector<wires::ProfilePoint> at_highest;  ///< in those moments; empty without voltages
  std::vector<wires::ProfilePoint> at_lowest;
  std::vector<std::vector<hosting::GradeCheck>> checks;  ///< by transformer of the network
  std::optional<WiresRoom> room;
  std::vector<hosting::Remedy> remedies;  ///< ranked
};

/// How the work is done and how far it is.
struct WiresWork {
  xiaoyuan::Spread spread = xiaoyuan::in_turn;
  /// Told after every part; false stops the work with Fault::interrupted.
  std::function<bool(std::size_t done, std::size_t all)> on_progress;
};

/// Needs inputs.wires. The same bits on any number of threads.
Result<VillageNetwork> village_network(const Inputs& inputs, hosting::VillageYear village,
                                       const WiresWork& work);

}  // namespace xiaoyuan::plan
