#include "wires/assessment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wires/impedance.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr double bin_unbalance = 1e-4;
constexpr double most_unbalance = 0.5;

double kept(double value, double limit) { return value > limit ? 1.0 - limit / value : 0.0; }

void take_most(Extreme& extreme, double value, std::size_t step, std::size_t wire) {
  if (value > extreme.value) {
    extreme = {value, step, wire};
  }
}
void take_least(Extreme& extreme, double value, std::size_t step, std::size_t wire) {
  if (value < extreme.value) {
    extreme = {value, step, wire};
  }
}

/// Adds up the steps that it sees; chunks each have their own sums, all share the counts.
class Assessor {
 public:
  Assessor(const YearOfPowers& year, const LimitWatch& watch, std::size_t chunks);
  void see(std::size_t chunk, const Steps& steps);
  Assessment end(std::vector<Unsolved> unsolved);

 private:
  void see_step(const Steps& steps, std::size_t lane, Assessment& sums);
  void see_terminal(std::size_t terminal, const Steps& steps, std::size_t lane, Assessment& sums);
  void see_line(std::size_t line, const Steps& steps, std::size_t lane, Assessment& sums) const;
  void see_transformer(std::size_t transformer, const Steps& steps, std::size_t lane,
                       Assessment& sums);
  void load(Loading& loading, const Extreme& now, double limit, double kw) const;
  void add_durations(Assessment& all) const;

  const YearOfPowers& year_;
  const LimitWatch& watch_;
  const Network& network_;
  double most_v_;
  double least_v_;
  std::vector<TransformerModel> models_;
  std::vector<Assessment> chunks_;
  Counts highest_v_, lowest_v_, unbalance_;
  std::vector<double> step_highest_v_, step_lowest_v_;  // by step
  std::vector<std::vector<double>> transformer_kw_;     // by transformer, step
};

Assessment empty_sums(const YearOfPowers& year, const LimitWatch& watch) {
  Assessment sums;
  sums.steps = year.steps;
  sums.step_hours = year.step_hours;
  sums.terminals.resize(watch.terminals().size());
  for (TerminalYear& terminal : sums.terminals) {
    terminal.lowest_v.value = std::numeric_limits<double>::infinity();
  }
  sums.lines.resize(watch.network().lines.size());
  sums.transformers.resize(watch.network().transformers.size());
  return sums;
}

Assessor::Assessor(const YearOfPowers& year, const LimitWatch& watch, std::size_t chunks)
    : year_(year),
      watch_(watch),
      network_(watch.network()),
      most_v_(watch.limits().nominal_v * (1.0 + watch.limits().above)),
      least_v_(watch.limits().nominal_v * (1.0 - watch.limits().below)),
      chunks_(chunks, empty_sums(year, watch)),
      highest_v_(watch.terminals().size(), 0.5 * watch.limits().nominal_v,
                 1.5 * watch.limits().nominal_v, bin_v),
      lowest_v_(highest_v_),
      unbalance_(watch.terminals().size(), 0.0, most_unbalance, bin_unbalance),
      step_highest_v_(year.steps),
      step_lowest_v_(year.steps),
      transformer_kw_(network_.transformers.size(), std::vector<double>(year.steps)) {
  for (const Transformer& transformer : network_.transformers) {
    models_.push_back(model_of(transformer));
  }
}

void Assessor::see(std::size_t chunk, const Steps& steps) {
  for (std::size_t lane = 0; lane < steps.count; ++lane) {
    const LimitUses uses = watch_.uses(steps, lane);
    take_harder(chunks_[chunk].hardest, uses);
    for (const LimitUse& use : uses) {
      chunks_[chunk].hours_beyond[static_cast<std::size_t>(use.kind)] +=
          use.used > 1.0 ? year_.step_hours : 0.0;
    }
    if (steps.is_solved(lane)) {
      see_step(steps, lane, chunks_[chunk]);
    }
  }
}

void Assessor::see_step(const Steps& steps, std::size_t lane, Assessment& sums) {
  const std::size_t step = steps.first + lane;
  step_highest_v_[step] = 0.0;
  step_lowest_v_[step] = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < sums.terminals.size(); ++i) {
    see_terminal(i, steps, lane, sums);
  }
  for (std::size_t i = 0; i < sums.lines.size(); ++i) {
    see_line(i, steps, lane, sums);
  }
  for (std::size_t i = 0; i < sums.transformers.size(); ++i) {
    see_transformer(i, steps, lane, sums);
  }
}

