#include "wires/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t all_phases = 3;  // in place of a wire
constexpr double used_without_solution = 1000.0;

bool uses_phase(Phases phases, std::size_t wire) {
  switch (phases) {
    case Phases::a:
      return wire == 0;
    case Phases::b:
      return wire == 1;
    case Phases::c:
      return wire == 2;
    case Phases::ab:
      return wire != 2;
    case Phases::bc:
      return wire != 0;
    case Phases::ca:
      return wire != 1;
    case Phases::abc:
      break;
  }
  return true;
}

void take(LimitUses& uses, const LimitUse& use) {
  LimitUse& present = uses[static_cast<std::size_t>(use.kind)];
  if (use.used > present.used) {
    present = use;
  }
}

LimitUses nothing_used() {
  LimitUses uses;
  for (std::size_t kind = 0; kind < limit_kinds; ++kind) {
    uses[kind].kind = static_cast<LimitKind>(kind);
  }
  return uses;
}

/// Buses where three phases are at hand and something branches or is fed.
std::vector<std::size_t> balanced_buses(const Network& network,
                                        const std::vector<Terminal>& terminals) {
  std::vector<int> branches(network.buses.size());
  std::vector<bool> is_one_phase(network.buses.size());
  std::vector<bool> is_watched(network.buses.size());
  for (const Line& line : network.lines) {
    ++branches[line.from];
    ++branches[line.to];
  }
  for (const Terminal& terminal : terminals) {
    (terminal.phases == Phases::abc ? is_watched : is_one_phase)[terminal.bus] = true;
  }
  for (const Transformer& transformer : network.transformers) {
    is_watched[transformer.low] = true;
  }
  std::vector<std::size_t> buses;
  for (std::size_t bus = 0; bus < network.buses.size(); ++bus) {
    const bool is_low = network.buses[bus].nominal_v < 1000.0;
    if (is_watched[bus] || (is_low && !is_one_phase[bus] && branches[bus] > 2)) {
      buses.push_back(bus);
    }
  }
  return buses;
}

std::string letter(std::size_t wire) { return std::string(1, "ABCN"[wire]); }

}  // namespace

const std::string& key_of(LimitKind kind) {
  static const std::array<std::string, limit_kinds> keys{
      "voltage_high", "voltage_low",         "unbalance", "line",
      "transformer",  "transformer_reverse", "solution"};
  return keys[static_cast<std::size_t>(kind)];
}

Text name_of(LimitKind kind) {
  static const std::array<Text, limit_kinds> names{
      Text{"high voltage", "电压偏高"},
      {"low voltage", "电压偏低"},
      {"voltage unbalance", "三相电压不平衡"},
      {"line loading", "线路载流量"},
      {"transformer loading", "配变正向负载"},
      {"reverse loading of the transformer", "配变反向负载"},
      {"no solution", "潮流无解"}};
  return names[static_cast<std::size_t>(kind)];
}

const LimitUse& hardest(const LimitUses& uses) {
  return *std::ranges::max_element(uses, {}, &LimitUse::used);
}

void take_harder(LimitUses& uses, const LimitUses& others) {
  for (const LimitUse& other : others) {
    take(uses, other);
  }
}

double unbalance_at(const Steps& steps, std::size_t bus, std::size_t lane) {
  std::array<Complex, 3> phases;
  for (std::size_t wire = 0; wire < 3; ++wire) {
    const double* volts = steps.volts(bus, wire);
    phases[wire] = {volts[lane], volts[lane + Steps::most]};
  }
  const Sequence parts = components_of(phases);
  const double positive = std::abs(parts.positive);
  return positive > 0.0 ? std::abs(parts.negative) / positive : 0.0;
}

Complex delivered_kva(const Steps& steps, const Network& network, std::size_t transformer,
                      std::size_t lane) {
  Complex total;
  for (std::size_t wire = 0; wire < steps.wires(); ++wire) {
    const double* volts = steps.volts(network.transformers[transformer].low, wire);
    total += Complex(volts[lane], volts[lane + Steps::most]) *
             std::conj(steps.transformer_amps(transformer, wire, lane));
  }
  return total / 1000.0;
}

double rated_amps(const Transformer& transformer) {
  return 1000.0 * transformer.rating_kva / (std::sqrt(3.0) * transformer.low_v);
}

