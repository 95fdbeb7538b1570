#include "wires/lane_solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wires/inverter.hpp"

namespace xiaoyuan::wires {

namespace {
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr int rounds_of_patience = 20;
constexpr double slowest = 1.0 / 64.0;
}  // namespace

LaneSolver::LaneSolver(const Prepared& prepared) : prepared_(&prepared), tree_(&prepared.tree) {
  const std::size_t row = 2 * tree_->sweep.wires;
  const std::size_t connections = prepared.network.connections.size() + 1;  // never no memory
  volts_.resize(tree_->sweep.size() * row);
  amps_.resize(volts_.size());
  seen_.resize(2 * tree_->sweep.elements.size() + 1);
  bus_volts_.resize(tree_->node_of_bus.size() * row);
  loop_amps_.resize(tree_->loops.size() * row + 1);
  for (auto* powers : {&told_watts_, &told_vars_, &watts_, &vars_}) {
    powers->resize(connections);
  }
  drawn_.resize(2 * connections);
  steps_.tree_ = tree_;
  steps_.bus_volts_ = bus_volts_.data()->at;
  steps_.amps_ = amps_.data()->at;
  steps_.loop_amps_ = loop_amps_.data()->at;
  steps_.drawn_ = drawn_.data()->at;
  unload();
}

void LaneSolver::unload() {
  for (std::size_t i = 0; i < 2 * tree_->sweep.wires; ++i) {
    std::ranges::fill(volts_[i].at, tree_->source[i]);
  }
  std::ranges::fill(amps_, Eight{});
  std::ranges::fill(loop_amps_, Eight{});
  for (Eight& seen : seen_) {
    std::ranges::fill(seen.at, no_number);
  }
  sweep_loops::sweep(tree_->sweep, amps_.data()->at, volts_.data()->at);
  watts_ = told_watts_;
  vars_ = told_vars_;
}

void LaneSolver::fill_lanes(std::size_t count) {
  for (auto* powers : {&told_watts_, &told_vars_}) {
    for (Eight& power : *powers) {
      std::fill(power.at + count, power.at + lanes, power.at[count - 1]);
    }
  }
  const auto& connections = prepared_->network.connections;
  for (std::size_t c = 0; c < connections.size(); ++c) {
    if (!connections[c].inverter) {
      watts_[c] = told_watts_[c];
      vars_[c] = told_vars_[c];
    }
  }
}

/// Moves every inverter towards what its rule says at the present voltages; `change` takes how far
/// it still is, in shares of its rating.
void LaneSolver::follow_rules(Change& change) {
  const Network& net = prepared_->network;
  const std::size_t row = 2 * tree_->sweep.wires;
  for (std::size_t c = 0; c < net.connections.size(); ++c) {
    if (!net.connections[c].inverter) {
      continue;
    }
    const InverterRule& rule = net.inverters[*net.connections[c].inverter];
    const auto& elements = prepared_->elements[c];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      double v = 0.0;
      for (const std::size_t e : elements) {
        const Element& element = tree_->sweep.elements[e];
        Complex volts;
        const Eight* at = volts_.data() + element.node * row;
        volts = {at[2 * element.from].at[lane], at[2 * element.from + 1].at[lane]};
        if (element.to != element.from) {
          volts -= Complex(at[2 * element.to].at[lane], at[2 * element.to + 1].at[lane]);
        }
        v += std::abs(volts) / element.nominal_v / static_cast<double>(elements.size());
      }
      const FedIn told{-told_watts_[c].at[lane] / 1000.0, -told_vars_[c].at[lane] / 1000.0};
      const FedIn aim = obeyed(rule, told, v);
      const double watts_off = -1000.0 * aim.kw - watts_[c].at[lane];
      const double vars_off = -1000.0 * aim.kvar - vars_[c].at[lane];
      const double share = prepared_->relaxation[c] * pace_[lane];
      watts_[c].at[lane] += share * watts_off;
      vars_[c].at[lane] += share * vars_off;
      const double off = (std::abs(watts_off) + std::abs(vars_off)) / (1000.0 * rule.rating_kva);
      change[lane] = std::max(change[lane], off * off);
    }
  }
}

