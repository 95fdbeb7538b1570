#include "hosting/remedies_room.hpp"

#include <algorithm>
#include <numeric>

namespace xiaoyuan::hosting {

namespace {

constexpr double end_of_rating = 10.0;  ///< as hosting/capacity.cpp's
constexpr std::size_t moments_of_each_kind = 5;
constexpr std::size_t broken_moments_at_once = 16;
constexpr double room_tolerance_kw = 0.5;  ///< of what the moments say

std::vector<std::size_t> houses_of(const VillageYear& village, std::size_t transformer) {
  std::vector<std::size_t> houses;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    if (village.houses[h].transformer == transformer) {
      houses.push_back(h);
    }
  }
  return houses;
}

/// Of every kind of limit the steps that use it most.
void take_moments(std::vector<wires::LimitUse> uses, std::vector<std::size_t>& moments) {
  std::ranges::stable_sort(uses, std::greater<>(), &wires::LimitUse::used);
  std::array<std::size_t, wires::limit_kinds> taken{};
  for (const wires::LimitUse& use : uses) {
    std::size_t& count = taken[static_cast<std::size_t>(use.kind)];
    if (count < moments_of_each_kind) {
      ++count;
      if (std::ranges::find(moments, use.step) == moments.end()) {
        moments.push_back(use.step);
      }
    }
  }
}

template <class T>
std::vector<T> picked(const std::vector<T>& all, const std::vector<std::size_t>& places) {
  std::vector<T> some;
  some.reserve(places.size());
  for (const std::size_t place : places) {
    some.push_back(all[place]);
  }
  return some;
}

}  // namespace

AreaRoom::AreaRoom(const VillageYear& village, std::size_t transformer,
                   const CapacityOptions& options)
    : village_(&village),
      transformer_(transformer),
      options_(options),
      filling_(village, houses_of(village, transformer), options.spreading) {
  end_kw_ = std::min(filling_.full_kw(), end_of_rating * its_transformer().rating_kva);
  for (const House& house : village.houses) {
    stands_kw_ += is_own(house) ? house.pv_kw : 0.0;
  }
}

Added AreaRoom::added(double kw) const {
  if (kw >= 0.0 || stands_kw_ <= 0.0) {
    return filling_.at(std::max(0.0, kw));
  }
  Added less;
  for (const House& house : village_->houses) {
    less.pv_kw.push_back(is_own(house) ? kw * house.pv_kw / stands_kw_ : 0.0);
  }
  return less;
}

GrowthPath AreaRoom::path(double from_kw, double end_kw) const {
  GrowthPath path;
  path.transformer = transformer_;
  path.first_kw = std::max({1.1 * today_.kw, 0.3 * (0.0 - from_kw), 10.0});
  path.end_kw = end_kw - from_kw;
  path.at = [this, from_kw](double kw) { return added(from_kw + kw); };
  return path;
}

Result<std::vector<std::size_t>> AreaRoom::binding_moments(const Spread& spread) const {
  TRY(const TrialGrid grid, TrialGrid::of(*village_, options_.rules));
  std::vector<std::size_t> moments;
  TRY(std::vector<wires::LimitUse> now, grid.hardest_of_year({transformer_, {}}, spread));
  take_moments(std::move(now), moments);
  const double beyond_kw =
      std::min(end_kw_, today_.kw + 0.5 * std::abs(today_.kw) + 0.1 * its_transformer().rating_kva);
  TRY(std::vector<wires::LimitUse> beyond,
      grid.hardest_of_year({transformer_, added(beyond_kw)}, spread));
  take_moments(std::move(beyond), moments);
  if (std::ranges::find(moments, today_.binding.step) == moments.end()) {
    moments.push_back(today_.binding.step);
  }
  return moments;
}

VillageYear AreaRoom::excerpt() const {
  VillageYear few;
  few.network = village_->network;
  few.houses = village_->houses;
  few.steps = moments_.size();
  few.step_hours = village_->step_hours;
  for (std::size_t h = 0; h < few.houses.size(); ++h) {
    few.use_kw.push_back(picked(village_->use_kw[h], moments_));
    few.made_kw.push_back(picked(village_->made_kw[h], moments_));
  }
  few.light = picked(village_->light, moments_);
  few.use_tan_phi = village_->use_tan_phi;
  few.limits = village_->limits;
  return few;
}

Result<AreaRoom> AreaRoom::of(const VillageYear& village, std::size_t transformer,
                              const CapacityOptions& options, const Spread& spread) {
  AreaRoom room(village, transformer, options);
  TRY(room.today_, area_capacity(village, transformer, options, spread));
  if (room.today_.kw <= 0.0 && room.today_.binding.used > 1.0) {
    room.moments_ = {room.today_.binding.step};
    TRY(room.today_, room.capacity({[](VillageYear&) {}}, spread));
  }
  TRY(room.moments_, room.binding_moments(spread));
  room.few_ = room.excerpt();
  return room;
}

