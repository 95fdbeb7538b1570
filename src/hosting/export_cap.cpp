#include "hosting/export_cap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "hosting/capacity_filling.hpp"
#include "hosting/capacity_search.hpp"
#include "hosting/curtailment.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr int most_cap_rounds = 12;
constexpr std::size_t broken_cap_steps = 16;
constexpr double cap_tolerance = 1e-4;   ///< of the highest cap
constexpr double cap_search_end = 10.0;  ///< of the transformer's rating
constexpr double highest_share = 1.2;

class CapSearch {
 public:
  CapSearch(const VillageYear& village, const ExportCapOptions& options, const Spread& spread)
      : village_(village), options_(options), spread_(spread), state_(village) {
    for (std::size_t h = 0; h < village.houses.size(); ++h) {
      if (village.houses[h].transformer == options.transformer) {
        own_.push_back(h);
      }
    }
    filling_.emplace(village, own_, options.spreading);
  }

  Result<ExportCap> found();

 private:
  double rating_kva() const {
    return village_.network.transformers[options_.transformer].rating_kva;
  }
  double highest_cap() const {
    return options_.rule == CapRule::same_kw ? cap_search_end * rating_kva() : highest_share;
  }
  double cap_kw(std::size_t house, const Added& added, double cap) const {
    return options_.rule == CapRule::same_kw
               ? cap
               : cap * (village_.houses[house].pv_kw + added.pv_kw[house]);
  }
  double could_make(std::size_t house, std::size_t step, const Added& added) const {
    return village_.made_kw[house][step] + added.pv_kw[house] * village_.light[step];
  }
  double makes(std::size_t house, std::size_t step, const Added& added, double cap) const {
    const double most = std::max(0.0F, village_.use_kw[house][step]) + cap_kw(house, added, cap);
    return std::min(could_make(house, step, added), most);
  }
  void set_state(const Added& added, double cap, std::size_t step) {
    for (const std::size_t h : own_) {
      state_.made_kw[h][step] = static_cast<float>(makes(h, step, added, cap));
    }
  }

  Result<bool> keeps(const TrialGrid& grid, const Added& added, double cap);
  Result<std::optional<double>> largest_cap(const TrialGrid& grid, const Added& added);
  Curtailed lost(const Added& added, double cap) const;
  double lost_share(const Added& added, double kwh) const;
  Result<bool> fits(const TrialGrid& grid, double kw);
  Result<void> search(const TrialGrid& grid);
  bool look_at_year(const TrialGrid& grid);

  const VillageYear& village_;
  const ExportCapOptions& options_;
  const Spread& spread_;
  VillageYear state_;
  std::vector<std::size_t> own_;
  std::optional<Filling> filling_;
  std::vector<std::size_t> steps_;
  double kw_ = 0.0;
  double cap_ = 0.0;
  wires::LimitUse hardest_;
};

Result<bool> CapSearch::keeps(const TrialGrid& grid, const Added& added, double cap) {
  std::vector<Trial> trials;
  for (const std::size_t step : steps_) {
    set_state(added, cap, step);
    trials.push_back({step, 0});
  }
  const TriedState state{.transformer = options_.transformer};
  TRY(const std::vector<wires::LimitUse> uses, grid.hardest({&state, 1}, trials, spread_));
  return std::ranges::all_of(uses, [](const wires::LimitUse& use) { return use.used <= 1.0; });
}

/// On the chosen steps; nothing where not even a cap of 0 does.
Result<std::optional<double>> CapSearch::largest_cap(const TrialGrid& grid, const Added& added) {
  TRY(const bool needs_none, keeps(grid, added, highest_cap()));
  if (needs_none) {
    return std::optional(highest_cap());
  }
  TRY(const bool is_possible, keeps(grid, added, 0.0));
  if (!is_possible) {
    return std::optional<double>{};
  }
  double high = 0.0;
  for (const std::size_t h : own_) {
    for (const std::size_t step : steps_) {
      const double kw = could_make(h, step, added) - village_.use_kw[h][step];
      high = std::max(high, options_.rule == CapRule::same_kw ? kw : highest_share);
    }
  }
  const double width = cap_tolerance * high;
  double low = 0.0;
  while (high - low > width) {
    const double middle = 0.5 * (low + high);
    TRY(const bool is_kept, keeps(grid, added, middle));
    (is_kept ? low : high) = middle;
  }
  return std::optional(low);
}

