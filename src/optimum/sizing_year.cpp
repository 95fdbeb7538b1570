#include "optimum/sizing_year.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double unlimited_kwh = 1e9;
constexpr double missed_unmet_kwh = 1e-6;  // so much is asked for less, that the dispatch agrees
constexpr double least_ratio = 1e-6;       // kW per kWh: less power than this tells nothing

}  // namespace

double Cut::at(const Sizes& sizes) const {
  double value = constant;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    value += slopes[i] * sizes[i];
  }
  return value;
}

SizedYears::SizedYears(const SizingProblem& problem, Quantity quantity)
    : problem_(problem), quantity_(quantity), pv_kwh_(problem.load_kwh.size()) {
  for (const YearShare& year : problem.years) {
    weight_ += year.weight;
  }
  least_kwh_ = 1e-4 * std::min(1.0, problem.battery.most_kwh);
  double most_pv = 0.0;
  for (std::size_t t = 0; t < size(); ++t) {
    double pv = 0.0;
    for (const RoofPlane& roof : problem.roofs) {
      pv += roof.room_kwp * roof.kwh_per_kwp[t];
    }
    most_pv = std::max(most_pv, pv);
    is_plain_ = is_plain_ && problem.sell[t] >= 0.0 && problem.buy[t] >= 0.0;
    has_bent_steps_ = has_bent_steps_ || problem.buy[t] < 0.0 || problem.sell[t] > problem.buy[t];
  }
  const double most_kw =
      std::min(problem.battery.most_kw, problem.battery.most_kwh * useful_kw_per_kwh());
  is_plain_ = is_plain_ && problem.export_limit_kwh >= most_pv + most_kw * problem.step_hours &&
              problem.export_limits_kwh.empty() && problem.import_limits_kwh.empty() &&
              problem.import_limit_kwh >= unlimited_kwh;
  paths_.resize(problem.years.size());
}

double SizedYears::needed_kwh() const {
  double least_share = no_limit;
  for (const YearShare& year : problem_.years) {
    least_share = std::min(least_share, year.capacity_share);
  }
  return problem_.reserve_kwh > 0.0
             ? problem_.reserve_kwh * (1.0 + 1e-9) / (least_share * problem_.battery.ceiling_share)
             : 0.0;
}

double SizedYears::needed_kw() const {
  const BatteryChoice& battery = problem_.battery;
  const double lost = 1.0 - std::pow(1.0 - battery.standing_loss_per_hour, problem_.step_hours);
  return problem_.reserve_kwh * lost / (battery.charge_efficiency * problem_.step_hours) *
         (1.0 + 2e-6);
}

/// What holds the store at its floor against its standing loss, with a little to spare.
double SizedYears::needed_kw_per_kwh() const {
  const BatteryChoice& battery = problem_.battery;
  double most_share = 0.0;
  for (const YearShare& year : problem_.years) {
    most_share = std::max(most_share, year.capacity_share);
  }
  const double lost = 1.0 - std::pow(1.0 - battery.standing_loss_per_hour, problem_.step_hours);
  return most_share * battery.floor_share * lost /
         (battery.charge_efficiency * problem_.step_hours) * (1.0 + 2e-6);
}

/// From empty to full in a step, with what the step loses.
double SizedYears::useful_kw_per_kwh() const {
  const BatteryChoice& battery = problem_.battery;
  double most_share = 0.0;
  for (const YearShare& year : problem_.years) {
    most_share = std::max(most_share, year.capacity_share);
  }
  const double kept = std::pow(1.0 - battery.standing_loss_per_hour, problem_.step_hours);
  const double useful = most_share * (battery.ceiling_share - kept * battery.floor_share) /
                        (battery.charge_efficiency * problem_.step_hours);
  return std::min(useful, battery.most_kw_per_kwh);
}

