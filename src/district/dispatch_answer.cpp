#include "district/dispatch_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/expected.hpp"
#include "optimum/joint_certificate.hpp"

namespace xiaoyuan::district {

namespace {

constexpr double hours_per_month = 730.0;

void complain(Errors& errors, const char* option, Text what) {
  errors.push_back({Fault::bad_input, std::move(what), {option, 0, ""}});
}

void check_number(Errors& errors, const char* option, double value, const Range& range) {
  if (!range.holds(value)) {
    complain(errors, option, number_expected(range, text_of(value)));
  }
}

/// How the year's ends and its start go together.
void check_ends(const DispatchTerms& terms, Errors& errors) {
  const bool is_cyclic = terms.end == optimum::YearEnd::cyclic;
  if (is_cyclic && terms.start_kwh) {
    complain(errors, "--start-kwh",
             {"a cyclic schedule finds its own start; leave this out, or choose --end equal, "
              "not-below or free",
              "首尾循环的计划自行确定初始电量;请去掉此项,或改用 --end equal、not-below 或 free"});
  }
  if (!is_cyclic && !terms.start_kwh) {
    complain(errors, "--start-kwh",
             {"is needed unless the schedule is cyclic: how much is stored at the beginning?",
              "非循环计划须给出初始存储电量"});
  }
}

void check_tiers(const DispatchTerms& terms, Errors& errors) {
  const std::size_t limits = terms.tier_limits_kwh.size();
  const std::size_t additions = terms.tier_additions_yuan.size();
  if (additions != (limits == 0 ? 0 : limits + 1)) {
    complain(errors, "--tier-additions",
             {fmt::format("expected one more than --tiers has limits ({}), the first 0, found {}",
                          limits, additions),
              fmt::format("个数应比 --tiers 的档位上限({} 个)多一个,首个为 0,实有 {} 个", limits,
                          additions)});
  }
}

void check_cap(const DispatchTerms& terms, Errors& errors) {
  if (terms.sell_cap_kwh.has_value() != terms.sell_beyond_yuan.has_value()) {
    complain(errors, terms.sell_cap_kwh ? "--sell-beyond" : "--sell-cap-kwh",
             {"is needed too: a cap on what is sold has a quantity, --sell-cap-kwh, and what a kWh "
              "beyond it earns more (or less, below 0) than the column sell, --sell-beyond",
              "须同时给出:上网电量上限(--sell-cap-kwh)与超出部分相对 sell 列的加价(负数为减价,"
              "--sell-beyond)"});
  }
  if (terms.sell_cap_kwh) {
    check_number(errors, "--sell-cap-kwh", *terms.sell_cap_kwh, {0.0, 1e12});
  }
  if (terms.sell_beyond_yuan) {
    check_number(errors, "--sell-beyond", *terms.sell_beyond_yuan, {-100.0, 100.0});
  }
}

Errors wrong_terms(const DispatchTerms& terms) {
  Errors errors;
  check_number(errors, "--step-minutes", terms.step_minutes, {1.0 / 60.0, 1440.0});
  check_store(terms.store, errors);
  if (terms.import_limit_kw) {
    check_number(errors, "--import-limit-kw", *terms.import_limit_kw, {0.0, 1e9});
  }
  if (terms.export_limit_kw) {
    check_number(errors, "--export-limit-kw", *terms.export_limit_kw, {0.0, 1e9});
  }
  check_ends(terms, errors);
  check_tiers(terms, errors);
  check_cap(terms, errors);
  return errors;
}

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> product(values.size());
  std::ranges::transform(values, product.begin(), [&](double value) { return factor * value; });
  return product;
}

void follow(const optimum::DispatchProblem& problem, DispatchAnswer& answer) {
  const optimum::StoreYear& year = problem.year;
  const battery::Spec& spec = year.battery;
  const double kept = 1.0 - battery::standing_loss(spec, year.step_hours);
  double stored = answer.result.path.start_kwh;
  for (std::size_t t = 0; t < year.size(); ++t) {
    const double change = answer.result.path.change_kwh[t];
    answer.sums.loss_kwh += (1.0 - kept) * stored + battery::ac_energy_kwh(spec, change) - change;
    stored = kept * stored + change;
    answer.stored_kwh.push_back(stored);
    answer.flows.push_back(optimum::flow_in(problem, answer.result, t));
    answer.sums.import_kwh += answer.flows.back().import_kwh;
    answer.sums.export_kwh += answer.flows.back().export_kwh;
    answer.sums.curtailed_kwh += answer.flows.back().curtailed_kwh;
  }
}

}  // namespace

void check_store(const StoreTerms& terms, Errors& errors) {
  check_number(errors, "--battery-kwh", terms.capacity_kwh, {0.0, 1e9});
  check_number(errors, "--battery-kw", terms.power_kw, {0.0, 1e9});
  check_number(errors, "--efficiency", terms.efficiency, {0.01, 1.0});
  check_number(errors, "--soc-min", terms.least_charge, fraction);
  check_number(errors, "--soc-max", terms.most_charge, fraction);
  check_number(errors, "--wear", terms.wear_yuan_per_kwh, {0.0, 1e6});
  check_number(errors, "--standing-loss-per-month", terms.standing_loss_per_month, fraction);
  if (terms.least_charge > terms.most_charge) {
    complain(errors, "--soc-min",
             {fmt::format("{} lies above --soc-max, {}; lower it to {} or raise the other",
                          terms.least_charge, terms.most_charge, terms.most_charge),
              fmt::format("{} 高于 --soc-max 的 {};请降到 {},或提高后者", terms.least_charge,
                          terms.most_charge, terms.most_charge)});
  }
}

