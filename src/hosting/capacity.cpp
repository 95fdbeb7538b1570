#include "hosting/capacity.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "hosting/capacity_filling.hpp"
#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t broken_steps_at_once = 16;

Bracket first_bracket(const TrialGrid& grid, const GrowthPath& path,
                      const std::vector<wires::LimitUse>& today) {
  Bracket bracket;
  const AreaWatch& area = grid.area(path.transformer);
  for (const double kw : {path.first_kw, 4.0 * path.first_kw}) {
    for (const auto& steps : sunny_steps(grid.village(), area, kw)) {
      for (const std::size_t step : steps) {
        bracket.look_at(step);
      }
    }
  }
  for (const std::size_t step : hardest_steps(today, 4, 0.0)) {
    bracket.look_at(step);
  }
  bracket.at_kept = hardest_of(today);
  return bracket;
}

/// Cutting planes: the answer of a few steps, held against all; those that it breaks join the few.
Result<Bracket> search_year(const TrialGrid& grid, const GrowthPath& path,
                            const std::vector<wires::LimitUse>& today, double tolerance_kw,
                            const Spread& spread) {
  std::vector<Bracket> one{first_bracket(grid, path, today)};
  while (true) {
    TRY(one, narrow(grid, {path}, std::move(one), tolerance_kw, spread));
    Bracket& found = one.front();
    if (found.kept_kw <= 0.0) {
      return found;
    }
    TRY(const std::vector<wires::LimitUse> year,
        grid.hardest_of_year({path.transformer, path.at(found.kept_kw)}, spread));
    if (year.empty()) {
      return found;
    }
    if (hardest_of(year).used <= 1.0) {
      found.at_kept = hardest_of(year);
      return found;
    }
    for (const std::size_t step : hardest_steps(year, broken_steps_at_once, 1.0)) {
      found.look_at(step);
    }
    found.break_at(found.kept_kw, hardest_of(year));
    found.at_kept = hardest_of(today);
  }
}

Result<Capacity> area_capacity(const TrialGrid& grid, std::size_t transformer,
                               const CapacityOptions& options, const Spread& spread) {
  const VillageYear& village = grid.village();
  const AreaWatch& area = grid.area(transformer);
  Capacity capacity;
  capacity.pv_kw.assign(village.houses.size(), 0.0);
  TRY(const std::vector<wires::LimitUse> today, grid.hardest_of_year({transformer, {}}, spread));
  capacity.binding = hardest_of(today);
  if (capacity.binding.used > 1.0) {
    return capacity;
  }
  const Filling filling(village, area.houses(), options.spreading);
  const double rating_kva = village.network.transformers[transformer].rating_kva;
  GrowthPath path;
  path.transformer = transformer;
  path.first_kw = 0.25 * rating_kva;
  path.end_kw = std::min(filling.full_kw(), search_end_of_rating * rating_kva);
  path.at = [&](double kw) { return filling.at(kw); };
  TRY(const Bracket found, search_year(grid, path, today, options.tolerance_kw, spread));
  capacity.kw = found.kept_kw;
  capacity.pv_kw = filling.at(found.kept_kw).pv_kw;
  capacity.is_bounded = found.kept_kw < path.end_kw;
  if (capacity.is_bounded) {
    capacity.binding = found.at_broken;
  } else {
    capacity.stop = filling.full_kw() <= path.end_kw ? Stop::roofs : Stop::search_end;
    capacity.binding = found.at_kept;
  }
  return capacity;
}

}  // namespace

Result<std::vector<AreaCapacity>> area_capacities(const VillageYear& village,
                                                  const CapacityOptions& options,
                                                  const Spread& spread) {
  expects(options.tolerance_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  std::vector<AreaCapacity> areas;
  for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
    TRY(Capacity capacity, area_capacity(grid, t, options, spread));
    areas.push_back({t, std::move(capacity)});
  }
  return areas;
}

Result<Capacity> area_capacity(const VillageYear& village, std::size_t transformer,
                               const CapacityOptions& options, const Spread& spread) {
  expects(options.tolerance_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  return area_capacity(grid, transformer, options, spread);
}

}  // namespace xiaoyuan::hosting