std::vector<std::size_t> phases_of(Phases phases) {
  std::vector<std::size_t> wires;
  for (std::size_t wire = 0; wire < 3; ++wire) {
    if (uses_phase(phases, wire)) {
      wires.push_back(wire);
    }
  }
  return wires;
}

LimitWatch::LimitWatch(const Network& network, std::vector<Terminal> terminals,
                       const Limits& limits)
    : network_(&network), terminals_(std::move(terminals)), limits_(limits) {
  for (const Terminal& terminal : terminals_) {
    phases_.push_back(phases_of(terminal.phases));
  }
  for (const Line& line : network.lines) {
    line_limits_a_.push_back(line.rating_a ? *line.rating_a * line.parallel
                                           : std::numeric_limits<double>::infinity());
  }
  balanced_ = balanced_buses(network, terminals_);
}

double LimitWatch::line_wire_amps(const Steps& steps, std::size_t line, std::size_t wire,
                                  std::size_t lane) const {
  if (wire < steps.wires()) {
    return std::abs(steps.line_amps(line, wire, lane));
  }
  Complex back;  // what the phases carry comes back in the neutral
  if (network_->neutral == Neutral::back_wire) {
    for (std::size_t phase = 0; phase < 3; ++phase) {
      back += steps.line_amps(line, phase, lane);
    }
  }
  return std::abs(back);
}

void LimitWatch::look_at_terminals(const Steps& steps, std::size_t lane, LimitUses& uses) const {
  const double most_v = limits_.nominal_v * (1.0 + limits_.above);
  const double least_v = limits_.nominal_v * (1.0 - limits_.below);
  for (std::size_t i = 0; i < terminals_.size(); ++i) {
    for (const std::size_t wire : phases_[i]) {
      const double v = steps.phase_v(terminals_[i].bus, wire, lane);
      const double away_v = v - limits_.nominal_v;
      take(uses, {LimitKind::voltage_high, i, wire, steps.first + lane, v, most_v,
                  away_v / (most_v - limits_.nominal_v)});
      take(uses, {LimitKind::voltage_low, i, wire, steps.first + lane, v, least_v,
                  -away_v / (limits_.nominal_v - least_v)});
    }
  }
  for (const std::size_t bus : balanced_) {
    const double share = unbalance_at(steps, bus, lane);
    take(uses, {LimitKind::unbalance, bus, all_phases, steps.first + lane, share, limits_.unbalance,
                share / limits_.unbalance});
  }
}

/// As line_wire_amps() says; every current is read once, and only the hardest takes a root.
void LimitWatch::look_at_lines(const Steps& steps, std::size_t lane, LimitUses& uses) const {
  const bool comes_back = network_->neutral == Neutral::back_wire;
  double most = -1.0;  // square of a share
  for (std::size_t i = 0; i < line_limits_a_.size(); ++i) {
    const double limit_a = line_limits_a_[i];
    Complex back;
    for (std::size_t wire = 0; std::isfinite(limit_a) && wire < 4; ++wire) {
      const Complex amps = wire < steps.wires() ? steps.line_amps(i, wire, lane) : back;
      back += comes_back ? amps : 0.0;
      if (std::norm(amps) > most * limit_a * limit_a) {
        most = std::norm(amps) / (limit_a * limit_a);
        take(uses, {LimitKind::line, i, wire, steps.first + lane, std::abs(amps), limit_a,
                    std::abs(amps) / limit_a});
      }
    }
  }
}

void LimitWatch::look_at_transformers(const Steps& steps, std::size_t lane, LimitUses& uses) const {
  for (std::size_t i = 0; i < network_->transformers.size(); ++i) {
    const Transformer& transformer = network_->transformers[i];
    const Complex kva = delivered_kva(steps, *network_, i, lane);
    const bool is_reverse = kva.real() < 0.0;
    const LimitKind kind = is_reverse ? LimitKind::transformer_reverse : LimitKind::transformer;
    const double limit = transformer.rating_kva * (is_reverse ? limits_.reverse_rate : 1.0);
    take(uses,
         {kind, i, all_phases, steps.first + lane, std::abs(kva), limit, std::abs(kva) / limit});
    for (std::size_t wire = 0; wire < 3; ++wire) {
      const double loading =
          std::abs(steps.transformer_amps(i, wire, lane)) / rated_amps(transformer);
      take(uses, {kind, i, wire, steps.first + lane, loading * transformer.rating_kva,
                  transformer.rating_kva, loading});
    }
  }
}

