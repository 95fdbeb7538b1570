#include "solar/cell_temperature.hpp"

#include <array>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::solar {

namespace {

struct Sapm {
  double a;
  double b;
  double difference_k;  // cell over module back at 1000 W/m²
};
constexpr std::array<Sapm, 4> sapm = {{
    {-2.98, -0.0471, 1.0},
    {-3.47, -0.0594, 3.0},
    {-3.56, -0.0750, 3.0},
    {-2.81, -0.0455, 0.0},
}};
constexpr double faiman_u0 = 25.0;  // W/(m² K)
constexpr double faiman_u1 = 6.84;  // W s/(m³ K)

}  // namespace

double heating_k_m2_per_w(const PvsystModule& module, double wind_m_s) {
  return module.absorbed_fraction * (1.0 - module.efficiency) /
         (module.constant_w_m2_k + module.by_wind_w_s_m3_k * wind_m_s);
}

double heating_k_m2_per_w(Mount mount, double wind_m_s) {
  expects(steady(mount));
  switch (mount) {
    case Mount::faiman:
      return 1.0 / (faiman_u0 + faiman_u1 * wind_m_s);
    case Mount::pvsyst:
      return heating_k_m2_per_w(PvsystModule{}, wind_m_s);
    case Mount::pvsyst_insulated:
      return heating_k_m2_per_w(PvsystModule{.constant_w_m2_k = 15.0}, wind_m_s);
    default:
      break;
  }
  const Sapm& of = sapm[static_cast<std::size_t>(mount)];
  return std::exp(of.a + of.b * wind_m_s) + of.difference_k / 1000.0;
}

}  // namespace xiaoyuan::solar
