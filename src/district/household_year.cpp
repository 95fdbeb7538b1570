#include "district/household_year.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "optimum/tier_master.hpp"

namespace xiaoyuan::district {

namespace {

std::int64_t millionths(double value) { return std::llround(value * 1e6); }
std::int64_t thousandths(double value) { return std::llround(value * 1e3); }

/// The products of a shape and a household's own figure.
void spread(const std::vector<double>& shape, double factor, std::vector<double>& product) {
  const std::size_t size = shape.size();
  for (std::size_t t = 0; t < size; ++t) {
    product[t] = factor * shape[t];
  }
}

}  // namespace

/// kWh over all steps.
struct HouseholdSolver::Sums {
  double load = 0.0;
  double pv = 0.0;
  double imported = 0.0;
  double exported = 0.0;
  double curtailed = 0.0;
  double lost = 0.0;
  double cost_yuan = 0.0;  ///< energy at its price
};

HouseholdSolver::HouseholdSolver(const District& district)
    : district_(district),
      may_curtail_(std::ranges::any_of(district.sell, [](double price) { return price < 0.0; })),
      load_kwh_(district.steps()),
      pv_kwh_(district.steps()) {
  problem_.tier_limits_kwh = district.tier_limits_kwh;
  problem_.tier_additions_yuan = district.tier_additions_yuan;
}

optimum::StoreYear HouseholdSolver::year_of(const Household& home) {
  spread(district_.loads.values[home.load_shape], home.load_kwh, load_kwh_);
  if (home.pv_kwp > 0.0) {
    spread(district_.roofs.values[home.roof], home.pv_kwp, pv_kwh_);
  } else {
    std::ranges::fill(pv_kwh_, 0.0);
  }
  StoreTerms store = district_.store;
  store.capacity_kwh = home.battery_kwh;
  store.power_kw = home.battery_kw;
  const auto limit_kwh = [&](double limit_kw) {
    return limit_kw < 0.0 ? no_limit_kwh : limit_kw * district_.step_hours;
  };
  return {.load_kwh = load_kwh_,
          .pv_kwh = pv_kwh_,
          .buy = district_.buy,
          .sell = district_.sell,
          .step_hours = district_.step_hours,
          .export_limit_kwh = limit_kwh(home.export_limit_kw),
          .import_limit_kwh = limit_kwh(home.import_limit_kw),
          .battery = spec_of(store)};
}

/// Where nothing is ever curtailed: four steps at a time, so that no sum waits for the one before.
HouseholdSolver::Sums HouseholdSolver::follow(const optimum::StoreYear& year,
                                              const double* changes) const {
  constexpr std::size_t lanes = 4;
  using Lanes = std::array<double, lanes>;
  Lanes load{}, pv{}, imported{}, exported{}, lost{}, cost{};
  const double charging = 1.0 / year.battery.charge_efficiency;
  const double discharging = year.battery.discharge_efficiency;
  const std::size_t size = year.size();
  const auto step = [&](std::size_t t, std::size_t lane) {
    const double change = changes == nullptr ? 0.0 : changes[t];
    const double ac = change * (change >= 0.0 ? charging : discharging);
    const double grid = year.load_kwh[t] - year.pv_kwh[t] + ac;
    const double in = std::max(grid, 0.0);
    const double out = in - grid;
    load[lane] += year.load_kwh[t];
    pv[lane] += year.pv_kwh[t];
    imported[lane] += in;
    exported[lane] += out;
    lost[lane] += ac;
    cost[lane] += year.buy[t] * in - year.sell[t] * out;
  };
  const std::size_t whole = size - size % lanes;
  for (std::size_t t = 0; t < whole; t += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      step(t + lane, lane);
    }
  }
  for (std::size_t t = whole; t < size; ++t) {
    step(t, t - whole);
  }
  const auto sum = [](const Lanes& of) { return (of[0] + of[1]) + (of[2] + of[3]); };
  return {.load = sum(load),
          .pv = sum(pv),
          .imported = sum(imported),
          .exported = sum(exported),
          .lost = sum(lost),
          .cost_yuan = sum(cost)};
}

HouseholdSolver::Sums HouseholdSolver::follow_limits(const optimum::StoreYear& year,
                                                     const double* changes) const {
  const double addition = result_.tier_additions.empty() ? 0.0 : result_.tier_additions.front();
  Sums sums;
  for (std::size_t t = 0; t < year.size(); ++t) {
    const optimum::StepFlow flow = optimum::flow_of(year, t, changes[t], addition);
    sums.load += year.load_kwh[t];
    sums.pv += year.pv_kwh[t];
    sums.imported += flow.import_kwh;
    sums.exported += flow.export_kwh;
    sums.curtailed += flow.curtailed_kwh;
    sums.lost += battery::ac_energy_kwh(year.battery, changes[t]);
  }
  return sums;
}

HouseholdFigures HouseholdSolver::figures_of(const Sums& sums) {
  // What the AC side gives to the store and does not get back is lost: a cyclic year leaves nothing
  // in the store.
  return {.load_wh = thousandths(sums.load),
          .pv_wh = thousandths(sums.pv),
          .import_wh = thousandths(sums.imported),
          .export_wh = thousandths(sums.exported),
          .curtailed_wh = thousandths(sums.curtailed),
          .loss_wh = thousandths(sums.lost)};
}

/// A household without a store and without limits has nothing to decide.
HouseholdFigures HouseholdSolver::idle(const optimum::StoreYear& year) const {
  const Sums sums = follow(year, nullptr);
  HouseholdFigures figures = figures_of(sums);
  double cost = sums.cost_yuan;
  if (!problem_.tier_limits_kwh.empty()) {
    cost +=
        optimum::tier_cost({problem_.tier_limits_kwh, problem_.tier_additions_yuan}, sums.imported);
  }
  figures.cost_micro_yuan = millionths(cost);
  figures.bound_micro_yuan = figures.cost_micro_yuan;
  figures.without_micro_yuan = figures.cost_micro_yuan;
  return figures;
}

HouseholdFigures HouseholdSolver::solve(const Household& home) {
  problem_.year = year_of(home);
  const optimum::StoreYear& year = problem_.year;
  const bool has_limits = home.import_limit_kw >= 0.0 || home.export_limit_kw >= 0.0;
  const bool may_curtail = may_curtail_ || has_limits;
  if (!year.battery.exists() && !may_curtail) {
    return idle(year);
  }
  if (auto solved = optimiser_.solve(problem_, result_); !solved) {
    HouseholdFigures none;
    none.impossible = solved.error().front().what;
    return none;
  }
  const double* changes = result_.path.change_kwh.data();
  HouseholdFigures figures =
      figures_of(may_curtail ? follow_limits(year, changes) : follow(year, changes));
  figures.cost_micro_yuan = millionths(result_.cost_yuan);
  figures.bound_micro_yuan = millionths(result_.bound_yuan);
  if (std::isfinite(result_.without_yuan)) {
    figures.without_micro_yuan = millionths(result_.without_yuan);
  }
  figures.gap = std::isfinite(result_.gap()) ? result_.gap() : 0.0;
  figures.proof = result_.proof;
  return figures;
}

}  // namespace xiaoyuan::district
