#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "hosting/capacity_screen.hpp"
#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double first_house_kw = 10.0;
constexpr std::size_t steps_of_phase = 3;
constexpr std::size_t steps_of_all = 2;
constexpr std::size_t first_suspects = 32;

class HouseSearch {
 public:
  HouseSearch(const TrialGrid& grid, double tolerance_kw, const Spread& spread)
      : grid_(&grid), tolerance_kw_(tolerance_kw), spread_(&spread) {}
  Result<std::vector<HouseCapacity>> answer();

 private:
  using Uses = std::vector<wires::LimitUse>;

  void begin();
  void begin_with(std::size_t house, const std::array<SunnySteps, 2>& sunny);
  Result<bool> search();
  std::size_t binding_step(const Bracket& bracket) const;
  /// By open search, steps that the answer may break.
  std::vector<std::vector<std::size_t>> suspects() const;
  Result<bool> try_suspects(const std::vector<std::vector<std::size_t>>& steps, std::size_t first,
                            std::size_t end);
  Result<bool> try_years();
  void take(std::size_t i, const Uses& uses);
  HouseCapacity capacity_of(std::size_t house) const;

  const TrialGrid* grid_;
  double tolerance_kw_;
  const Spread* spread_;
  std::vector<Uses> today_;          ///< by area
  std::vector<std::size_t> houses_;  ///< that have a search: their area keeps its limits today
  std::vector<GrowthPath> paths_;    ///< by search
  std::vector<Bracket> brackets_;    ///< by search
  std::vector<std::size_t> open_;    ///< searches whose answer is not yet held against the year
  std::vector<std::size_t> search_;  ///< by house
};

constexpr std::size_t no_search = ~std::size_t{0};

void HouseSearch::begin_with(std::size_t house, const std::array<SunnySteps, 2>& sunny) {
  const VillageYear& village = grid_->village();
  GrowthPath path;
  path.transformer = village.houses[house].transformer;
  path.first_kw = first_house_kw;
  path.end_kw = search_end_of_rating * village.network.transformers[path.transformer].rating_kva;
  path.at = [house, size = village.houses.size()](double kw) {
    Added added;
    added.pv_kw.assign(size, 0.0);
    added.pv_kw[house] = kw;
    return added;
  };
  const Uses& today = today_[path.transformer];
  Bracket bracket;
  for (const SunnySteps& steps : sunny) {
    for (const std::size_t phase : wires::phases_of(village.houses[house].phases)) {
      for (std::size_t i = 0; i < std::min(steps_of_phase, steps[phase].size()); ++i) {
        bracket.look_at(steps[phase][i]);
      }
    }
    for (std::size_t i = 0; i < std::min(steps_of_all, steps.back().size()); ++i) {
      bracket.look_at(steps.back()[i]);
    }
  }
  for (const std::size_t step : hardest_steps(today, steps_of_all, 0.0)) {
    bracket.look_at(step);
  }
  bracket.at_kept = hardest_of(today);
  search_[house] = houses_.size();
  open_.push_back(houses_.size());
  houses_.push_back(house);
  paths_.push_back(std::move(path));
  brackets_.push_back(std::move(bracket));
}

void HouseSearch::begin() {
  search_.assign(grid_->village().houses.size(), no_search);
  for (std::size_t t = 0; t < today_.size(); ++t) {
    if (hardest_of(today_[t]).used > 1.0) {
      continue;
    }
    const AreaWatch& area = grid_->area(t);
    const std::array<SunnySteps, 2> sunny{
        sunny_steps(grid_->village(), area, first_house_kw),
        sunny_steps(grid_->village(), area, 4.0 * first_house_kw)};
    for (const std::size_t house : area.houses()) {
      begin_with(house, sunny);
    }
  }
}

/// Of a search that no limit has ended, the brightest that it looked at.
std::size_t HouseSearch::binding_step(const Bracket& bracket) const {
  if (!std::isinf(bracket.broken_kw)) {
    return bracket.at_broken.step;
  }
  return *std::ranges::max_element(bracket.steps, {},
                                   [&](std::size_t step) { return grid_->village().light[step]; });
}

std::vector<std::vector<std::size_t>> HouseSearch::suspects() const {
  std::vector<ScreenedHouse> screened;
  for (const std::size_t i : open_) {
    screened.push_back({houses_[i], brackets_[i].kept_kw, binding_step(brackets_[i])});
  }
  auto all = suspected_steps(*grid_, screened, *spread_);
  for (std::size_t k = 0; k < open_.size(); ++k) {
    const auto& looked_at = brackets_[open_[k]].steps;
    std::erase_if(all[k], [&](std::size_t step) {
      return std::ranges::find(looked_at, step) != looked_at.end();
    });
  }
  return all;
}