/// The dispatch of one representative year at these sizes and this objective.
void SizedYears::lay(const Sizes& sizes, const YearShare& share, const Blend& blend) {
  std::ranges::fill(pv_kwh_, 0.0);
  for (std::size_t i = 0; i < problem_.roofs.size(); ++i) {
    const double kwp = sizes[i] * share.pv_share;
    const auto shape = problem_.roofs[i].kwh_per_kwp;
    for (std::size_t t = 0; t < pv_kwh_.size() && kwp > 0.0; ++t) {
      pv_kwh_[t] += kwp * shape[t];
    }
  }
  const BatteryChoice& battery = problem_.battery;
  const double kwh = sizes[problem_.roofs.size()] * share.capacity_share;
  const double kw = sizes[problem_.roofs.size() + 1];
  dispatch_.year = {
      problem_.load_kwh,
      pv_kwh_,
      problem_.buy,
      problem_.sell,
      problem_.step_hours,
      problem_.export_limit_kwh,
      problem_.import_limit_kwh,
      {std::max(battery.floor_share * kwh, problem_.reserve_kwh), battery.ceiling_share * kwh, kw,
       kw, battery.charge_efficiency, battery.discharge_efficiency, battery.standing_loss_per_hour,
       blend.cost_share * battery.wear_yuan_per_kwh}};
  dispatch_.year.export_limits_kwh = problem_.export_limits_kwh;
  dispatch_.year.import_limits_kwh = problem_.import_limits_kwh;
  dispatch_.tier_limits_kwh = problem_.tier_limits_kwh;
  dispatch_.tier_additions_yuan = problem_.tier_additions_yuan;
  dispatch_.tier_period_of_step = problem_.tier_period_of_step;
  if (blend.cost_share == 1.0 && blend.quantity_price == 0.0) {
    return;
  }
  buy_.resize(size());
  sell_.resize(size());
  const bool is_carbon = quantity_ == Quantity::carbon_kg;
  for (std::size_t t = 0; t < size(); ++t) {
    buy_[t] = blend.cost_share * problem_.buy[t] +
              blend.quantity_price * (is_carbon ? problem_.carbon_kg_per_kwh[t] : 1.0);
    sell_[t] = blend.cost_share * problem_.sell[t];
  }
  dispatch_.year.buy = buy_;
  dispatch_.year.sell = sell_;
  for (double& addition : dispatch_.tier_additions_yuan) {
    addition *= blend.cost_share;
  }
}

/// A year whose least cost is what the sizes leave unmet, kWh.
void SizedYears::lay_unmet(const Sizes& sizes, const YearShare& share) {
  lay(sizes, share, {});
  free_kwh_.resize(size());
  ones_.assign(size(), 1.0);
  zeros_.assign(size(), 0.0);
  for (std::size_t t = 0; t < size(); ++t) {
    free_kwh_[t] = pv_kwh_[t] + import_limit(dispatch_.year, t);
  }
  StoreYear& year = dispatch_.year;
  year.pv_kwh = free_kwh_;
  year.buy = ones_;
  year.sell = zeros_;
  year.export_limit_kwh = year.import_limit_kwh = unlimited_kwh;
  year.export_limits_kwh = year.import_limits_kwh = {};
  year.battery.wear_yuan_per_kwh = 0.0;
  dispatch_.tier_limits_kwh.clear();
  dispatch_.tier_additions_yuan.clear();
  dispatch_.tier_period_of_step.clear();
}

bool SizedYears::keeps_limits(const StorePath& path) const {
  for (std::size_t t = 0; t < size(); ++t) {
    if (flow_of(dispatch_.year, t, path.change_kwh[t]).import_kwh >
        import_limit(dispatch_.year, t) + 1e-9) {
      return false;
    }
  }
  return problem_.reserve_kwh <= 0.0;
}

/// Money and quantity of a schedule at the problem's own prices, with PV used as the laid year has
/// it.
Weighed SizedYears::weigh(const StorePath& path) const {
  Weighed all;
  const StoreYear& year = dispatch_.year;
  const auto& periods = problem_.tier_period_of_step;
  std::vector<double> imports(periods.empty() ? 1 : 1UL + *std::ranges::max_element(periods), 0.0);
  const bool is_carbon = quantity_ == Quantity::carbon_kg;
  for (std::size_t t = 0; t < size(); ++t) {
    const double change = path.change_kwh[t];
    const StepFlow flow = flow_of(year, t, change);
    all.cost_yuan += problem_.buy[t] * flow.import_kwh - problem_.sell[t] * flow.export_kwh +
                     problem_.battery.wear_yuan_per_kwh * std::abs(change);
    all.quantity += flow.import_kwh * (is_carbon ? problem_.carbon_kg_per_kwh[t] : 1.0);
    imports[periods.empty() ? 0 : periods[t]] += flow.import_kwh;
  }
  const Tiers tiers{problem_.tier_limits_kwh, problem_.tier_additions_yuan};
  for (const double kwh : imports) {
    all.cost_yuan += tier_cost(tiers, kwh);
  }
  return all;
}

