#include "wires/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "wires/inverter.hpp"
#include "wires/lane_solver.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t lanes = sweep_loops::lanes;

void add(LaneSolver& solver, std::size_t place, std::size_t lane, Complex amps) {
  solver.node_amps()[2 * place * lanes + lane] += amps.real();
  solver.node_amps()[(2 * place + 1) * lanes + lane] += amps.imag();
}
Complex volts_at(LaneSolver& solver, std::size_t place, std::size_t lane) {
  return {solver.node_volts()[2 * place * lanes + lane],
          solver.node_volts()[(2 * place + 1) * lanes + lane]};
}
void clear_amps(LaneSolver& solver, const Tree& tree) {
  std::fill_n(solver.node_amps(), tree.sweep.size() * 2 * tree.sweep.wires * lanes, 0.0);
}

/// The matrix that turns a mismatch of the loops' voltages into their currents; false where loops
/// of switches alone leave it open.
bool answer_loops(Prepared& prepared) {
  const Tree& tree = prepared.tree;
  const std::size_t n = tree.sweep.wires;
  const std::size_t size = tree.loops.size() * n;
  std::vector<Complex> answer(size * size);
  LaneSolver solver(prepared);
  for (std::size_t first = 0; first < size; first += lanes) {
    const std::size_t columns = std::min(lanes, size - first);
    clear_amps(solver, tree);
    for (std::size_t lane = 0; lane < columns; ++lane) {
      const Loop& loop = tree.loops[(first + lane) / n];
      const std::size_t wire = (first + lane) % n;
      add(solver, loop.to * n + wire, lane, 1.0);
      for (std::size_t j = 0; j < n; ++j) {
        add(solver, loop.from * n + j, lane, -std::conj(loop.ratio[wire * n + j]));
      }
    }
    solver.linear();
    for (std::size_t lane = 0; lane < columns; ++lane) {
      const std::size_t column = first + lane;
      for (std::size_t i = 0; i < size; ++i) {
        const Loop& loop = tree.loops[i / n];
        Complex cell = volts_at(solver, loop.to * n + i % n, lane);
        for (std::size_t j = 0; j < n; ++j) {
          cell -= loop.ratio[i % n * n + j] * volts_at(solver, loop.from * n + j, lane);
        }
        if (i / n == column / n) {
          cell += loop.impedance[i % n * n + column % n];
        }
        answer[i * size + column] = cell;
      }
    }
  }
  if (!invert(answer, size)) {
    return false;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const auto row = answer.begin() + static_cast<std::ptrdiff_t>(i * size);
    prepared.loop_answer.emplace_back(row, row + static_cast<std::ptrdiff_t>(size));
  }
  return true;
}

/// How far an inverter goes towards its rule in one round. With X the rise of its voltage when all
/// inverters feed in their rating and s the steepest part of its curves, going 1/(1 + s·X) of the
/// way cannot overshoot.
void set_relaxation(Prepared& prepared) {
  const Network& net = prepared.network;
  const Tree& tree = prepared.tree;
  const std::size_t n = tree.sweep.wires;
  prepared.relaxation.assign(net.connections.size(), 1.0);
  std::vector<std::size_t> ruled;
  for (std::size_t c = 0; c < net.connections.size(); ++c) {
    if (net.connections[c].inverter) {
      ruled.push_back(c);
    }
  }
  std::vector<double> rise(net.connections.size(), 0.0);
  LaneSolver solver(prepared);
  for (std::size_t first = 0; first < ruled.size(); first += lanes) {
    const std::size_t columns = std::min(lanes, ruled.size() - first);
    clear_amps(solver, tree);
    for (std::size_t lane = 0; lane < columns; ++lane) {
      const std::size_t c = ruled[first + lane];
      const double rating_va = 1000.0 * net.inverters[*net.connections[c].inverter].rating_kva;
      for (const std::size_t e : prepared.elements[c]) {
        const Element& element = tree.sweep.elements[e];
        const Complex amps = element.share * rating_va / element.nominal_v;
        add(solver, element.node * n + element.from, lane,
            amps * at_angle(-120.0 * static_cast<double>(element.from)));
        if (element.to != element.from) {
          add(solver, element.node * n + element.to, lane,
              -amps * at_angle(-120.0 * static_cast<double>(element.from)));
        }
      }
    }
    solver.linear();
    for (const std::size_t c : ruled) {
      const Element& element = tree.sweep.elements[prepared.elements[c].front()];
      for (std::size_t lane = 0; lane < columns; ++lane) {
        rise[c] +=
            std::abs(volts_at(solver, element.node * n + element.from, lane)) / element.nominal_v;
      }
    }
  }
  for (const std::size_t c : ruled) {
    prepared.relaxation[c] =
        1.0 / (1.0 + rise[c] * steepest(net.inverters[*net.connections[c].inverter]));
  }
}

}  // namespace

