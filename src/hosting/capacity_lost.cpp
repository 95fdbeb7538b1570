#include "hosting/capacity_lost.hpp"

#include <algorithm>
#include <numeric>

namespace xiaoyuan::hosting {

Result<LostEnergy> LostEnergy::of(const TrialGrid& grid, const GrowthPath& path,
                                  const Spread& spread) {
  LostEnergy lost(grid, path, spread);
  const VillageYear& village = grid.village();
  for (const float light : village.light) {
    lost.light_hours_ += light * village.step_hours;
  }
  TRY(lost.today_kwh_, lost.held_back_kwh({}));
  return lost;
}

Result<double> LostEnergy::held_back_kwh(const Added& added) const {
  const VillageYear& village = grid_->village();
  const std::vector<std::size_t>& houses = grid_->area(path_->transformer).houses();
  const std::vector<TriedState> states{{path_->transformer, added}};
  std::vector<Trial> trials;
  for (std::size_t step = 0; step < village.steps; ++step) {
    if (village.light[step] > 0.0F) {
      trials.push_back({step, 0});
    }
  }
  TRY(const wires::Flow flow, grid_->flow_with(added));
  wires::Series series = grid_->series_of(states, trials);
  std::vector<double> kwh(series.chunks(), 0.0);
  series.seen = [&](std::size_t chunk, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      const std::size_t step = trials[steps.first + lane].step;
      for (const std::size_t h : houses) {
        const double more_kw = added.pv_kw.empty() ? 0.0 : added.pv_kw[h] * village.light[step];
        const double fed_kw = -steps.drawn_kva(2 * h + 1, lane).real();
        kwh[chunk] += (village.made_kw[h][step] + more_kw - fed_kw) * village.step_hours;
      }
    }
  };
  wires::run(flow, series, *spread_);
  return std::accumulate(kwh.begin(), kwh.end(), 0.0);
}

Result<double> LostEnergy::share(double kw) const {
  if (kw <= 0.0 || light_hours_ <= 0.0) {
    return 0.0;
  }
  TRY(const double kwh, held_back_kwh(path_->at(kw)));
  return (kwh - today_kwh_) / (kw * light_hours_);
}

Result<double> LostEnergy::most_kw(double end_kw, double most_share, double tolerance_kw) const {
  double kept_kw = 0.0;
  double kept_share = 0.0;
  double broken_kw = 0.0;
  double broken_share = 0.0;
  while (broken_share <= most_share) {
    if (broken_kw >= end_kw) {
      return end_kw;
    }
    kept_kw = broken_kw;
    kept_share = broken_share;
    broken_kw = std::min(end_kw, std::max(path_->first_kw, 2.0 * kept_kw));
    TRY(broken_share, share(broken_kw));
  }
  for (bool is_halved = false; broken_kw - kept_kw > tolerance_kw; is_halved = !is_halved) {
    const double width_kw = broken_kw - kept_kw;
    const double secant = (most_share - kept_share) / (broken_share - kept_share);
    const double edge = std::min(0.5, 0.4 * tolerance_kw / width_kw);
    const double place = is_halved ? 0.5 : std::clamp(secant, edge, 1.0 - edge);
    const double kw = kept_kw + place * width_kw;
    TRY(const double found, share(kw));
    if (found > most_share) {
      broken_kw = kw;
      broken_share = found;
    } else {
      kept_kw = kw;
      kept_share = found;
    }
  }
  return kept_kw;
}

}  // namespace xiaoyuan::hosting