LimitUses LimitWatch::uses(const Steps& steps, std::size_t lane) const {
  LimitUses uses = nothing_used();
  if (!steps.is_solved(lane)) {
    take(uses,
         {LimitKind::solution, 0, all_phases, steps.first + lane, 0.0, 0.0, used_without_solution});
    return uses;
  }
  look_at_terminals(steps, lane, uses);
  look_at_lines(steps, lane, uses);
  look_at_transformers(steps, lane, uses);
  return uses;
}

std::vector<LimitUse> hardest_by_step(const Flow& flow, const Series& series,
                                      const LimitWatch& watch, const Spread& spread) {
  std::vector<LimitUse> all(series.steps);
  Series watched = series;
  watched.seen = [&](std::size_t, const Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      all[steps.first + lane] = hardest(watch.uses(steps, lane));
    }
  };
  const SeriesReport report = run(flow, watched, spread);
  for (const Unsolved& unsolved : report.unsolved) {
    all[unsolved.step].element = unsolved.bus;
    all[unsolved.step].value = unsolved.moving_pu;
  }
  return all;
}

namespace {

Text loading_text(const LimitUse& use, const std::string& name, const Text& what) {
  const bool is_phase = use.wire < all_phases;
  return {fmt::format("{} of {}{}: {:.1f} kVA, {:.1f} kVA allowed", what.en, name,
                      is_phase ? ", phase " + letter(use.wire) : "", use.value, use.limit),
          fmt::format("{} {}{}:{:.1f} kVA,限值 {:.1f} kVA", name, what.zh,
                      is_phase ? "(" + letter(use.wire) + " 相)" : "", use.value, use.limit)};
}

}  // namespace

std::string element_name(const LimitUse& use, const Network& network,
                         const std::vector<Terminal>& terminals) {
  switch (use.kind) {
    case LimitKind::voltage_high:
    case LimitKind::voltage_low:
      return terminals[use.element].name;
    case LimitKind::line:
      return network.lines[use.element].name;
    case LimitKind::transformer:
    case LimitKind::transformer_reverse:
      return network.transformers[use.element].name;
    case LimitKind::unbalance:
    case LimitKind::solution:
      break;
  }
  return use.element < network.buses.size() ? network.buses[use.element].name : "?";
}

Text explained(const LimitUse& use, const Network& network,
               const std::vector<Terminal>& terminals) {
  const std::string name = element_name(use, network, terminals);
  switch (use.kind) {
    case LimitKind::voltage_high:
    case LimitKind::voltage_low:
      return {fmt::format("voltage at {}, phase {}: {:.1f} V, {:.1f} V allowed", name,
                          letter(use.wire), use.value, use.limit),
              fmt::format("{} {} 相电压 {:.1f} V,限值 {:.1f} V", name, letter(use.wire), use.value,
                          use.limit)};
    case LimitKind::unbalance:
      return {fmt::format("voltage unbalance at {}: {:.2f} %, {:.2f} % allowed", name,
                          100.0 * use.value, 100.0 * use.limit),
              fmt::format("{} 处三相电压不平衡度 {:.2f}%,限值 {:.2f}%", name, 100.0 * use.value,
                          100.0 * use.limit)};
    case LimitKind::line:
      return {fmt::format("line {}, wire {}: {:.0f} A, {:.0f} A allowed", name, letter(use.wire),
                          use.value, use.limit),
              fmt::format("线路 {}({} 线)电流 {:.0f} A,允许载流量 {:.0f} A", name, letter(use.wire),
                          use.value, use.limit)};
    case LimitKind::transformer:
    case LimitKind::transformer_reverse:
      return loading_text(use, name, name_of(use.kind));
    case LimitKind::solution:
      break;
  }
  return {
      fmt::format("no voltages were found; {} moves most: the wires cannot carry this power", name),
      fmt::format("潮流无解,{} 处变化最大:线路承载不了该功率", name)};
}

}  // namespace xiaoyuan::wires
