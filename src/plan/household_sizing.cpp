#include "plan/household_sizing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "battery/battery.hpp"
#include "optimum/dispatch.hpp"
#include "plan/dispatch_problem.hpp"
#include "plan/flows.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double unbought_yuan = 1e6;  // a price at which nobody buys a kWh of battery

/// A roof whose PV others own, or that sells every kWh, has no size that its household could
/// choose.
Text reason_of(const model::SizingChoice& choice, const model::Household& home) {
  if (home.owner != model::Owner::natural_person && home.makes_energy()) {
    return {"the roof is leased: its owner sizes it", "屋顶已出租,容量由业主决定"};
  }
  if (home.mode == model::Mode::full_export) {
    return {"sells every kWh (full export): its use does not count", "全额上网,容量与自用无关"};
  }
  if (!home.makes_energy() && !choice.battery) {
    return {"no roof is given, and no battery is to be sized", "未给出屋面,且不优化电池"};
  }
  return {};
}

}  // namespace

double PlantSizes::kwp() const { return std::accumulate(roof_kwp.begin(), roof_kwp.end(), 0.0); }

HomeSizer::HomeSizer(const Shared& shared, const model::Household& home, Site&& site)
    : inputs_(&shared.inputs),
      shared_(&shared),
      home_(&home),
      choice_(*shared.inputs.village.sizing),
      site_(std::move(site)),
      reason_(reason_of(choice_, home)) {}

Result<HomeSizer> HomeSizer::of(const Shared& shared, const model::Household& home) {
  TRY(Site site, site_of(shared, home));
  TRY(const HouseholdWords words,
      words_of(home, shared.inputs.village.assumptions, shared.inputs.pv.horizon));
  HomeSizer sizer(shared, home, std::move(site));
  const double kwp = home.capacity_kwp();
  sizer.money_ = sizing_money(shared.inputs, sizer.choice_.objective,
                              kwp > 0.0 ? sizer.site_.inverter_kw / kwp : 0.0);
  sizer.add_shapes(words);
  if (sizer.choice_.aim == model::SizingAim::least_carbon) {
    sizer.carbon_kg_.assign(sizer.site_.load_kwh.size(), shared.inputs.factor().kg_per_kwh);
  }
  return sizer;
}

/// Measured PV is there already, and is seen as a whole.
bool HomeSizer::sizes_pv() const {
  return choice_.pv && site_.waterfall.at(solar::Stage::horizontal) > 0.0;
}

/// Each plane by itself, with its part of the inverter; one plane alone is the plan's own series.
void HomeSizer::add_shapes(const HouseholdWords& words) {
  const double all_kwp = home_->capacity_kwp();
  if (!(all_kwp > 0.0) || !home_->makes_energy()) {
    return;
  }
  const auto add = [&](std::vector<double> kwh, double kwp) {
    std::ranges::transform(kwh, kwh.begin(), [kwp](double value) { return value / kwp; });
    shapes_.push_back(std::move(kwh));
    rooms_kwp_.push_back(kwp);
  };
  if (!sizes_pv() || home_->roofs.size() == 1) {
    add(site_.pv_kwh, all_kwp);
    return;
  }
  for (const solar::ArraySpec& array : arrays_of(inputs_->village, inputs_->pv, *home_, words)) {
    const double part = array.capacity_kwp / all_kwp;
    const auto inverter =
        inverter_of(inputs_->village.assumptions, inputs_->pv, site_.inverter_kw * part);
    std::vector<double> kwh = solar::ac_power(shared_->sky, {&array, 1}, inverter).values;
    std::ranges::transform(kwh, kwh.begin(), [&](double kw) {
      return kw * inputs_->step_hours() * inputs_->generation_factor;
    });
    add(std::move(kwh), array.capacity_kwp);
  }
}

void HomeSizer::put_roofs(optimum::SizingProblem& problem) const {
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    const double year_kwh = std::accumulate(shapes_[i].begin(), shapes_[i].end(), 0.0);
    // What stands is had for nothing, and only as a whole.
    problem.roofs.push_back(
        {std::to_string(i + 1), shapes_[i], rooms_kwp_[i],
         sizes_pv() ? choice_.module_kwp : rooms_kwp_[i],
         sizes_pv() ? pv_purchase(*inputs_, money_, year_kwh) : optimum::priced(0.0)});
  }
}

/// The most energy that any day uses or makes with full roofs: no household cycles more at once.
double HomeSizer::largest_day_kwh() const {
  const auto steps = static_cast<std::size_t>(std::lround(24.0 / inputs_->step_hours()));
  double largest = 0.0;
  double day = 0.0;
  for (std::size_t t = 0; t < site_.load_kwh.size(); ++t) {
    day = t % steps == 0 ? 0.0 : day;
    day += site_.load_kwh[t] + site_.pv_kwh[t];
    largest = std::max(largest, day);
  }
  return std::ceil(largest);
}