Weighed SizedYears::weigh(const Sizes& sizes, const Blend& blend,
                          const std::vector<StorePath>& paths) {
  Weighed all;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    const YearShare& share = problem_.years[k];
    lay(sizes, share, blend);
    const Weighed one = weigh(paths[k]);
    all.cost_yuan += share.weight * one.cost_yuan;
    all.quantity += share.weight * one.quantity;
  }
  return all;
}

Weighed SizedYears::without_store(const Sizes& sizes) {
  StorePath idle;
  idle.change_kwh.assign(size(), 0.0);
  Weighed all = weigh(sizes, {}, std::vector<StorePath>(problem_.years.size(), idle));
  for (const YearShare& share : problem_.years) {
    lay(sizes, share, {});
    all.is_feasible = all.is_feasible && keeps_limits(idle);
  }
  return all;
}

Weighed SizedYears::dispatch(const Sizes& sizes, const Blend& blend, Cut& cut) {
  Sizes at = sizes;
  double& kwh = at[problem_.roofs.size()];
  double& kw = at[problem_.roofs.size() + 1];
  const double ratio = kwh > 0.0 ? kw / kwh : useful_kw_per_kwh();
  const bool is_none = kwh < least_kwh_;
  kwh = std::max(kwh, least_kwh_);
  kw = std::max({kw, is_none ? ratio * least_kwh_ : 0.0,
                 std::max(least_ratio, needed_kw_per_kwh() * (1.0 - 1e-6)) * kwh});
  cut.blend = blend;
  cut.constant = 0.0;
  cut.slopes.assign(at.size(), 0.0);
  cut.bent.clear();
  Weighed all;
  for (std::size_t k = 0; k < problem_.years.size(); ++k) {
    const YearShare& share = problem_.years[k];
    lay(at, share, blend);
    ++dispatches_;
    if (!optimiser_.solve(dispatch_, result_)) {
      cut = {{0.0, 0.0}, missed_unmet_kwh, std::vector<double>(at.size(), 0.0), {}};
      lay_unmet(at, share);
      const auto unmet = optimiser_.solve(dispatch_, result_);
      expects(unmet.has_value());  // all can be bought
      add_cut(is_none ? 0.0 : kw, {1.0, share.pv_share, share.capacity_share}, cut, Line::unmet);
      return {0.0, 0.0, false};
    }
    add_cut(is_none ? 0.0 : kw, share, cut, Line::cost);
    if (quantity_ == Quantity::none) {
      all.cost_yuan += share.weight * result_.cost_yuan;
    } else {
      const Weighed one = weigh(result_.path);
      all.cost_yuan += share.weight * one.cost_yuan;
      all.quantity += share.weight * one.quantity;
    }
    if (k == 0) {
      first_.stored_value = result_.stored_value;
    }
    std::swap(paths_[k], result_.path);
  }
  return all;
}

/// The best π of a step: Σ_t is concave and piecewise linear in it, so it lies at a corner.
double SizedYears::plain_value(std::size_t t, double buy, double power_kwh) const {
  const StoreYear& year = dispatch_.year;
  const double missing = year.load_kwh[t] - year.pv_kwh[t];
  const double sell = year.sell[t];
  const battery::Spec& spec = year.battery;
  const double value = result_.stored_value[t];
  if (missing < 0.0) {
    return missing <= -power_kwh
               ? sell
               : std::clamp((value - spec.wear_yuan_per_kwh) * spec.charge_efficiency, sell, buy);
  }
  return missing > 0.0 && missing >= power_kwh
             ? buy
             : std::clamp((value + spec.wear_yuan_per_kwh) / spec.discharge_efficiency, sell, buy);
}

double SizedYears::limited_value(std::size_t t, double buy, double power_kwh) const {
  const StoreYear& year = dispatch_.year;
  const double sell = year.sell[t];
  const battery::Spec& spec = year.battery;
  const double charging =
      (result_.stored_value[t] - spec.wear_yuan_per_kwh) * spec.charge_efficiency;
  const double discharging =
      (result_.stored_value[t] + spec.wear_yuan_per_kwh) / spec.discharge_efficiency;
  const double most_export = export_limit(year, t);
  const double most_import = import_limit(year, t);
  const auto gain = [&](double value) {
    return value * year.load_kwh[t] - std::max(value, 0.0) * year.pv_kwh[t] -
           (std::max(charging - value, 0.0) + std::max(value - discharging, 0.0)) * power_kwh -
           std::max(sell - value, 0.0) * most_export - std::max(value - buy, 0.0) * most_import;
  };
  double best = buy;
  for (const double value : std::array{sell, 0.0, charging, discharging}) {
    if (gain(value) > gain(best)) {
      best = value;
    }
  }
  return best;
}

