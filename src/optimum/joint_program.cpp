#include "optimum/joint_program.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double no_width_kwh = 1e-9;
constexpr double room_share = 1.25;

/// Writes a column's range; one that is too narrow to choose in is held.
void range(JointProgram& program, std::size_t column, double least, double most) {
  program.has_room = program.has_room && most >= least - no_width_kwh;
  program.least[column] = least;
  program.width[column] = most - least > no_width_kwh ? most - least : 0.0;
}

void lay_battery(JointProgram& program, const DispatchProblem& home) {
  const StoreYear& year = home.year;
  const battery::Spec& spec = year.battery;
  const bool is_idle = !spec.exists() && year.drain_kwh.empty() &&
                       (spec.floor_kwh == 0.0 || spec.standing_loss_per_hour == 0.0);
  program.is_cyclic.push_back(home.end == YearEnd::cyclic);
  program.kept.push_back(1.0 - battery::standing_loss(spec, year.step_hours));
  program.starts.push_back(home.start_kwh);
  program.uses.emplace_back(program.steps, 0.0);
  for (std::size_t t = 0; t < program.steps; ++t) {
    program.uses[0][t] = drain(year, t);
    const std::size_t charge = program.at(JointProgram::charged, t);
    const std::size_t discharge = program.at(JointProgram::discharged, t);
    range(program, charge, 0.0, is_idle ? 0.0 : charge_limit(year, t));
    range(program, discharge, 0.0, is_idle ? 0.0 : discharge_limit(year, t));
    program.cost[charge] = spec.wear_yuan_per_kwh * spec.charge_efficiency;
    program.cost[discharge] = spec.wear_yuan_per_kwh / spec.discharge_efficiency;
    range(program, program.at(program.stored(0), t), least_stored(year, t), most_stored(year, t));
  }
  const std::size_t last = program.at(program.stored(0), program.steps - 1);
  const double end = home.end_kwh < 0.0 ? home.start_kwh : home.end_kwh;
  double least = least_stored(year, program.steps - 1);
  double most = most_stored(year, program.steps - 1);
  if (home.end == YearEnd::not_below || home.end == YearEnd::equal) {
    least = std::max(least, end);
  }
  if (home.end == YearEnd::equal) {
    most = std::min(most, end);
  }
  range(program, last, least, most);
}

void lay_store(JointProgram& program, const SecondStore& store, double hours, std::size_t j) {
  program.is_cyclic.push_back(store.end == YearEnd::cyclic);
  program.kept.push_back(1.0 - standing_loss(store, hours));
  program.starts.push_back(store.start_kwh);
  program.uses.emplace_back(program.steps, 0.0);
  program.cops.emplace_back(program.steps, 1.0);
  for (std::size_t t = 0; t < program.steps; ++t) {
    program.uses[j][t] = use(store, t);
    program.cops[j - 1][t] = cop(store, t);
    range(program, program.at(program.heater(j), t), 0.0, heater_limit(store, hours, t));
    range(program, program.at(program.stored(j), t), least_stored(store, t), most_stored(store, t));
  }
  const HeldRange held = held_at_end(store, program.steps - 1);
  range(program, program.at(program.stored(j), program.steps - 1), held.least_kwh, held.most_kwh);
}

/// Is nothing put into a store in a step, nor taken from it by choice?
bool is_closed(const JointProgram& program, std::size_t store, std::size_t t) {
  const auto width = [&](std::size_t kind) { return program.width[program.at(kind, t)]; };
  return store == 0 ? width(JointProgram::charged) + width(JointProgram::discharged) == 0.0
                    : width(program.heater(store)) == 0.0;
}

/// Where a store's energy is known and nothing can change it, it stays known: forth and back.
void hold_what_is_known(JointProgram& program, std::size_t store) {
  const double kept = program.kept[store];
  const std::size_t first = program.at(program.stored(store), 0);
  const auto hold = [&](std::size_t t, double kwh) {
    if (program.width[first + t] > 0.0) {
      program.least[first + t] = std::clamp(kwh, program.least[first + t],
                                            program.least[first + t] + program.width[first + t]);
      program.width[first + t] = 0.0;
      program.is_implied[first + t] = true;
    }
  };
  for (std::size_t t = 0; t < program.steps; ++t) {
    const bool is_known = t > 0 ? program.width[first + t - 1] == 0.0 : !program.is_cyclic[store];
    if (is_known && is_closed(program, store, t)) {
      const double before = t > 0 ? program.least[first + t - 1] : program.starts[store];
      hold(t, kept * before - program.uses[store][t]);
    }
  }
  for (std::size_t t = program.steps; t-- > 1;) {
    if (program.width[first + t] == 0.0 && is_closed(program, store, t)) {
      hold(t - 1, (program.least[first + t] + program.uses[store][t]) / kept);
    }
  }
}

