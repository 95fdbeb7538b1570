// Any bytes as a horizon and as an inverter's curve: points in order and in range, or errors.
#include "foreign.hpp"
#include "solar/horizon.hpp"
#include "solar/inverter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto horizon = solar::parse_horizon(fuzz::text(bytes, size));
  fuzz::expect_sense(horizon);
  if (horizon) {
    for (double azimuth_deg = 0.0; azimuth_deg <= 360.0; azimuth_deg += 7.5) {
      const double height_deg = solar::elevation_deg(*horizon, azimuth_deg);
      expects(height_deg >= 0.0 && height_deg <= 90.0);
    }
    const double view = solar::sky_view(*horizon, {30.0, 180.0});
    expects(view >= 0.0 && view <= 1.0);
  }
  const auto curve = solar::parse_efficiency(fuzz::text(bytes, size));
  fuzz::expect_sense(curve);
  if (curve) {
    for (double part = 0.0; part <= 2.0; part += 0.125) {
      const double efficiency = solar::efficiency_at(*curve, part);
      expects(efficiency >= 0.0 && efficiency <= 1.0);
    }
  }
  return 0;
}
