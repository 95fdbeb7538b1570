#include "hosting/phase_trials.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t lanes = wires::Steps::most;
/// Voltages of trials: their shares of a limit are right to 1e-6.
constexpr wires::Accuracy phase_accuracy{.tolerance_pu = 1e-8, .most_rounds = 60};
constexpr double same_share = 1e-7;

bool is_single(wires::Phases phases) {
  return phases == wires::Phases::a || phases == wires::Phases::b || phases == wires::Phases::c;
}

void take_uses(Strain& strain, const wires::LimitUses& uses, std::size_t moment) {
  for (const wires::LimitUse& use : uses) {
    if (!use.is_known()) {
      continue;
    }
    strain.squares += use.used * std::abs(use.used);
    if (use.used > strain.most) {
      strain.most = use.used;
      strain.moment = moment;
    }
  }
}

}  // namespace

bool is_less(const Strain& one, const Strain& other) {
  return one.most < other.most - same_share ||
         (one.most < other.most + same_share && one.squares < other.squares - same_share);
}

Result<PhaseNetwork> PhaseNetwork::of(const VillageYear& village) {
  wires::Network network = village.network;
  std::vector<std::size_t> first;
  for (const House& house : village.houses) {
    first.push_back(network.connections.size());
    wires::Connection connection;
    connection.name = house.id;
    connection.bus = house.bus;
    connection.phases = house.phases;
    if (!is_single(house.phases)) {
      network.connections.push_back(connection);
      continue;
    }
    for (const wires::Phases phase : {wires::Phases::a, wires::Phases::b, wires::Phases::c}) {
      connection.phases = phase;
      network.connections.push_back(connection);
    }
  }
  first.push_back(network.connections.size());
  TRY(wires::Flow flow, wires::Flow::of(std::move(network)));
  return PhaseNetwork(std::move(flow), std::move(first));
}

std::size_t PhaseNetwork::connection(std::size_t house, wires::Phases phases) const {
  const bool is_one = first_[house + 1] - first_[house] == 1;
  return first_[house] + (is_one ? 0 : static_cast<std::size_t>(phases));
}

PhaseTrials::PhaseTrials(const PhaseArea& area, std::vector<std::size_t> moments)
    : area_(&area), moments_(std::move(moments)), solver_(area.network.flow().prepared()) {}

void PhaseTrials::set(std::size_t lane, const Assignment& phases, std::size_t moment,
                      const Added& added) {
  const VillageYear& village = *area_->village;
  const std::size_t step = moments_[moment];
  for (std::size_t c = 0; c < area_->network.flow().network().connections.size(); ++c) {
    solver_.watts()[c * lanes + lane] = 0.0;
    solver_.vars()[c * lanes + lane] = 0.0;
  }
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    const std::size_t place = area_->network.connection(h, phases[h]) * lanes + lane;
    const double use_kw = village.use_kw[h][step];
    const double made_kw = village.made_kw[h][step] + added.pv_kw[h] * village.light[step];
    solver_.watts()[place] = 1000.0 * (use_kw - made_kw);
    solver_.vars()[place] = 1000.0 * std::max(0.0, use_kw) * village.use_tan_phi;
  }
}

void PhaseTrials::solve(std::size_t count) {
  solver_.solve(0, count, phase_accuracy);
  ++solved_;
  for (std::size_t lane = 0; lane < count; ++lane) {
    if (!solver_.steps().is_solved(lane)) {
      solver_.unload();
      return;
    }
  }
}

wires::LimitWatch PhaseTrials::watch_of(const Assignment& phases) const {
  const wires::LimitWatch& today = area_->watch.limits();
  std::vector<wires::Terminal> own = today.terminals();
  for (std::size_t i = 0; i < own.size(); ++i) {
    own[i].phases = phases[area_->watch.houses()[i]];
  }
  return {today.network(), std::move(own), today.limits()};
}

Strain PhaseTrials::strain(const Assignment& phases, double kw) {
  const Added added = area_->added(kw);
  const wires::LimitWatch watch = watch_of(phases);
  Strain all;
  for (std::size_t first = 0; first < moments_.size(); first += lanes) {
    const std::size_t count = std::min(lanes, moments_.size() - first);
    for (std::size_t lane = 0; lane < count; ++lane) {
      set(lane, phases, first + lane, added);
    }
    solve(count);
    for (std::size_t lane = 0; lane < count; ++lane) {
      take_uses(all, watch.uses(solver_.steps(), lane), first + lane);
    }
  }
  return all;
}

std::vector<Strain> PhaseTrials::strains_at(std::size_t moment, std::span<const Assignment> phases,
                                            double kw) {
  expects(phases.size() <= lanes);
  const Added added = area_->added(kw);
  for (std::size_t lane = 0; lane < phases.size(); ++lane) {
    set(lane, phases[lane], moment, added);
  }
  solve(phases.size());
  std::vector<Strain> strains(phases.size());
  for (std::size_t lane = 0; lane < phases.size(); ++lane) {
    take_uses(strains[lane], watch_of(phases[lane]).uses(solver_.steps(), lane), moment);
  }
  return strains;
}

std::size_t PhaseTrials::first_broken(const Assignment& phases, std::span<const double> levels_kw) {
  std::vector<Added> added;
  for (const double kw : levels_kw) {
    added.push_back(area_->added(kw));
  }
  const wires::LimitWatch watch = watch_of(phases);
  std::size_t first = levels_kw.size();
  for (std::size_t moment = 0; moment < moments_.size() && first > 0; ++moment) {
    for (std::size_t lane = 0; lane < first; ++lane) {
      set(lane, phases, moment, added[lane]);
    }
    solve(first);
    for (std::size_t lane = 0; lane < first; ++lane) {
      if (wires::hardest(watch.uses(solver_.steps(), lane)).used > 1.0) {
        first = lane;
      }
    }
  }
  return first;
}

double PhaseTrials::borne_kw(const Assignment& phases, double least_kw, double most_kw,
                             double tolerance_kw) {
  std::array<double, lanes> levels{};
  const double width_kw = (most_kw - least_kw) / (lanes - 1.0);
  for (std::size_t i = 0; i < lanes; ++i) {
    levels[i] = least_kw + width_kw * static_cast<double>(i);
  }
  std::size_t broken = first_broken(phases, levels);
  if (broken == 0 || broken == lanes) {
    return broken == 0 ? least_kw : most_kw;
  }
  least_kw = levels[broken - 1];
  for (double width = width_kw; width > tolerance_kw;) {
    width /= lanes + 1.0;
    for (std::size_t i = 0; i < lanes; ++i) {
      levels[i] = least_kw + width * (static_cast<double>(i) + 1.0);
    }
    broken = first_broken(phases, levels);
    least_kw += width * static_cast<double>(broken);
  }
  return least_kw;
}

}  // namespace xiaoyuan::hosting