void HomeSizer::put_battery(optimum::SizingProblem& problem) const {
  model::Household one = *home_;
  one.battery = {1.0, 1.0};
  const battery::Spec spec = battery_of(one, inputs_->village.assumptions);
  optimum::BatteryChoice& battery = problem.battery;
  battery.floor_share = spec.floor_kwh;
  battery.ceiling_share = spec.ceiling_kwh;
  battery.charge_efficiency = spec.charge_efficiency;
  battery.discharge_efficiency = spec.discharge_efficiency;
  battery.standing_loss_per_hour = spec.standing_loss_per_hour;
  battery.wear_yuan_per_kwh = 0.0;  // wear is in the price of the battery and its replacement
  battery.most_kw_per_kwh = choice_.kw_per_kwh;
  battery.energy = battery_purchase(*inputs_, money_);
  battery.power = optimum::priced(0.0);
  const double planned_kwh = home_->battery.energy_kwh;
  if (!sizes_battery() && planned_kwh > 0.0) {
    battery.catalogue = {{planned_kwh, home_->battery.power_kw, 0.0}};
    battery.most_kw_per_kwh = std::max(1e-3, home_->battery.power_kw / planned_kwh);
  }
  for (const model::BatteryProduct& product : choice_.catalogue) {
    battery.catalogue.push_back({product.kwh, product.kw, product.yuan});
  }
  for (const optimum::Product& product : battery.catalogue) {
    battery.most_kwh = std::max(battery.most_kwh, product.kwh);
  }
  if (sizes_battery() && battery.catalogue.empty()) {
    battery.most_kwh = choice_.most_kwh.value_or(largest_day_kwh());
  }
}

optimum::SizingProblem HomeSizer::problem() const {
  optimum::SizingProblem problem;
  problem.load_kwh = site_.load_kwh;
  problem.buy = inputs_->buying.yuan_per_kwh;
  problem.sell = money_.sell;
  problem.step_hours = inputs_->step_hours();
  problem.export_limit_kwh = store_year(*inputs_, *home_, site_, site_.pv_kwh).export_limit_kwh;
  put_tiers(*inputs_, shared_->months, problem);
  put_roofs(problem);
  put_battery(problem);
  problem.years = money_.years;
  problem.aim = static_cast<optimum::SizingAim>(choice_.aim);
  problem.carbon_kg_per_kwh = carbon_kg_;
  problem.budget_yuan = choice_.budget_yuan.value_or(optimum::no_limit);
  problem.gap = choice_.gap;
  return problem;
}

PlantSizes HomeSizer::planned_sizes() const {
  return {rooms_kwp_, home_->battery.energy_kwh, home_->battery.power_kw};
}

PlantSizes HomeSizer::sizes_of(const optimum::SizingResult& result) const {
  PlantSizes sizes = planned_sizes();
  for (std::size_t i = 0; i < sizes.roof_kwp.size() && sizes_pv(); ++i) {
    sizes.roof_kwp[i] = result.roofs[i].size;
  }
  if (sizes_battery()) {
    sizes.battery_kwh = result.battery.size;
    sizes.battery_kw = result.power.size;
  }
  return sizes;
}

/// The objective at any sizes, by a dispatch of each representative year. `battery_yuan` is what
/// the battery costs where a catalogue says so.
Result<WeighedSizes> HomeSizer::weighed(const PlantSizes& sizes,
                                        std::optional<double> battery_yuan) const {
  const optimum::SizingProblem asked = problem();
  WeighedSizes weighed{.sizes = sizes};
  for (std::size_t i = 0; i < asked.roofs.size() && sizes_pv(); ++i) {
    weighed.total_yuan += outlay_of(asked.roofs[i].purchase, sizes.roof_kwp[i]);
    weighed.capex_yuan += capex_of(asked.roofs[i].purchase, sizes.roof_kwp[i]);
  }
  if (sizes_battery()) {
    const double yuan = battery_yuan.value_or(capex_of(asked.battery.energy, sizes.battery_kwh));
    weighed.total_yuan += yuan * money_.battery_counted;
    weighed.capex_yuan += yuan;
  }
  model::Household home = *home_;
  std::vector<double> pv_kwh(site_.load_kwh.size());
  for (std::size_t k = 0; k < asked.years.size(); ++k) {
    const optimum::YearShare& share = asked.years[k];
    for (std::size_t t = 0; t < pv_kwh.size(); ++t) {
      pv_kwh[t] = 0.0;
      for (std::size_t i = 0; i < shapes_.size(); ++i) {
        pv_kwh[t] += share.pv_share * sizes.roof_kwp[i] * shapes_[i][t];
      }
    }
    home.battery = {sizes.battery_kwh * share.capacity_share, sizes.battery_kw};
    optimum::DispatchProblem year;
    year.year = store_year(*inputs_, home, site_, pv_kwh);
    year.year.sell = asked.sell;
    year.year.battery.wear_yuan_per_kwh = 0.0;
    put_tiers(*inputs_, shared_->months, year);
    TRY(const optimum::DispatchResult best, optimum::optimal_dispatch(year));
    weighed.total_yuan += share.weight * best.cost_yuan;
    if (k == 0) {
      weighed.import_kwh = best.import_kwh;
    }
  }
  const double load = std::accumulate(site_.load_kwh.begin(), site_.load_kwh.end(), 0.0);
  weighed.self_sufficiency = load > 0.0 ? std::max(0.0, 1.0 - weighed.import_kwh / load) : 1.0;
  return weighed;
}