/// A range that what could ever flow does not fill: its end then has no value of its own.
double roomy(double most_kwh) { return most_kwh > 0.0 ? room_share * most_kwh : 0.0; }

/// Where the grid pays more than it asks the meter's cost bends the wrong way; its convex hull is
/// the chord from the most import to the most export.
void lay_chord(JointProgram& program, std::size_t t, double import_kwh, double export_kwh) {
  const std::size_t import_ = program.at(JointProgram::imported, t);
  const std::size_t export_ = program.at(JointProgram::exported, t);
  const double sell = -program.cost[export_];
  if (import_kwh + export_kwh > no_width_kwh) {
    const double slope =
        (sell * export_kwh + program.cost[import_] * import_kwh) / (import_kwh + export_kwh);
    program.constant_yuan += export_kwh * (slope - sell);
    program.cost[import_] = slope;
    program.cost[export_] = -slope;
  }
  range(program, import_, 0.0, import_kwh);
  range(program, export_, 0.0, export_kwh);
}

/// The meter's columns, not much wider than what could ever flow.
void lay_meter(JointProgram& program, const StoreYear& year) {
  for (std::size_t t = 0; t < program.steps; ++t) {
    double taken = program.width[program.at(JointProgram::charged, t)];
    for (std::size_t j = 1; j < program.stores; ++j) {
      taken += program.width[program.at(program.heater(j), t)];
    }
    const double given = program.width[program.at(JointProgram::discharged, t)];
    const std::size_t import_ = program.at(JointProgram::imported, t);
    const std::size_t export_ = program.at(JointProgram::exported, t);
    const double most_import = year.load_kwh[t] + taken;
    const double most_export = year.pv_kwh[t] + given;
    range(program, import_, 0.0, std::min(import_limit(year, t), roomy(most_import)));
    range(program, export_, 0.0, std::min(export_limit(year, t), roomy(most_export)));
    program.cost[import_] = year.buy[t];
    program.cost[export_] = -year.sell[t];
    if (year.sell[t] > year.buy[t]) {
      lay_chord(program, t, std::min(import_limit(year, t), most_import),
                std::min(export_limit(year, t), most_export));
    }
    range(program, program.at(JointProgram::curtailed, t), 0.0, year.pv_kwh[t]);
    program.net_load[t] = year.load_kwh[t] - year.pv_kwh[t];
  }
}

/// Segment k of a period is what it imports within tier k.
void lay_tiers(JointProgram& program, const DispatchProblem& home) {
  if (program.periods == 0) {
    return;
  }
  program.period_of_step = home.tier_period_of_step;
  program.period_of_step.resize(program.steps, 0);
  std::vector<double> most(program.periods, 0.0);
  for (std::size_t t = 0; t < program.steps; ++t) {
    most[program.period_of_step[t]] += program.width[program.at(JointProgram::imported, t)];
  }
  for (std::size_t p = 0; p < program.periods; ++p) {
    double from = 0.0;
    for (std::size_t k = 0; k < program.segments; ++k) {
      const bool is_last = k + 1 == program.segments;
      const double to = is_last ? std::max(from, roomy(most[p])) : home.tier_limits_kwh[k];
      range(program, program.segment(p, k), 0.0, to - from);
      program.cost[program.segment(p, k)] = home.tier_additions_yuan[k];
      from = to;
    }
  }
}

}  // namespace

