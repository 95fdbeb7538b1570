#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "base/random.hpp"
#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t points_of_curve = 41;

/// One draw: houses in the order in which they adopt, and how far the search for the most is.
struct AdopterDraw {
  std::vector<std::size_t> order;
  std::size_t kept = 0;    ///< adopters
  std::size_t broken = 0;  ///< adopters; one more than there are: none breaks
  wires::LimitUse at_broken = {};
  bool is_held = false;  ///< the answer against all chosen steps
};

/// What a house adds when it adopts.
std::vector<double> adopted_kw(const VillageYear& village, const RandomOptions& options) {
  std::vector<double> added;
  for (const House& house : village.houses) {
    double kw = options.adopter_kw;
    if (house.room_kw) {
      kw = std::min(kw, *house.room_kw - house.pv_kw);
    }
    if (wires::phases_of(house.phases).size() < 3) {
      kw = std::min(kw, options.single_phase_kw - house.pv_kw);
    }
    added.push_back(std::max(0.0, kw));
  }
  return added;
}

class AdopterSearch {
 public:
  AdopterSearch(const TrialGrid& grid, std::size_t transformer, const RandomOptions& options,
                const Spread& spread)
      : grid_(&grid),
        transformer_(transformer),
        options_(&options),
        spread_(&spread),
        adopted_kw_(adopted_kw(grid.village(), options)) {}
  Result<RandomAdopters> answer(const std::vector<wires::LimitUse>& today);

 private:
  void draw_orders();
  void choose_steps(const std::vector<wires::LimitUse>& today);
  Result<bool> halve();
  Result<bool> hold();
  Result<bool> hold_against_year();
  TriedState state(const AdopterDraw& draw, std::size_t adopters) const;
  double kw_of(const AdopterDraw& draw) const;
  std::vector<std::size_t> by_kw() const;
  RandomAdopters summed() const;

  const TrialGrid* grid_;
  std::size_t transformer_;
  const RandomOptions* options_;
  const Spread* spread_;
  std::vector<double> adopted_kw_;  ///< by house
  std::vector<AdopterDraw> draws_;
  Bracket few_;     ///< its steps: those that a draw is halved on
  Bracket chosen_;  ///< its steps: those that every draw's answer is held against
};

void AdopterSearch::draw_orders() {
  std::vector<std::size_t> able;
  for (const std::size_t house : grid_->area(transformer_).houses()) {
    if (adopted_kw_[house] > 0.0) {
      able.push_back(house);
    }
  }
  Random random(seed_of(grid_->village().network.transformers[transformer_].name, options_->seed));
  for (std::size_t d = 0; d < options_->draws; ++d) {
    std::vector<std::size_t> order = able;
    for (std::size_t left = order.size(); left > 1; --left) {  // Fisher and Yates
      const auto chosen = static_cast<std::size_t>(random.uniform() * static_cast<double>(left));
      std::swap(order[left - 1], order[chosen]);
    }
    const std::size_t none_breaks = order.size() + 1;
    draws_.push_back({std::move(order), 0, none_breaks, {}, false});
  }
}

TriedState AdopterSearch::state(const AdopterDraw& draw, std::size_t adopters) const {
  TriedState tried{transformer_, {}};
  tried.added.pv_kw.assign(adopted_kw_.size(), 0.0);
  for (std::size_t i = 0; i < adopters; ++i) {
    tried.added.pv_kw[draw.order[i]] = adopted_kw_[draw.order[i]];
  }
  return tried;
}

double AdopterSearch::kw_of(const AdopterDraw& draw) const {
  double kw = 0.0;
  for (std::size_t i = 0; i < draw.kept; ++i) {
    kw += adopted_kw_[draw.order[i]];
  }
  return kw;
}

void AdopterSearch::choose_steps(const std::vector<wires::LimitUse>& today) {
  const AreaWatch& area = grid_->area(transformer_);
  double all_kw = 0.0;
  for (const std::size_t house : area.houses()) {
    all_kw += adopted_kw_[house];
  }
  for (const double kw : {0.1 * all_kw, 0.5 * all_kw}) {
    for (const auto& steps : sunny_steps(grid_->village(), area, kw)) {
      few_.look_at(steps.front());
      for (const std::size_t step : steps) {
        chosen_.look_at(step);
      }
    }
  }
  for (const std::size_t step : hardest_steps(today, 2, 0.0)) {
    chosen_.look_at(step);
  }
}

/// Halves what is open of every draw until one adopter is between kept and broken.
Result<bool> AdopterSearch::halve() {
  while (true) {
    std::vector<std::size_t> open;
    std::vector<TriedState> states;
    std::vector<Trial> trials;
    for (std::size_t d = 0; d < draws_.size(); ++d) {
      if (draws_[d].broken - draws_[d].kept <= 1) {
        continue;
      }
      for (const std::size_t step : few_.steps) {
        trials.push_back({step, states.size()});
      }
      states.push_back(state(draws_[d], (draws_[d].kept + draws_[d].broken) / 2));
      open.push_back(d);
    }
    if (open.empty()) {
      return true;
    }
    TRY(const std::vector<wires::LimitUse> uses, grid_->hardest(states, trials, *spread_));
    for (std::size_t i = 0; i < open.size(); ++i) {
      AdopterDraw& draw = draws_[open[i]];
      const auto of_draw = std::span(uses).subspan(i * few_.steps.size(), few_.steps.size());
      const wires::LimitUse& use = *std::ranges::max_element(of_draw, {}, &wires::LimitUse::used);
      const std::size_t middle = (draw.kept + draw.broken) / 2;
      if (use.used > 1.0) {
        draw.broken = middle;
        draw.at_broken = use;
      } else {
        draw.kept = middle;
      }
      draw.is_held = false;
    }
  }
}

