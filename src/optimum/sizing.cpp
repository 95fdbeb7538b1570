#include "optimum/sizing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "optimum/sizing_refusal.hpp"
#include "optimum/sizing_search.hpp"

namespace xiaoyuan::optimum {

namespace {

Quantity quantity_of(const SizingProblem& problem) {
  if (problem.aim == SizingAim::least_carbon) {
    return Quantity::carbon_kg;
  }
  return problem.aim == SizingAim::least_import || problem.most_quantity < no_limit
             ? Quantity::import_kwh
             : Quantity::none;
}

Error out_of_reach(const SizingProblem& problem, double least) {
  const bool is_carbon = problem.aim == SizingAim::least_carbon;
  return {Fault::impossible,
          {fmt::format("no sizes within the roofs, the battery's limits and the budget bring the "
                       "year's {} down to {:.3f}; the least is {:.3f}",
                       is_carbon ? "carbon (kg)" : "import (kWh)", problem.most_quantity, least),
           fmt::format("在屋面、储能上限与预算之内,无法将全年{}降到 {:.3f};最低为 {:.3f}",
                       is_carbon ? "碳排放(kg)" : "购电量(千瓦时)", problem.most_quantity, least)},
          {}};
}

/// Do the largest sizes keep the import limit when `more_kwh` a step is added to it?
bool largest_keep_limits(const SizingProblem& problem, double more_kwh) {
  SizingProblem raised = problem;
  std::vector<double> limits(problem.import_limits_kwh.begin(), problem.import_limits_kwh.end());
  for (double& limit : limits) {
    limit += more_kwh;
  }
  raised.import_limits_kwh = limits;
  raised.import_limit_kwh += more_kwh;
  SizedYears years(raised, Quantity::none);
  Sizes sizes;
  for (const RoofPlane& roof : problem.roofs) {
    sizes.push_back(roof.room_kwp);
  }
  const BatteryChoice& battery = problem.battery;
  Product largest{battery.most_kwh, 0.0, {}};
  if (!battery.catalogue.empty()) {
    largest = *std::ranges::max_element(battery.catalogue, {}, &Product::kwh);
  }
  sizes.push_back(largest.kwh);
  sizes.push_back(largest.kw > 0.0
                      ? largest.kw
                      : std::min(battery.most_kw, largest.kwh * years.useful_kw_per_kwh()));
  Cut cut;
  return largest.kwh >= years.needed_kwh() && sizes.back() >= years.needed_kw() &&
         years.dispatch(sizes, {}, cut).is_feasible;
}

/// The import limit leaves load unmet whatever is built; by how much it would have to be raised.
Error import_out_of_reach(const SizingProblem& problem) {
  double enough = 1.0;
  while (!largest_keep_limits(problem, enough) && enough < 1e6) {
    enough *= 2.0;
  }
  double low = 0.0;
  for (int trial = 0; trial < 30; ++trial) {
    const double middle = 0.5 * (low + enough);
    (largest_keep_limits(problem, middle) ? enough : low) = middle;
  }
  const double kw = std::ceil(1000.0 * enough / problem.step_hours) / 1000.0;
  return {Fault::impossible,
          {fmt::format("even full roofs and the largest battery leave load unmet within the import "
                       "limit; raise it by {:.3f} kW",
                       kw),
           fmt::format(
               "即使屋面装满并采用最大电池,购电限值内仍无法满足负荷;请将限值提高 {:.3f} 千瓦", kw)},
          {"", 0, "import_limit_kwh"}};
}

/// The budget buys no sizes that keep the limits.
Error budget_out_of_reach(const SizingProblem& problem) {
  SizingProblem free = problem;
  free.budget_yuan = no_limit;
  const auto answer = best_sizes(free);
  const double yuan = answer ? std::ceil(answer->capex_yuan) : 0.0;
  return {Fault::impossible,
          {fmt::format("no sizes of {} yuan keep the import limit and the reserve; {:.0f} yuan buy "
                       "some that do",
                       problem.budget_yuan, yuan),
           fmt::format("预算 {} 元内没有能满足购电限值与备用电量的容量;{:.0f} 元可以满足",
                       problem.budget_yuan, yuan)},
          {"", 0, "budget_yuan"}};
}

bool is_limited(const SizingProblem& problem) {
  return problem.import_limit_kwh < 1e9 || !problem.import_limits_kwh.empty() ||
         problem.reserve_kwh > 0.0;
}

/// Falling prices, an entry, products or whole modules: what the search has to branch on.
SizingProof proof_of(const SizingProblem& problem) {
  const auto falls = [](const Purchase& purchase) {
    for (std::size_t i = 1; i < purchase.pieces.size(); ++i) {
      if (purchase.pieces[i].yuan_per_unit < purchase.pieces[i - 1].yuan_per_unit) {
        return true;
      }
    }
    return purchase.entry_yuan > 0.0;
  };
  const bool is_searched = !problem.battery.catalogue.empty() || falls(problem.battery.energy) ||
                           falls(problem.battery.power) ||
                           std::ranges::any_of(problem.roofs, [&](const auto& roof) {
                             return roof.module_kwp > 0.0 || falls(roof.purchase);
                           });
  return is_searched ? SizingProof::searched : SizingProof::cuts;
}

/// One problem's search, from which several answers can be asked.
class Sizer {
 public:
  explicit Sizer(const SizingProblem& problem)
      : problem_(problem),
        quantity_(quantity_of(problem)),
        years_(problem, quantity_),
        search_(problem, years_) {}
  Sizer(const SizingProblem& problem, Quantity quantity)
      : problem_(problem),
        quantity_(quantity),
        years_(problem, quantity),
        search_(problem, years_) {}

