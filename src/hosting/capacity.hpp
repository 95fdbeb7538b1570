// How much more PV the wires bear: of the village's areas, of each house alone, and of random
// adopters.
//
// A state of the village is judged by every step of the year. What may still be added is found on
// the few steps that bind and then held against the whole year; steps that it breaks are added to
// them until none is. That the states between today's and the answer keep the limits, too, rests on
// how limits follow what is added: a current is a convex function of it and a voltage nearly a
// straight line, so those that keep a limit lie side by side.
//
// An area is judged by its own limits (its transformer, its lines and houses) and by those of the
// lines that all areas share; what another area breaks does not stop it.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "hosting/village_year.hpp"

namespace xiaoyuan::hosting {

/// How additional PV is spread over the houses of an area.
enum class Spreading {
  evenly,   ///< the same kW at every house, but no more than its roof has left
  by_room,  ///< in proportion to what roofs have left; where that is not known of all, evenly
};

/// What ends a search.
enum class Stop {
  limit,        ///< of the wires
  lost_energy,  ///< inverters that follow the voltage hold back too much
  roofs,        ///< they are full
  search_end    ///< ten times the transformer's rating and still no limit: the light is too weak
};

struct Capacity {
  double kw = 0.0;                 ///< more, of all together
  std::vector<double> pv_kw = {};  ///< by house
  bool is_bounded = true;  ///< by a limit or lost energy; false: roofs are full or the search ended
  Stop stop = Stop::limit;
  double lost_share = 0.0;  ///< of what the added PV could make, held back by inverters
  /// What stops the next kW: the limit as it is broken within the tolerance above `kw`; where no
  /// limit stops it, the one that is used most at `kw`.
  wires::LimitUse binding = {};
};

/// Of every area (transformer) by itself, the others as they are; in the order of the network's
/// transformers.
struct AreaCapacity {
  std::size_t transformer = 0;
  Capacity capacity = {};
};

struct CapacityOptions {
  Spreading spreading = Spreading::evenly;
  double tolerance_kw = 0.1;
  /// By house, what its inverter does with the voltage; empty: as it is told. `rating_kva` is of
  /// what stands there today and grows in proportion with the PV (where none stands, kVA for kW).
  std::vector<std::optional<wires::InverterRule>> rules = {};
  /// Most of the added PV's energy that inverters may hold back; none: as much as they like. Asked
  /// only where there are rules.
  std::optional<double> most_lost_share = std::nullopt;
};

/// Where today's state breaks a limit the capacity is 0 and `binding` the limit that is broken.
/// Errors: a network that is none.
Result<std::vector<AreaCapacity>> area_capacities(const VillageYear& village,
                                                  const CapacityOptions& options = {},
                                                  const Spread& spread = in_turn);
/// The same of one area alone.
Result<Capacity> area_capacity(const VillageYear& village, std::size_t transformer,
                               const CapacityOptions& options = {}, const Spread& spread = in_turn);

struct HouseCapacity {
  double wires_kw = 0.0;   ///< more that the wires bear there, whatever its roof holds
  double more_kw = 0.0;    ///< of it what its roof has left
  bool is_bounded = true;  ///< by a limit; false: the roof is full, or the search ended, before it
  Stop stop = Stop::limit;
  wires::LimitUse binding = {};  ///< what stops the next kW at the wires
};

/// How many kW may still go on the roof of every house alone, the others as they are; in the order
/// of the houses. Spreading and lost energy are not asked for here.
///
/// Exact to the tolerance on every step that a house could break: where inverters do as they are
/// told these are found by straight lines with a margin (hosting/capacity_screen.hpp) and then
/// solved; where they follow the voltage every step is solved, which takes a year of power flows a
/// house. What the dark steps use does not change.
Result<std::vector<HouseCapacity>> house_capacities(const VillageYear& village,
                                                    const CapacityOptions& options = {},
                                                    const Spread& spread = in_turn);

/// Houses that put PV on their roofs in an order drawn by chance, each as much, until a limit
/// breaks.
struct RandomOptions {
  std::size_t draws = 200;
  double adopter_kw = 8.0;
  /// Most that a house on one phase may have in all.
  double single_phase_kw = std::numeric_limits<double>::infinity();
  std::uint64_t seed = 1;                                      ///< the village's
  std::vector<std::optional<wires::InverterRule>> rules = {};  ///< as in CapacityOptions
};

struct RandomAdopters {
  std::size_t transformer = 0;
  std::size_t draws = 0;
  double adopter_kw = 0.0;
  std::vector<double> kw = {};  ///< of the last state of every draw that keeps all limits, rising
  double p05_kw = 0.0;
  double p25_kw = 0.0;
  double p50_kw = 0.0;
  double p75_kw = 0.0;
  double p95_kw = 0.0;
  struct Point {
    double kw = 0.0;
    double share = 0.0;  ///< of the draws that keep all limits up to here
  };
  std::vector<Point> share_that_keeps = {};  ///< at most 41, kW rising
  /// Share of the draws that a limit of the kind stops.
  std::array<double, wires::limit_kinds> binding = {};
  double unbounded_share = 0.0;  ///< of the draws in which every house adopts and no limit breaks
};

/// Of every area by itself. The answer of a draw keeps the limits, and with one adopter more a
/// limit breaks, both on the steps that bind; it is found by halving the number of adopters, so
/// where a limit broke and was kept again further on (an adopter on another phase may undo an
/// unbalance) it may be the later of two. The draws at the 5th, 50th and 95th percentile are held
/// against the whole year, and the steps that they break join those that bind, for all draws.
Result<std::vector<RandomAdopters>> random_adopters(const VillageYear& village,
                                                    const RandomOptions& options = {},
                                                    const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
