#include "plan/household_plan.hpp"

#include <fmt/format.h>

namespace xiaoyuan::plan {

namespace {

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> all(values);
  for (double& value : all) {
    value *= factor;
  }
  return all;
}

std::vector<double> month_totals(const std::vector<tariff::Bill>& bills) {
  std::vector<double> yuan;
  for (const tariff::Bill& bill : bills) {
    yuan.push_back(bill.total().yuan());
  }
  return yuan;
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
  Planner(const Shared& shared, const model::Household& home, optimum::Optimiser& optimiser,
          const GrantedYears& granted)
      : shared_(shared),
        inputs_(shared.inputs),
        assumptions_(inputs_.village.assumptions),
        home_(home),
        optimiser_(optimiser),
        granted_(granted) {}

  Result<HouseholdYear> plan(Depth depth);

 private:
  bool is_leased() const { return home_.owner != model::Owner::natural_person; }
  double value(std::string_view key) const { return assumptions_.value(key); }
  Result<Flows> flows(const std::vector<double>& pv_kwh,
                      const std::optional<Granted>& granted) const;
  std::vector<tariff::Bill> buying(std::span<const double> kwh) const;
  std::vector<tariff::Bill> selling(std::span<const double> kwh) const;
  /// What the market alone would pay; 0 where the mechanism outlasts the plant.
  double after_term_yuan(std::span<const double> kwh) const {
    const auto& market = inputs_.selling_after_term;
    return market
               ? tariff::total(tariff::bills(*market, tariff::energy_by_slot(*market, kwh))).yuan()
               : 0.0;
  }
  Result<void> add_battery(Depth depth);
  Result<void> add_money();
  Result<std::array<Flows, 2>> own_flows(double last_yield) const;

  const Shared& shared_;
  const Inputs& inputs_;
  const model::Assumptions& assumptions_;
  const model::Household& home_;
  optimum::Optimiser& optimiser_;
  const GrantedYears& granted_;
  HouseholdYear result_;
};

std::vector<tariff::Bill> Planner::buying(std::span<const double> kwh) const {
  return tariff::bills(inputs_.buying, tariff::energy_by_slot(inputs_.buying, kwh));
}
std::vector<tariff::Bill> Planner::selling(std::span<const double> kwh) const {
  return tariff::bills(inputs_.selling, tariff::energy_by_slot(inputs_.selling, kwh));
}

/// As the transformer's households agreed, or alone.
Result<Flows> Planner::flows(const std::vector<double>& pv_kwh,
                             const std::optional<Granted>& granted) const {
  if (granted) {
    return flows_granted(inputs_, home_, result_.site, pv_kwh, *granted);
  }
  return flows_alone(shared_, home_, optimiser_, result_.site, pv_kwh);
}

/// The plant as the villager's own, new and with the worn modules of its last year: as it is
/// planned, or, where somebody else owns it, as if the villager did and had no battery.
Result<std::array<Flows, 2>> Planner::own_flows(double last_yield) const {
  const std::vector<double> worn = scaled(result_.site.pv_kwh, last_yield);
  if (!is_leased()) {
    TRY(Flows last, flows(worn, granted_.last));
    return std::array{result_.flows, std::move(last)};
  }
  model::Household own = home_;
  own.owner = model::Owner::natural_person;
  own.mode = model::Mode::self_use_surplus;
  return std::array{
      flows_without_battery(inputs_, own, result_.site,
                            left_by(granted_.first, result_.site.pv_kwh)),
      flows_without_battery(inputs_, own, result_.site, left_by(granted_.last, worn))};
}

Result<void> Planner::add_battery(Depth depth) {
  if (!has_battery(home_)) {
    return {};
  }
  HouseholdBattery battery(shared_, home_, optimiser_);
  HouseholdPlan& plan = result_.plan;
  const Site& site = result_.site;
  plan.backup = battery.backup(site, result_.flows);
  if (granted_.first) {  // its worth to this household, not to its neighbours
    TRY(const Flows alone, flows_alone(shared_, home_, optimiser_, site, site.pv_kwh));
    TRY(plan.battery, battery.verdict(site, alone));
  } else {
    TRY(plan.battery, battery.verdict(site, result_.flows));
  }
  if (depth == Depth::full) {
    if (auto explained = battery.explain(site, *plan.battery); !explained) {
      return explained;
    }
  }
  if (plan.battery->bounded_steps > 0) {
    plan.notes.push_back(bounded_note(home_.id, *plan.battery));
  }
  return {};
}

Result<void> Planner::add_money() {
  const PlantMoney plant(inputs_, home_, result_.site.inverter_kw);
  result_.plan.capex = capex_of(assumptions_, home_, result_.site.inverter_kw);
  TRY(const auto own, own_flows(plant.yield(inputs_.village.life_years)));
  const double without = result_.plan.bill_without_pv.yuan();
  std::array<FirstAndLast, 2> ends;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const double served_kwh = sum(result_.site.load_kwh) - sum(own[i].import_kwh);
    ends[i] = {.bill_saved_yuan = without - tariff::total(buying(own[i].import_kwh)).yuan(),
               .export_yuan = tariff::total(selling(own[i].export_kwh)).yuan(),
               .export_after_term_yuan = after_term_yuan(own[i].export_kwh),
               .export_kwh = sum(own[i].export_kwh),
               .saved_kwh = served_kwh};
  }
  const double offered_kwh =
      is_leased() ? sum(left_by(granted_.first, result_.site.pv_kwh)) : sum(result_.site.pv_kwh);
  const double made_kwh = offered_kwh - sum(own[0].curtailed_kwh);
  result_.own = {plant.own(ends, made_kwh), month_totals(selling(own[0].export_kwh))};
  if (home_.makes_energy()) {
    const std::vector<double> sold_kwh = left_by(granted_.first, result_.site.pv_kwh);
    const auto sold = selling(sold_kwh);
    result_.leased = {plant.leased({.export_yuan = tariff::total(sold).yuan(),
                                    .export_after_term_yuan = after_term_yuan(sold_kwh)},
                                   sum(sold_kwh)),
                      month_totals(sold)};
  }
  const bool counts = home_.makes_energy() || has_battery(home_);
  if (counts) {
    result_.plan.finance = finance_of(is_leased() ? result_.leased.years : result_.own.years,
                                      value("money.discount_rate"));
  } else {
    result_.own = {};
  }
  return {};
}

