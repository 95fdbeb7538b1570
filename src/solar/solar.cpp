#include "solar/solar.hpp"

#include <algorithm>

#include "solar/fuentes.hpp"

namespace xiaoyuan::solar {

namespace {

/// Light by lit step on its way to the cells, and its sums over the steps, W/m².
struct Light {
  std::vector<double> warming;   ///< past the horizon: what warms the cells
  std::vector<double> entering;  ///< behind the cover, were nothing near by
  double level = 0.0;
  double tilted = 0.0;
  double seen = 0.0;                 ///< past the horizon
  std::array<double, 12> entered{};  ///< of `entering`, by month
};

Light light_on(const Sky& sky, const ArraySpec& array) {
  const Facing facing(array.plane, array.albedo);
  const DiffuseSteps& diffuse = sky.diffuse_by(array.transposition);
  const Cover cover(array.incidence);
  const DiffuseModifiers spread = diffuse_modifiers(array.incidence, array.plane.tilt_deg);
  const double view = sky_view(array.horizon, array.plane);
  Light light{.warming = std::vector<double>(sky.lit()),
              .entering = std::vector<double>(sky.lit())};
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    Incident step = incident(sky, diffuse, k, facing);
    light.level += sky.ghi_w_m2[k];
    light.tilted += step.total_w_m2();
    if (!array.horizon.free()) {
      step.dome_w_m2 *= view;
      if (hides_sun(array.horizon, sky, k)) {
        step.beam_w_m2 = 0.0;
        step.circumsolar_w_m2 = 0.0;
      }
    }
    light.warming[k] = step.total_w_m2();
    light.seen += light.warming[k];
    // PVWatts (glass_beam) counts the light around the sun as diffuse.
    const double modifier = cover.beam(step.cos_incidence);
    const double around_sun = array.incidence == Incidence::glass_beam ? 1.0 : modifier;
    light.entering[k] = step.beam_w_m2 * modifier + step.circumsolar_w_m2 * around_sun +
                        step.dome_w_m2 * spread.sky + step.ground_w_m2 * spread.ground;
    light.entered[sky.month[k]] += light.entering[k];
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

double sum(const std::array<double, 12>& values, const auto& factor) {
  double all = 0.0;
  for (std::size_t month = 0; month < values.size(); ++month) {
    all += values[month] * factor(month);
  }
  return all;
}

/// Writes down an energy as it falls from stage to stage.
class Fall {
 public:
  Fall(double kwh, Waterfall& into) : kwh_(kwh), into_(&into) {}
  void to(Stage stage, double kwh) {
    into_->at(stage) += kwh - kwh_;
    kwh_ = kwh;
  }
  void lose(Stage stage, double fraction) { to(stage, kwh_ * (1.0 - fraction)); }
  double kwh() const { return kwh_; }

 private:
  double kwh_;
  Waterfall* into_;
};

/// Adds an array's way from level ground to the inverter; `warm_kwh` is what its cells make before
/// the system's losses.
void add_fall(const ArraySpec& array, const Light& light, double kwh_per_w_m2, double warm_kwh,
              Waterfall& waterfall) {
  const double far = kwh_per_w_m2 * (1.0 - array.near_shading);
  const auto clean = [&](std::size_t month) { return 1.0 - array.soiling[month]; };
  waterfall.at(Stage::horizontal) += kwh_per_w_m2 * light.level;
  Fall fall(kwh_per_w_m2 * light.level, waterfall);
  fall.to(Stage::transposition, kwh_per_w_m2 * light.tilted);
  fall.to(Stage::horizon, kwh_per_w_m2 * light.seen);
  fall.to(Stage::near_shading, far * light.seen);
  fall.to(Stage::incidence, far * sum(light.entered, [](std::size_t) { return 1.0; }));
  fall.to(Stage::soiling, far * sum(light.entered, clean));
  fall.to(Stage::snow, far * sum(light.entered, [&](std::size_t month) {
                         return clean(month) * (1.0 - array.snow[month]);
                       }));
  fall.to(Stage::temperature, warm_kwh);
  fall.lose(Stage::nameplate, array.losses.nameplate);
  fall.lose(Stage::light_induced, array.losses.light_induced);
  fall.lose(Stage::mismatch, array.losses.mismatch);
  fall.lose(Stage::wiring, array.losses.wiring);
  fall.lose(Stage::connections, array.losses.connections);
  waterfall.at(Stage::dc) += fall.kwh();
}

/// What is left of direct current after the system's losses.
double left_of(const SystemLosses& losses) {
  return (1.0 - losses.nameplate) * (1.0 - losses.light_induced) * (1.0 - losses.mismatch) *
         (1.0 - losses.wiring) * (1.0 - losses.connections);
}

/// Adds an array's DC power to `dc_kw`, and to the yield where its energy went.
void add_array(const Sky& sky, const ArraySpec& array, std::vector<double>& dc_kw, PvYield& yield) {
  const Light light = light_on(sky, array);
  const std::vector<double> cell_c = cell_temperature_c(sky, array.mount, light.warming);
  std::array<double, 12> reaching{};
  for (std::size_t month = 0; month < reaching.size(); ++month) {
    reaching[month] =
        (1.0 - array.near_shading) * (1.0 - array.soiling[month]) * (1.0 - array.snow[month]);
  }
  const Module module{array.capacity_kwp, array.temperature_coefficient_per_k, 0.0};
  const double left = left_of(array.losses);
  double warm_kw = 0.0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const double kw = dc_power_kw(module, light.entering[k] * reaching[sky.month[k]], cell_c[k]);
    warm_kw += kw;
    dc_kw[k] += kw * left;
  }
  const double hours = sky.axis.step_hours();
  add_fall(array, light, array.capacity_kwp * hours / 1000.0, warm_kw * hours, yield.waterfall);
  yield.poa_kwh_m2.push_back(light.tilted * hours / 1000.0);
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
  Fall fall(yield.waterfall.at(Stage::dc), yield.waterfall);
  if (fall.kwh() <= 0.0) {
    return yield;
  }
  expects(inverter.ac_rating_kw > 0.0);
  const double available = 1.0 - inverter.unavailable_fraction;
  double unclipped_sum_kw = 0.0;
  double running_sum_kw = 0.0;
  for (std::size_t k = 0; k < sky.lit(); ++k) {
    const double unclipped_kw = unclipped_ac_kw(inverter, dc_kw[k]);
    const double running_kw = std::min(unclipped_kw, inverter.ac_rating_kw);
    unclipped_sum_kw += unclipped_kw;
    running_sum_kw += running_kw;
    yield.ac.values[sky.steps[k]] = running_kw * available;
  }
  const double hours = sky.axis.step_hours();
  fall.to(Stage::inverter, unclipped_sum_kw * hours);
  fall.to(Stage::clipped, running_sum_kw * hours);
  fall.lose(Stage::availability, inverter.unavailable_fraction);
  yield.waterfall.at(Stage::ac) = fall.kwh();
  return yield;
}

Series<Power> ac_power(const Sky& sky, std::span<const ArraySpec> planes,
                       const InverterSpec& inverter) {
  return pv_yield(sky, planes, inverter).ac;
}

}  // namespace xiaoyuan::solar
