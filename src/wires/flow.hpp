// Power flow of a low-voltage network: the voltages of every bus for given powers, of one moment or
// of many steps.
//
//   auto flow = Flow::of(network);                     // topology and matrices once
//   auto moment = solve(*flow, {kw, kvar});            // one moment
//   auto report = run(*flow, series, spread);          // many steps, eight side by side
//
// The network is solved by current injection on its compressed tree (wires/tree.hpp):
//   I = conj(S(|V|) / V) at every connection,   V = the tree's answer to I,
// repeated until no voltage moves by more than the tolerance. The tree's answer is exact (one
// backward and forward sweep), so the error shrinks by about |Z·S|/V² a round: 5–8 rounds.
// Inverters that follow the voltage (wires/inverter.hpp) settle in the same rounds.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/spread.hpp"
#include "wires/network.hpp"
#include "wires/soundness.hpp"
#include "wires/tree.hpp"

namespace xiaoyuan::wires {

struct Accuracy {
  double tolerance_pu = 1e-10;  ///< of the last movement of any connection's voltage
  int most_rounds = 1000;
};

/// What the solvers of one network share. Never changes; may be used by several threads.
struct Prepared {
  Network network;
  Tree tree;
  std::vector<std::vector<std::size_t>> elements;  ///< by connection
  std::vector<std::vector<Complex>> loop_answer;   ///< I = loop_answer · mismatch, one row each
  std::vector<double> relaxation;                  ///< by connection with an inverter rule
};

class Flow {
 public:
  /// Errors: what is wrong with the network, each with its element and line.
  static Result<Flow> of(Network network, Shape shape = Shape::any);
  const Network& network() const { return prepared_->network; }
  const Prepared& prepared() const { return *prepared_; }
  std::size_t wires() const { return prepared_->tree.sweep.wires; }

 private:
  explicit Flow(std::shared_ptr<const Prepared> prepared) : prepared_(std::move(prepared)) {}
  std::shared_ptr<const Prepared> prepared_;
};

/// Power drawn by every connection (fed in: negative), in the order of the network. For an inverter
/// with a rule it is what it would do if the voltage did not matter.
struct Powers {
  std::span<const double> kw;
  std::span<const double> kvar;  ///< empty: none
};

/// One solved moment. Voltages are against the neutral, or against earth where the neutral is a
/// wire of its own or earthed everywhere.
struct Moment {
  std::size_t wires = 3;
  std::vector<Complex> volts;             ///< [bus][wire]
  std::vector<Complex> line_amps;         ///< [line][wire] from → to, without charging
  std::vector<Complex> link_amps;         ///< [link][wire]
  std::vector<Complex> transformer_amps;  ///< [transformer][wire] out of its low side
  std::vector<double> kw;                 ///< drawn by every connection at these voltages
  std::vector<double> kvar;
  int rounds = 0;

  Complex volt(std::size_t bus, std::size_t wire) const { return volts[bus * wires + wire]; }
  /// |V| of a phase against the neutral.
  double phase_v(std::size_t bus, std::size_t wire) const;
};

/// Errors: no voltages were found (Fault::impossible), naming the bus that still moves most.
Result<Moment> solve(const Flow& flow, const Powers& powers, const Accuracy& accuracy = {});

/// Up to eight solved steps side by side, seen by the caller of run() on the thread that solved
/// them.
class Steps {
 public:
  static constexpr std::size_t most = 8;
  std::size_t first = 0;
  std::size_t count = 0;
  bool is_solved(std::size_t lane) const { return solved_[lane]; }
  std::size_t wires() const { return tree_->sweep.wires; }
  /// Real parts of eight steps, then imaginary ones. NaN in a lane that is not solved.
  const double* volts(std::size_t bus, std::size_t wire) const {
    return bus_volts_ + (bus * tree_->sweep.wires + wire) * 2 * most;
  }
  /// |V| against the neutral.
  double phase_v(std::size_t bus, std::size_t wire, std::size_t lane) const;
  Complex line_amps(std::size_t line, std::size_t wire, std::size_t lane) const;
  Complex transformer_amps(std::size_t transformer, std::size_t wire, std::size_t lane) const;
  /// Drawn by a connection, after its law and its inverter.
  Complex drawn_kva(std::size_t connection, std::size_t lane) const;
  /// Of the first lane, every wire of every carrier.
  std::vector<Complex> all_amps(const std::vector<Carrier>& carriers) const;

 private:
  friend class LaneSolver;
  Complex amps(const Carrier& carrier, std::size_t wire, std::size_t lane) const;
  const Tree* tree_ = nullptr;
  const double* bus_volts_ = nullptr;
  const double* amps_ = nullptr;
  const double* loop_amps_ = nullptr;
  const double* drawn_ = nullptr;
  bool solved_[most] = {};
};

struct Series {
  std::size_t steps = 0;
  /// Writes the power drawn in steps first … first + count − 1: watts[connection·8 + lane], and
  /// vars alike. Called from several threads.
  std::function<void(const Steps& steps, double* watts, double* vars)> powers;
  /// Sees the answer of up to eight steps; called from several threads, a chunk's steps in order.
  std::function<void(std::size_t chunk, const Steps& steps)> seen;
  /// Steps that start from each other's voltages; a new chunk starts from the unloaded network, so
  /// the result does not depend on the number of threads.
  std::size_t chunk_steps = 512;
  Accuracy accuracy;
  std::size_t chunks() const { return (steps + chunk_steps - 1) / chunk_steps; }
};

/// A step for which no voltages were found.
struct Unsolved {
  std::size_t step = 0;
  std::size_t bus = 0;     ///< whose voltage still moves most
  double moving_pu = 0.0;  ///< by so much in the last round
};
/// "step 567: the voltage at 34 still moves by 0.03 of the nominal one …"
Text explained(const Unsolved& unsolved, const Network& network);

struct SeriesReport {
  std::vector<Unsolved> unsolved;  ///< by step
  std::size_t rounds = 0;          ///< of eight steps, all together
};

SeriesReport run(const Flow& flow, const Series& series, const Spread& spread = in_turn);

/// Powers from whole series of every connection, in kW and kvar; the spans outlive the run.
std::function<void(const Steps&, double*, double*)> powers_of(
    std::vector<std::span<const double>> kw, std::vector<std::span<const double>> kvar);

}  // namespace xiaoyuan::wires