Result<HouseholdYear> Planner::plan(Depth depth) {
  TRY(result_.site, site_of(shared_, home_));
  TRY(result_.flows, flows(result_.site.pv_kwh, granted_.first));
  HouseholdPlan& plan = result_.plan;
  const Site& site = result_.site;
  const Flows& flows = result_.flows;
  plan.id = home_.id;
  plan.notes = site.notes;
  plan.inverter_kw = home_.makes_energy() ? site.inverter_kw : 0.0;
  plan.sums = sums_of(site, flows);
  result_.bills = {buying(flows.import_kwh), selling(flows.export_kwh)};
  plan.months = month_sums(shared_.months, site, flows, result_.bills);
  plan.bill_without_pv = tariff::total(buying(site.load_kwh));
  plan.bill_with_pv = tariff::total(result_.bills.buying);
  if (is_leased() && home_.makes_energy()) {
    plan.rent_yuan = home_.capacity_kwp() * value("money.roof_rent_yuan_per_kwp");
  }
  plan.is_leased = is_leased();
  plan.export_income = tariff::total(result_.bills.selling);
  plan.after_term_income_yuan = after_term_yuan(flows.export_kwh);
  plan.buying_lines = tariff::year_lines(result_.bills.buying);
  plan.selling_lines = tariff::year_lines(result_.bills.selling);
  if (depth == Depth::first_year) {
    return std::move(result_);
  }
  if (auto added = add_battery(depth); !added) {
    return std::unexpected(std::move(added.error()));
  }
  if (auto added = add_money(); !added) {
    return std::unexpected(std::move(added.error()));
  }
  return std::move(result_);
}

}  // namespace

Result<HouseholdYear> plan_household(const Shared& shared, const model::Household& home,
                                     optimum::Optimiser& optimiser, Depth depth,
                                     const GrantedYears& granted) {
  auto year = Planner(shared, home, optimiser, granted).plan(depth);
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
