// Where the energy of a year's light went, stage by stage from level ground to the meter.
//
//   horizontal + transposition + … + connections = dc,   dc + inverter + clipped + availability =
//   ac
#pragma once
#include <array>
#include <cstddef>

namespace xiaoyuan::solar {

/// In the order of the light's way. `horizontal`, `dc` and `ac` are totals, the others changes.
enum class Stage {
  horizontal,     ///< light on level ground × capacity at 1000 W/m²
  transposition,  ///< what tilting gains or loses
  horizon,        ///< sun and sky behind the horizon
  near_shading,   ///< things close by, as a constant share of the light
  incidence,      ///< thrown back by the cover
  soiling,
  snow,
  temperature,  ///< lost to warmth; above 0 where cold gains more
  nameplate,    ///< modules weaker than their label
  light_induced,
  mismatch,
  wiring,
  connections,
  dc,  ///< into the inverter
  inverter,
  clipped,       ///< above the inverter's rating
  availability,  ///< outages
  ac,
};
inline constexpr std::size_t stages = 18;
constexpr bool is_total(Stage stage) {
  return stage == Stage::horizontal || stage == Stage::dc || stage == Stage::ac;
}

/// By stage, kWh; losses are below 0.
struct Waterfall {
  std::array<double, stages> kwh{};

  double& at(Stage stage) { return kwh[static_cast<std::size_t>(stage)]; }
  double at(Stage stage) const { return kwh[static_cast<std::size_t>(stage)]; }
  Waterfall& operator+=(const Waterfall& other) {
    for (std::size_t i = 0; i < stages; ++i) {
      kwh[i] += other.kwh[i];
    }
    return *this;
  }
};

}  // namespace xiaoyuan::solar
