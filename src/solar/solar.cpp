#include "solar/solar.hpp"

#include <numeric>

#include "solar/fuentes.hpp"

namespace xiaoyuan::solar {

namespace {

/// Light by lit step: on the plane, and through the glass.
struct Light {
  std::vector<double> poa_w_m2;
  std::vector<double> effective_w_m2;
};

Light light_on(const Sky& sky, const ArraySpec& array) {
  const Facing facing(array.plane, array.albedo);
  const DiffuseSteps& diffuse = sky.diffuse_by(array.transposition);
  Light light{std::vector<double>(sky.lit()), std::vector<double>(sky.lit())};
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const Incident step = incident(sky, diffuse, k, facing);
    const double thrown_back =
        array.glass ? step.beam_w_m2 * (1.0 - incidence_modifier(*array.glass, step.cos_incidence))
                    : 0.0;
    light.poa_w_m2[k] = step.total_w_m2();
    light.effective_w_m2[k] = step.total_w_m2() - thrown_back;
  }
  return light;
}

std::vector<double> fuentes_c(const Sky& sky, double nominal_c, const std::vector<double>& poa) {
  ThermalModule module(nominal_c, sky.axis.step_hours());
  std::vector<double> cell(sky.lit());
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    if (k > 0 && sky.steps[k] != sky.steps[k - 1] + 1) {
      module.rest(sky.temperature_c[k]);
    }
    cell[k] = module.after({poa[k], sky.wind_m_s[k], sky.temperature_c[k]});
  }
  return cell;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Adds an array's DC power to `dc_kw`, and to the yield where its energy went.
void add_array(const Sky& sky, const ArraySpec& array, std::vector<double>& dc_kw, PvYield& yield) {
  const Light light = light_on(sky, array);
  const std::vector<double> cell_c = cell_temperature_c(sky, array.mount, light.poa_w_m2);
  const Module module{array.capacity_kwp, array.temperature_coefficient_per_k, 0.0};
  double warm_kw = 0.0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const double kw = dc_power_kw(module, light.effective_w_m2[k], cell_c[k]);
    warm_kw += kw;
    dc_kw[k] += kw * (1.0 - array.loss_fraction);
  }
  const Duration step = sky.axis.step_length();
  const double poa = sum(light.poa_w_m2) / 1000.0;
  const double effective = sum(light.effective_w_m2) / 1000.0;
  PvLosses& losses = yield.losses;
  losses.nominal += Power{array.capacity_kwp * poa} * step;
  losses.incidence += Power{array.capacity_kwp * (poa - effective)} * step;
  losses.temperature += Power{array.capacity_kwp * effective - warm_kw} * step;
  losses.system += Power{warm_kw * array.loss_fraction} * step;
  yield.poa_kwh_m2.push_back(poa * sky.axis.step_hours());
}

}  // namespace

std::vector<double> cell_temperature_c(const Sky& sky, Mount mount,
                                       const std::vector<double>& poa_w_m2) {
  expects(poa_w_m2.size() == sky.lit());
  if (!steady(mount)) {
    return fuentes_c(sky, mount == Mount::pvwatts_rack ? 45.0 : 49.0, poa_w_m2);
  }
  const std::vector<double>& heating = sky.heating_k_m2_per_w[static_cast<std::size_t>(mount)];
  std::vector<double> cell(sky.lit());
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    cell[k] = sky.temperature_c[k] + poa_w_m2[k] * heating[k];
  }
  return cell;
}

PvYield pv_yield(const Sky& sky, std::span<const ArraySpec> planes, const InverterSpec& inverter) {
  PvYield yield;
  yield.ac = Series<Power>(sky.axis);
  std::vector<double> dc_kw(sky.lit(), 0.0);
  for (const ArraySpec& array : planes) {
    add_array(sky, array, dc_kw, yield);
  }
  const double dc_sum_kw = sum(dc_kw);
  if (dc_sum_kw <= 0.0) {
    return yield;
  }
  expects(inverter.ac_rating_kw > 0.0);
  double unclipped_sum_kw = 0.0;
  double ac_sum_kw = 0.0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const double unclipped_kw = unclipped_ac_kw(inverter, dc_kw[k]);
    const double ac_kw = std::min(unclipped_kw, inverter.ac_rating_kw);
    unclipped_sum_kw += unclipped_kw;
    ac_sum_kw += ac_kw;
    yield.ac.values[sky.steps[k]] = ac_kw;
  }
  const Duration step = sky.axis.step_length();
  yield.dc = Power{dc_sum_kw} * step;
  yield.losses.inverter = Power{dc_sum_kw - unclipped_sum_kw} * step;
  yield.losses.clipped = Power{unclipped_sum_kw - ac_sum_kw} * step;
  return yield;
}

Series<Power> ac_power(const Sky& sky, std::span<const ArraySpec> planes,
                       const InverterSpec& inverter) {
  return pv_yield(sky, planes, inverter).ac;
}

}  // namespace xiaoyuan::solar