/// Where a lane's inverters have come no nearer in a while they circle: they go half as fast. (The
/// room for reactive power, √(S² − P²), is as steep as can be at P = S: no pace is slow enough
/// beforehand.)
void LaneSolver::slow_down(const Change& change) {
  if (rounds_ % rounds_of_patience != 0) {
    return;
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (change[lane] > 0.9 * mark_[lane] && pace_[lane] > slowest) {
      pace_[lane] *= 0.5;
    }
    mark_[lane] = change[lane];
  }
}

void LaneSolver::add_loops() {
  const std::size_t n = tree_->sweep.wires;
  for (std::size_t l = 0; l < tree_->loops.size(); ++l) {
    const Loop& loop = tree_->loops[l];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t i = 0; i < n; ++i) {
        const Complex amps{loop_amps_[(l * n + i) * 2].at[lane],
                           loop_amps_[(l * n + i) * 2 + 1].at[lane]};
        amps_[(loop.to * n + i) * 2].at[lane] += amps.real();
        amps_[(loop.to * n + i) * 2 + 1].at[lane] += amps.imag();
        for (std::size_t j = 0; j < n; ++j) {  // N^H of the current leaves its beginning
          const Complex share = std::conj(loop.ratio[i * n + j]) * amps;
          amps_[(loop.from * n + j) * 2].at[lane] -= share.real();
          amps_[(loop.from * n + j) * 2 + 1].at[lane] -= share.imag();
        }
      }
    }
  }
}

/// What each loop's current must change by for the voltages at its two ends to agree with it.
void LaneSolver::mend_loops(Change& change) {
  const std::size_t n = tree_->sweep.wires;
  const std::size_t size = tree_->loops.size() * n;
  std::vector<Complex> off(size);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const auto value = [&](const std::vector<Eight>& of, std::size_t i) {
      return Complex(of[2 * i].at[lane], of[2 * i + 1].at[lane]);
    };
    for (std::size_t i = 0; i < size; ++i) {
      const Loop& loop = tree_->loops[i / n];
      const std::size_t row = i % n;
      off[i] = -value(volts_, loop.to * n + row);
      for (std::size_t j = 0; j < n; ++j) {
        off[i] += loop.ratio[row * n + j] * value(volts_, loop.from * n + j) -
                  loop.impedance[row * n + j] * value(loop_amps_, i / n * n + j);
      }
      const double nominal_v = std::abs(Complex(tree_->source[0], tree_->source[1]));
      change[lane] = std::max(change[lane], std::norm(off[i] / nominal_v));
    }
    for (std::size_t i = 0; i < size; ++i) {
      Complex more = 0.0;
      for (std::size_t j = 0; j < size; ++j) {
        more += prepared_->loop_answer[i][j] * off[j];
      }
      loop_amps_[2 * i].at[lane] += more.real();
      loop_amps_[2 * i + 1].at[lane] += more.imag();
    }
  }
}

/// True when nothing moves any more. A lane's change may be NaN, and then it does move.
bool LaneSolver::round(const Accuracy& accuracy, bool is_first) {
  const bool has_rules = !prepared_->network.inverters.empty();
  Change rules{};
  if (has_rules) {
    follow_rules(rules);
    slow_down(rules);
  }
  Change loops{};
  if (!tree_->loops.empty() && !is_first) {
    mend_loops(loops);
  }
  sweep_loops::feed_in(
      tree_->sweep,
      {volts_.data()->at, amps_.data()->at, seen_.data()->at, watts_.data()->at, vars_.data()->at},
      change_.data());
  bool is_settled = !is_first;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const double most = std::max(rules[lane], loops[lane]);
    change_[lane] = change_[lane] >= most || std::isnan(change_[lane]) ? change_[lane] : most;
    is_settled = is_settled && change_[lane] <= accuracy.tolerance_pu * accuracy.tolerance_pu;
  }
  add_loops();
  sweep_loops::sweep(tree_->sweep, amps_.data()->at, volts_.data()->at);
  return is_settled;
}

void LaneSolver::solve(std::size_t first, std::size_t count, const Accuracy& accuracy) {
  steps_.first = first;
  steps_.count = count;
  fill_lanes(count);
  rounds_ = 0;
  pace_.fill(1.0);
  mark_.fill(std::numeric_limits<double>::infinity());
  while (rounds_ < accuracy.most_rounds) {
    const bool is_first = rounds_ == 0;
    ++rounds_;
    if (round(accuracy, is_first)) {
      break;
    }
  }
  finish(count, accuracy.tolerance_pu);
}

