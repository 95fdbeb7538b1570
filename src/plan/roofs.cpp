#include "plan/roofs.hpp"

#include "plan/choice.hpp"
#include "solar/names.hpp"

namespace xiaoyuan::plan {

Result<PvModels> pv_models(const model::PvChoice& choice) {
  PvModels models;
  Errors errors;
  models.mount = chosen(choice.mount, models.mount, errors);
  models.transposition = chosen(choice.transposition, models.transposition, errors);
  models.incidence = chosen(choice.incidence, models.incidence, errors);
  models.inverter_curve = chosen(choice.inverter_curve, models.inverter_curve, errors);
  auto horizon = solar::parse_horizon(choice.horizon, choice.horizon_where);
  if (gather(horizon, errors)) {
    models.horizon = std::move(*horizon);
  }
  const bool needs_points = models.inverter_curve == solar::InverterCurve::points;
  if (needs_points == choice.inverter_points.empty()) {
    errors.push_back({Fault::bad_input,
                      {"inverter_points belong to inverter_curve = \"points\": give both or none",
                       "inverter_points 与 inverter_curve = \"points\" 须同时给出或都不给"},
                      choice.points_where});
  } else if (needs_points) {
    auto points = solar::parse_efficiency(choice.inverter_points, choice.points_where);
    if (gather(points, errors)) {
      models.inverter_points = std::move(*points);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return models;
}

std::vector<solar::ArraySpec> arrays_of(const model::Village& village, const PvModels& models,
                                        const model::Household& home, const HouseholdWords& words) {
  const model::Assumptions& assumptions = village.assumptions;
  std::array<double, 12> soiling{};
  std::array<double, 12> snow{};
  soiling.fill(assumptions.value("pv.soiling"));
  snow.fill(assumptions.value("pv.snow"));
  std::vector<solar::ArraySpec> arrays;
  for (std::size_t i = 0; i < home.roofs.size(); ++i) {
    const model::Roof& roof = home.roofs[i];
    solar::ArraySpec array;
    array.plane = {roof.tilt_deg, roof.azimuth_deg};
    array.capacity_kwp = roof.capacity_kwp;
    array.temperature_coefficient_per_k = assumptions.value("pv.temperature_coefficient_per_k");
    array.mount = models.mount;
    array.transposition = models.transposition;
    array.albedo = assumptions.value("pv.albedo");
    array.incidence = models.incidence;
    array.horizon = words.horizons[i];
    array.near_shading = assumptions.value("pv.near_shading");
    array.soiling = village.pv.soiling.value_or(soiling);
    array.snow = village.pv.snow.value_or(snow);
    array.losses = {.nameplate = assumptions.value("pv.nameplate"),
                    .light_induced = assumptions.value("pv.light_induced"),
                    .mismatch = assumptions.value("pv.mismatch"),
                    .wiring = assumptions.value("pv.wiring"),
                    .connections = assumptions.value("pv.connections")};
    arrays.push_back(std::move(array));
  }
  return arrays;
}

solar::InverterSpec inverter_of(const model::Assumptions& assumptions, const PvModels& models,
                                double ac_rating_kw) {
  return {.ac_rating_kw = ac_rating_kw,
          .efficiency = assumptions.value("pv.inverter_efficiency"),
          .curve = models.inverter_curve,
          .points = models.inverter_points,
          .unavailable_fraction = assumptions.value("pv.availability")};
}

}  // namespace xiaoyuan::plan
