#include "optimum/sizing_refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "optimum/refusal.hpp"

namespace xiaoyuan::optimum {

namespace {

Error unfit(std::string field, std::string en, std::string zh) {
  return {Fault::bad_input, {std::move(en), std::move(zh)}, {"", 0, std::move(field)}};
}

/// A number with what it may be.
void hold_range(Errors& errors, const std::string& field, double value, double least, double most) {
  if (value >= least && value <= most) {
    return;
  }
  const double nearest = std::isnan(value) ? least : std::clamp(value, least, most);
  errors.push_back(unfit(
      field,
      most < no_limit ? fmt::format("expected a number from {} to {}, found {}; the nearest is {}",
                                    least, most, value, nearest)
                      : fmt::format("expected a number from {} up, found {}; the nearest is {}",
                                    least, value, nearest),
      most < no_limit
          ? fmt::format("应为 {} 至 {} 之间的数值,实为 {};最接近的可行值为 {}", least, most, value,
                        nearest)
          : fmt::format("应不小于 {},实为 {};最接近的可行值为 {}", least, value, nearest)));
}

void check_purchase(Errors& errors, const std::string& field, const Purchase& purchase) {
  hold_range(errors, field + ".entry_yuan", purchase.entry_yuan, 0.0, no_limit);
  hold_range(errors, field + ".counted", purchase.counted, 0.0, no_limit);
  hold_range(errors, field + ".upkeep_yuan", purchase.upkeep_yuan, 0.0, no_limit);
  double from = 0.0;
  for (const PricePiece& piece : purchase.pieces) {
    hold_range(errors, field + ".yuan_per_unit", piece.yuan_per_unit, 0.0, no_limit);
    if (!(piece.up_to > from)) {
      errors.push_back(
          unfit(field + ".up_to",
                fmt::format("price tiers must rise in size: {} follows {}", piece.up_to, from),
                fmt::format("价格分段的规模应递增:{} 之后为 {}", from, piece.up_to)));
    }
    from = piece.up_to;
  }
}

/// Where buying earns or the grid pays more than it asks, cost is not convex in the sizes, and a
/// limit of the quantity cannot be kept by mixing schedules.
void check_prices(const SizingProblem& problem, Errors& errors) {
  if (problem.aim == SizingAim::cheapest && problem.most_quantity == no_limit) {
    return;
  }
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t t = problem.buy.size(); t-- > 0;) {
    if (problem.buy[t] < 0.0 || problem.sell[t] > problem.buy[t]) {
      ++count;
      first = t;
    }
  }
  if (count == 0) {
    return;
  }
  const bool buying_earns = problem.buy[first] < 0.0;
  errors.push_back(unfit(
      buying_earns ? "buy" : "sell",
      fmt::format(
          "{} of {} steps pay for import or pay more for export than import costs (first: "
          "step {}, buy {}, sell {}); an aim or a limit of import or carbon needs 0 ≤ buy and "
          "sell ≤ buy: the "
          "nearest for this step is {} {}",
          count, problem.buy.size(), first, problem.buy[first], problem.sell[first],
          buying_earns ? "buy" : "sell", std::max(0.0, problem.buy[first])),
      fmt::format("{} / {} 个时间步存在负购电价或上网电价高于购电价(首个:第 {} 步,购电 {},上网 {});"
                  "以购电量或碳排放为目标或约束时要求 0 ≤ 购电价且上网电价 ≤ "
                  "购电价:该步最接近的可行值为 {} {}",
                  count, problem.buy.size(), first, problem.buy[first], problem.sell[first],
                  buying_earns ? "buy" : "sell", std::max(0.0, problem.buy[first]))));
}

void check_battery(const BatteryChoice& battery, Errors& errors) {
  hold_range(errors, "battery.most_kwh", battery.most_kwh, 0.0, 1e7);
  hold_range(errors, "battery.most_kw", battery.most_kw, 0.0, no_limit);
  hold_range(errors, "battery.most_kw_per_kwh", battery.most_kw_per_kwh, 1e-3, no_limit);
  hold_range(errors, "battery.ceiling_share", battery.ceiling_share, 0.01, 1.0);
  hold_range(errors, "battery.floor_share", battery.floor_share, 0.0,
             std::max(0.0, battery.ceiling_share - 0.01));
  hold_range(errors, "battery.charge_efficiency", battery.charge_efficiency, 0.01, 1.0);
  hold_range(errors, "battery.discharge_efficiency", battery.discharge_efficiency, 0.01, 1.0);
  hold_range(errors, "battery.standing_loss_per_hour", battery.standing_loss_per_hour, 0.0, 0.5);
  hold_range(errors, "battery.wear_yuan_per_kwh", battery.wear_yuan_per_kwh, 0.0, no_limit);
  check_purchase(errors, "battery.energy", battery.energy);
  check_purchase(errors, "battery.power", battery.power);
  for (std::size_t i = 0; i < battery.catalogue.size(); ++i) {
    const std::string field = fmt::format("battery.catalogue[{}]", i);
    hold_range(errors, field + ".kwh", battery.catalogue[i].kwh, 0.01, 1e7);
    // What holds the store at its floor against its standing loss.
    const double needed = battery.catalogue[i].kwh * battery.floor_share *
                          battery.standing_loss_per_hour / battery.charge_efficiency;
    if (battery.catalogue[i].kw != 0.0) {
      hold_range(errors, field + ".kw", battery.catalogue[i].kw, std::max(0.001, 2.0 * needed),
                 1e7);
    }
    hold_range(errors, field + ".capex_yuan", battery.catalogue[i].capex_yuan.value_or(0.0), 0.0,
               no_limit);
  }
}

/// The largest battery there is must hold the reserve when it is worn.
void check_reserve(const SizingProblem& problem, Errors& errors) {
  double largest = problem.battery.most_kwh;
  if (!problem.battery.catalogue.empty()) {
    largest = std::ranges::max_element(problem.battery.catalogue, {}, &Product::kwh)->kwh;
  }
  double least_share = no_limit;
  for (const YearShare& year : problem.years) {
    least_share = std::min(least_share, year.capacity_share);
  }
  hold_range(errors, "reserve_kwh", problem.reserve_kwh, 0.0,
             largest * problem.battery.ceiling_share * std::min(least_share, 1e6) * 0.999999);
}

void check_carbon(const SizingProblem& problem, Errors& errors) {
  const auto factors = problem.carbon_kg_per_kwh;
  if (problem.aim != SizingAim::least_carbon) {
    return;
  }
  if (factors.size() != problem.load_kwh.size()) {
    errors.push_back(unfit("carbon_kg_per_kwh",
                           fmt::format("expected {} factors, one a step, found {}",
                                       problem.load_kwh.size(), factors.size()),
                           fmt::format("应每步一个因子,共 {} 个,实为 {} 个",
                                       problem.load_kwh.size(), factors.size())));
    return;
  }
  const auto bad =
      std::ranges::find_if(factors, [](double one) { return !(one >= 0.0 && one < 100.0); });
  if (bad != factors.end()) {
    hold_range(errors, fmt::format("carbon_kg_per_kwh[{}]", bad - factors.begin()), *bad, 0.0,
               100.0);
  }
}

}  // namespace