Result<Flow> Flow::of(Network network, Shape shape) {
  Errors faults = faults_of(network, shape);
  if (!faults.empty()) {
    return std::unexpected(std::move(faults));
  }
  auto prepared = std::make_shared<Prepared>();
  prepared->network = std::move(network);
  prepared->tree = tree_of(prepared->network);
  prepared->elements.resize(prepared->network.connections.size());
  for (std::size_t e = 0; e < prepared->tree.sweep.elements.size(); ++e) {
    prepared->elements[prepared->tree.sweep.elements[e].connection].push_back(e);
  }
  if (!prepared->tree.loops.empty() && !answer_loops(*prepared)) {
    return fail(Fault::bad_input,
                {"a loop of switches alone: how they share the current cannot be known",
                 "存在仅由开关构成的环路:各开关的电流分配无法确定"},
                {prepared->network.files.lines, 0, ""});
  }
  if (!prepared->network.inverters.empty()) {
    set_relaxation(*prepared);
  }
  return Flow(std::move(prepared));
}

double Moment::phase_v(std::size_t bus, std::size_t wire) const {
  return std::abs(volt(bus, wire) - (wires == 4 ? volt(bus, 3) : Complex(0.0)));
}

double Steps::phase_v(std::size_t bus, std::size_t wire, std::size_t lane) const {
  const double* phase = volts(bus, wire);
  Complex v(phase[lane], phase[lane + most]);
  if (tree_->sweep.wires == 4) {
    const double* neutral = volts(bus, 3);
    v -= Complex(neutral[lane], neutral[lane + most]);
  }
  return std::abs(v);
}

Complex Steps::amps(const Carrier& carrier, std::size_t wire, std::size_t lane) const {
  const double* from = carrier.is_loop ? loop_amps_ : amps_;
  const std::size_t place = (carrier.node * tree_->sweep.wires + wire) * 2 * most;
  return carrier.sign * Complex(from[place + lane], from[place + most + lane]);
}

Complex Steps::line_amps(std::size_t line, std::size_t wire, std::size_t lane) const {
  return amps(tree_->lines[line], wire, lane);
}
Complex Steps::transformer_amps(std::size_t transformer, std::size_t wire, std::size_t lane) const {
  return amps(tree_->transformers[transformer], wire, lane);
}
Complex Steps::drawn_kva(std::size_t connection, std::size_t lane) const {
  return {drawn_[2 * connection * most + lane] / 1000.0,
          drawn_[(2 * connection + 1) * most + lane] / 1000.0};
}

Text explained(const Unsolved& unsolved, const Network& network) {
  const std::string bus =
      unsolved.bus < network.buses.size() ? network.buses[unsolved.bus].name : "?";
  if (unsolved.moving_pu >= 0.0 && unsolved.moving_pu < 1e-9) {
    return {fmt::format("step {}: an inverter finds no rest on its curve; the voltages do",
                        unsolved.step),
            fmt::format("第 {} 步:电压已收敛,但某逆变器在其曲线上不能稳定", unsolved.step)};
  }
  const std::string by = std::isnan(unsolved.moving_pu) || unsolved.moving_pu < 0.0
                             ? "without end"
                             : fmt::format("by {:.2g} of the nominal voltage", unsolved.moving_pu);
  const std::string by_zh =
      by == "without end" ? "无界发散" : fmt::format("仍变化标称电压的 {:.2g}", unsolved.moving_pu);
  return {
      fmt::format("step {}: no voltages were found; at {} the voltage still moves {} from round "
                  "to round: the wires cannot carry this power, or an inverter's curve is too "
                  "steep",
                  unsolved.step, bus, by),
      fmt::format("第 {} 步潮流不收敛:{} 处电压逐次迭代{};线路承载不了该功率,或逆变器曲线过陡",
                  unsolved.step, bus, by_zh)};
}

