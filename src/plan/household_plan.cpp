#include "plan/household_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plan/dispatch.hpp"

namespace xiaoyuan::plan {

namespace {

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> all(values);
  for (double& value : all) {
    value *= factor;
  }
  return all;
}

/// What a plan says where the grid pays more for a kWh than it asks.
Text bounded_note(const std::string& id, const BatteryVerdict& battery) {
  const double percent = 100.0 * battery.gap;
  return {fmt::format("{}: in {} steps of the year the feed-in price lies above the buying price; "
                      "there the battery's optimum is bounded, not met (gap {:.2f} %)",
                      id, battery.bounded_steps, percent),
          fmt::format("{}:全年有 {} 个时间步上网电价高于购电价;这些时段的电池最优仅给出界限(差距 "
                      "{:.2f}%)",
                      id, battery.bounded_steps, percent)};
}

class Planner {
 public:
  Planner(const Shared& shared, const model::Household& home)
      : shared_(shared),
        inputs_(shared.inputs),
        assumptions_(inputs_.village.assumptions),
        home_(home) {}

  Result<HouseholdYear> plan();

 private:
  /// PV that is only measured is priced by its rating.
  double capacity_kwp() const {
    return home_.roofs.empty() && home_.makes_energy() ? home_.inverter_kw : home_.capacity_kwp();
  }
  bool is_leased() const { return home_.owner != model::Owner::natural_person; }
  bool has_battery() const { return home_.battery.energy_kwh > 0.0; }
  double value(std::string_view key) const { return assumptions_.value(key); }
  Result<Flows> flows(const std::vector<double>& pv_kwh) const;
  StorePath rule(const StoreYear& year) const;
  Result<DispatchResult> optimum(const StoreYear& year) const;
  std::vector<tariff::Bill> buying(std::span<const double> kwh) const;
  std::vector<tariff::Bill> selling(std::span<const double> kwh) const;
  double cost(const Flows& flows) const;
  Result<BatteryVerdict> battery_verdict(const Flows& chosen) const;
  Result<Finance> finance() const;
  double yearly_operation() const;
  YearOfMoney year_of_money(int year, double benefit_yuan, double energy_kwh) const;