void Assessor::see_terminal(std::size_t i, const Steps& steps, std::size_t lane, Assessment& sums) {
  const Terminal& terminal = watch_.terminals()[i];
  TerminalYear& year = sums.terminals[i];
  const std::size_t step = steps.first + lane;
  double highest = 0.0;
  double lowest = std::numeric_limits<double>::infinity();
  for (const std::size_t wire : watch_.phases(i)) {
    const double v = steps.phase_v(terminal.bus, wire, lane);
    take_most(year.highest_v, v, step, wire);
    take_least(year.lowest_v, v, step, wire);
    highest = std::max(highest, v);
    lowest = std::min(lowest, v);
  }
  double drawn_kw = 0.0;
  for (const std::size_t connection : terminal.connections) {
    drawn_kw += steps.drawn_kva(connection, lane).real();
  }
  const double kwh = drawn_kw * year_.step_hours;
  (kwh < 0.0 ? sums.fed_kwh : sums.drawn_kwh) += std::abs(kwh);
  if (highest > most_v_) {
    year.hours_above += year_.step_hours;
    year.fed_kwh_above += std::max(0.0, -kwh);
  }
  if (lowest < least_v_) {
    year.hours_below += year_.step_hours;
    year.drawn_kwh_below += std::max(0.0, kwh);
  }
  if (terminal.phases == Phases::abc) {
    const double share = unbalance_at(steps, terminal.bus, lane);
    take_most(year.unbalance, share, step, 0);
    year.hours_unbalanced += share > watch_.limits().unbalance ? year_.step_hours : 0.0;
    unbalance_.add(i, share);
  }
  highest_v_.add(i, highest);
  lowest_v_.add(i, lowest);
  step_highest_v_[step] = std::max(step_highest_v_[step], highest);
  step_lowest_v_[step] = std::min(step_lowest_v_[step], lowest);
}

void Assessor::load(Loading& loading, const Extreme& now, double limit, double kw) const {
  take_most(loading.most, now.value, now.step, now.wire);
  if (now.value > limit) {
    loading.hours_beyond += year_.step_hours;
    loading.kwh_beyond += std::abs(kw) * kept(now.value, limit) * year_.step_hours;
  }
}

void Assessor::see_line(std::size_t i, const Steps& steps, std::size_t lane,
                        Assessment& sums) const {
  const Line& line = network_.lines[i];
  Complex from_va;
  Complex lost_va;
  for (std::size_t wire = 0; wire < steps.wires(); ++wire) {
    const double* from = steps.volts(line.from, wire);
    const double* to = steps.volts(line.to, wire);
    const Complex there(from[lane], from[lane + Steps::most]);
    const Complex amps = std::conj(steps.line_amps(i, wire, lane));
    from_va += there * amps;
    lost_va += (there - Complex(to[lane], to[lane + Steps::most])) * amps;
  }
  Extreme now{0.0, steps.first + lane, 0};
  for (std::size_t wire = 0; wire < 4; ++wire) {
    take_most(now, watch_.line_wire_amps(steps, i, wire, lane), now.step, wire);
  }
  LineYear& year = sums.lines[i];
  load(from_va.real() < 0.0 ? year.reverse : year.forward, now, watch_.line_limit_a(i),
       from_va.real() / 1000.0);
  year.loss_kwh += lost_va.real() / 1000.0 * year_.step_hours;
}

void Assessor::see_transformer(std::size_t i, const Steps& steps, std::size_t lane,
                               Assessment& sums) {
  const Transformer& transformer = network_.transformers[i];
  TransformerYear& year = sums.transformers[i];
  const std::size_t step = steps.first + lane;
  const Complex kva = delivered_kva(steps, network_, i, lane);
  const bool is_reverse = kva.real() < 0.0;
  const double limit = transformer.rating_kva * (is_reverse ? watch_.limits().reverse_rate : 1.0);
  load(is_reverse ? year.reverse : year.forward, {std::abs(kva), step, 3}, limit, kva.real());
  transformer_kw_[i][step] = kva.real();
  std::array<Complex, 3> amps;
  std::array<Complex, 3> volts;
  for (std::size_t wire = 0; wire < 3; ++wire) {
    amps[wire] = steps.transformer_amps(i, wire, lane);
    const double* low = steps.volts(transformer.low, wire);
    volts[wire] = {low[lane], low[lane + Steps::most]};
    year.phase_loading =
        std::max(year.phase_loading, std::abs(amps[wire]) / rated_amps(transformer));
  }
  Complex load_va;
  Complex no_load_va;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      load_va += std::conj(amps[row]) * models_[i].leakage_ohm(row, column) * amps[column];
      no_load_va += std::conj(volts[row]) * models_[i].no_load_siemens(row, column) * volts[column];
    }
  }
  year.load_loss_kwh += load_va.real() / 1000.0 * year_.step_hours;
  year.no_load_loss_kwh += no_load_va.real() / 1000.0 * year_.step_hours;
}

void add(Loading& all, const Loading& more) {
  take_most(all.most, more.most.value, more.most.step, more.most.wire);
  all.hours_beyond += more.hours_beyond;
  all.kwh_beyond += more.kwh_beyond;
}

