#include "wires/inverter.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::wires {

double Curve::operator()(double x) const {
  const auto right = std::ranges::upper_bound(at, x);
  if (right == at.begin()) {
    return value.front();
  }
  const auto i = static_cast<std::size_t>(right - at.begin());
  if (i == at.size()) {
    return value.back();
  }
  const double share = (x - at[i - 1]) / (at[i] - at[i - 1]);
  return value[i - 1] + share * (value[i] - value[i - 1]);
}

double Curve::steepest() const {
  double slope = 0.0;
  for (std::size_t i = 1; i < at.size(); ++i) {
    slope = std::max(slope, std::abs((value[i] - value[i - 1]) / (at[i] - at[i - 1])));
  }
  return slope;
}

FedIn obeyed(const InverterRule& rule, const FedIn& told, double v) {
  FedIn done = told;
  const double rating = rule.rating_kva;
  if (!rule.volt_watt.at.empty()) {
    done.kw = std::min(done.kw, rule.volt_watt(v) * rating);
  }
  if (!rule.volt_var.at.empty()) {
    done.kvar = rule.volt_var(v) * rating;
  } else if (!rule.power_factor.at.empty()) {
    const double factor = rule.power_factor(done.kw / rating);
    const double size = std::abs(done.kw) * std::sqrt(std::max(0.0, 1.0 / (factor * factor) - 1.0));
    done.kvar = factor < 0.0 ? -size : size;
  }
  const double room = std::sqrt(std::max(0.0, rating * rating - done.kw * done.kw));
  done.kvar = std::clamp(done.kvar, -room, room);
  return done;
}

double steepest(const InverterRule& rule) {
  return rule.volt_watt.steepest() + rule.volt_var.steepest();
}

}  // namespace xiaoyuan::wires
