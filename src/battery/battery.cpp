#include "battery/battery.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::battery {

double ac_energy_kwh(const Spec& spec, double change_kwh) {
  return change_kwh >= 0.0 ? change_kwh / spec.charge_efficiency
                           : change_kwh * spec.discharge_efficiency;
}

double stored_change_kwh(const Spec& spec, double ac_kwh) {
  return ac_kwh >= 0.0 ? ac_kwh * spec.charge_efficiency : ac_kwh / spec.discharge_efficiency;
}

double standing_loss(const Spec& spec, double step_hours) {
  return 1.0 - std::pow(1.0 - spec.standing_loss_per_hour, step_hours);
}

namespace {

double change_by_rule(const Spec& spec, double kept_kwh, double surplus_kwh, double step_hours) {
  const double ac =
      std::clamp(surplus_kwh, -spec.discharge_kw * step_hours, spec.charge_kw * step_hours);
  const double wanted = stored_change_kwh(spec, ac);
  // What the standing loss takes below the floor is not bought back: the rule never charges from
  // the grid, it only stops discharging.
  const double least = std::min(0.0, spec.floor_kwh - kept_kwh);
  return std::clamp(wanted, least, std::max(0.0, spec.ceiling_kwh - kept_kwh));
}

}  // namespace

std::vector<double> self_consumption(const Spec& spec, std::span<const double> surplus_kwh,
                                     double step_hours, double start_kwh) {
  const double kept = 1.0 - standing_loss(spec, step_hours);
  std::vector<double> changes(surplus_kwh.size());
  double stored = start_kwh;
  for (std::size_t i = 0; i < surplus_kwh.size(); ++i) {
    changes[i] = change_by_rule(spec, kept * stored, surplus_kwh[i], step_hours);
    stored = kept * stored + changes[i];
  }
  return changes;
}

double cyclic_start_kwh(const Spec& spec, std::span<const double> surplus_kwh, double step_hours) {
  const double kept = 1.0 - standing_loss(spec, step_hours);
  double stored = spec.floor_kwh;
  for (int round = 0; round < 2; ++round) {
    for (const double surplus : surplus_kwh) {
      stored = kept * stored + change_by_rule(spec, kept * stored, surplus, step_hours);
    }
  }
  return stored;
}

}  // namespace xiaoyuan::battery
