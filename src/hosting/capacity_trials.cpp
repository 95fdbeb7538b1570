#include "hosting/capacity_trials.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t trial_lanes = wires::Steps::most;
constexpr double no_limit_kva = 1e300;

/// Chunks short enough for several threads where trials are few.
std::size_t chunk_of(std::size_t trials) { return trials > 4096 ? 512 : 64; }

/// The network as a watch of one area is to see it: all that lies behind other transformers is
/// without a rating, and no bus of theirs is looked at.
wires::Network seen_by_area(const wires::Network& network, const wires::Feeders& feeders,
                            std::size_t transformer) {
  wires::Network seen = network;
  const auto is_foreign = [&](std::size_t bus) {
    const auto& fed_by = feeders.places[bus].transformer;
    return fed_by && *fed_by != transformer;
  };
  for (wires::Line& line : seen.lines) {
    if (is_foreign(line.to) || is_foreign(line.from)) {
      line.rating_a = std::nullopt;
    }
  }
  for (wires::Transformer& other : seen.transformers) {
    if (is_foreign(other.low)) {
      other.rating_kva = no_limit_kva;
      other.low = network.transformers[transformer].low;
    }
  }
  for (std::size_t bus = 0; bus < seen.buses.size(); ++bus) {
    if (is_foreign(bus)) {
      seen.buses[bus].nominal_v = 10000.0;
    }
  }
  return seen;
}

TrialGrid::Rules grown(const VillageYear& village, TrialGrid::Rules rules, const Added& added) {
  for (std::size_t h = 0; h < rules.size(); ++h) {
    if (!rules[h]) {
      continue;
    }
    const double stands_kw = village.houses[h].pv_kw;
    const double more_kw = added.pv_kw.empty() ? 0.0 : added.pv_kw[h];
    double& rating_kva = rules[h]->rating_kva;
    rating_kva =
        stands_kw > 0.0 ? rating_kva * (stands_kw + more_kw) / stands_kw : rating_kva + more_kw;
    if (rating_kva <= 0.0) {
      rules[h].reset();
    }
  }
  return rules;
}

void add_powers(const VillageYear& village, const Added& added, std::size_t step, std::size_t lane,
                double* watts) {
  const double watts_per_kw = 1000.0 * village.light[step];
  for (std::size_t h = 0; h < added.pv_kw.size(); ++h) {
    watts[(2 * h + 1) * trial_lanes + lane] -= watts_per_kw * added.pv_kw[h];
  }
}

}  // namespace

AreaWatch::AreaWatch(const VillageYear& village, const wires::Feeders& feeders,
                     std::size_t transformer) {
  const std::vector<wires::Terminal> all = terminals(village);
  std::vector<wires::Terminal> own;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    if (village.houses[h].transformer == transformer) {
      houses_.push_back(h);
      own.push_back(all[h]);
    }
  }
  watched_ = std::make_shared<wires::Network>(seen_by_area(village.network, feeders, transformer));
  watch_ = std::make_shared<wires::LimitWatch>(*watched_, std::move(own), village.limits);
}

wires::LimitUse AreaWatch::hardest(const wires::Steps& steps, std::size_t lane) const {
  wires::LimitUse use = wires::hardest(watch_->uses(steps, lane));
  if (use.kind == wires::LimitKind::voltage_high || use.kind == wires::LimitKind::voltage_low) {
    use.element = houses_[use.element];
  }
  return use;
}

TrialGrid::TrialGrid(const VillageYear& village, const Rules& rules, wires::Flow flow)
    : village_(&village), rules_(&rules), flow_(std::move(flow)) {
  const wires::Feeders feeders = wires::feeders_of(village.network);
  for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
    areas_.emplace_back(village, feeders, t);
  }
}

Result<TrialGrid> TrialGrid::of(const VillageYear& village, const Rules& rules) {
  expects(rules.empty() || rules.size() == village.houses.size());
  expects(village.light.size() == village.steps);
  TRY(wires::Flow flow, wires::Flow::of(connected(village, grown(village, rules, {}))));
  return TrialGrid(village, rules, std::move(flow));
}

Result<wires::Flow> TrialGrid::flow_with(const Added& added) const {
  if (!follows_voltage()) {
    return flow_;
  }
  return wires::Flow::of(connected(*village_, grown(*village_, *rules_, added)));
}