void add(TerminalYear& all, const TerminalYear& more) {
  take_most(all.highest_v, more.highest_v.value, more.highest_v.step, more.highest_v.wire);
  take_least(all.lowest_v, more.lowest_v.value, more.lowest_v.step, more.lowest_v.wire);
  take_most(all.unbalance, more.unbalance.value, more.unbalance.step, more.unbalance.wire);
  all.hours_above += more.hours_above;
  all.hours_below += more.hours_below;
  all.hours_unbalanced += more.hours_unbalanced;
  all.fed_kwh_above += more.fed_kwh_above;
  all.drawn_kwh_below += more.drawn_kwh_below;
}

void add(Assessment& all, const Assessment& more) {
  for (std::size_t i = 0; i < all.terminals.size(); ++i) {
    add(all.terminals[i], more.terminals[i]);
  }
  for (std::size_t i = 0; i < all.lines.size(); ++i) {
    add(all.lines[i].forward, more.lines[i].forward);
    add(all.lines[i].reverse, more.lines[i].reverse);
    all.lines[i].loss_kwh += more.lines[i].loss_kwh;
  }
  for (std::size_t i = 0; i < all.transformers.size(); ++i) {
    TransformerYear& one = all.transformers[i];
    const TransformerYear& other = more.transformers[i];
    add(one.forward, other.forward);
    add(one.reverse, other.reverse);
    one.phase_loading = std::max(one.phase_loading, other.phase_loading);
    one.load_loss_kwh += other.load_loss_kwh;
    one.no_load_loss_kwh += other.no_load_loss_kwh;
  }
  for (std::size_t kind = 0; kind < limit_kinds; ++kind) {
    all.hours_beyond[kind] += more.hours_beyond[kind];
  }
  take_harder(all.hardest, more.hardest);
  all.fed_kwh += more.fed_kwh;
  all.drawn_kwh += more.drawn_kwh;
}

std::size_t place_of_least(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::ranges::min_element(values) - values.begin());
}

void Assessor::add_durations(Assessment& all) const {
  for (std::size_t i = 0; i < all.terminals.size(); ++i) {
    all.terminals[i].highest_duration_v = highest_v_.duration(i);
    all.terminals[i].lowest_duration_v = lowest_v_.duration(i);
    all.terminals[i].unbalance_95 = unbalance_.percentile(i, 0.95);
  }
  std::vector<double> total_kw(year_.steps);
  for (std::size_t i = 0; i < all.transformers.size(); ++i) {
    all.transformers[i].duration_kw = duration_of(transformer_kw_[i]);
    for (std::size_t step = 0; step < year_.steps; ++step) {
      total_kw[step] += transformer_kw_[i][step];
    }
  }
  all.highest_duration_v = duration_of(step_highest_v_);
  all.lowest_duration_v = duration_of(step_lowest_v_);
  all.highest_step =
      static_cast<std::size_t>(std::ranges::max_element(step_highest_v_) - step_highest_v_.begin());
  all.lowest_step = place_of_least(step_lowest_v_);
  all.reverse_step = place_of_least(total_kw);
}

Assessment Assessor::end(std::vector<Unsolved> unsolved) {
  Assessment all = empty_sums(year_, watch_);
  for (const Assessment& chunk : chunks_) {
    add(all, chunk);
  }
  for (std::size_t i = 0; i < all.lines.size(); ++i) {
    const double limit_a = watch_.line_limit_a(i);
    all.lines[i].forward.loading = all.lines[i].forward.most.value / limit_a;
    all.lines[i].reverse.loading = all.lines[i].reverse.most.value / limit_a;
    all.line_loss_kwh += all.lines[i].loss_kwh;
  }
  for (std::size_t i = 0; i < all.transformers.size(); ++i) {
    TransformerYear& year = all.transformers[i];
    const double rating_kva = network_.transformers[i].rating_kva;
    year.forward.loading = year.forward.most.value / rating_kva;
    year.reverse.loading = year.reverse.most.value / rating_kva;
    all.transformer_loss_kwh += year.load_loss_kwh + year.no_load_loss_kwh;
  }
  if (year_.steps > 0) {
    add_durations(all);
  }
  LimitUse& solution = all.hardest[static_cast<std::size_t>(LimitKind::solution)];
  if (!unsolved.empty()) {
    solution.element = unsolved.front().bus;
    solution.value = unsolved.front().moving_pu;
  }
  all.unsolved = std::move(unsolved);
  return all;
}

}  // namespace

Assessment assess(const Flow& flow, const YearOfPowers& year, const LimitWatch& watch,
                  const Spread& spread) {
  Series series;
  series.steps = year.steps;
  series.powers = year.powers;
  Assessor assessor(year, watch, series.chunks());
  series.seen = [&](std::size_t chunk, const Steps& steps) { assessor.see(chunk, steps); };
  SeriesReport report = run(flow, series, spread);
  return assessor.end(std::move(report.unsolved));
}

}  // namespace xiaoyuan::wires