double SizedYears::buying(std::size_t t) const {
  const auto& additions = result_.tier_additions;
  const auto& periods = dispatch_.tier_period_of_step;
  return dispatch_.year.buy[t] +
         (additions.empty() ? 0.0 : additions[periods.empty() ? 0 : periods[t]]);
}

void SizedYears::value_energy(double battery_kw) {
  const StoreYear& year = dispatch_.year;
  // Without power a step that misses nothing would have any value; a trace of power decides.
  const double power_kwh = std::max(1e-9, battery_kw * year.step_hours);
  values_.resize(size());
  for (std::size_t t = 0; t < size(); ++t) {
    const double buy = buying(t);
    if (year.sell[t] > buy) {
      values_[t] = 0.0;  // φ stands for such a step
    } else {
      values_[t] = is_plain_ ? plain_value(t, buy, power_kwh) : limited_value(t, buy, power_kwh);
    }
  }
}

/// What a kWp of every roof takes from the line, by the values of the steps.
void SizedYears::add_roofs(const YearShare& share, Cut& cut) const {
  for (std::size_t i = 0; i < problem_.roofs.size(); ++i) {
    const auto shape = problem_.roofs[i].kwh_per_kwp;
    double worth = 0.0;
    for (std::size_t t = 0; t < size(); ++t) {
      worth += std::max(values_[t], 0.0) * shape[t];
    }
    cut.slopes[i] -= share.weight * share.pv_share * worth;
  }
}

/// The part of a step's line that no size moves, without its value's other terms.
double SizedYears::fixed_part(std::size_t t, Line line) const {
  const StoreYear& year = dispatch_.year;
  const double value = values_[t];
  double part = value * year.load_kwh[t];
  if (!is_plain_) {
    part -= std::max(year.sell[t] - value, 0.0) * export_limit(year, t) +
            std::max(value - buying(t), 0.0) * import_limit(year, t);
  }
  if (line == Line::unmet) {  // what may be imported is free there, and no size makes it
    part -= std::max(value, 0.0) * (free_kwh_[t] - pv_kwh_[t]);
  }
  return part;
}

/// Adds this year's line, weighted.
void SizedYears::add_cut(double battery_kw, const YearShare& share, Cut& cut, Line line) {
  const std::size_t roofs = problem_.roofs.size();
  value_energy(battery_kw);
  const StoreYear& year = dispatch_.year;
  const battery::Spec& spec = year.battery;
  const auto& stored = result_.stored_value;
  const double kept = 1.0 - battery::standing_loss(spec, year.step_hours);
  Cut::BentYear bent{share, {}, {}, {}};
  double constant = 0.0;
  double rent = 0.0;
  double falls = 0.0;  // Σ of δ below 0, and above
  double rises = 0.0;
  double before = stored.back();
  for (std::size_t t = 0; t < size(); ++t) {
    const double change = before - kept * stored[t];
    falls += std::min(change, 0.0);
    rises += std::max(change, 0.0);
    before = stored[t];
    if (is_bent(t, line)) {
      bent.steps.push_back(static_cast<std::uint32_t>(t));
      bent.buy.push_back(buying(t));
      bent.stored_value.push_back(stored[t]);
      continue;
    }
    const double value = values_[t];
    constant += fixed_part(t, line);
    rent += std::max((stored[t] - spec.wear_yuan_per_kwh) * spec.charge_efficiency - value, 0.0) +
            std::max(value - (stored[t] + spec.wear_yuan_per_kwh) / spec.discharge_efficiency, 0.0);
  }
  if (!bent.steps.empty()) {
    cut.bent.push_back(std::move(bent));
  }
  const Tiers tiers{dispatch_.tier_limits_kwh, dispatch_.tier_additions_yuan};
  for (const double addition : result_.tier_additions) {
    constant += tier_conjugate(tiers, addition);
  }
  const bool holds_reserve = problem_.reserve_kwh > 0.0 && spec.floor_kwh <= problem_.reserve_kwh;
  if (holds_reserve) {
    constant += rises * problem_.reserve_kwh;
    rises = 0.0;
  }
  cut.constant += share.weight * constant;
  add_roofs(share, cut);
  cut.slopes[roofs] +=
      share.weight * share.capacity_share *
      (falls * problem_.battery.ceiling_share + rises * problem_.battery.floor_share);
  cut.slopes[roofs + 1] -= share.weight * year.step_hours * rent;
}

