// The slow obvious answers to how much more PV a village bears: every step of the year solved alone
// with solve(), the limits written down anew from voltages and currents.
#pragma once
#include <algorithm>
#include <functional>
#include <set>

#include "hosting/village_year.hpp"

namespace xiaoyuan::test {

/// Which limits a state uses how much, one transformer's houses, lines and itself.
class CapacityOracle {
 public:
  explicit CapacityOracle(const hosting::VillageYear& village)
      : village_(&village), flow_(*wires::Flow::of(hosting::connected(village))) {
    const auto& net = village.network;
    area_of_bus_.resize(net.buses.size(), shared);
    for (std::size_t t = 0; t < net.transformers.size(); ++t) {
      area_of_bus_[net.transformers[t].low] = t;
    }
    for (const wires::Line& line : net.lines) {  // drawn from the transformer outwards
      area_of_bus_[line.to] = area_of_bus_[line.from];
    }
  }

  /// The greatest share of a limit over the year.
  double used(std::size_t area, const std::vector<double>& added) const {
    double most = 0.0;
    for (std::size_t step = 0; step < village_->steps; ++step) {
      most = std::max(most, used_in(area, added, step));
      if (most > 1.0) {
        break;
      }
    }
    return most;
  }
  bool keeps(std::size_t area, const std::vector<double>& added) const {
    return used(area, added) <= 1.0;
  }

  /// The greatest multiple of 0.1 kW, none of whose smaller ones (of 1 kW, and in the last of them
  /// of 0.1 kW) breaks a limit.
  double most_kw(std::size_t area, double end_kw,
                 const std::function<std::vector<double>(double)>& at) const {
    double kw = 0.0;
    for (const double by_kw : {1.0, 0.1}) {
      while (kw + by_kw <= end_kw && keeps(area, at(kw + by_kw))) {
        kw += by_kw;
      }
    }
    return kw;
  }

 private:
  static constexpr std::size_t shared = ~std::size_t{0};

  double used_in(std::size_t area, const std::vector<double>& added, std::size_t step) const {
    std::vector<double> kw;
    std::vector<double> kvar;
    for (std::size_t h = 0; h < village_->houses.size(); ++h) {
      const double use = village_->use_kw[h][step];
      kw.push_back(use);
      kvar.push_back(std::max(0.0, use) * village_->use_tan_phi);
      kw.push_back(-village_->made_kw[h][step] - added[h] * village_->light[step]);
      kvar.push_back(0.0);
    }
    const auto moment = wires::solve(flow_, {kw, kvar}, {1e-9, 100});
    return moment ? std::max({volts_used(area, *moment), lines_used(area, *moment),
                              transformer_used(area, *moment)})
                  : 1000.0;
  }

  double volts_used(std::size_t area, const wires::Moment& moment) const {
    const wires::Limits& limits = village_->limits;
    double most = 0.0;
    std::set<std::size_t> three_phases{village_->network.transformers[area].low};
    std::set<std::size_t> one_phase;
    for (const hosting::House& house : village_->houses) {
      if (house.transformer != area) {
        continue;
      }
      (house.phases == wires::Phases::abc ? three_phases : one_phase).insert(house.bus);
      for (std::size_t wire = 0; wire < 3; ++wire) {
        if (house.phases != wires::Phases::abc && house.phases != wires::Phases(wire)) {
          continue;
        }
        const double away = moment.phase_v(house.bus, wire) / limits.nominal_v - 1.0;
        most = std::max({most, away / limits.above, -away / limits.below});
      }
    }
    add_poles(area, one_phase, three_phases);
    for (const std::size_t bus : three_phases) {
      const wires::Complex turn = wires::at_angle(120.0);
      const wires::Complex a = moment.volt(bus, 0);
      const wires::Complex b = moment.volt(bus, 1);
      const wires::Complex c = moment.volt(bus, 2);
      const double share =
          std::abs(a + turn * turn * b + turn * c) / std::abs(a + turn * b + turn * turn * c);
      most = std::max(most, share / limits.unbalance);
    }
    return most;
  }

  void add_poles(std::size_t area, const std::set<std::size_t>& one_phase,
                 std::set<std::size_t>& three_phases) const {
    const auto& net = village_->network;
    for (std::size_t bus = 0; bus < net.buses.size(); ++bus) {
      const auto branches = std::ranges::count_if(
          net.lines, [&](const wires::Line& line) { return line.from == bus || line.to == bus; });
      if (area_of_bus_[bus] == area && branches > 2 && !one_phase.contains(bus)) {
        three_phases.insert(bus);
      }
    }
  }

  double lines_used(std::size_t area, const wires::Moment& moment) const {
    double most = 0.0;
    for (std::size_t l = 0; l < village_->network.lines.size(); ++l) {
      const wires::Line& line = village_->network.lines[l];
      wires::Complex neutral;
      for (std::size_t wire = 0; wire < 3 && area_of_bus_[line.to] == area; ++wire) {
        const wires::Complex amps = moment.line_amps[3 * l + wire];
        neutral += amps;
        most = std::max({most, std::abs(amps) / *line.rating_a,
                         std::abs(neutral) * (wire == 2 ? 1.0 : 0.0) / *line.rating_a});
      }
    }
    return most;
  }

  double transformer_used(std::size_t area, const wires::Moment& moment) const {
    const wires::Transformer& transformer = village_->network.transformers[area];
    wires::Complex va;
    double most = 0.0;
    for (std::size_t wire = 0; wire < 3; ++wire) {
      const wires::Complex amps = moment.transformer_amps[3 * area + wire];
      va += moment.volt(transformer.low, wire) * std::conj(amps);
      most = std::max(most, std::abs(amps) * std::sqrt(3.0) * transformer.low_v / 1000.0 /
                                transformer.rating_kva);
    }
    const double limit_kva =
        transformer.rating_kva * (va.real() < 0.0 ? village_->limits.reverse_rate : 1.0);
    return std::max(most, std::abs(va) / 1000.0 / limit_kva);
  }

  const hosting::VillageYear* village_;
  wires::Flow flow_;
  std::vector<std::size_t> area_of_bus_;
};

}  // namespace xiaoyuan::test
