#include "hosting/village_year.hpp"

#include "base/check.hpp"

namespace xiaoyuan::hosting {

wires::Network connected(const VillageYear& village,
                         const std::vector<std::optional<wires::InverterRule>>& rules) {
  expects(rules.empty() || rules.size() == village.houses.size());
  wires::Network network = village.network;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    const House& house = village.houses[h];
    wires::Connection use;
    use.name = house.id;
    use.bus = house.bus;
    use.phases = house.phases;
    wires::Connection inverter = use;
    if (!rules.empty() && rules[h]) {
      inverter.inverter = network.inverters.size();
      network.inverters.push_back(*rules[h]);
    }
    network.connections.push_back(std::move(use));
    network.connections.push_back(std::move(inverter));
  }
  return network;
}

std::vector<wires::Terminal> terminals(const VillageYear& village) {
  std::vector<wires::Terminal> all;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    const House& house = village.houses[h];
    all.push_back({house.id, house.bus, house.phases, {2 * h, 2 * h + 1}});
  }
  return all;
}

namespace {

constexpr std::size_t village_lanes = wires::Steps::most;

/// `watts` and `vars` begin at a lane.
void set_powers(const VillageYear& village, const Added& added, std::size_t step, double* watts,
                double* vars) {
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    const double use_kw = village.use_kw[h][step];
    const double more_kw = added.pv_kw.empty() ? 0.0 : added.pv_kw[h] * village.light[step];
    const std::size_t use = 2 * h * village_lanes;
    const std::size_t inverter = use + village_lanes;
    watts[use] = 1000.0 * use_kw;
    vars[use] = use_kw > 0.0 ? 1000.0 * use_kw * village.use_tan_phi : 0.0;
    watts[inverter] = -1000.0 * (village.made_kw[h][step] + more_kw);
    vars[inverter] = 0.0;
  }
}

}  // namespace

wires::YearOfPowers powers(const VillageYear& village, const Added& added) {
  return {village.steps, village.step_hours,
          [&village, &added](const wires::Steps& steps, double* watts, double* vars) {
            for (std::size_t lane = 0; lane < steps.count; ++lane) {
              set_powers(village, added, steps.first + lane, watts + lane, vars + lane);
            }
          }};
}

wires::YearOfPowers powers_at(const VillageYear& village, std::vector<std::size_t> steps,
                              const Added& added) {
  const std::size_t count = steps.size();
  return {count, village.step_hours,
          [&village, &added, chosen = std::move(steps)](const wires::Steps& ahead, double* watts,
                                                        double* vars) {
            for (std::size_t lane = 0; lane < ahead.count; ++lane) {
              set_powers(village, added, chosen[ahead.first + lane], watts + lane, vars + lane);
            }
          }};
}

}  // namespace xiaoyuan::hosting
