#include "hosting/remedies_room.hpp"

#include <algorithm>
#include <numeric>

#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double end_of_rating = 10.0;  ///< as hosting/capacity.cpp's
constexpr std::size_t moments_of_each_kind = 5;
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
}

Result<std::vector<std::size_t>> AreaRoom::binding_moments(const Spread& spread) const {
  TRY(const TrialGrid grid, TrialGrid::of(*village_, options_.rules));
  std::vector<std::size_t> moments;
  TRY(std::vector<wires::LimitUse> now, grid.hardest_of_year({transformer_, {}}, spread));
  take_moments(std::move(now), moments);
  const double beyond_kw = std::min(end_kw_, 1.5 * today_.kw + 0.1 * its_transformer().rating_kva);
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
  TRY(room.moments_, room.binding_moments(spread));
  room.few_ = room.excerpt();
  return room;
}

Result<double> AreaRoom::at_most_kw(const AreaChange& change) const {
  VillageYear changed = few_;
  change.apply(changed);
  const TrialGrid::Rules rules = change.rules.value_or(options_.rules);
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  std::vector<Trial> trials;
  Bracket bracket;
  for (std::size_t step = 0; step < changed.steps; ++step) {
    trials.push_back({step, 0});
    bracket.look_at(step);
  }
  const TriedState now{transformer_, {}};
  TRY(const std::vector<wires::LimitUse> uses, grid.hardest({&now, 1}, trials, in_turn));
  bracket.at_kept = *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
  if (bracket.at_kept.used > 1.0) {
    return 0.0;
  }
  GrowthPath path;
  path.transformer = transformer_;
  path.first_kw = std::max(1.1 * today_.kw, 10.0);
  path.end_kw = end_kw_;
  path.at = [this](double kw) { return filling_.at(kw); };
  TRY(const std::vector<Bracket> found,
      narrow(grid, {path}, {std::move(bracket)}, room_tolerance_kw, in_turn));
  return std::min(end_kw_, found.front().kept_kw + room_tolerance_kw);
}

Result<Capacity> AreaRoom::capacity(const AreaChange& change, const Spread& spread) const {
  VillageYear changed = *village_;
  change.apply(changed);
  CapacityOptions options = options_;
  options.rules = change.rules.value_or(options_.rules);
  return area_capacity(changed, transformer_, options, spread);
}

}  // namespace xiaoyuan::hosting