/// False where a chosen step broke the answer of a draw, which then begins anew below it; the step
/// has then joined the few.
Result<bool> AdopterSearch::hold() {
  std::vector<std::size_t> open;
  std::vector<TriedState> states;
  std::vector<Trial> trials;
  for (std::size_t d = 0; d < draws_.size(); ++d) {
    if (draws_[d].is_held || draws_[d].kept == 0) {
      continue;
    }
    for (const std::size_t step : chosen_.steps) {
      trials.push_back({step, states.size()});
    }
    states.push_back(state(draws_[d], draws_[d].kept));
    open.push_back(d);
  }
  TRY(const std::vector<wires::LimitUse> uses, grid_->hardest(states, trials, *spread_));
  bool is_kept = true;
  for (std::size_t i = 0; i < open.size(); ++i) {
    AdopterDraw& draw = draws_[open[i]];
    const std::size_t count = chosen_.steps.size();
    const auto of_draw = std::span(uses).subspan(i * count, count);
    const wires::LimitUse& use = *std::ranges::max_element(of_draw, {}, &wires::LimitUse::used);
    draw.is_held = use.used <= 1.0;
    if (!draw.is_held) {
      draw.at_broken = use;
      draw.broken = draw.kept;
      draw.kept = 0;
      few_.look_at(use.step);
      is_kept = false;
    }
  }
  return is_kept;
}

std::vector<std::size_t> AdopterSearch::by_kw() const {
  std::vector<std::size_t> order(draws_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t d) { return kw_of(draws_[d]); });
  return order;
}

/// False where the year broke what the chosen steps kept; its steps have then joined them.
Result<bool> AdopterSearch::hold_against_year() {
  const std::vector<std::size_t> order = by_kw();
  bool is_kept = true;
  for (const std::size_t percent : {5U, 50U, 95U}) {
    const AdopterDraw& draw = draws_[order[(order.size() - 1) * percent / 100]];
    TRY(const std::vector<wires::LimitUse> year,
        grid_->hardest_of_year(state(draw, draw.kept), *spread_));
    for (const std::size_t step : hardest_steps(year, 8, 1.0)) {
      is_kept = !chosen_.look_at(step) && is_kept;
    }
  }
  for (AdopterDraw& draw : draws_) {
    draw.is_held = is_kept;
  }
  return is_kept;
}

RandomAdopters AdopterSearch::summed() const {
  RandomAdopters all;
  all.transformer = transformer_;
  all.draws = draws_.size();
  all.adopter_kw = options_->adopter_kw;
  const double weight = 1.0 / static_cast<double>(draws_.size());
  for (const AdopterDraw& draw : draws_) {
    all.kw.push_back(kw_of(draw));
    if (draw.broken > draw.order.size()) {
      all.unbounded_share += weight;
    } else {
      all.binding[static_cast<std::size_t>(draw.at_broken.kind)] += weight;
    }
  }
  std::ranges::sort(all.kw);
  const auto percentile = [&](std::size_t percent) {
    return all.kw[(all.kw.size() - 1) * percent / 100];
  };
  all.p05_kw = percentile(5);
  all.p25_kw = percentile(25);
  all.p50_kw = percentile(50);
  all.p75_kw = percentile(75);
  all.p95_kw = percentile(95);
  for (std::size_t i = 0; i < points_of_curve; ++i) {
    const double kw =
        all.kw.back() * static_cast<double>(i) / static_cast<double>(points_of_curve - 1);
    const auto below = std::ranges::lower_bound(all.kw, kw) - all.kw.begin();
    all.share_that_keeps.push_back({kw, 1.0 - weight * static_cast<double>(below)});
  }
  return all;
}

Result<RandomAdopters> AdopterSearch::answer(const std::vector<wires::LimitUse>& today) {
  draw_orders();
  if (hardest_of(today).used > 1.0) {
    for (AdopterDraw& draw : draws_) {
      draw.broken = 0;
      draw.at_broken = hardest_of(today);
    }
    return summed();
  }
  choose_steps(today);
  for (bool is_kept = false; !is_kept;) {
    TRY([[maybe_unused]] const bool is_found, halve());
    TRY(is_kept, hold());
    if (is_kept) {
      TRY(is_kept, hold_against_year());
    }
  }
  return summed();
}

}  // namespace

Result<std::vector<RandomAdopters>> random_adopters(const VillageYear& village,
                                                    const RandomOptions& options,
                                                    const Spread& spread) {
  expects(options.draws > 0 && options.adopter_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  const auto today = grid.hardest_today(spread);
  std::vector<RandomAdopters> areas;
  for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
    TRY(RandomAdopters area, AdopterSearch(grid, t, options, spread).answer(today[t]));
    areas.push_back(std::move(area));
  }
  return areas;
}

}  // namespace xiaoyuan::hosting
