#include "plan/wires_year.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "hosting/dlt2041.hpp"
#include "wires/feeders.hpp"

namespace xiaoyuan::plan {

namespace {

// A roof as they are built where a village has none to take the mean of: south, 25°.
constexpr double usual_tilt_deg = 25.0;
constexpr double usual_azimuth_deg = 180.0;

double tan_phi(double power_factor) {
  return std::sqrt(1.0 - power_factor * power_factor) / power_factor;
}

/// The strictest of the village's transformers: sets in parallel may feed back less.
double reverse_rate(const model::Village& village) {
  const double rate = village.assumptions.value("grid.reverse_load_rate");
  double least = rate;
  for (const model::Transformer& transformer : village.transformers) {
    least = std::min(least, hosting::allowed_reverse_rate(rate, transformer.in_parallel));
  }
  return least;
}

std::vector<std::size_t> feeding_transformers(const wires::Network& network) {
  std::vector<std::size_t> transformers;
  for (const wires::FeederPlace& place : wires::feeders_of(network).places) {
    transformers.push_back(place.transformer.value_or(0));
  }
  return transformers;
}

}  // namespace

std::optional<double> room_kw(const model::Household& home, const model::Assumptions& assumptions) {
  double area_m2 = 0.0;
  for (const model::Roof& roof : home.roofs) {
    if (roof.area_m2 <= 0.0) {
      return std::nullopt;
    }
    area_m2 += roof.area_m2;
  }
  if (area_m2 <= 0.0) {
    return std::nullopt;
  }
  return area_m2 * assumptions.value("pv.kwp_per_m2") / assumptions.value("pv.dc_ac_ratio");
}

WiresYear::WiresYear(const Inputs& inputs) : inputs_(inputs) {
  expects(inputs.wires.has_value());
  const model::Village& village = inputs.village;
  const model::Assumptions& assumptions = village.assumptions;
  village_.network = inputs.wires->network;
  village_.steps = village.axis.size;
  village_.step_hours = inputs.step_hours();
  village_.use_tan_phi = tan_phi(assumptions.value("grid.power_factor"));
  village_.limits = {.nominal_v = 220.0,
                     .above = assumptions.value("grid.voltage_above"),
                     .below = assumptions.value("grid.voltage_below"),
                     .unbalance = assumptions.value("grid.unbalance"),
                     .reverse_rate = reverse_rate(village)};
  transformers_ = feeding_transformers(village_.network);
  available_kwh_.assign(village_.steps, 0.0);
}

void WiresYear::add(const model::Household& home, const HouseholdYear& year) {
  const std::size_t index = village_.houses.size();
  const std::size_t bus = inputs_.wires->houses[index].bus;
  const double rating_kw = year.plan.inverter_kw;
  hosting::House house{.id = home.id,
                       .bus = bus,
                       .phases = inputs_.wires->houses[index].phases,
                       .transformer = transformers_[bus],
                       .pv_kw = rating_kw,
                       .room_kw = room_kw(home, inputs_.village.assumptions)};
  if (house.room_kw) {
    house.room_kw = std::max(*house.room_kw, rating_kw);
  }
  village_.houses.push_back(std::move(house));
  std::vector<float> use_kw(village_.steps);
  std::vector<float> made_kw(village_.steps);
  const double hours = village_.step_hours;
  for (std::size_t t = 0; t < village_.steps; ++t) {
    const double battery_kwh = year.flows.battery_kwh.empty() ? 0.0 : year.flows.battery_kwh[t];
    use_kw[t] = static_cast<float>((year.site.load_kwh[t] + battery_kwh) / hours);
    made_kw[t] = static_cast<float>((year.site.pv_kwh[t] - year.flows.curtailed_kwh[t]) / hours);
    available_kwh_[t] += year.site.pv_kwh[t];
  }
  pv_kw_ += rating_kw;
  village_.use_kw.push_back(std::move(use_kw));
  village_.made_kw.push_back(std::move(made_kw));
}

/// The mean roof of the village, or a usual one where there is none.
Result<std::vector<float>> WiresYear::light() const {
  std::vector<double> available_kwh = available_kwh_;
  double rating_kw = pv_kw_;
  if (rating_kw <= 0.0) {
    model::Household usual;
    usual.mode = model::Mode::full_export;
    usual.inverter_kw = 1.0;
    usual.roofs.push_back({.capacity_kwp = inputs_.village.assumptions.value("pv.dc_ac_ratio"),
                           .tilt_deg = usual_tilt_deg,
                           .azimuth_deg = usual_azimuth_deg,
                           .horizon = {},
                           .area_m2 = 0.0});
    const Shared shared = share(inputs_);
    TRY(Site site, site_of(shared, usual));
    available_kwh = std::move(site.pv_kwh);
    rating_kw = usual.inverter_kw;
  }
  std::vector<float> light;
  light.reserve(available_kwh.size());
  for (const double kwh : available_kwh) {
    const double kw_per_kw = kwh / village_.step_hours / rating_kw;
    light.push_back(static_cast<float>(std::clamp(kw_per_kw, 0.0, 1.0)));
  }
  return light;
}

Result<hosting::VillageYear> WiresYear::year() && {
  TRY(village_.light, light());
  return std::move(village_);
}

}  // namespace xiaoyuan::plan
