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
  if (kw >= 0.0) {
    return filling_.at(kw);
  }
  Added less;
  for (const House& house : village_->houses) {
    less.pv_kw.push_back(is_own(house) ? kw * house.pv_kw / stands_kw_ : 0.0);
  }
  return less;
}

GrowthPath AreaRoom::path(double from_kw, double end_kw, double first_kw) const {
  GrowthPath path;
  path.transformer = transformer_;
  path.first_kw = first_kw;
  path.end_kw = end_kw - from_kw;
  path.at = [this, from_kw](double kw) { return added(from_kw + kw); };
  return path;
}

Result<std::vector<std::size_t>> AreaRoom::binding_moments(const Spread& spread) const {
  TRY(const TrialGrid grid, TrialGrid::of(*village_, options_.rules));
  std::vector<std::size_t> moments;
  TRY(std::vector<wires::LimitUse> now, grid.hardest_of_year({transformer_, {}}, spread));
  take_moments(std::move(now), moments);
  const double beyond_kw = std::min(end_kw_, today_.kw + 0.5 * std::abs(today_.kw) +
                                                 0.1 * its_transformer().rating_kva);
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
  TRY(room.today_, room.signed_capacity(village, options.rules, spread));
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
  const auto hardest_at = [&](const Added& added) -> Result<wires::LimitUse> {
    const TriedState state{transformer_, added};
    TRY(const std::vector<wires::LimitUse> uses, grid.hardest({&state, 1}, trials, in_turn));
    return *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
  };
  TRY(const wires::LimitUse now, hardest_at({}));
  const bool keeps = now.used <= 1.0;
  bracket.at_kept = now;
  double from_kw = 0.0;
  if (!keeps) {
    from_kw = least_kw();
    TRY(bracket.at_kept, hardest_at(added(from_kw)));
    if (stands_kw_ <= 0.0 || bracket.at_kept.used > 1.0) {
      return from_kw;
    }
    bracket.broken_kw = stands_kw_;
    bracket.at_broken = now;
  }
  const double first_kw = std::max(1.1 * today_.kw, 10.0);
  TRY(const std::vector<Bracket> found,
      narrow(grid, {path(from_kw, keeps ? end_kw_ : 0.0, first_kw)}, {std::move(bracket)},
             room_tolerance_kw, in_turn));
  return std::min(end_kw_, from_kw + found.front().kept_kw + room_tolerance_kw);
}

/// Cutting planes as in hosting/capacity.cpp, from nothing up to what stands there.
Result<Capacity> AreaRoom::borne_of_what_stands(const TrialGrid& grid, Capacity capacity,
                                                const Spread& spread) const {
  capacity.kw = least_kw();
  capacity.pv_kw = added(capacity.kw).pv_kw;
  const auto hardest_in = [](const std::vector<wires::LimitUse>& uses) {
    return *std::ranges::max_element(uses, {}, &wires::LimitUse::used);
  };
  TRY(const std::vector<wires::LimitUse> now, grid.hardest_of_year({transformer_, {}}, spread));
  TRY(const std::vector<wires::LimitUse> bare,
      grid.hardest_of_year({transformer_, added(least_kw())}, spread));
  const auto is_dark_and_broken = [&](const wires::LimitUse& use) {
    return use.used > 1.0 && grid.village().light[use.step] <= 0.0F;
  };
  if (bare.empty() || hardest_in(bare).used > 1.0 || std::ranges::any_of(now, is_dark_and_broken)) {
    return capacity;
  }
  std::vector<Bracket> one(1);
  Bracket& found = one.front();
  std::vector<wires::LimitUse> year = now;
  double broken_kw = stands_kw_;
  while (hardest_in(year).used > 1.0) {
    const wires::LimitUse worst = hardest_in(year);
    const auto end = year.begin() + static_cast<std::ptrdiff_t>(
                                        std::min(broken_moments_at_once, year.size()));
    std::ranges::partial_sort(year, end, std::greater<>(), &wires::LimitUse::used);
    for (auto use = year.begin(); use != end && use->used > 1.0; ++use) {
      found.look_at(use->step);
    }
    found.break_at(broken_kw, worst);
    found.at_kept = hardest_in(bare);
    TRY(one, narrow(grid, {path(least_kw(), 0.0, 0.5 * stands_kw_)}, std::move(one),
                    options_.tolerance_kw, spread));
    broken_kw = found.kept_kw;
    TRY(year, grid.hardest_of_year({transformer_, added(least_kw() + found.kept_kw)}, spread));
  }
  capacity.kw = least_kw() + found.kept_kw;
  capacity.pv_kw = added(capacity.kw).pv_kw;
  capacity.binding = found.at_broken;
  return capacity;
}

Result<Capacity> AreaRoom::signed_capacity(const VillageYear& changed,
                                           const TrialGrid::Rules& rules,
                                           const Spread& spread) const {
  CapacityOptions options = options_;
  options.rules = rules;
  TRY(Capacity capacity, area_capacity(changed, transformer_, options, spread));
  if (capacity.kw > 0.0 || capacity.binding.used <= 1.0 || stands_kw_ <= 0.0) {
    return capacity;
  }
  TRY(const TrialGrid grid, TrialGrid::of(changed, rules));
  return borne_of_what_stands(grid, std::move(capacity), spread);
}

Result<Capacity> AreaRoom::capacity(const AreaChange& change, const Spread& spread) const {
  VillageYear changed = *village_;
  change.apply(changed);
  return signed_capacity(changed, change.rules.value_or(options_.rules), spread);
}

}  // namespace xiaoyuan::hosting