JointProgram program_of(const JointProblem& problem) {
  JointProgram program;
  const DispatchProblem& home = problem.home;
  program.steps = home.year.size();
  program.stores = 1 + problem.stores.size();
  program.segments = home.tier_additions_yuan.size();
  const auto& periods = home.tier_period_of_step;
  program.periods = home.tier_limits_kwh.empty() ? 0
                    : periods.empty()            ? 1
                                                 : 1UL + *std::ranges::max_element(periods);
  program.charge_efficiency = home.year.battery.charge_efficiency;
  program.drawn = 1.0 / home.year.battery.discharge_efficiency;
  program.least.assign(program.columns(), 0.0);
  program.width.assign(program.columns(), 0.0);
  program.cost.assign(program.columns(), 0.0);
  program.is_implied.assign(program.columns(), false);
  program.net_load.resize(program.steps);
  lay_battery(program, home);
  for (std::size_t j = 1; j < program.stores; ++j) {
    lay_store(program, problem.stores[j - 1], home.year.step_hours, j);
  }
  for (std::size_t j = 0; j < program.stores; ++j) {
    hold_what_is_known(program, j);
  }
  lay_meter(program, home.year);
  lay_tiers(program, home);
  return program;
}

void pay(const JointProgram& program, const RowValues& values, std::vector<double>& paid) {
  const std::size_t size = program.steps;
  paid.resize(program.columns());
  const auto column = [&](std::size_t kind) { return paid.data() + program.at(kind, 0); };
  double* const imports = column(JointProgram::imported);
  double* const exports = column(JointProgram::exported);
  double* const curtailed = column(JointProgram::curtailed);
  double* const charges = column(JointProgram::charged);
  double* const discharges = column(JointProgram::discharged);
  const double* const price = values.house.data();
  const double* const worth = values.stored[0].data();
  const double efficiency = program.charge_efficiency;
  const double drawn = program.drawn;
  for (std::size_t t = 0; t < size; ++t) {
    imports[t] = price[t];
    exports[t] = -price[t];
    curtailed[t] = -price[t];
    charges[t] = efficiency * worth[t] - price[t];
    discharges[t] = price[t] - drawn * worth[t];
  }
  for (std::size_t t = 0; t < size && program.periods > 0; ++t) {
    imports[t] -= values.tiers[program.period_of_step[t]];
  }
  for (std::size_t p = 0; p < program.periods; ++p) {
    std::fill_n(paid.begin() + static_cast<std::ptrdiff_t>(program.segment(p, 0)), program.segments,
                values.tiers[p]);
  }
  for (std::size_t j = 0; j < program.stores; ++j) {
    const double* const stored = values.stored[j].data();
    double* const held = column(program.stored(j));
    const double kept = program.kept[j];
    for (std::size_t t = 0; t + 1 < size; ++t) {
      held[t] = kept * stored[t + 1] - stored[t];
    }
    held[size - 1] = (program.is_cyclic[j] ? kept * stored[0] : 0.0) - stored[size - 1];
    if (j > 0) {
      double* const heaters = column(program.heater(j));
      const double* const cop = program.cops[j - 1].data();
      for (std::size_t t = 0; t < size; ++t) {
        heaters[t] = cop[t] * stored[t] - price[t];
      }
    }
  }
}

void gather_rows(const JointProgram& program, const std::vector<double>& columns, RowValues& rows) {
  const std::size_t size = program.steps;
  const auto column = [&](std::size_t kind) { return columns.data() + program.at(kind, 0); };
  const double* const imports = column(JointProgram::imported);
  const double* const exports = column(JointProgram::exported);
  const double* const curtailed = column(JointProgram::curtailed);
  const double* const charges = column(JointProgram::charged);
  const double* const discharges = column(JointProgram::discharged);
  for (std::size_t t = 0; t < size; ++t) {
    rows.house[t] = imports[t] - exports[t] - curtailed[t] - charges[t] + discharges[t];
  }
  for (std::size_t j = 0; j < program.stores; ++j) {
    const double* const held = column(program.stored(j));
    double* const row = rows.stored[j].data();
    const double kept = program.kept[j];
    row[0] = (program.is_cyclic[j] ? kept * held[size - 1] : 0.0) - held[0];
    for (std::size_t t = 1; t < size; ++t) {
      row[t] = kept * held[t - 1] - held[t];
    }
    if (j == 0) {
      for (std::size_t t = 0; t < size; ++t) {
        row[t] += program.charge_efficiency * charges[t] - program.drawn * discharges[t];
      }
      continue;
    }
    const double* const heaters = column(program.heater(j));
    const double* const cop = program.cops[j - 1].data();
    for (std::size_t t = 0; t < size; ++t) {
      row[t] += cop[t] * heaters[t];
      rows.house[t] -= heaters[t];
    }
  }
  for (std::size_t p = 0; p < program.periods; ++p) {
    rows.tiers[p] = 0.0;
    for (std::size_t k = 0; k < program.segments; ++k) {
      rows.tiers[p] += columns[program.segment(p, k)];
    }
  }
  for (std::size_t t = 0; t < size && program.periods > 0; ++t) {
    rows.tiers[program.period_of_step[t]] -= imports[t];
  }
}