SeriesReport run(const Flow& flow, const Series& series, const Spread& spread) {
  expects(series.chunk_steps > 0 && series.chunk_steps % lanes == 0);
  std::vector<SeriesReport> reports(series.chunks());
  spread(series.chunks(), [&](std::size_t chunk) {
    LaneSolver solver(flow.prepared());
    const std::size_t end = std::min(series.steps, (chunk + 1) * series.chunk_steps);
    for (std::size_t first = chunk * series.chunk_steps; first < end; first += lanes) {
      Steps ahead;
      ahead.first = first;
      ahead.count = std::min(lanes, end - first);
      series.powers(ahead, solver.watts(), solver.vars());
      solver.solve(first, ahead.count, series.accuracy);
      const std::size_t before = reports[chunk].unsolved.size();
      solver.report(reports[chunk]);
      if (series.seen) {
        series.seen(chunk, solver.steps());
      }
      if (reports[chunk].unsolved.size() > before) {
        solver.unload();
      }
    }
  });
  SeriesReport all;
  for (const SeriesReport& report : reports) {
    all.rounds += report.rounds;
    all.unsolved.insert(all.unsolved.end(), report.unsolved.begin(), report.unsolved.end());
  }
  return all;
}

std::function<void(const Steps&, double*, double*)> powers_of(
    std::vector<std::span<const double>> kw, std::vector<std::span<const double>> kvar) {
  return [kw = std::move(kw), kvar = std::move(kvar)](const Steps& steps, double* watts,
                                                      double* vars) {
    for (std::size_t c = 0; c < kw.size(); ++c) {
      for (std::size_t lane = 0; lane < steps.count; ++lane) {
        watts[c * lanes + lane] = 1000.0 * kw[c][steps.first + lane];
        vars[c * lanes + lane] = kvar.empty() ? 0.0 : 1000.0 * kvar[c][steps.first + lane];
      }
    }
  };
}

std::vector<Complex> Steps::all_amps(const std::vector<Carrier>& carriers) const {
  std::vector<Complex> all;
  for (const Carrier& carrier : carriers) {
    for (std::size_t wire = 0; wire < tree_->sweep.wires; ++wire) {
      all.push_back(amps(carrier, wire, 0));
    }
  }
  return all;
}

Result<Moment> solve(const Flow& flow, const Powers& powers, const Accuracy& accuracy) {
  const Network& net = flow.network();
  expects(powers.kw.size() == net.connections.size() &&
          (powers.kvar.empty() || powers.kvar.size() == powers.kw.size()));
  LaneSolver solver(flow.prepared());
  for (std::size_t c = 0; c < powers.kw.size(); ++c) {
    solver.watts()[c * lanes] = 1000.0 * powers.kw[c];
    solver.vars()[c * lanes] = powers.kvar.empty() ? 0.0 : 1000.0 * powers.kvar[c];
  }
  solver.solve(0, 1, accuracy);
  SeriesReport report;
  solver.report(report);
  if (!report.unsolved.empty()) {
    return fail(Fault::impossible, explained(report.unsolved.front(), net),
                {net.files.lines, 0, ""});
  }
  const Steps& steps = solver.steps();
  Moment moment;
  moment.wires = flow.wires();
  moment.rounds = solver.rounds();
  for (std::size_t bus = 0; bus < net.buses.size(); ++bus) {
    for (std::size_t wire = 0; wire < moment.wires; ++wire) {
      const double* volts = steps.volts(bus, wire);
      moment.volts.emplace_back(volts[0], volts[lanes]);
    }
  }
  const Tree& tree = flow.prepared().tree;
  moment.line_amps = steps.all_amps(tree.lines);
  moment.link_amps = steps.all_amps(tree.links);
  moment.transformer_amps = steps.all_amps(tree.transformers);
  for (std::size_t c = 0; c < net.connections.size(); ++c) {
    moment.kw.push_back(steps.drawn_kva(c, 0).real());
    moment.kvar.push_back(steps.drawn_kva(c, 0).imag());
  }
  return moment;
}

}  // namespace xiaoyuan::wires
