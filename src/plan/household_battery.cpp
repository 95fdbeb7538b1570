#include "plan/household_battery.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/random.hpp"
#include "battery/backup.hpp"
#include "plan/economics.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

namespace {

optimum::StorePath by_rule(const optimum::StoreYear& year) {
  std::vector<double> surplus(year.load_kwh.size());
  for (std::size_t t = 0; t < surplus.size(); ++t) {
    surplus[t] = year.pv_kwh[t] - year.load_kwh[t];
  }
  optimum::StorePath path;
  path.start_kwh = battery::cyclic_start_kwh(year.battery, surplus, year.step_hours);
  path.change_kwh =
      battery::self_consumption(year.battery, surplus, year.step_hours, path.start_kwh);
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  path.end_kwh = path.start_kwh;
  for (const double change : path.change_kwh) {
    path.end_kwh = kept * path.end_kwh + change;
  }
  return path;
}

double year_yuan(const tariff::Schedule& schedule, std::span<const double> kwh) {
  return tariff::total(tariff::bills(schedule, tariff::energy_by_slot(schedule, kwh))).yuan();
}

constexpr double least_saving_yuan = 0.005;  // less is the rounding of bills

}  // namespace

const std::vector<std::string>& names_of(BatteryWay) {
  static const std::vector<std::string> names{
      "none", "rule", "rolling_persistence", "rolling_noisy", "rolling_perfect", "optimum"};
  return names;
}

std::vector<WayCost> BatteryVerdict::ways() const {
  std::vector<WayCost> all;
  const auto add = [&](BatteryWay way, double cost_yuan) {
    const double saving = without_cost_yuan - cost_yuan;
    all.push_back({way, cost_yuan, saving,
                   best_saving_yuan > least_saving_yuan ? std::optional(saving / best_saving_yuan)
                                                        : std::nullopt});
  };
  add(BatteryWay::none, without_cost_yuan);
  add(BatteryWay::rule, rule_cost_yuan);
  if (rolling) {
    add(BatteryWay::rolling_persistence, rolling->persistence_yuan);
    add(BatteryWay::rolling_noisy, rolling->noisy_yuan);
    add(BatteryWay::rolling_perfect, rolling->perfect_yuan);
  }
  add(BatteryWay::optimum, optimum_cost_yuan);
  return all;
}

std::uint64_t HouseholdBattery::seed() const {
  return seed_of(home_.id + " forecast", inputs_.village.seed);
}

double HouseholdBattery::cost(const Flows& flows) const {
  return year_yuan(inputs_.buying, flows.import_kwh) - year_yuan(inputs_.selling, flows.export_kwh);
}

Result<void> HouseholdBattery::solve(const optimum::StoreYear& year) {
  return optimiser_.solve(dispatch_problem(inputs_, shared_.months, year), best_);
}

Result<optimum::StorePath> HouseholdBattery::path(const optimum::StoreYear& year) {
  if (inputs_.village.dispatch == model::Dispatch::self_consumption) {
    return by_rule(year);
  }
  if (inputs_.village.dispatch == model::Dispatch::rolling) {
    const optimum::DispatchProblem whole = dispatch_problem(inputs_, shared_.months, year);
    return RollingYear(whole).run(optimum::Forecast::persistence, seed());
  }
  if (auto solved = solve(year); !solved) {
    return std::unexpected(std::move(solved.error()));
  }
  return best_.path;
}

Result<Flows> flows_alone(const Shared& shared, const model::Household& home,
                          optimum::Optimiser& optimiser, const Site& site,
                          const std::vector<double>& pv_kwh) {
  if (!has_battery(home)) {
    return flows_without_battery(shared.inputs, home, site, pv_kwh);
  }
  const optimum::StoreYear year = store_year(shared.inputs, home, site, pv_kwh);
  TRY(const optimum::StorePath path, HouseholdBattery(shared, home, optimiser).path(year));
  return flows_with(year, path);
}