void residual(const JointProgram& program, const std::vector<double>& columns, RowValues& rows) {
  gather_rows(program, columns, rows);
  for (std::size_t t = 0; t < program.steps; ++t) {
    rows.house[t] = program.net_load[t] - rows.house[t];
  }
  for (std::size_t j = 0; j < program.stores; ++j) {
    for (std::size_t t = 0; t < program.steps; ++t) {
      rows.stored[j][t] = program.uses[j][t] - rows.stored[j][t];
    }
    if (!program.is_cyclic[j]) {
      rows.stored[j][0] -= program.kept[j] * program.starts[j];
    }
  }
  for (double& row : rows.tiers) {
    row = -row;
  }
}

namespace {

/// Of two columns that both gain, the gain of the one that gains less.
double lesser_gain(const JointProgram& program, const std::vector<double>& reduced,
                   std::size_t kind, std::size_t other, std::size_t t) {
  const auto gain = [&](std::size_t column) {
    return std::max(0.0, -reduced[column]) * program.width[column];
  };
  return std::min(gain(program.at(kind, t)), gain(program.at(other, t)));
}

}  // namespace

double proved(const JointProgram& program, const RowValues& values) {
  double bound = program.constant_yuan;
  for (std::size_t t = 0; t < program.steps; ++t) {
    bound += values.house[t] * program.net_load[t];
  }
  for (std::size_t j = 0; j < program.stores; ++j) {
    for (std::size_t t = 0; t < program.steps; ++t) {
      bound += values.stored[j][t] * program.uses[j][t];
    }
    if (!program.is_cyclic[j]) {
      bound -= values.stored[j][0] * program.kept[j] * program.starts[j];
    }
  }
  std::vector<double> paid;
  pay(program, values, paid);
  for (std::size_t c = 0; c < paid.size(); ++c) {
    paid[c] = program.cost[c] - paid[c];
    bound += paid[c] * program.least[c] + std::min(0.0, paid[c]) * program.width[c];
  }
  for (std::size_t t = 0; t < program.steps; ++t) {  // what cannot be done both at once
    bound += lesser_gain(program, paid, JointProgram::imported, JointProgram::exported, t) +
             lesser_gain(program, paid, JointProgram::charged, JointProgram::discharged, t);
  }
  return bound;
}

/// A row is dead where a store is closed and holds what is known before and after. Its value joins
/// the row before, whose energy it must hold on to, unless a bound of the store parts the two; else
/// the row after.
void settle_values(const JointProgram& program, RowValues& values) {
  const std::size_t size = program.steps;
  for (std::size_t j = 0; j < program.stores; ++j) {
    auto& worth = values.stored[j];
    const double kept = program.kept[j];
    const std::size_t first = program.at(program.stored(j), 0);
    const auto is_dead = [&](std::size_t t) {
      const bool was_known = t > 0 ? program.width[first + t - 1] == 0.0 : !program.is_cyclic[j];
      return program.width[first + t] == 0.0 && was_known && is_closed(program, j, t);
    };
    std::vector<bool> is_settled(size, false);
    for (std::size_t t = 1; t < size; ++t) {
      const bool is_joined =
          program.is_implied[first + t - 1] && is_dead(t) && (is_settled[t - 1] || !is_dead(t - 1));
      if (is_joined) {
        worth[t] = worth[t - 1] / kept;
        is_settled[t] = true;
      }
    }
    for (std::size_t t = size; t-- > 0;) {
      if (!is_settled[t] && is_dead(t)) {
        worth[t] = t + 1 < size ? kept * worth[t + 1] : 0.0;
      }
    }
  }
}

}  // namespace xiaoyuan::optimum