  const Shared& shared_;
  const Inputs& inputs_;
  const model::Assumptions& assumptions_;
  const model::Household& home_;
  HouseholdYear result_;
};

std::vector<tariff::Bill> Planner::buying(std::span<const double> kwh) const {
  return tariff::bills(inputs_.buying, tariff::energy_by_slot(inputs_.buying, kwh));
}
std::vector<tariff::Bill> Planner::selling(std::span<const double> kwh) const {
  return tariff::bills(inputs_.selling, tariff::energy_by_slot(inputs_.selling, kwh));
}

double Planner::cost(const Flows& flows) const {
  return (tariff::total(buying(flows.import_kwh)) - tariff::total(selling(flows.export_kwh)))
      .yuan();
}

StorePath Planner::rule(const StoreYear& year) const {
  std::vector<double> surplus(year.load_kwh.size());
  for (std::size_t t = 0; t < surplus.size(); ++t) {
    surplus[t] = year.pv_kwh[t] - year.load_kwh[t];
  }
  StorePath path;
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

Result<DispatchResult> Planner::optimum(const StoreYear& year) const {
  DispatchProblem problem;
  problem.year = year;
  if (const auto& tiers = inputs_.buying.tiers) {
    if (tiers->period == tariff::TierPeriod::month) {
      return fail(Fault::impossible,
                  {"the exact optimum knows yearly tiers, and this tariff has monthly ones; use "
                   "battery_dispatch = \"self_consumption\" and leave batteries out",
                   "精确最优只支持年度阶梯,而此电价为月度阶梯;请用 battery_dispatch = "
                   "\"self_consumption\" 且不配电池"});
    }
    problem.tier_limits_kwh = tiers->limits_kwh;
    for (const Price& addition : tiers->additions) {
      problem.tier_additions_yuan.push_back(addition.yuan_per_kwh());
    }
  }
  return optimal_dispatch(problem);
}

Result<Flows> Planner::flows(const std::vector<double>& pv_kwh) const {
  if (!has_battery()) {
    return flows_without_battery(inputs_, home_, result_.site, pv_kwh);
  }
  const StoreYear year = store_year(inputs_, home_, result_.site, pv_kwh);
  if (inputs_.village.dispatch == model::Dispatch::self_consumption) {
    return flows_with(year, rule(year));
  }
  TRY(const DispatchResult best, optimum(year));
  return flows_with(year, best.path);
}

Result<BatteryVerdict> Planner::battery_verdict(const Flows& chosen) const {
  const std::vector<double>& pv_kwh = result_.site.pv_kwh;
  BatteryVerdict verdict;
  StoreYear year = store_year(inputs_, home_, result_.site, pv_kwh);
  verdict.without_cost_yuan = cost(flows_without_battery(inputs_, home_, result_.site, pv_kwh));
  verdict.rule_cost_yuan = cost(flows_with(year, rule(year)));
  year.battery.wear_yuan_per_kwh = 0.0;  // wear is in the battery's price, counted below
  TRY(const DispatchResult best, optimum(year));
  verdict.gap = best.gap();
  verdict.bounded_steps = best.bounded_steps;
  verdict.optimum_cost_yuan = cost(flows_with(year, best.path));
  if (best.bounded_steps > 0) {  // not the optimum itself: another way of running may be cheaper
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

double Planner::yearly_operation() const {
  const double per_kwp = value("money.operation_yuan_per_kwp") +
                         (is_leased() ? value("money.roof_rent_yuan_per_kwp") : 0.0);
  return capacity_kwp() * per_kwp;
}

YearOfMoney Planner::year_of_money(int year, double benefit_yuan, double energy_kwh) const {
  YearOfMoney money;
  const double battery = home_.battery.energy_kwh * value("money.battery_yuan_per_kwh");
  if (year == 0) {
    money.capex_yuan = capacity_kwp() * value("money.pv_yuan_per_kwp") + battery;
    money.storage_yuan = battery;
    return money;
  }
  money.benefit_yuan = benefit_yuan;
  money.energy_kwh = energy_kwh;
  money.operation_yuan = yearly_operation();
  const int life = inputs_.village.life_years;
  const int inverter_life = static_cast<int>(value("money.inverter_life_years"));
  const int battery_life = static_cast<int>(value("money.battery_life_years"));
  if (year % inverter_life == 0 && year < life) {
    money.replacement_yuan += result_.site.inverter_kw * value("money.inverter_yuan_per_kw");
  }
  if (year % battery_life == 0 && year < life) {
    money.replacement_yuan += battery;
    money.storage_yuan += battery;
  }
  return money;
}

/// The benefit of every year lies on the line between the first year's and that of the last year's
/// worn modules: both are computed, the years between them are not.
Result<Finance> Planner::finance() const {
  const int life = inputs_.village.life_years;
  const auto yield = [this](int year) {
    return year <= 1 ? 1.0
                     : (1.0 - value("pv.first_year_loss")) *
                           std::pow(1.0 - value("pv.yearly_loss"), year - 2);
  };
  const double bill_without = result_.plan.bill_without_pv.yuan();
  const auto benefit_of = [&](const Flows& flows) {
    return is_leased() ? tariff::total(selling(flows.export_kwh)).yuan()
                       : bill_without - cost(flows);
  };
  const double last = yield(life);
  TRY(const Flows worn, flows(scaled(result_.site.pv_kwh, last)));
  const double first_benefit = benefit_of(result_.flows);
  const double last_benefit = benefit_of(worn);
  std::vector<YearOfMoney> years;
  const double made_kwh = sum(result_.site.pv_kwh) - sum(result_.flows.curtailed_kwh);
  for (int year = 0; year <= life; ++year) {
    const double share = last == 1.0 ? 0.0 : (1.0 - yield(year)) / (1.0 - last);
    years.push_back(year_of_money(year, first_benefit + share * (last_benefit - first_benefit),
                                  made_kwh * yield(year)));
  }
  return finance_of(std::move(years), value("money.discount_rate"));
}

Result<HouseholdYear> Planner::plan() {
  TRY(result_.site, site_of(shared_, home_));
  TRY(result_.flows, flows(result_.site.pv_kwh));
  HouseholdPlan& plan = result_.plan;
  const Site& site = result_.site;
  const Flows& flows = result_.flows;
  plan.id = home_.id;
  plan.notes = site.notes;
  plan.inverter_kw = home_.makes_energy() ? site.inverter_kw : 0.0;
  const double stored = flows.battery_end_kwh - flows.battery_start_kwh;
  plan.sums = {sum(site.load_kwh),
               sum(site.heat_pump_kwh),
               sum(site.pv_kwh),
               sum(flows.import_kwh),
               sum(flows.export_kwh),
               sum(flows.curtailed_kwh),
               sum(flows.battery_kwh) - stored};
  result_.buying = buying(flows.import_kwh);
  result_.selling = selling(flows.export_kwh);
  plan.bill_without_pv = tariff::total(buying(site.load_kwh));
  plan.bill_with_pv = tariff::total(result_.buying);
  if (is_leased() && home_.makes_energy()) {
    plan.rent_yuan = capacity_kwp() * value("money.roof_rent_yuan_per_kwp");
  }
  plan.is_leased = is_leased();
  plan.export_income = tariff::total(result_.selling);
  plan.buying_lines = tariff::year_lines(result_.buying);
  plan.selling_lines = tariff::year_lines(result_.selling);
  if (has_battery()) {
    TRY(plan.battery, battery_verdict(flows));
    if (plan.battery->bounded_steps > 0) {
      plan.notes.push_back(bounded_note(home_.id, *plan.battery));
    }
  }
  if (home_.makes_energy() || has_battery()) {
    TRY(plan.finance, finance());
  }
  return std::move(result_);
}

}  // namespace

EnergySums& EnergySums::operator+=(const EnergySums& other) {
  load_kwh += other.load_kwh;
  heat_pump_kwh += other.heat_pump_kwh;
  pv_kwh += other.pv_kwh;
  import_kwh += other.import_kwh;
  export_kwh += other.export_kwh;
  curtailed_kwh += other.curtailed_kwh;
  battery_loss_kwh += other.battery_loss_kwh;
  return *this;
}

Result<HouseholdYear> plan_household(const Shared& shared, const model::Household& home) {
  auto year = Planner(shared, home).plan();
  if (!year) {
    for (Error& error : year.error()) {
      if (error.where.file.empty()) {
        error.where = {"households.csv", home.line, home.id};
      }
    }
  }
  return year;
}

}  // namespace xiaoyuan::plan