battery::Spec spec_of(const StoreTerms& terms) {
  return {.floor_kwh = terms.least_charge * terms.capacity_kwh,
          .ceiling_kwh = terms.most_charge * terms.capacity_kwh,
          .charge_kw = terms.power_kw,
          .discharge_kw = terms.power_kw,
          .charge_efficiency = terms.efficiency,
          .discharge_efficiency = terms.efficiency,
          .standing_loss_per_hour = terms.standing_loss_per_month / hours_per_month,
          .wear_yuan_per_kwh = terms.wear_yuan_per_kwh};
}

bool DispatchAnswer::is_certified() const {
  const double scale = std::max({1.0, std::abs(result.cost_yuan), std::abs(result.without_yuan)});
  return certificate.is_feasible() &&
         std::abs(certificate.cost_yuan - result.cost_yuan) <= 1e-6 * scale &&
         certificate.proved_yuan <= result.cost_yuan + 1e-6 * scale;
}

namespace {

/// Battery and further stores: the joint result, laid out as that of the battery alone.
Result<void> answer_jointly(const optimum::DispatchProblem& home, const DispatchStores& stores,
                            DispatchAnswer& answer) {
  const optimum::JointProblem problem{.home = home, .stores = stores.stores()};
  auto joint = optimum::joint_dispatch(problem);
  if (!joint) {
    return std::unexpected(in_words_of(std::move(joint.error()), stores.kinds()));
  }
  answer.certificate = optimum::certified(problem, *joint);
  const optimum::JointMarginals marginals = optimum::marginal_values(problem, *joint);
  for (std::size_t j = 0; j < stores.kinds().size(); ++j) {
    StoreAnswer store{.kind = stores.kinds()[j],
                      .path = std::move(joint->stores[j]),
                      .stored_value = std::move(joint->values.stores[j]),
                      .marginals = marginals.stores[j]};
    for (const double kwh : store.path.heater_kwh) {
      store.heater_kwh += kwh;
    }
    answer.stores.push_back(std::move(store));
  }
  optimum::DispatchResult& result = answer.result;
  result.cost_yuan = joint->cost_yuan;
  result.bound_yuan = joint->bound_yuan;
  result.without_yuan = joint->without_yuan;
  result.import_kwh = joint->import_kwh;
  result.path = std::move(joint->battery);
  result.stored_value = std::move(joint->values.battery);
  result.tier_additions = std::move(joint->values.tier_additions);
  result.proof = optimum::Proof::bounded;
  result.bent_steps = std::move(joint->bent_steps);
  return {};
}

/// House and second stores together, as the battery sees them.
std::vector<double> whole_load(std::vector<double> load, const DispatchAnswer& answer) {
  for (const StoreAnswer& store : answer.stores) {
    std::ranges::transform(load, store.path.heater_kwh, load.begin(), std::plus<>());
  }
  return load;
}

}  // namespace

Result<DispatchAnswer> dispatch(const DispatchTable& table, const DispatchTerms& terms) {
  if (Errors errors = wrong_terms(terms); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const double hours = terms.step_minutes / 60.0;
  const std::vector<double> load = scaled(table.load_kw, hours);
  const std::vector<double> pv = scaled(table.pv_kw, hours);
  const auto limit_kwh = [&](const std::optional<double>& limit_kw) {
    return limit_kw ? *limit_kw * hours : no_limit_kwh;
  };
  optimum::DispatchProblem problem;
  problem.year = {.load_kwh = load,
                  .pv_kwh = pv,
                  .buy = table.buy,
                  .sell = table.sell,
                  .step_hours = hours,
                  .export_limit_kwh = limit_kwh(terms.export_limit_kw),
                  .import_limit_kwh = limit_kwh(terms.import_limit_kw),
                  .battery = spec_of(terms.store)};
  problem.end = terms.end;
  problem.start_kwh = terms.start_kwh.value_or(0.0);
  problem.tier_limits_kwh = terms.tier_limits_kwh;
  problem.tier_additions_yuan = terms.tier_additions_yuan;
  if (terms.sell_cap_kwh) {
    problem.export_cap_kwh = *terms.sell_cap_kwh;
    problem.export_beyond_yuan = terms.sell_beyond_yuan.value_or(0.0);
  }
  DispatchAnswer answer;
  answer.step_hours = hours;
  TRY(const DispatchStores stores, DispatchStores::of(table, terms.tank, terms.shift, problem));
  if (stores.stores().empty()) {
    TRY(answer.result, optimum::optimal_dispatch(problem));
    answer.certificate = optimum::certified(problem, answer.result);
  } else if (auto done = answer_jointly(problem, stores, answer); !done) {
    return std::unexpected(std::move(done.error()));
  }
  const std::vector<double> whole = whole_load(load, answer);
  problem.year.load_kwh = whole;
  follow(problem, answer);
  return answer;
}

}  // namespace xiaoyuan::district
