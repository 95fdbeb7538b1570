#include "plan/coordination.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "plan/coordination_notes.hpp"
#include "plan/plant_money.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double least_price_yuan = 1e-6;  // a kWh; less is what the search for prices leaves
constexpr double told_gap = 2e-3;

CapacityPrice capacity_price(const Inputs& inputs, const std::vector<double>& yuan_per_kwh) {
  CapacityPrice price;
  const double hours = inputs.step_hours();
  for (std::size_t t = 0; t < yuan_per_kwh.size(); ++t) {
    const Civil& time = inputs.times[t];
    if (t == 0 || time.date() != inputs.times[t - 1].date()) {
      price.yuan_per_kw.emplace_back().fill(0.0);
    }
    if (yuan_per_kwh[t] > least_price_yuan) {
      const double yuan = yuan_per_kwh[t] * hours;
      price.yuan_per_kw_year += yuan;
      price.hours += hours;
      price.yuan_per_kw.back()[static_cast<std::size_t>(time.hour())] += yuan;
    }
  }
  return price;
}

double share_of(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

std::vector<GivenUp> given_up(const SharedYear& year, const SharedSchedules& schedules) {
  std::vector<GivenUp> all;
  for (std::size_t i = 0; i < year.neighbours().size(); ++i) {
    const Neighbour& neighbour = year.neighbours()[i];
    all.push_back({.household = neighbour.household,
                   .withheld_kwh = schedules.withheld_kwh[i],
                   .withheld_share = share_of(schedules.withheld_kwh[i], sum(neighbour.pv_kwh)),
                   .alone_yuan = schedules.alone_yuan[i],
                   .cost_yuan = schedules.cost_of[i]});
  }
  return all;
}

/// `sorted` is not empty.
double median(const std::vector<double>& sorted) {
  const std::size_t size = sorted.size();
  return 0.5 * (sorted[(size - 1) / 2] + sorted[size / 2]);
}

RuleFigures rule_figures(model::Curtailment rule, const SharedYear& year,
                         const SharedSchedules& schedules) {
  RuleFigures figures{.rule = rule, .cost_yuan = schedules.cost_yuan};
  std::vector<double> shares;
  const std::vector<GivenUp> homes = given_up(year, schedules);
  for (std::size_t i = 0; i < homes.size(); ++i) {
    figures.withheld_kwh += homes[i].withheld_kwh;
    if (year.neighbours()[i].home->makes_energy()) {
      shares.push_back(homes[i].withheld_share);
    }
  }
  const auto worst = std::ranges::max_element(homes, {}, &GivenUp::lost_yuan);
  figures.worst_household = worst->household;
  figures.worst_lost_yuan = worst->lost_yuan();
  std::ranges::sort(shares);
  if (!shares.empty()) {
    figures.least_share = shares.front();
    figures.median_share = median(shares);
    figures.most_share = shares.back();
  }
  return figures;
}

class Coordinator {
 public:
  Coordinator(const Shared& shared, const CoordinationOptions& options)
      : shared_(shared), inputs_(shared.inputs), options_(options) {}
  Result<Coordinated> all();

 private:
  Result<Coordination> coordination_of(std::size_t transformer);
  bool begin(SharedYear& year, Coordination& coordination) const;
  std::optional<SharedSchedules> run(SharedYear& year, model::Curtailment rule,
                                     Coordination& coordination) const;
  void take(const SharedYear& year, const SharedSchedules& schedules,
            Coordination& coordination) const;
  void prove(const optimum::CoupledResult& proof, Coordination& coordination) const;
  Result<void> run_last_year(std::size_t transformer, const Coordination& first);
  bool goes_on() const { return !options_.goes_on || options_.goes_on(); }
  const std::string& id_of(const SharedYear& year) const {
    return inputs_.village.transformers[year.neighbours().front().home->transformer].id;
  }

  const Shared& shared_;
  const Inputs& inputs_;
  const CoordinationOptions& options_;
  std::vector<GrantedYears> granted_;
};

/// Lays down the limits that can be asked for; false where none is left.
bool Coordinator::begin(SharedYear& year, Coordination& coordination) const {
  if (auto note = prices_note(inputs_, id_of(year))) {
    coordination.notes.push_back(std::move(*note));
    return false;
  }
  year.set_limits(coordination.limits, Limited::both_ways);
  if (const auto shortfall = optimum::import_shortfall(year.problem())) {
    coordination.notes.push_back(loads_note(inputs_, id_of(year), coordination.limits, *shortfall));
    coordination.limited = Limited::export_only;
    year.set_limits(coordination.limits, Limited::export_only);
  }
  return coordination.limited == Limited::both_ways || coordination.alone.exported.hours > 0.0;
}

/// Nothing, and a note, where the rule keeps the limits in no way. The limit of import is given up
/// first.
std::optional<SharedSchedules> Coordinator::run(SharedYear& year, model::Curtailment rule,
                                                Coordination& coordination) const {
  auto schedules = year.run(rule, options_.spread);
  if (!schedules && coordination.limited == Limited::both_ways &&
      coordination.alone.import.hours > 0.0) {
    coordination.notes.push_back(import_note(inputs_, id_of(year), coordination.limits,
                                             coordination.alone.import,
                                             schedules.error().front().what));
    coordination.limited = Limited::export_only;
    year.set_limits(coordination.limits, Limited::export_only);
    if (coordination.alone.exported.hours == 0.0) {
      return std::nullopt;
    }
    schedules = year.run(rule, options_.spread);
  }
  if (!schedules) {
    coordination.notes.push_back(rule_note(id_of(year), rule, schedules.error().front().what));
    return std::nullopt;
  }
  return std::move(*schedules);
}

void Coordinator::prove(const optimum::CoupledResult& proof, Coordination& coordination) const {
  coordination.alone_yuan = proof.alone_yuan;
  coordination.least_cost_yuan = proof.cost_yuan;
  coordination.bound_yuan = proof.bound_yuan;
  coordination.gap = proof.gap();
  coordination.rounds = proof.rounds;
  coordination.import_price = capacity_price(inputs_, proof.limits.front().import_price);
  coordination.export_price = capacity_price(inputs_, proof.limits.front().export_price);
}

/// The chosen rule's schedules become the plan's.
void Coordinator::take(const SharedYear& year, const SharedSchedules& schedules,
                       Coordination& coordination) const {
  coordination.outcome = Outcome::coordinated;
  coordination.together = beyond(coordination.limits, schedules.total_kwh, inputs_.step_hours());
  coordination.households = given_up(year, schedules);
}

Result<Coordination> Coordinator::coordination_of(std::size_t transformer) {
  const model::Transformer& own = inputs_.village.transformers[transformer];
  Coordination coordination;
  coordination.rule = own.curtailment;
  coordination.limits = limits_of(own, inputs_.village.assumptions);
  if (own.curtailment == model::Curtailment::none) {
    return coordination;
  }
  coordination.outcome = Outcome::within_limits;
  TRY(SharedYear year, SharedYear::of(shared_, transformer, 1.0, options_.spread));
  const std::vector<double> alone = year.alone_kwh();
  coordination.alone = beyond(coordination.limits, alone, inputs_.step_hours());
  coordination.together = coordination.alone;
  coordination.duration_alone_kw = duration_kw(alone, inputs_.step_hours());
  if (!coordination.alone.any()) {
    return coordination;
  }
  coordination.outcome = Outcome::not_possible;
  if (!begin(year, coordination)) {
    return coordination;
  }
  std::vector<model::Curtailment> rules{own.curtailment};
  if (options_.depth == Depth::full) {
    rules = {model::Curtailment::least_cost, model::Curtailment::equal_power,
             model::Curtailment::equal_share, model::Curtailment::pro_rata};
  }
  for (const model::Curtailment rule : rules) {
    if (!goes_on()) {
      return std::unexpected(interrupted());
    }
    auto schedules = run(year, rule, coordination);
    if (!schedules) {
      continue;
    }
    coordination.rules.push_back(rule_figures(rule, year, *schedules));
    if (rule == model::Curtailment::least_cost) {
      prove(schedules->proof, coordination);
    }
    if (rule == own.curtailment) {
      take(year, *schedules, coordination);
      for (std::size_t i = 0; i < schedules->granted.size(); ++i) {
        granted_[year.neighbours()[i].household].first = std::move(schedules->granted[i]);
      }
    }
  }
  return coordination;
}

/// The plant's last year, with worn modules, for the money over its life; what cannot be kept there
/// is no news.
Result<void> Coordinator::run_last_year(std::size_t transformer, const Coordination& first) {
  const double yield = module_yield(inputs_.village.assumptions, inputs_.village.life_years);
  TRY(SharedYear year, SharedYear::of(shared_, transformer, yield, options_.spread));
  Coordination last;
  last.rule = first.rule;
  last.limits = first.limits;
  last.alone = beyond(last.limits, year.alone_kwh(), inputs_.step_hours());
  if (!last.alone.any() || !begin(year, last)) {
    return {};
  }
  auto schedules = run(year, last.rule, last);
  for (std::size_t i = 0; schedules && i < schedules->granted.size(); ++i) {
    granted_[year.neighbours()[i].household].last = std::move(schedules->granted[i]);
  }
  return {};
}

Result<Coordinated> Coordinator::all() {
  Coordinated coordinated;
  granted_.resize(inputs_.village.households.size());
  for (std::size_t i = 0; i < inputs_.village.transformers.size(); ++i) {
    TRY(Coordination one, coordination_of(i));
    if (one.outcome == Outcome::coordinated && options_.depth != Depth::first_year) {
      if (one.gap > told_gap) {
        one.notes.push_back(gap_note(inputs_.village.transformers[i].id, one.gap));
      }
      if (auto run = run_last_year(i, one); !run) {
        return std::unexpected(std::move(run.error()));
      }
    }
    coordinated.transformers.push_back(std::move(one));
  }
  coordinated.granted = std::move(granted_);
  return coordinated;
}

}  // namespace

const RuleFigures& Coordination::chosen() const {
  const auto found = std::ranges::find(rules, rule, &RuleFigures::rule);
  expects(found != rules.end());
  return *found;
}

std::optional<double> Coordination::more_than_least_yuan(const RuleFigures& figures) const {
  constexpr double rounding_yuan = 1e-6;
  const double more = figures.cost_yuan - least_cost_yuan;
  return has_least_cost() ? std::optional(std::abs(more) < rounding_yuan ? 0.0 : more)
                          : std::nullopt;
}

Result<Coordinated> coordinate(const Shared& shared, const CoordinationOptions& options) {
  return Coordinator(shared, options).all();
}

}  // namespace xiaoyuan::plan