Errors wrong_sizing(const SizingProblem& problem) {
  const std::size_t size = problem.load_kwh.size();
  const std::vector<double> no_pv(size, 0.0);
  DispatchProblem dispatch;
  dispatch.year = {problem.load_kwh,         no_pv, problem.buy, problem.sell, problem.step_hours,
                   problem.export_limit_kwh, 1e9,   {}};
  dispatch.year.export_limits_kwh = problem.export_limits_kwh;
  dispatch.year.import_limits_kwh = problem.import_limits_kwh;
  dispatch.tier_limits_kwh = problem.tier_limits_kwh;
  dispatch.tier_additions_yuan = problem.tier_additions_yuan;
  dispatch.tier_period_of_step = problem.tier_period_of_step;
  Errors errors = wrong_data(dispatch);
  for (const RoofPlane& roof : problem.roofs) {
    const std::string field = "roof " + roof.name;
    hold_range(errors, field + ".room_kwp", roof.room_kwp, 0.0, 1e6);
    hold_range(errors, field + ".module_kwp", roof.module_kwp, 0.0, 1e6);
    check_purchase(errors, field, roof.purchase);
    if (roof.kwh_per_kwp.size() != size) {
      errors.push_back(unfit(
          field + ".kwh_per_kwp",
          fmt::format("expected {} values, one a step, found {}", size, roof.kwh_per_kwp.size()),
          fmt::format("应每步一个值,共 {} 个,实为 {} 个", size, roof.kwh_per_kwp.size())));
      continue;
    }
    const auto bad = std::ranges::find_if(roof.kwh_per_kwp,
                                          [](double one) { return !(one >= 0.0 && one < 1e6); });
    if (bad != roof.kwh_per_kwp.end()) {
      hold_range(errors, fmt::format("{}.kwh_per_kwp[{}]", field, bad - roof.kwh_per_kwp.begin()),
                 *bad, 0.0, 1e6);
    }
  }
  check_battery(problem.battery, errors);
  for (std::size_t i = 0; i < problem.years.size(); ++i) {
    const std::string field = fmt::format("years[{}]", i);
    hold_range(errors, field + ".weight", problem.years[i].weight, 0.0, 1e6);
    hold_range(errors, field + ".pv_share", problem.years[i].pv_share, 0.0, 2.0);
    hold_range(errors, field + ".capacity_share", problem.years[i].capacity_share, 0.01, 2.0);
  }
  hold_range(errors, "import_limit_kwh", problem.import_limit_kwh, 0.0, no_limit);
  check_reserve(problem, errors);
  hold_range(errors, "budget_yuan", problem.budget_yuan, 0.0, no_limit);
  hold_range(errors, "gap", problem.gap, 1e-10, 1.0);
  check_carbon(problem, errors);
  if (errors.empty()) {
    check_prices(problem, errors);
  }
  return errors;
}

}  // namespace xiaoyuan::optimum