Curtailed CapSearch::lost(const Added& added, double cap) const {
  Curtailed lost;
  lost.kwh_by_house.assign(village_.houses.size(), 0.0);
  for (const std::size_t h : own_) {
    for (std::size_t t = 0; t < village_.steps; ++t) {
      lost.kwh_by_house[h] +=
          village_.step_hours * (could_make(h, t, added) - makes(h, t, added, cap));
    }
    lost.kwh += lost.kwh_by_house[h];
  }
  return lost;
}

double CapSearch::lost_share(const Added& added, double kwh) const {
  double light = 0.0;
  for (const float share : village_.light) {
    light += village_.step_hours * share;
  }
  double kw = 0.0;
  for (const double one : added.pv_kw) {
    kw += one;
  }
  return kw * light > 0.0 ? kwh / (kw * light) : 0.0;
}

Result<bool> CapSearch::fits(const TrialGrid& grid, double kw) {
  const Added added = filling_->at(kw);
  TRY(const std::optional<double> cap, largest_cap(grid, added));
  if (!cap || lost_share(added, lost(added, *cap).kwh) > options_.most_lost_share) {
    return false;
  }
  kw_ = kw;
  cap_ = *cap;
  return true;
}

/// The most PV, on the chosen steps.
Result<void> CapSearch::search(const TrialGrid& grid) {
  kw_ = 0.0;
  cap_ = highest_cap();
  const double end = std::min(filling_->full_kw(), cap_search_end * rating_kva());
  double low = 0.0;
  double high = std::min(end, std::max(2.0 * options_.today_kw, 0.25 * rating_kva()));
  TRY(bool is_kept, fits(grid, high));
  while (is_kept && high < end) {
    low = high;
    high = std::min(end, 2.0 * high);
    TRY(is_kept, fits(grid, high));
  }
  while (!is_kept && high - low > options_.tolerance_kw) {
    const double middle = 0.5 * (low + high);
    TRY(const bool is_in, fits(grid, middle));
    (is_in ? low : high) = middle;
  }
  return {};
}

/// Holds the answer against every step; true where there are none that break a limit.
bool CapSearch::look_at_year(const TrialGrid& grid) {
  const Added added = filling_->at(kw_);
  for (std::size_t t = 0; t < village_.steps; ++t) {
    set_state(added, cap_, t);
  }
  AreaYear year = area_year(grid, options_.transformer, {}, spread_);
  hardest_ = year.worst();
  if (hardest_.used <= 1.0 + kept_to_share) {
    return true;
  }
  std::ranges::stable_sort(year.hardest, std::greater<>(), &wires::LimitUse::used);
  const std::size_t before = steps_.size();
  for (const wires::LimitUse& use : year.hardest) {
    if (use.used > 1.0 && steps_.size() < before + broken_cap_steps &&
        std::ranges::find(steps_, use.step) == steps_.end()) {
      steps_.push_back(use.step);
    }
  }
  return steps_.size() == before;
}

Result<ExportCap> CapSearch::found() {
  const TrialGrid::Rules no_rules;
  TRY(const TrialGrid grid, TrialGrid::of(state_, no_rules));
  for (const auto& steps :
       sunny_steps(village_, grid.area(options_.transformer), 0.5 * rating_kva())) {
    steps_.insert(steps_.end(), steps.begin(), steps.end());
  }
  std::ranges::sort(steps_);
  steps_.erase(std::ranges::unique(steps_).begin(), steps_.end());
  for (int round = 0; round < most_cap_rounds; ++round) {
    if (auto searched = search(grid); !searched) {
      return std::unexpected(std::move(searched.error()));
    }
    if (look_at_year(grid)) {
      break;
    }
  }
  ExportCap result;
  result.rule = options_.rule;
  result.hardest = hardest_;
  if (hardest_.used > 1.0 + kept_to_share) {
    result.pv_kw.assign(village_.houses.size(), 0.0);
    result.lost.kwh_by_house = result.pv_kw;
    return result;
  }
  const Added added = filling_->at(kw_);
  result.cap = cap_;
  result.added_kw = kw_;
  result.pv_kw = added.pv_kw;
  result.lost = lost(added, cap_);
  result.lost_share = lost_share(added, result.lost.kwh);
  return result;
}

/// The village with all of the added PV, nothing held back.
VillageYear uncapped(const VillageYear& village, const std::vector<double>& pv_kw) {
  VillageYear full = village;
  for (std::size_t h = 0; h < pv_kw.size(); ++h) {
    full.houses[h].pv_kw += pv_kw[h];
    for (std::size_t t = 0; t < village.steps; ++t) {
      full.made_kw[h][t] += static_cast<float>(pv_kw[h] * village.light[t]);
    }
  }
  return full;
}

