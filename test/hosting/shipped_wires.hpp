// The shipped villages on the network that is assumed for them, with days drawn for a test: the
// houses, phases, transformers and roofs are the village's, use and light are not.
#pragma once
#include <cmath>
#include <string>

#include "base/random.hpp"
#include "hosting/inverter_setting.hpp"
#include "hosting/village_year.hpp"
#include "model/village.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"
#include "wires/plausible_choice.hpp"
#include "wires/village_wires.hpp"

namespace xiaoyuan::test {

inline wires::WireLibrary shipped_library() {
  return {
      *wires::read_wire_types(project_bytes("share/wires/china.toml"), "china.toml"),
      *wires::read_transformer_types(project_bytes("share/transformers/china.toml"), "china.toml")};
}

inline std::vector<hosting::InverterSetting> shipped_settings() {
  return *hosting::read_inverter_settings(project_bytes("share/inverters/curves.toml"),
                                          "curves.toml");
}

inline wires::PlausibleNetwork assumed_network(const model::Village& village) {
  const wires::WireLibrary library = shipped_library();
  const auto plausible =
      wires::plausible_of([&](std::string_view key) { return village.assumptions.value(key); },
                          library.lines, library.transformers);
  std::vector<wires::PlausibleTransformer> transformers;
  for (const model::Transformer& given : village.transformers) {
    transformers.push_back({given.id, given.rating_kva, given.in_parallel, given.position});
  }
  std::vector<wires::PlausibleHouse> houses;
  for (const model::Household& home : village.households) {
    houses.push_back(
        {home.id, home.transformer, wires::Phases(home.phase), home.position, home.line});
  }
  return wires::plausible_network(transformers, houses, *plausible);
}

inline void draw_days(const model::Village& village, hosting::VillageYear& year) {
  Random random(7);
  for (std::size_t step = 0; step < year.steps; ++step) {
    const double hour = static_cast<double>(step % 24);
    const double sun = std::max(0.0, std::sin((hour - 6.0) / 12.0 * 3.14159265));
    year.light.push_back(static_cast<float>(sun * (0.5 + 0.35 * random.uniform())));
  }
  for (std::size_t h = 0; h < year.houses.size(); ++h) {
    const double mean_kw =
        village.households[h].load_kwh / 8760.0 + village.households[h].heating.season_kwh / 8760.0;
    std::vector<float> use;
    std::vector<float> made;
    for (std::size_t step = 0; step < year.steps; ++step) {
      use.push_back(static_cast<float>(mean_kw * (0.3 + 1.4 * random.uniform())));
      made.push_back(static_cast<float>(year.houses[h].pv_kw * year.light[step]));
    }
    year.use_kw.push_back(std::move(use));
    year.made_kw.push_back(std::move(made));
  }
}

/// "qiantuan", "xiaodonggezhuang", "xinggezhuang"
inline hosting::VillageYear shipped_year(const std::string& name, std::size_t steps) {
  const Folder folder = shipped_folder("villages/" + name);
  const auto assumptions =
      model::read_assumptions(project_bytes("share/assumptions.toml"), "assumptions.toml");
  const auto village = model::read_village(
      {.toml = folder.at("village.toml"), .households = folder.at("households.csv")}, *assumptions);
  const wires::PlausibleNetwork assumed = assumed_network(*village);
  hosting::VillageYear year;
  year.network = assumed.network;
  year.network.connections.clear();
  for (std::size_t h = 0; h < village->households.size(); ++h) {
    const model::Household& home = village->households[h];
    hosting::House house;
    house.id = home.id;
    house.bus = assumed.network.connections[h].bus;
    house.phases = wires::Phases(home.phase);
    house.transformer = home.transformer;
    house.pv_kw = home.capacity_kwp();
    year.houses.push_back(std::move(house));
  }
  year.steps = steps;
  year.use_tan_phi = 0.33;
  draw_days(*village, year);
  return year;
}

}  // namespace xiaoyuan::test