/// What the answer of a search uses in steps that it had not looked at.
void HouseSearch::take(std::size_t i, const Uses& uses) {
  Bracket& bracket = brackets_[i];
  if (uses.empty() || hardest_of(uses).used <= 1.0) {
    return;
  }
  for (const std::size_t step : hardest_steps(uses, 8, 1.0)) {
    bracket.look_at(step);
  }
  bracket.break_at(bracket.kept_kw, hardest_of(uses));
  bracket.at_kept = hardest_of(today_[paths_[i].transformer]);
}

/// Suspected steps first … end − 1 of every open search that nothing has broken yet.
Result<bool> HouseSearch::try_suspects(const std::vector<std::vector<std::size_t>>& steps,
                                       std::size_t first, std::size_t end) {
  std::vector<TriedState> states;
  std::vector<Trial> trials;
  std::vector<std::size_t> counts;
  for (std::size_t k = 0; k < open_.size(); ++k) {
    const std::size_t i = open_[k];
    const std::size_t last = std::min(end, steps[k].size());
    const bool is_broken = brackets_[i].kept_kw <= 0.0;
    counts.push_back(is_broken || last <= first ? 0 : last - first);
    for (std::size_t s = first; s < first + counts.back(); ++s) {
      trials.push_back({steps[k][s], states.size()});
    }
    if (counts.back() > 0) {
      states.push_back({paths_[i].transformer, paths_[i].at(brackets_[i].kept_kw)});
    }
  }
  TRY(const Uses uses, grid_->hardest(states, trials, *spread_));
  auto begin = uses.begin();
  for (std::size_t k = 0; k < open_.size(); ++k) {
    const auto after = begin + static_cast<std::ptrdiff_t>(counts[k]);
    take(open_[k], Uses(begin, after));
    begin = after;
  }
  return true;
}

Result<bool> HouseSearch::try_years() {
  for (const std::size_t i : open_) {
    TRY(const Uses uses,
        grid_->hardest_of_year({paths_[i].transformer, paths_[i].at(brackets_[i].kept_kw)},
                               *spread_));
    take(i, uses);
  }
  return true;
}

Result<bool> HouseSearch::search() {
  while (!open_.empty()) {
    TRY(brackets_, narrow(*grid_, paths_, std::move(brackets_), tolerance_kw_, *spread_));
    std::erase_if(open_, [&](std::size_t i) { return brackets_[i].kept_kw <= 0.0; });
    if (grid_->follows_voltage()) {
      TRY([[maybe_unused]] const bool is_tried, try_years());
    } else {
      const auto steps = suspects();
      TRY([[maybe_unused]] const bool is_begun, try_suspects(steps, 0, first_suspects));
      TRY([[maybe_unused]] const bool is_tried,
          try_suspects(steps, first_suspects, grid_->village().steps));
    }
    // A search that was broken begins anew from 0; one that was not is done.
    std::erase_if(open_, [&](std::size_t i) { return brackets_[i].kept_kw > 0.0; });
  }
  return true;
}

HouseCapacity HouseSearch::capacity_of(std::size_t house) const {
  const House& facts = grid_->village().houses[house];
  HouseCapacity capacity;
  if (search_[house] == no_search) {
    capacity.binding = hardest_of(today_[facts.transformer]);
    return capacity;
  }
  const Bracket& bracket = brackets_[search_[house]];
  capacity.wires_kw = bracket.kept_kw;
  capacity.more_kw = capacity.wires_kw;
  capacity.binding = bracket.at_broken;
  if (std::isinf(bracket.broken_kw)) {
    capacity.stop = Stop::search_end;
    capacity.binding = bracket.at_kept;
  }
  if (facts.room_kw && *facts.room_kw - facts.pv_kw < capacity.more_kw) {
    capacity.more_kw = std::max(0.0, *facts.room_kw - facts.pv_kw);
    capacity.stop = Stop::roofs;
  }
  capacity.is_bounded = capacity.stop == Stop::limit;
  return capacity;
}

Result<std::vector<HouseCapacity>> HouseSearch::answer() {
  today_ = grid_->hardest_today(*spread_);
  begin();
  TRY([[maybe_unused]] const bool is_found, search());
  std::vector<HouseCapacity> all;
  for (std::size_t house = 0; house < search_.size(); ++house) {
    all.push_back(capacity_of(house));
  }
  return all;
}

}  // namespace

Result<std::vector<HouseCapacity>> house_capacities(const VillageYear& village,
                                                    const CapacityOptions& options,
                                                    const Spread& spread) {
  expects(options.tolerance_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  return HouseSearch(grid, options.tolerance_kw, spread).answer();
}

}  // namespace xiaoyuan::hosting
