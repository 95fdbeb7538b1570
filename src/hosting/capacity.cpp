#include "hosting/capacity.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"
#include "hosting/capacity_filling.hpp"
#include "hosting/capacity_lost.hpp"
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

/// Where the search of an area ends, and why.
struct SearchEnd {
  double kw = 0.0;
  Stop stop = Stop::roofs;
};

SearchEnd first_end(const Filling& filling, double rating_kva) {
  const double search_kw = search_end_of_rating * rating_kva;
  return filling.full_kw() <= search_kw ? SearchEnd{filling.full_kw(), Stop::roofs}
                                        : SearchEnd{search_kw, Stop::search_end};
}

/// What inverters may hold back ends it, too.
Result<SearchEnd> end_of_loss(const SearchEnd& end, const std::optional<LostEnergy>& lost,
                              const CapacityOptions& options) {
  if (!lost || !options.most_lost_share) {
    return end;
  }
  TRY(const double kw, lost->most_kw(end.kw, *options.most_lost_share, options.tolerance_kw));
  return kw < end.kw ? SearchEnd{kw, Stop::lost_energy} : end;
}

Capacity capacity_of(const Bracket& found, const SearchEnd& end, const Filling& filling) {
  Capacity capacity;
  capacity.kw = found.kept_kw;
  capacity.pv_kw = filling.at(found.kept_kw).pv_kw;
  const bool is_broken = found.kept_kw < end.kw;
  capacity.stop = is_broken ? Stop::limit : end.stop;
  capacity.is_bounded = is_broken || end.stop == Stop::lost_energy;
  capacity.binding = is_broken ? found.at_broken : found.at_kept;
  return capacity;
}

Result<Capacity> area_capacity(const TrialGrid& grid, std::size_t transformer,
                               const std::vector<wires::LimitUse>& today,
                               const CapacityOptions& options, const Spread& spread) {
  const VillageYear& village = grid.village();
  const AreaWatch& area = grid.area(transformer);
  if (hardest_of(today).used > 1.0) {
    Capacity none;
    none.pv_kw.assign(village.houses.size(), 0.0);
    none.binding = hardest_of(today);
    return none;
  }
  const Filling filling(village, area.houses(), options.spreading);
  const double rating_kva = village.network.transformers[transformer].rating_kva;
  SearchEnd end = first_end(filling, rating_kva);
  GrowthPath path{transformer, 0.25 * rating_kva, end.kw,
                  [&](double kw) { return filling.at(kw); }};
  std::optional<LostEnergy> lost;
  if (grid.follows_voltage()) {
    TRY(lost, LostEnergy::of(grid, path, spread));
  }
  TRY(end, end_of_loss(end, lost, options));
  path.end_kw = end.kw;
  TRY(const Bracket found, search_year(grid, path, today, options.tolerance_kw, spread));
  Capacity capacity = capacity_of(found, end, filling);
  if (lost) {
    TRY(capacity.lost_share, lost->share(capacity.kw));
  }
  return capacity;
}

}  // namespace

Result<std::vector<AreaCapacity>> area_capacities(const VillageYear& village,
                                                  const CapacityOptions& options,
                                                  const Spread& spread) {
  expects(options.tolerance_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  const auto today = grid.hardest_today(spread);
  std::vector<AreaCapacity> areas;
  for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
    TRY(Capacity capacity, area_capacity(grid, t, today[t], options, spread));
    areas.push_back({t, std::move(capacity)});
  }
  return areas;
}

Result<Capacity> area_capacity(const VillageYear& village, std::size_t transformer,
                               const CapacityOptions& options, const Spread& spread) {
  expects(options.tolerance_kw > 0.0 && village.steps > 0);
  TRY(const TrialGrid grid, TrialGrid::of(village, options.rules));
  const auto today = grid.hardest_today(spread);
  return area_capacity(grid, transformer, today[transformer], options, spread);
}

}  // namespace xiaoyuan::hosting
