// Solves up to eight sets of powers of one network side by side.
#pragma once
#include <array>
#include <vector>

#include "wires/flow.hpp"

namespace xiaoyuan::wires {

/// One number for each lane, on its own cache line.
struct alignas(64) Eight {
  double at[sweep_loops::lanes] = {};
};

class LaneSolver {
 public:
  explicit LaneSolver(const Prepared& prepared);

  /// [connection][lane], in W and var, to be filled before solve().
  double* watts() { return told_watts_.data()->at; }
  double* vars() { return told_vars_.data()->at; }
  /// Back to the voltages of the unloaded network.
  void unload();
  /// Solves from the voltages of the last call. Lanes from `count` on repeat the one before.
  void solve(std::size_t first, std::size_t count, const Accuracy& accuracy);
  const Steps& steps() const { return steps_; }
  /// Of the lanes that are not solved.
  void report(SeriesReport& report) const;

  /// The network's answer to currents fed in, without the source: node_volts() becomes what
  /// node_amps() change. What cut loops carry follows one call behind.
  void linear();
  double* node_amps() { return amps_.data()->at; }
  double* node_volts() { return volts_.data()->at; }
  int rounds() const { return rounds_; }

 private:
  using Change = std::array<double, sweep_loops::lanes>;
  static constexpr std::size_t lanes = sweep_loops::lanes;

  void fill_lanes(std::size_t count);
  bool round(const Accuracy& accuracy, bool is_first);
  void follow_rules(Change& change);
  void slow_down(const Change& change);
  void add_loops();
  void mend_loops(Change& change);
  void finish(std::size_t count, double tolerance);
  void gather_buses();
  void gather_drawn();
  Complex amp(std::size_t node, std::size_t wire, std::size_t lane) const;

  const Prepared* prepared_;
  const Tree* tree_;
  std::vector<Eight> volts_, amps_, seen_, bus_volts_, loop_amps_;
  std::vector<Eight> told_watts_, told_vars_, watts_, vars_, drawn_;
  Change change_{};
  Change pace_{};  ///< of the inverters, by lane
  Change mark_{};  ///< how far they were when the pace was last looked at
  Steps steps_;
  int rounds_ = 0;
};

}  // namespace xiaoyuan::wires
