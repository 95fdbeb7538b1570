#include "hosting/capacity_search.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace xiaoyuan::hosting {

namespace {

constexpr double beside = 0.4;  ///< of the tolerance: two states this far around a guess are enough

/// kW to be tried next, rising.
std::vector<double> next_points(const GrowthPath& path, const Bracket& bracket,
                                double tolerance_kw) {
  std::vector<double> points;
  if (bracket.kept_kw >= path.end_kw || bracket.broken_kw - bracket.kept_kw <= tolerance_kw) {
    return points;
  }
  if (std::isinf(bracket.broken_kw)) {
    double kw = std::max(path.first_kw, 2.0 * bracket.kept_kw);
    for (int i = 0; i < 3 && (points.empty() || points.back() < path.end_kw); ++i, kw *= 2.0) {
      points.push_back(std::min(kw, path.end_kw));
    }
    return points;
  }
  const double width_kw = bracket.broken_kw - bracket.kept_kw;
  const double middle_kw = bracket.kept_kw + 0.5 * width_kw;
  points.push_back(middle_kw);
  if (bracket.at_kept.is_known()) {
    const double share =
        (1.0 - bracket.at_kept.used) / (bracket.at_broken.used - bracket.at_kept.used);
    const double guess_kw = bracket.kept_kw + share * width_kw;
    points.push_back(guess_kw - beside * tolerance_kw);
    points.push_back(guess_kw + beside * tolerance_kw);
  }
  std::erase_if(points,
                [&](double kw) { return !(kw > bracket.kept_kw && kw < bracket.broken_kw); });
  std::ranges::sort(points);
  return points;
}

struct Probe {
  std::size_t path = 0;
  double kw = 0.0;
};

/// Takes what was found at a probe; those of a path come rising.
void take_probe(Bracket& bracket, double kw, std::span<const wires::LimitUse> uses) {
  const wires::LimitUse& use = *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
  if (kw >= bracket.broken_kw) {
    return;
  }
  if (use.used > 1.0) {
    bracket.broken_kw = kw;
    bracket.at_broken = use;
  } else {
    bracket.kept_kw = kw;
    bracket.at_kept = use;
  }
}

}  // namespace

bool Bracket::look_at(std::size_t step) {
  const bool is_new = std::ranges::find(steps, step) == steps.end();
  if (is_new) {
    steps.push_back(step);
  }
  return is_new;
}

Result<std::vector<Bracket>> narrow(const TrialGrid& grid, const std::vector<GrowthPath>& paths,
                                    std::vector<Bracket> brackets, double tolerance_kw,
                                    const Spread& spread) {
  while (true) {
    std::vector<Probe> probes;
    std::vector<TriedState> states;
    std::vector<Trial> trials;
    for (std::size_t p = 0; p < paths.size(); ++p) {
      for (const double kw : next_points(paths[p], brackets[p], tolerance_kw)) {
        for (const std::size_t step : brackets[p].steps) {
          trials.push_back({step, states.size()});
        }
        states.push_back({paths[p].transformer, paths[p].at(kw)});
        probes.push_back({p, kw});
      }
    }
    if (probes.empty()) {
      return brackets;
    }
    TRY(const std::vector<wires::LimitUse> uses, grid.hardest(states, trials, spread));
    std::size_t first = 0;
    for (const Probe& probe : probes) {
      Bracket& bracket = brackets[probe.path];
      take_probe(bracket, probe.kw, std::span(uses).subspan(first, bracket.steps.size()));
      first += bracket.steps.size();
    }
  }
}

SunnySteps sunny_steps(const VillageYear& village, const AreaWatch& area, double more_kw) {
  constexpr std::size_t of_each = 4;
  constexpr std::size_t all_together = 3;
  std::array<std::vector<double>, 4> fed;  // by phase, and all together
  fed.fill(std::vector<double>(village.steps, 0.0));
  for (const std::size_t h : area.houses()) {
    const auto phases = wires::phases_of(village.houses[h].phases);
    const double share = 1.0 / static_cast<double>(phases.size());
    for (std::size_t step = 0; step < village.steps; ++step) {
      const double kw = village.made_kw[h][step] - village.use_kw[h][step];
      fed[all_together][step] += kw;
      for (const std::size_t phase : phases) {
        fed[phase][step] += share * kw;
      }
    }
  }
  SunnySteps chosen;
  std::vector<std::size_t> order;
  for (std::size_t step = 0; step < village.steps; ++step) {
    if (village.light[step] > 0.0F) {
      order.push_back(step);
    }
  }
  if (order.empty()) {  // a search needs a step to look at
    order.push_back(0);
  }
  for (std::size_t group = 0; group < fed.size(); ++group) {
    const double more = group == all_together ? more_kw : more_kw / 3.0;
    for (std::size_t step = 0; step < village.steps; ++step) {
      fed[group][step] += more * village.light[step];
    }
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(of_each, order.size()));
    std::ranges::partial_sort(order, end, [&](std::size_t a, std::size_t b) {
      return fed[group][a] != fed[group][b] ? fed[group][a] > fed[group][b] : a < b;
    });
    chosen[group].assign(order.begin(), end);
  }
  return chosen;
}

const wires::LimitUse& hardest_of(const std::vector<wires::LimitUse>& uses) {
  return *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
}

std::vector<std::size_t> hardest_steps(std::vector<wires::LimitUse> uses, std::size_t count,
                                       double above) {
  std::ranges::stable_sort(uses, std::greater<>(), &wires::LimitUse::used);
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < std::min(count, uses.size()) && uses[i].used > above; ++i) {
    steps.push_back(uses[i].step);
  }
  return steps;
}

}  // namespace xiaoyuan::hosting