/// Where a battery is bought, the price above which none would be: that of the first kWh beside the
/// PV that is best without one. Cost is convex, so none is bought above it.
std::optional<double> HomeSizer::battery_change(const optimum::SizingResult& result) const {
  if (!choice_.catalogue.empty() || result.battery.size <= 0.0) {
    return result.battery.changes_at_yuan;
  }
  optimum::SizingProblem dear = problem();
  dear.battery.energy = optimum::priced(unbought_yuan, money_.battery_counted);
  const auto without = optimum::best_sizes(dear);
  return without ? without->battery.changes_at_yuan : std::nullopt;
}

/// The prices at which the answer would change: where the cheapest is sought and no budget binds.
void HomeSizer::add_corners(const optimum::SizingResult& result, HouseholdSizing& sizing) const {
  const bool is_free =
      choice_.aim == model::SizingAim::cheapest &&
      result.capex_yuan < (1.0 - 1e-6) * choice_.budget_yuan.value_or(optimum::no_limit);
  for (std::size_t i = 0; i < rooms_kwp_.size() && sizes_pv(); ++i) {
    const double year_kwh = std::accumulate(shapes_[i].begin(), shapes_[i].end(), 0.0);
    SizedRoof roof{rooms_kwp_[i], result.roofs[i].size,
                   inputs_->village.assumptions.value("money.pv_yuan_per_kwp"), std::nullopt};
    if (is_free && result.roofs[i].changes_at_yuan) {
      roof.changes_at_yuan =
          *result.roofs[i].changes_at_yuan + pv_subsidy_yuan(*inputs_, money_, year_kwh);
    }
    sizing.roofs.push_back(roof);
  }
  if (sizes_battery()) {
    sizing.battery_price_yuan = inputs_->village.assumptions.value("money.battery_yuan_per_kwh");
    if (is_free) {
      sizing.battery_changes_at_yuan = battery_change(result);
    }
  }
}

HouseholdSizing HomeSizer::best() const {
  HouseholdSizing sizing;
  sizing.id = home_->id;
  const auto refuse = [&](const Errors& errors) {
    sizing.refusal = {message(errors.front(), Language::english),
                      message(errors.front(), Language::chinese)};
    return sizing;
  };
  if (!reason_.en.empty()) {
    sizing.refusal = reason_;
    return sizing;
  }
  const auto result = optimum::best_sizes(problem());
  if (!result) {
    return refuse(result.error());
  }
  const PlantSizes sizes = sizes_of(*result);
  std::optional<double> battery_yuan;
  if (result->product && sizes_battery()) {
    battery_yuan = choice_.catalogue[*result->product].yuan;
  }
  auto planned = weighed(planned_sizes(), std::nullopt);
  auto proved = weighed(sizes, battery_yuan);
  if (!planned || !proved) {
    return refuse(planned ? proved.error() : planned.error());
  }
  sizing.planned = std::move(*planned);
  sizing.proved = std::move(*proved);
  sizing.bound_yuan = std::min(result->bound_yuan, sizing.proved.total_yuan);
  sizing.gap = (sizing.proved.total_yuan - sizing.bound_yuan) /
               std::max(1.0, std::abs(result->without_yuan) + std::abs(sizing.proved.total_yuan));
  if (choice_.aim != model::SizingAim::cheapest) {
    sizing.quantity_gap = result->quantity_gap();
  }
  add_corners(*result, sizing);
  sizing.saved_yuan = sizing.planned.total_yuan - sizing.proved.total_yuan;
  sizing.saved_yuan_per_year = sizing.saved_yuan * money_.yearly;
  return sizing;
}

Result<std::vector<optimum::SizingResult>> HomeSizer::front(std::size_t points) const {
  return optimum::sizing_front(problem(), points);
}

}  // namespace xiaoyuan::plan