wires::Series TrialGrid::series_of(std::span<const TriedState> states,
                                   std::span<const Trial> trials) const {
  std::vector<std::size_t> steps;
  for (const Trial& trial : trials) {
    steps.push_back(trial.step);
  }
  static const Added none;
  wires::Series series;
  series.steps = trials.size();
  series.chunk_steps = chunk_of(trials.size());
  series.accuracy = trial_accuracy;
  series.powers = [this, states, trials,
                   today = powers_at(*village_, std::move(steps), none).powers](
                      const wires::Steps& ahead, double* watts, double* vars) {
    today(ahead, watts, vars);
    for (std::size_t lane = 0; lane < ahead.count; ++lane) {
      const Trial& trial = trials[ahead.first + lane];
      add_powers(*village_, states[trial.state].added, trial.step, lane, watts);
    }
  };
  return series;
}

namespace {

struct Tried {
  std::span<const TriedState> states;
  std::span<const Trial> trials;
  std::span<wires::LimitUse> found;  ///< takes their uses
};

/// Trials of one flow.
void try_on(const wires::Flow& flow, const TrialGrid& grid, const Tried& tried,
            const Spread& spread) {
  const auto& [states, trials, found] = tried;
  wires::Series series = grid.series_of(states, trials);
  series.seen = [&](std::size_t, const wires::Steps& solved) {
    for (std::size_t lane = 0; lane < solved.count; ++lane) {
      const Trial& trial = trials[solved.first + lane];
      wires::LimitUse& use = found[solved.first + lane];
      use = grid.area(states[trial.state].transformer).hardest(solved, lane);
      use.step = trial.step;
    }
  };
  for (const wires::Unsolved& unsolved : wires::run(flow, series, spread).unsolved) {
    found[unsolved.step].element = unsolved.bus;
    found[unsolved.step].value = unsolved.moving_pu;
  }
}

}  // namespace

Result<std::vector<wires::LimitUse>> TrialGrid::hardest(std::span<const TriedState> states,
                                                        std::span<const Trial> trials,
                                                        const Spread& spread) const {
  std::vector<wires::LimitUse> found(trials.size());
  if (!follows_voltage()) {
    try_on(flow_, *this, {states, trials, found}, spread);
    return found;
  }
  // Inverters that follow the voltage grow with the PV: every state has a flow of its own.
  for (std::size_t first = 0; first < trials.size();) {
    std::size_t end = first;
    while (end < trials.size() && trials[end].state == trials[first].state) {
      ++end;
    }
    TRY(const wires::Flow flow, flow_with(states[trials[first].state].added));
    try_on(
        flow, *this,
        {states, trials.subspan(first, end - first), std::span(found).subspan(first, end - first)},
        spread);
    first = end;
  }
  return found;
}

std::vector<std::size_t> TrialGrid::touched_steps() const {
  std::vector<std::size_t> steps;
  for (std::size_t step = 0; step < village_->steps; ++step) {
    if (is_touched(step)) {
      steps.push_back(step);
    }
  }
  return steps;
}

Result<std::vector<wires::LimitUse>> TrialGrid::hardest_of_year(const TriedState& state,
                                                                const Spread& spread) const {
  std::vector<Trial> trials;
  for (const std::size_t step : touched_steps()) {
    trials.push_back({step, 0});
  }
  return hardest({&state, 1}, trials, spread);
}

std::vector<std::vector<wires::LimitUse>> TrialGrid::hardest_today(const Spread& spread) const {
  std::vector<std::vector<wires::LimitUse>> today(areas_.size());
  for (auto& uses : today) {
    uses.resize(village_->steps);
  }
  const Added none;
  wires::Series series;
  series.steps = village_->steps;
  series.accuracy = trial_accuracy;
  series.powers = powers(*village_, none).powers;
  series.seen = [&](std::size_t, const wires::Steps& solved) {
    for (std::size_t lane = 0; lane < solved.count; ++lane) {
      for (std::size_t t = 0; t < areas_.size() && is_touched(solved.first + lane); ++t) {
        today[t][solved.first + lane] = areas_[t].hardest(solved, lane);
      }
    }
  };
  for (const wires::Unsolved& unsolved : wires::run(flow_, series, spread).unsolved) {
    for (std::size_t t = 0; t < areas_.size() && is_touched(unsolved.step); ++t) {
      today[t][unsolved.step].element = unsolved.bus;
      today[t][unsolved.step].value = unsolved.moving_pu;
    }
  }
  return today;
}

}  // namespace xiaoyuan::hosting