/// Σ φ_t at given sizes, weighted.
double SizedYears::bent_cost(const Cut::BentYear& year, const Sizes& sizes) const {
  const BatteryChoice& battery = problem_.battery;
  const double power_kwh = sizes[problem_.roofs.size() + 1] * problem_.step_hours;
  const double charged = power_kwh * battery.charge_efficiency;
  const double drawn = power_kwh / battery.discharge_efficiency;
  double cost = 0.0;
  for (std::size_t i = 0; i < year.steps.size(); ++i) {
    const std::size_t t = year.steps[i];
    double pv = 0.0;
    for (std::size_t roof = 0; roof < problem_.roofs.size(); ++roof) {
      pv += year.share.pv_share * sizes[roof] * problem_.roofs[roof].kwh_per_kwp[t];
    }
    const double buy = year.buy[i];
    const double sell = problem_.sell[t];
    const bool may_throw_away = buy < 0.0 || sell < 0.0;
    const auto metered = [&](double net) {
      const double used = std::min(buy * (net - pv), sell * (net - pv));
      return may_throw_away ? std::min({used, buy * net, sell * net}) : used;
    };
    const double load = problem_.load_kwh[t];
    const double value = year.stored_value[i];
    const double wear = battery.wear_yuan_per_kwh;
    cost += std::min({metered(load), metered(load + power_kwh) + (wear - value) * charged,
                      metered(load - power_kwh) + (wear + value) * drawn});
  }
  return year.share.weight * cost;
}

Cut SizedYears::fitted(const Cut& cut, const Sizes& low, const Sizes& high) const {
  if (cut.bent.empty()) {
    return cut;
  }
  std::vector<std::size_t> axes;  // that φ depends on, and that are open
  for (std::size_t axis = 0; axis < low.size(); ++axis) {
    if (axis != problem_.roofs.size() && high[axis] > low[axis]) {
      axes.push_back(axis);
    }
  }
  std::vector<Sizes> corners;
  std::vector<double> costs;
  for (std::size_t corner = 0; corner < (1UL << axes.size()); ++corner) {
    Sizes sizes = low;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      sizes[axes[i]] = (corner >> i & 1) != 0 ? high[axes[i]] : low[axes[i]];
    }
    double cost = 0.0;
    for (const Cut::BentYear& year : cut.bent) {
      cost += bent_cost(year, sizes);
    }
    corners.push_back(std::move(sizes));
    costs.push_back(cost);
  }
  Cut plane{cut.blend, 0.0, Sizes(low.size(), 0.0), {}};
  for (std::size_t i = 0; i < axes.size(); ++i) {
    double rise = 0.0;
    for (std::size_t corner = 0; corner < corners.size(); ++corner) {
      rise += (corner >> i & 1) != 0 ? costs[corner] : -costs[corner];
    }
    plane.slopes[axes[i]] =
        2.0 * rise / static_cast<double>(corners.size()) / (high[axes[i]] - low[axes[i]]);
  }
  double least = no_limit;
  for (std::size_t corner = 0; corner < corners.size(); ++corner) {
    least = std::min(least, costs[corner] - plane.at(corners[corner]));
  }
  plane.constant = cut.constant + least;
  for (std::size_t axis = 0; axis < low.size(); ++axis) {
    plane.slopes[axis] += cut.slopes[axis];
  }
  return plane;
}

void SizedYears::describe(const Sizes& sizes, const Blend& blend, SizingResult& result) {
  lay(sizes, problem_.years.front(), blend);
  for (std::size_t t = 0; t < size(); ++t) {
    const StepFlow flow = flow_of(dispatch_.year, t, result.path.change_kwh[t]);
    result.import_kwh += flow.import_kwh;
    result.export_kwh += flow.export_kwh;
    result.curtailed_kwh += flow.curtailed_kwh;
    result.pv_kwh += pv_kwh_[t];
    result.load_kwh += problem_.load_kwh[t];
  }
}

}  // namespace xiaoyuan::optimum
