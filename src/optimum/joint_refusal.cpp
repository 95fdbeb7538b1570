#include "optimum/joint_refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "optimum/joint_barrier.hpp"
#include "optimum/refusal.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double feasible_kwh = 1e-7;
constexpr double open_meter_kwh = 1e9;
constexpr double any_gap = 1e30;  ///< rows that hold are enough
constexpr int most_doublings = 12;
constexpr int halvings = 24;

Error bad_store(std::size_t j, const char* field, Text what) {
  return {Fault::bad_input, std::move(what), {"", 0, fmt::format("stores[{}].{}", j, field)}};
}

struct Figure {
  const char* name;
  double value, least, most;
};

void check_figure(std::size_t j, const Figure& figure, Errors& errors) {
  const auto [name, value, least, most] = figure;
  if (!(value >= least && value <= most)) {
    errors.push_back(
        bad_store(j, name,
                  {fmt::format("expected a number from {} to {}, found {}", least, most, value),
                   fmt::format("应为 {} 至 {} 之间的数值,实为 {}", least, most, value)}));
  }
}

struct Listed {
  const char* name;
  std::span<const double> values;
  double least;
};

void check_values(std::size_t j, const Listed& series, std::size_t steps, Errors& errors) {
  if (series.values.empty()) {
    return;
  }
  if (series.values.size() != steps) {
    errors.push_back(bad_store(
        j, series.name,
        {fmt::format("expected {} values, one a step, found {}", steps, series.values.size()),
         fmt::format("应每步一个值,共 {} 个,实为 {} 个", steps, series.values.size())}));
    return;
  }
  for (std::size_t t = 0; t < steps; ++t) {
    const double value = series.values[t];
    if (!std::isfinite(value) || value < series.least) {
      errors.push_back(bad_store(
          j, series.name,
          {fmt::format("step {}: expected a number from {} up, found {}", t, series.least, value),
           fmt::format("第 {} 步:应为不小于 {} 的数值,实为 {}", t, series.least, value)}));
      return;
    }
  }
}

void check_store_data(std::size_t j, const SecondStore& store, std::size_t steps, Errors& errors) {
  constexpr double large = 1e9;
  constexpr double least_cop = 0.01;
  check_figure(j, {"floor_kwh", store.floor_kwh, 0.0, large}, errors);
  check_figure(j, {"ceiling_kwh", store.ceiling_kwh, 0.0, large}, errors);
  check_figure(j, {"heater_kw", store.heater_kw, 0.0, large}, errors);
  check_figure(j, {"standing_loss_per_hour", store.standing_loss_per_hour, 0.0, 0.5}, errors);
  if (store.ceiling_kwh < store.floor_kwh) {
    errors.push_back(bad_store(
        j, "ceiling_kwh",
        {fmt::format("{} kWh lies below the floor of {} kWh; raise it to {} kWh or lower the floor",
                     store.ceiling_kwh, store.floor_kwh, store.floor_kwh),
         fmt::format("{} 千瓦时低于下限 {} 千瓦时;请提高到 {} 千瓦时,或降低下限", store.ceiling_kwh,
                     store.floor_kwh, store.floor_kwh)}));
  } else if (store.end != YearEnd::cyclic) {
    check_figure(j, {"start_kwh", store.start_kwh, store.floor_kwh, store.ceiling_kwh}, errors);
  }
  for (const Listed& series :
       {Listed{"cop", store.cop, least_cop}, Listed{"use_kwh", store.use_kwh, 0.0},
        Listed{"heater_limits_kwh", store.heater_limits_kwh, 0.0},
        Listed{"least_kwh", store.least_kwh, -large}, Listed{"most_kwh", store.most_kwh, -large}}) {
    check_values(j, series, steps, errors);
  }
}

bool is_feasible(const JointProblem& problem) {
  const JointProgram program = program_of(problem);
  return program.has_room && solve_barrier(program, any_gap).missed_kwh <= feasible_kwh;
}

/// The least figure above `from` for which `does` holds; it must hold for all larger ones. Nothing
/// when none that is large does.
template <class Does>
std::optional<double> least_that_does(double from, Does&& does) {
  double low = from;
  double high = std::max(2.0 * from, 1.0);
  for (int i = 0; !does(high); ++i) {
    if (i == most_doublings) {
      return std::nullopt;
    }
    low = high;
    high *= 2.0;
  }
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (does(middle) ? high : low) = middle;
  }
  return std::ceil(high * 1000.0 - 1e-3) / 1000.0;
}

/// The store behind a meter without limits, and nothing else.
struct Alone {
  std::vector<double> nothing;
  JointProblem problem;
  Alone(const StoreYear& year, const SecondStore& store) : nothing(year.size(), 0.0) {
    problem.home.year = {.load_kwh = nothing,
                         .pv_kwh = nothing,
                         .buy = nothing,
                         .sell = nothing,
                         .step_hours = year.step_hours,
                         .export_limit_kwh = open_meter_kwh,
                         .import_limit_kwh = open_meter_kwh,
                         .battery = {}};
    problem.stores = {store};
  }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;
};

/// The first step by whose end a store that is heated as much as may be, from as much as it may
/// begin with, holds less than it must; the last where none does.
struct Short {
  std::size_t step;
  double needed_kwh;
  double reached_kwh;
};

