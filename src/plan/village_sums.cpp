#include "plan/village_sums.hpp"

#include <algorithm>
#include <cmath>

#include "plan/transformer_limits.hpp"

namespace xiaoyuan::plan {

namespace {

void add_to(std::vector<double>& sums, const std::vector<double>& values) {
  for (std::size_t t = 0; t < sums.size(); ++t) {
    sums[t] += values[t];
  }
}

/// 0 spring (3–5), 1 summer, 2 autumn, 3 winter.
std::size_t season_of(int month) { return static_cast<std::size_t>(((month + 9) % 12) / 3); }

/// Splits a step's energy among the arrows: PV serves the house first, then the battery, then the
/// grid; the battery serves the house before the grid.
void add_step(FlowSums& sums, const HouseholdYear& year, std::size_t t, bool is_apart) {
  const double load = year.site.load_kwh[t];
  const double curtailed = year.flows.curtailed_kwh[t];
  const double used_pv = year.site.pv_kwh[t] - curtailed;
  const double battery = year.flows.battery_kwh.empty() ? 0.0 : year.flows.battery_kwh[t];
  const double charge = std::max(0.0, battery);
  const double discharge = std::max(0.0, -battery);
  const double pv_to_load = is_apart ? 0.0 : std::min(load, used_pv);
  const double pv_to_battery = std::min(charge, used_pv - pv_to_load);
  const double battery_to_load = std::min(discharge, load - pv_to_load);
  sums.pv_to_load += pv_to_load;
  sums.pv_to_battery += pv_to_battery;
  sums.pv_to_grid += used_pv - pv_to_load - pv_to_battery;
  sums.pv_curtailed += curtailed;
  sums.battery_to_load += battery_to_load;
  sums.battery_to_grid += discharge - battery_to_load;
  sums.grid_to_load += load - pv_to_load - battery_to_load;
  sums.grid_to_battery += charge - pv_to_battery;
}

}  // namespace

VillageSums::VillageSums(const Inputs& inputs) : inputs_(inputs) {
  const std::size_t size = inputs.village.axis.size;
  for (auto* series : {&load_kwh_, &pv_kwh_, &served_kwh_, &import_kwh_, &export_kwh_}) {
    series->assign(size, 0.0);
  }
  TransformerSeries empty;
  empty.load_kwh.assign(size, 0.0);
  empty.pv_kwh.assign(size, 0.0);
  empty.net_kwh.assign(size, 0.0);
  empty.available_kwh.assign(size, 0.0);
  transformers_.assign(inputs.village.transformers.size(), empty);
}

void VillageSums::add(const model::Household& home, const HouseholdYear& year) {
  energy += year.plan.sums;
  add_to(load_kwh_, year.site.load_kwh);
  add_to(pv_kwh_, year.site.pv_kwh);
  add_to(import_kwh_, year.flows.import_kwh);
  add_to(export_kwh_, year.flows.export_kwh);
  TransformerSeries& series = transformers_[home.transformer];
  ++series.households;
  series.connected_kw += year.plan.inverter_kw;
  series.storage_kw += home.battery.power_kw;
  add_to(series.load_kwh, year.site.load_kwh);
  const bool is_apart = home.mode == model::Mode::full_export;
  for (std::size_t t = 0; t < series.net_kwh.size(); ++t) {
    const double served_kwh = year.site.pv_kwh[t] - year.flows.curtailed_kwh[t];
    served_kwh_[t] += served_kwh;
    series.pv_kwh[t] += served_kwh;
    series.available_kwh[t] += year.site.pv_kwh[t];
    series.net_kwh[t] += year.flows.import_kwh[t] - year.flows.export_kwh[t];
    add_step(flows, year, t, is_apart);
  }
  flows.battery_loss += year.plan.sums.battery_loss_kwh;
  add_months(months, year.plan.months);
  capex += year.plan.capex;
  parties.add(home.owner, year.own, year.leased);
  waterfall += year.site.waterfall;
  heated_homes += home.heating.exists() ? 1 : 0;
  heat_kwh += year.site.heat_kwh;
  if (year.plan.finance) {
    add_years(money, year.plan.finance->years);
  }
}

std::array<TypicalDay, 4> VillageSums::typical_days() const {
  const auto steps = static_cast<std::size_t>(86400 / inputs_.village.axis.step.count());
  const double hours = inputs_.step_hours();
  std::array<TypicalDay, 4> days;
  for (TypicalDay& day : days) {
    for (auto* series : {&day.load_kw, &day.pv_kw, &day.import_kw, &day.export_kw}) {
      series->assign(steps, 0.0);
    }
  }
  std::array<std::vector<int>, 4> counts;
  counts.fill(std::vector<int>(steps, 0));
  for (std::size_t t = 0; t < inputs_.times.size(); ++t) {
    const Civil& time = inputs_.times[t];
    const std::size_t season = season_of(time.month);
    const auto step =
        static_cast<std::size_t>(time.minute / (inputs_.village.axis.step.count() / 60));
    TypicalDay& day = days[season];
    ++counts[season][step];
    day.load_kw[step] += load_kwh_[t] / hours;
    day.pv_kw[step] += pv_kwh_[t] / hours;
    day.import_kw[step] += import_kwh_[t] / hours;
    day.export_kw[step] += export_kwh_[t] / hours;
  }
  for (std::size_t season = 0; season < days.size(); ++season) {
    days[season].days = counts[season].front();
    for (std::size_t step = 0; step < steps; ++step) {
      const double count = std::max(1, counts[season][step]);
      for (auto* series : {&days[season].load_kw, &days[season].pv_kw, &days[season].import_kw,
                           &days[season].export_kw}) {
        (*series)[step] /= count;
      }
    }
  }
  return days;
}

double VillageSums::hourly_matched_share() const {
  const auto steps_an_hour = static_cast<std::size_t>(3600 / inputs_.village.axis.step.count());
  double matched = 0.0;
  for (std::size_t t = 0; t < load_kwh_.size(); t += steps_an_hour) {
    double load = 0.0;
    double pv = 0.0;
    for (std::size_t k = t; k < std::min(t + steps_an_hour, load_kwh_.size()); ++k) {
      load += load_kwh_[k];
      pv += served_kwh_[k];
    }
    matched += std::min(load, pv);
  }
  return energy.load_kwh > 0.0 ? matched / energy.load_kwh : 0.0;
}

std::vector<std::array<double, 24>> VillageSums::net_power_kw() const {
  std::vector<std::array<double, 24>> days;
  std::array<double, 24> counts{};
  const auto close_day = [&] {
    for (std::size_t hour = 0; hour < counts.size() && !days.empty(); ++hour) {
      days.back()[hour] /= std::max(1.0, counts[hour]);
    }
    counts.fill(0.0);
  };
  for (std::size_t t = 0; t < inputs_.times.size(); ++t) {
    const Civil& time = inputs_.times[t];
    if (t == 0 || time.date() != inputs_.times[t - 1].date()) {
      close_day();
      days.emplace_back().fill(0.0);
    }
    const auto hour = static_cast<std::size_t>(time.hour());
    days.back()[hour] += (import_kwh_[t] - export_kwh_[t]) / inputs_.step_hours();
    counts[hour] += 1.0;
  }
  close_day();
  return days;
}

/// DL/T 2041's typical moment lies on a working day of spring or autumn between 10 and 14 h.
bool VillageSums::is_typical(std::size_t step) const {
  const Civil& time = inputs_.times[step];
  const bool mild = (time.month >= 3 && time.month <= 5) || (time.month >= 9 && time.month <= 11);
  return mild && time.weekday >= 1 && time.weekday <= 5 && time.hour() >= 10 && time.hour() < 14;
}

TransformerYear VillageSums::transformer_year(const TransformerSeries& series,
                                              const model::Transformer& transformer) const {
  const model::Assumptions& assumptions = inputs_.village.assumptions;
  const double hours = inputs_.step_hours();
  const double power_factor = assumptions.value("grid.power_factor");
  const double limit_kw = transformer.rating_kva * transformer.in_parallel * power_factor;
  TransformerYear year;
  year.households = series.households;
  year.connected_kw = series.connected_kw;
  year.storage_kw = series.storage_kw;
  double most_pv = -1.0;
  for (std::size_t t = 0; t < series.net_kwh.size(); ++t) {
    const double net_kw = series.net_kwh[t] / hours;
    year.peak_import_kw = std::max(year.peak_import_kw, net_kw);
    year.peak_export_kw = std::max(year.peak_export_kw, -net_kw);
    year.reverse_hours += net_kw < 0.0 ? hours : 0.0;
    year.over_limit_hours += std::abs(net_kw) > limit_kw ? hours : 0.0;
    if (is_typical(t) && series.pv_kwh[t] > most_pv) {
      most_pv = series.pv_kwh[t];
      year.typical_step = t;
    }
  }
  year.typical_load_kw = series.load_kwh[year.typical_step] / hours;
  year.typical_pv_kw = series.pv_kwh[year.typical_step] / hours;
  const double peak_pv_kw = *std::ranges::max_element(series.available_kwh) / hours;
  year.simultaneity = series.connected_kw > 0.0 && peak_pv_kw > 0.0
                          ? std::min(1.0, peak_pv_kw / series.connected_kw)
                          : 1.0;
  year.standard_2025 =
      hosting::hosting_2025({.load_kw = year.typical_load_kw,
                             .other_generation_kw = transformer.other_generation_kw,
                             .rating_kva = transformer.rating_kva,
                             .reverse_rate = assumptions.value("grid.reverse_load_rate"),
                             .in_parallel = transformer.in_parallel,
                             .power_factor = power_factor,
                             .storage_kw = series.storage_kw,
                             .simultaneity = year.simultaneity,
                             .connected_kw = series.connected_kw,
                             .registered_kw = transformer.registered_kw});
  year.standard_2019 = hosting::hosting_2019(
      year.typical_pv_kw + transformer.other_generation_kw, year.typical_load_kw,
      transformer.rating_kva * transformer.in_parallel, assumptions.value("grid.margin_2019"));
  year.grade_2025 = year.standard_2025.grade;
  year.grade_2019 = year.standard_2019.grade;
  year.duration_kw = duration_kw(series.net_kwh, hours);
  return year;
}

std::vector<TransformerYear> VillageSums::transformers() const {
  std::vector<TransformerYear> all;
  for (std::size_t i = 0; i < transformers_.size(); ++i) {
    all.push_back(transformer_year(transformers_[i], inputs_.village.transformers[i]));
  }
  return all;
}

}  // namespace xiaoyuan::plan
