// A village on its wires: the network, where each house stands, and a year of what houses use and
// make. What hosting capacity and remedies are computed from.
//
// Every house meets the network by two connections at one bus: its use (active power and the
// reactive power of its appliances) and its inverter (PV and nothing else), so that what an
// inverter does with the voltage concerns what it makes only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "wires/assessment.hpp"

namespace xiaoyuan::hosting {

struct House {
  std::string id;
  std::size_t bus = 0;
  wires::Phases phases = wires::Phases::abc;
  std::size_t transformer = 0;    ///< of the network, that feeds it: the houses of one are an area
  double pv_kw = 0.0;             ///< AC, that stands there now
  std::optional<double> room_kw;  ///< most that its roof could hold in all; none: not known
};

struct VillageYear {
  wires::Network network;  ///< without connections
  std::vector<House> houses;
  std::size_t steps = 0;
  double step_hours = 1.0;
  /// [house][step], kW: drawn by everything but the PV (a battery's charge and discharge in it).
  std::vector<std::vector<float>> use_kw;
  /// [house][step], kW: what its PV feeds in.
  std::vector<std::vector<float>> made_kw;
  /// [step]: what one kW more of PV would feed in, 0 … 1.
  std::vector<float> light;
  double use_tan_phi = 0.0;  ///< vars of the use per watt, where it draws
  wires::Limits limits;
};

/// More of it: PV beyond what stands there.
struct Added {
  std::vector<double> pv_kw;  ///< by house; empty: none
};

/// The network with two connections a house: 2·h its use, 2·h + 1 its inverter. `rules`: by house,
/// what its inverter does with the voltage; empty: as it is told.
wires::Network connected(const VillageYear& village,
                         const std::vector<std::optional<wires::InverterRule>>& rules = {});
std::vector<wires::Terminal> terminals(const VillageYear& village);
/// Powers of all steps; `village` and `added` outlive the run.
wires::YearOfPowers powers(const VillageYear& village, const Added& added);
/// The same for chosen steps of the year only, in their order.
wires::YearOfPowers powers_at(const VillageYear& village, std::vector<std::size_t> steps,
                              const Added& added);

}  // namespace xiaoyuan::hosting