  Result<SizingResult> best();
  SizingResult cheapest(double most_quantity) {
    return answer({Target::cost, most_quantity, problem_.gap});
  }
  Found least() { return *search_.find({Target::quantity, no_limit, problem_.gap}); }
  bool keeps_limits() { return search_.find({Target::cost, no_limit, problem_.gap}).has_value(); }
  double weight() const { return years_.weight(); }
  /// Cheapest with a limit that is known to be kept by some sizes; weighted.
  SizingResult answer(const Hunt& hunt);
  double room_of_gap(const Found& least) const {
    return problem_.gap *
           std::max(1.0, least.best.energy.quantity + search_.nothing().energy.quantity);
  }

 private:
  void add_worth(const Found& found, const Cut& cut, SizingResult& result);
  SizeWorth worth_of(std::size_t axis, const Visit& visit, const Cut& cut) const;
  double battery_worth_at_none(const Visit& visit);

  const SizingProblem& problem_;
  Quantity quantity_;
  SizedYears years_;
  SizingSearch search_;
};

const Purchase& purchase_of(const SizingProblem& problem, std::size_t axis) {
  const std::size_t roofs = problem.roofs.size();
  return axis < roofs    ? problem.roofs[axis].purchase
         : axis == roofs ? problem.battery.energy
                         : problem.battery.power;
}

/// Capex of a unit at which a unit's worth is its price.
std::optional<double> capex_for(const Purchase& purchase, double worth) {
  if (purchase.counted <= 0.0) {
    return std::nullopt;
  }
  return std::max(0.0, (worth - purchase.upkeep_yuan) / purchase.counted);
}

SizeWorth Sizer::worth_of(std::size_t axis, const Visit& visit, const Cut& cut) const {
  const Purchase& purchase = purchase_of(problem_, axis);
  SizeWorth worth{visit.sizes[axis], -cut.slopes[axis], outlay_slope(purchase, visit.sizes[axis]),
                  std::nullopt};
  const bool is_roof = axis < problem_.roofs.size();
  const double room = is_roof                         ? problem_.roofs[axis].room_kwp
                      : axis == problem_.roofs.size() ? problem_.battery.most_kwh
                                                      : problem_.battery.most_kw;
  const bool is_corner = worth.size <= 0.0 || worth.size >= room * (1.0 - 1e-12);
  if (is_roof && is_corner && room > 0.0) {
    worth.changes_at_yuan = capex_for(purchase, worth.worth_yuan);
  }
  return worth;
}

/// What the first kWh of a battery is worth with the power that suits it best, less what that power
/// costs: the largest of a concave function of power by capacity, by its tangents.
double Sizer::battery_worth_at_none(const Visit& visit) {
  constexpr int most_trials = 30;
  const std::size_t energy = problem_.roofs.size();
  const double power_price = outlay_slope(problem_.battery.power, 0.0);
  struct Tangent {
    double ratio, value, slope;
  };
  const auto at = [&](double ratio) {
    Sizes sizes = visit.sizes;
    sizes[energy] = 0.5 * years_.least_kwh();
    sizes[energy + 1] = ratio * sizes[energy];
    Cut cut;
    years_.dispatch(sizes, {}, cut);
    const double slope = -cut.slopes[energy + 1] - power_price;
    return Tangent{ratio, -cut.slopes[energy] + slope * ratio, slope};
  };
  Tangent right = at(years_.useful_kw_per_kwh());
  if (power_price <= 0.0 || right.slope >= 0.0) {
    return right.value;
  }
  Tangent left = at(1e-4 * right.ratio);
  double best = std::max({0.0, left.value, right.value});
  for (int trial = 0; trial < most_trials && left.slope > 0.0; ++trial) {
    const double ratio =
        (right.value - right.slope * right.ratio - left.value + left.slope * left.ratio) /
        (left.slope - right.slope);
    const double top = left.value + left.slope * (ratio - left.ratio);
    if (top - best <= 1e-9 * std::max(1.0, best) || ratio <= left.ratio || ratio >= right.ratio) {
      break;
    }
    const Tangent next = at(ratio);
    best = std::max(best, next.value);
    (next.slope > 0.0 ? left : right) = next;
  }
  return best;
}

void Sizer::add_worth(const Found& found, const Cut& cut, SizingResult& result) {
  const std::size_t energy = problem_.roofs.size();
  for (std::size_t axis = 0; axis < energy; ++axis) {
    result.roofs.push_back(worth_of(axis, found.best, cut));
  }
  result.battery = worth_of(energy, found.best, cut);
  result.power = worth_of(energy + 1, found.best, cut);
  if (problem_.battery.most_kwh > 0.0 && result.battery.size <= 0.0 &&
      problem_.battery.catalogue.empty() && cut.blend.quantity_price == 0.0 &&
      !years_.has_bent_steps()) {
    result.battery.worth_yuan = battery_worth_at_none(found.best);
    result.battery.changes_at_yuan = capex_for(problem_.battery.energy, result.battery.worth_yuan);
  }
}

SizingResult Sizer::answer(const Hunt& hunt) {
  const auto found = search_.find(hunt);
  expects(found.has_value());  // the limits were seen to be kept
  auto settled = search_.settle(found->best, hunt.most_quantity, found->multiplier);
  SizingResult result;
  const Visit& best = found->best;
  result.product = best.product;
  result.energy_yuan = std::min(settled.energy.cost_yuan, best.energy.cost_yuan);
  result.total_yuan = result.energy_yuan + best.outlay_yuan;
  result.bound_yuan = std::min(found->bound, result.total_yuan);
  result.capex_yuan = best.capex_yuan;
  result.without_yuan = search_.nothing().energy.is_feasible
                            ? search_.nothing().energy.cost_yuan
                            : std::numeric_limits<double>::quiet_NaN();
  result.quantity = settled.energy.quantity / years_.weight();
  result.without_quantity = search_.nothing().energy.quantity / years_.weight();
  result.least_quantity = std::numeric_limits<double>::quiet_NaN();
  result.path = std::move(settled.paths.front());
  result.stored_value = years_.first_year().stored_value;
  years_.describe(best.sizes, settled.blend, result);
  if (quantity_ == Quantity::none) {
    result.quantity = result.import_kwh;
  }
  Sizes low = best.sizes;
  Sizes high = best.sizes;
  for (std::size_t axis = 0; axis < low.size(); ++axis) {  // φ's slopes beside the answer
    low[axis] *= 1.0 - 1e-4;
    high[axis] += 1e-4 * std::max(1.0, high[axis]);
  }
  add_worth(*found, years_.fitted(settled.cut, low, high), result);
  result.dispatches = years_.dispatches();
  for (std::size_t t = 0; t < problem_.buy.size(); ++t) {
    result.bent_steps += problem_.buy[t] < 0.0 || problem_.sell[t] > problem_.buy[t] ? 1 : 0;
  }
  result.proof = result.bent_steps > 0 ? SizingProof::bounded : proof_of(problem_);
  return result;
}

Result<SizingResult> Sizer::best() {
  if (quantity_ == Quantity::none) {
    return cheapest(no_limit);
  }
  const Found lowest = least();
  double limit = lowest.best.energy.quantity + room_of_gap(lowest);
  if (problem_.aim == SizingAim::cheapest || problem_.most_quantity < no_limit) {
    if (lowest.bound > problem_.most_quantity * weight() * (1.0 + 1e-9) + 1e-9) {
      return std::unexpected(
          Errors{out_of_reach(problem_, lowest.best.energy.quantity / weight())});
    }
    limit = std::max(problem_.most_quantity * weight(), lowest.best.energy.quantity);
  }
  SizingResult result = cheapest(limit);
  result.least_quantity = lowest.bound / weight();
  return result;
}

/// Data that make no problem, or limits that no sizes keep.
Errors refused(const SizingProblem& problem) {
  Errors errors = wrong_sizing(problem);
  if (!errors.empty() || !is_limited(problem)) {
    return errors;
  }
  if (!largest_keep_limits(problem, 0.0)) {
    return {import_out_of_reach(problem)};
  }
  if (problem.budget_yuan < no_limit && !Sizer(problem, Quantity::none).keeps_limits()) {
    return {budget_out_of_reach(problem)};
  }
  return {};
}

}  // namespace

double SizingResult::gap() const {
  const double without = std::isnan(without_yuan) ? 0.0 : std::abs(without_yuan);
  return (total_yuan - bound_yuan) / std::max(1.0, without + std::abs(total_yuan));
}

double SizingResult::quantity_gap() const {
  return (quantity - least_quantity) /
         std::max(1.0, std::abs(without_quantity) + std::abs(quantity));
}

Result<SizingResult> best_sizes(const SizingProblem& problem) {
  if (auto errors = refused(problem); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return Sizer(problem).best();
}

Result<std::vector<SizingResult>> sizing_front(const SizingProblem& problem, std::size_t points) {
  SizingProblem asked = problem;  // the front limits a quantity, whatever the aim
  asked.aim = asked.aim == SizingAim::cheapest ? SizingAim::least_import : asked.aim;
  if (auto errors = refused(asked); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  Sizer sizer(problem,
              problem.aim == SizingAim::least_carbon ? Quantity::carbon_kg : Quantity::import_kwh);
  const Found lowest = sizer.least();
  const double least = lowest.best.energy.quantity + sizer.room_of_gap(lowest);
  std::vector<SizingResult> front{sizer.cheapest(no_limit)};
  const double most = front.front().quantity * sizer.weight();
  for (std::size_t i = 1; i < points && most > least; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(points - 1);
    front.push_back(sizer.cheapest(most - share * (most - least)));
  }
  for (SizingResult& one : front) {
    one.least_quantity = lowest.bound / sizer.weight();
  }
  return front;
}

}  // namespace xiaoyuan::optimum