/// What a house loses of what it would have sold: a cap leaves its own use alone.
double value_of(const VillageYear& full, const EnergyPrices& prices, std::size_t house,
                std::size_t step, double kwh) {
  const double sold =
      std::max(0.0, full.step_hours * (full.made_kw[house][step] - full.use_kw[house][step]));
  return std::min(kwh, sold) * prices.sell[step] + std::max(0.0, kwh - sold) * prices.buy[step];
}

Remedy remedy_of(const ExportCap& cap, const ExportCapOptions& options) {
  Remedy remedy;
  remedy.transformer = options.transformer;
  remedy.key = "export_cap";
  remedy.name =
      options.rule == CapRule::same_kw
          ? Text{"export cap, the same kW at every house", "上网功率限值(每户相同)"}
          : Text{"export cap, the same share of every roof's PV", "上网功率限值(按装机容量同比例)"};
  remedy.capacity_kw = std::max(options.today_kw, cap.added_kw);
  remedy.more_kw = std::max(0.0, cap.added_kw - options.today_kw);
  remedy.lost_kwh = cap.lost.kwh;
  remedy.binding = cap.hardest;
  const bool is_kw = options.rule == CapRule::same_kw;
  remedy.detail = {
      is_kw
          ? fmt::format("{:.2f} kW at each house; {:.0f} kWh a year are lost, {:.0f} yuan", cap.cap,
                        cap.lost.kwh, cap.lost.yuan)
          : fmt::format("{:.0f} % of the PV of each house; {:.0f} kWh a year are lost, {:.0f} yuan",
                        100.0 * cap.cap, cap.lost.kwh, cap.lost.yuan),
      is_kw ? fmt::format("每户上网不超过 {:.2f} kW;年弃电 {:.0f} kWh,折合 {:.0f} 元", cap.cap,
                          cap.lost.kwh, cap.lost.yuan)
            : fmt::format("每户上网不超过装机的 {:.0f}%;年弃电 {:.0f} kWh,折合 {:.0f} 元",
                          100.0 * cap.cap, cap.lost.kwh, cap.lost.yuan)};
  if (cap.least) {
    remedy.proof = Text{
        fmt::format("with the same PV the least-cost curtailment loses {:.0f} kWh, {:.0f} yuan a "
                    "year; the price of fairness is {:.0f} yuan a year",
                    cap.least->kwh, cap.least->yuan, cap.fairness_yuan),
        fmt::format(
            "同等装机下,成本最小的削减方案年弃电 {:.0f} kWh、{:.0f} 元;公平分摊的代价为每年 "
            "{:.0f} 元",
            cap.least->kwh, cap.least->yuan, cap.fairness_yuan)};
  }
  return remedy;
}

}  // namespace

Result<ExportCap> export_cap(const VillageYear& village, const EnergyPrices& prices,
                             const ExportCapOptions& options, const Spread& spread) {
  expects(prices.buy.size() == village.steps && prices.sell.size() == village.steps &&
          options.transformer < village.network.transformers.size() &&
          options.most_lost_share >= 0.0 && options.tolerance_kw > 0.0);
  CapSearch search(village, options, spread);
  TRY(ExportCap cap, search.found());
  const VillageYear full = uncapped(village, cap.pv_kw);
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    if (village.houses[h].transformer != options.transformer || cap.lost.kwh_by_house[h] <= 0.0) {
      continue;
    }
    const double cap_kw =
        options.rule == CapRule::same_kw ? cap.cap : cap.cap * full.houses[h].pv_kw;
    for (std::size_t t = 0; t < village.steps; ++t) {
      const double most = std::max(0.0F, village.use_kw[h][t]) + cap_kw;
      const double kwh = village.step_hours * std::max(0.0, full.made_kw[h][t] - most);
      cap.lost.yuan += value_of(full, prices, h, t, kwh);
    }
  }
  if (cap.lost.kwh > 0.0) {
    TRY(const std::optional<LeastCurtailment> least,
        least_curtailment(full, prices, options.transformer, spread));
    if (least) {
      Curtailed together{0.0, least->cost_yuan, std::vector<double>(village.houses.size(), 0.0)};
      for (std::size_t h = 0; h < least->kwh.size(); ++h) {
        for (const double kwh : least->kwh[h]) {
          together.kwh_by_house[h] += kwh;
        }
        together.kwh += together.kwh_by_house[h];
      }
      cap.least = std::move(together);
      cap.least_bound_yuan = least->bound_yuan;
      cap.fairness_yuan = cap.lost.yuan - least->cost_yuan;
    }
  }
  cap.remedy = remedy_of(cap, options);
  return cap;
}

}  // namespace xiaoyuan::hosting