/// The answer for the caller; lanes without one hold NaN, and start anew next time.
void LaneSolver::finish(std::size_t count, double tolerance) {
  bool is_whole = true;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    steps_.solved_[lane] = rounds_ > 1 && change_[lane] <= tolerance * tolerance;
    is_whole = is_whole && steps_.solved_[lane];
  }
  sweep_loops::branch_currents(tree_->sweep, amps_.data()->at, volts_.data()->at);
  gather_buses();
  gather_drawn();
  if (is_whole) {
    return;
  }
  for (std::size_t lane = 0; lane < count; ++lane) {
    if (!steps_.solved_[lane]) {
      for (Eight& volts : bus_volts_) {
        volts.at[lane] = no_number;
      }
    }
  }
}

void LaneSolver::gather_buses() {
  const std::size_t row = 2 * tree_->sweep.wires;
  for (std::size_t node = 1; node < tree_->bus_of_node.size(); ++node) {
    if (tree_->bus_of_node[node] != Tree::passed_through) {
      std::copy_n(volts_.begin() + static_cast<std::ptrdiff_t>(node * row), row,
                  bus_volts_.begin() + static_cast<std::ptrdiff_t>(tree_->bus_of_node[node] * row));
    }
  }
  sweep_loops::recover(tree_->sweep, amps_.data()->at, volts_.data()->at, bus_volts_.data()->at);
}

/// S = what the law makes of the power told, at the voltages that the currents were set for.
void LaneSolver::gather_drawn() {
  std::ranges::fill(drawn_, Eight{});
  for (std::size_t e = 0; e < tree_->sweep.elements.size(); ++e) {
    const Element& element = tree_->sweep.elements[e];
    const Eight& re = seen_[2 * e];
    const Eight& im = seen_[2 * e + 1];
    Eight& watts = drawn_[2 * element.connection];
    Eight& vars = drawn_[2 * element.connection + 1];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double square = re.at[lane] * re.at[lane] + im.at[lane] * im.at[lane];
      const double share = element.share * (element.power + element.current * std::sqrt(square) +
                                            element.impedance * square);
      watts.at[lane] += share * watts_[element.connection].at[lane];
      vars.at[lane] += share * vars_[element.connection].at[lane];
    }
  }
}

void LaneSolver::report(SeriesReport& report) const {
  report.rounds += static_cast<std::size_t>(rounds_);
  const std::size_t row = 2 * tree_->sweep.wires;
  for (std::size_t lane = 0; lane < steps_.count; ++lane) {
    if (steps_.solved_[lane]) {
      continue;
    }
    Unsolved unsolved{steps_.first + lane, 0, -1.0};
    for (std::size_t e = 0; e < tree_->sweep.elements.size(); ++e) {
      const Element& element = tree_->sweep.elements[e];
      const Eight* at = volts_.data() + element.node * row;
      Complex here(at[2 * element.from].at[lane], at[2 * element.from + 1].at[lane]);
      if (element.to != element.from) {
        here -= Complex(at[2 * element.to].at[lane], at[2 * element.to + 1].at[lane]);
      }
      const Complex before(seen_[2 * e].at[lane], seen_[2 * e + 1].at[lane]);
      const double moved = std::abs(here - before) / element.nominal_v;
      if (!(moved <= unsolved.moving_pu)) {
        unsolved.moving_pu = moved;
        unsolved.bus = tree_->bus_of_node[element.node];
        if (std::isnan(moved)) {
          break;
        }
      }
    }
    report.unsolved.push_back(unsolved);
  }
}

void LaneSolver::linear() {
  for (std::size_t i = 0; i < 2 * tree_->sweep.wires; ++i) {
    volts_[i] = Eight{};
  }
  const bool has_loops = !prepared_->loop_answer.empty();
  if (has_loops) {
    add_loops();
  }
  sweep_loops::sweep(tree_->sweep, amps_.data()->at, volts_.data()->at);
  if (has_loops) {
    Change unused{};
    mend_loops(unused);
  }
}

}  // namespace xiaoyuan::wires