/// Wear is in the battery's price, which a verdict counts apart.
optimum::StoreYear HouseholdBattery::year_without_wear(const Site& site) const {
  optimum::StoreYear year = store_year(inputs_, home_, site, site.pv_kwh);
  year.battery.wear_yuan_per_kwh = 0.0;
  return year;
}

Result<BatteryVerdict> HouseholdBattery::verdict(const Site& site, const Flows& chosen) {
  BatteryVerdict verdict;
  const optimum::StoreYear year = year_without_wear(site);
  verdict.without_cost_yuan = cost(flows_without_battery(inputs_, home_, site, site.pv_kwh));
  verdict.rule_cost_yuan = cost(flows_with(year, by_rule(year)));
  if (auto solved = solve(year); !solved) {
    return std::unexpected(std::move(solved.error()));
  }
  verdict.gap = best_.gap();
  const bool is_met = best_.proof != optimum::Proof::bounded;
  verdict.bounded_steps = is_met ? 0 : best_.bent_steps.size();
  verdict.optimum_cost_yuan = cost(flows_with(year, best_.path));
  if (!is_met) {  // not the optimum itself: another way of running may be cheaper
    verdict.optimum_cost_yuan =
        std::min({verdict.optimum_cost_yuan, verdict.rule_cost_yuan, verdict.without_cost_yuan});
  }
  verdict.saving_yuan = verdict.without_cost_yuan - cost(chosen);
  verdict.best_saving_yuan = verdict.without_cost_yuan - verdict.optimum_cost_yuan;
  verdict.cost_per_year_yuan =
      home_.battery.energy_kwh * value("money.battery_yuan_per_kwh") *
      annuity(value("money.discount_rate"), value("money.battery_life_years"));
  return verdict;
}

Result<void> HouseholdBattery::explain(const Site& site, BatteryVerdict& verdict) const {
  const optimum::DispatchProblem whole =
      dispatch_problem(inputs_, shared_.months, year_without_wear(site));
  expects(best_.path.change_kwh.size() == whole.year.size());
  if (inputs_.village.compare_rolling) {
    const RollingYear rolling(whole);
    const double turn_value = best_.stored_value.back();
    RollingCosts& costs = verdict.rolling.emplace();
    for (const auto& [forecast, yuan] :
         {std::pair{optimum::Forecast::persistence, &costs.persistence_yuan},
          std::pair{optimum::Forecast::noisy, &costs.noisy_yuan},
          std::pair{optimum::Forecast::perfect, &costs.perfect_yuan}}) {
      TRY(const optimum::StorePath path, rolling.run(forecast, seed()));
      *yuan = cost(flows_with(whole.year, path)) - turn_value * (path.end_kwh - path.start_kwh);
      if (verdict.bounded_steps > 0) {
        verdict.optimum_cost_yuan = std::min(verdict.optimum_cost_yuan, *yuan);
      }
    }
    verdict.best_saving_yuan = verdict.without_cost_yuan - verdict.optimum_cost_yuan;
  }
  if (best_.proof != optimum::Proof::bounded) {
    verdict.reasons = battery_reasons(inputs_, home_, whole, best_);
  }
  return {};
}

BackupYear HouseholdBattery::backup(const Site& site, const Flows& chosen) const {
  const battery::Spec spec = battery_of(home_, inputs_.village.assumptions);
  const double kept = 1.0 - battery::standing_loss(spec, inputs_.step_hours());
  std::vector<double> stored{chosen.battery_start_kwh};
  for (const double ac_kwh : chosen.battery_kwh) {
    stored.push_back(kept * stored.back() + battery::stored_change_kwh(spec, ac_kwh));
  }
  const double critical_kw =
      home_.critical_kw > 0.0 ? home_.critical_kw : value("backup.critical_kw");
  const battery::Backup found = battery::backup({.stored_kwh = stored,
                                                 .pv_kwh = site.pv_kwh,
                                                 .critical_kw = critical_kw,
                                                 .battery = spec,
                                                 .step_hours = inputs_.step_hours()});
  return {critical_kw, found.least_hours, found.median_hours, found.share_bridged_24h};
}

}  // namespace xiaoyuan::plan