Short first_short(const SecondStore& store, double hours, std::size_t steps) {
  const bool is_cyclic = store.end == YearEnd::cyclic;
  const HeldRange end = held_at_end(store, steps - 1);
  const double start = is_cyclic ? end.most_kwh : store.start_kwh;
  const HeaterPath full =
      following(store, hours, start, std::vector<double>(steps, store.ceiling_kwh));
  for (std::size_t t = 0; t + 1 < steps; ++t) {
    if (full.stored_kwh[t] < least_stored(store, t) - feasible_kwh) {
      return {t, least_stored(store, t), full.stored_kwh[t]};
    }
  }
  const double reached = full.stored_kwh[steps - 1];
  const bool is_below = reached < end.least_kwh - feasible_kwh;
  return {steps - 1, is_cyclic && !is_below ? start : end.least_kwh, reached};
}

/// What of heater and tank would do, each with the other as it is.
Error not_heated(std::size_t j, const StoreYear& year, const SecondStore& store) {
  const auto heater_kw = least_that_does(store.heater_kw, [&](double kw) {
    Alone alone(year, store);
    alone.problem.stores.front().heater_kw = kw;
    return is_feasible(alone.problem);
  });
  const auto tank_kwh = least_that_does(store.ceiling_kwh, [&](double kwh) {
    Alone alone(year, store);
    alone.problem.stores.front().ceiling_kwh = kwh;
    return is_feasible(alone.problem);
  });
  const Short lack = first_short(store, year.step_hours, year.size());
  std::string en;
  std::string zh;
  if (heater_kw) {
    en += fmt::format("raise the heater to {:.3f} kW", *heater_kw);
    zh += fmt::format("将加热功率提高到 {:.3f} 千瓦", *heater_kw);
  }
  if (tank_kwh) {
    en += fmt::format("{}the store to {:.3f} kWh", heater_kw ? ", or " : "raise ", *tank_kwh);
    zh += fmt::format("{}将水箱容量提高到 {:.3f} 千瓦时", heater_kw ? ",或" : "", *tank_kwh);
  }
  if (!heater_kw && !tank_kwh) {
    en = fmt::format("lower the need to {:.3f} kWh", std::max(0.0, lack.reached_kwh));
    zh = fmt::format("将需求降到 {:.3f} 千瓦时", std::max(0.0, lack.reached_kwh));
  }
  return {Fault::impossible,
          {fmt::format("the store needs {:.3f} kWh by the end of step {} but heated at {:g} kW "
                       "all the time it holds at most {:.3f} kWh; {}",
                       lack.needed_kwh, lack.step, store.heater_kw, lack.reached_kwh, en),
           fmt::format("第 {} 步末水箱需储热 {:.3f} 千瓦时,但以 {:g} 千瓦持续加热也至多 {:.3f} "
                       "千瓦时;请{}",
                       lack.step, lack.needed_kwh, store.heater_kw, lack.reached_kwh, zh)},
          {"", 0, fmt::format("stores[{}]", j)}};
}

/// The problem with so many kWh a step more on every limit of import.
bool does_with(const JointProblem& problem, double more_kwh) {
  std::vector<double> limits(problem.home.year.import_limits_kwh.begin(),
                             problem.home.year.import_limits_kwh.end());
  for (double& limit : limits) {
    limit += more_kwh;
  }
  JointProblem raised = problem;
  raised.home.year.import_limit_kwh += more_kwh;
  raised.home.year.import_limits_kwh = limits;
  return is_feasible(raised);
}

}  // namespace

Errors wrong_data(const JointProblem& problem) {
  Errors errors = wrong_data(problem.home);
  const std::size_t steps = problem.home.year.size();
  if (problem.stores.size() > most_second_stores) {
    errors.push_back({Fault::bad_input,
                      {fmt::format("expected up to {} stores beside the battery, found {}",
                                   most_second_stores, problem.stores.size()),
                       fmt::format("除电池外至多 {} 个储能,实为 {} 个", most_second_stores,
                                   problem.stores.size())},
                      {"", 0, "stores"}});
  }
  for (std::size_t j = 0; j < problem.stores.size() && steps > 0; ++j) {
    check_store_data(j, problem.stores[j], steps, errors);
  }
  if (problem.home.has_export_cap()) {
    errors.push_back({Fault::bad_input,
                      {"a battery with further stores takes no yearly cap of what is sold",
                       "电池与其他储能联合优化时不支持年度上网电量上限"},
                      {"", 0, "export_cap_kwh"}});
  }
  if (!(problem.gap > 0.0)) {
    errors.push_back({Fault::bad_input,
                      {fmt::format("expected a number above 0, found {}", problem.gap),
                       fmt::format("应为大于 0 的数值,实为 {}", problem.gap)},
                      {"", 0, "gap"}});
  }
  return errors;
}

Errors no_way(const JointProblem& problem) {
  const StoreYear& year = problem.home.year;
  Errors errors;
  for (std::size_t j = 0; j < problem.stores.size(); ++j) {
    if (!is_feasible(Alone(year, problem.stores[j]).problem)) {
      errors.push_back(not_heated(j, year, problem.stores[j]));
    }
  }
  if (!errors.empty()) {
    return errors;
  }
  const auto more_kwh = least_that_does(0.0, [&](double kwh) { return does_with(problem, kwh); });
  if (!more_kwh) {  // not the import: the battery cannot keep its own limits
    return no_way(problem.home);
  }
  const double limit_kw =
      std::ceil((year.import_limit_kwh + *more_kwh) / year.step_hours * 1000.0 - 1e-3) / 1000.0;
  return {{Fault::impossible,
           {fmt::format("house and stores together cannot keep the limit of import; raise it by "
                        "{:.3f} kWh a step, to {:.3f} kW",
                        *more_kwh, limit_kw),
            fmt::format("住宅与各储能合计无法满足购电限值;请将其每步提高 {:.3f} 千瓦时,即 {:.3f} "
                        "千瓦",
                        *more_kwh, limit_kw)},
           {"", 0, "import_limit_kwh"}}};
}

}  // namespace xiaoyuan::optimum