Result<AreaRoom::Borne> AreaRoom::borne_in(const TrialGrid& grid, std::vector<std::size_t> steps,
                                           double tolerance_kw, const Spread& spread) const {
  std::vector<Trial> trials;
  for (const std::size_t step : steps) {
    trials.push_back({step, 0});
  }
  const auto hardest_at = [&](const Added& added) -> Result<wires::LimitUse> {
    const TriedState state{transformer_, added};
    TRY(const std::vector<wires::LimitUse> uses, grid.hardest({&state, 1}, trials, spread));
    return *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
  };
  TRY(const wires::LimitUse now, hardest_at({}));
  const bool keeps = now.used <= 1.0;
  const double from_kw = keeps ? 0.0 : least_kw();
  Bracket bracket;
  bracket.steps = std::move(steps);
  bracket.at_kept = now;
  if (!keeps) {
    TRY(bracket.at_kept, hardest_at(stands_kw_ > 0.0 ? added(from_kw) : Added{}));
    if (bracket.at_kept.used > 1.0) {
      return Borne{from_kw, bracket.at_kept};
    }
    bracket.broken_kw = stands_kw_;
    bracket.at_broken = now;
  }
  TRY(const std::vector<Bracket> found, narrow(grid, {path(from_kw, keeps ? end_kw_ : 0.0)},
                                               {std::move(bracket)}, tolerance_kw, spread));
  const Bracket& one = found.front();
  return Borne{from_kw + one.kept_kw, one.at_broken.is_known() ? one.at_broken : one.at_kept};
}

Result<double> AreaRoom::at_most_kw(const AreaChange& change) const {
  VillageYear changed = few_;
  change.apply(changed);
  const TrialGrid::Rules rules = change.rules.value_or(options_.rules);
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  std::vector<std::size_t> steps(changed.steps);
  std::iota(steps.begin(), steps.end(), std::size_t{0});
  TRY(const Borne borne, borne_in(grid, std::move(steps), room_tolerance_kw, in_turn));
  return std::min(end_kw_, borne.kw + room_tolerance_kw);
}

/// The steps with light, and where they keep all limits those in the dark, in which nothing depends
/// on what is added.
Result<std::vector<wires::LimitUse>> AreaRoom::year(const TrialGrid& grid, double kw,
                                                    const Spread& spread) const {
  std::vector<Trial> light;
  std::vector<Trial> dark;
  for (std::size_t step = 0; step < village_->steps; ++step) {
    (village_->light[step] > 0.0F ? light : dark).push_back({step, 0});
  }
  const TriedState state{transformer_, added(kw)};
  TRY(auto uses, grid.hardest({&state, 1}, light, spread));
  if (std::ranges::any_of(uses, [](const wires::LimitUse& use) { return use.used > 1.0; })) {
    return uses;
  }
  return grid.hardest({&state, 1}, dark, spread);
}

namespace {

std::vector<std::size_t> hardest_broken(std::vector<wires::LimitUse> uses) {
  std::ranges::stable_sort(uses, std::greater<>(), &wires::LimitUse::used);
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < std::min(broken_moments_at_once, uses.size()); ++i) {
    if (uses[i].used > 1.0) {
      steps.push_back(uses[i].step);
    }
  }
  return steps;
}

}  // namespace

Result<std::vector<std::size_t>> AreaRoom::broken_steps(const AreaChange& change, double kw,
                                                        const Spread& spread) const {
  VillageYear changed = *village_;
  change.apply(changed);
  const TrialGrid::Rules rules = change.rules.value_or(options_.rules);
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  TRY(std::vector<wires::LimitUse> uses, year(grid, kw, spread));
  return hardest_broken(std::move(uses));
}

Result<Capacity> AreaRoom::capacity(const AreaChange& change, const Spread& spread) const {
  VillageYear changed = *village_;
  change.apply(changed);
  const TrialGrid::Rules rules = change.rules.value_or(options_.rules);
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  std::vector<std::size_t> steps = moments_;
  Borne borne;
  while (true) {
    TRY(borne, borne_in(grid, steps, options_.tolerance_kw, spread));
    if (borne.kw <= least_kw() && borne.binding.used > 1.0) {
      break;
    }
    TRY(std::vector<wires::LimitUse> uses, year(grid, borne.kw, spread));
    const std::vector<std::size_t> broken = hardest_broken(std::move(uses));
    if (broken.empty()) {
      break;
    }
    steps.insert(steps.end(), broken.begin(), broken.end());
  }
  Capacity capacity;
  capacity.kw = borne.kw;
  capacity.pv_kw = added(borne.kw).pv_kw;
  capacity.binding = borne.binding;
  capacity.is_bounded = borne.kw < end_kw_;
  capacity.stop = capacity.is_bounded             ? Stop::limit
                  : filling_.full_kw() <= end_kw_ ? Stop::roofs
                                                  : Stop::search_end;
  return capacity;
}

}  // namespace xiaoyuan::hosting
