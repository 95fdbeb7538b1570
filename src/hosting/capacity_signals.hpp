// What the limits of an area look at, as complex numbers whose size is limited.
#pragma once
#include <array>
#include <limits>
#include <vector>

#include "hosting/capacity_trials.hpp"

namespace xiaoyuan::hosting {

/// Signals that are compared with each other: the phases' voltages, and each other kind.
enum class SignalGroup { a, b, c, unbalance, line, transformer_phase, transformer };
inline constexpr std::size_t signal_groups = 7;

struct Signal {
  SignalGroup group = SignalGroup::a;
  std::size_t element = 0;    ///< bus, line or transformer
  std::size_t wire = 0;       ///< 3: of lines the neutral
  double most = 0.0;          ///< of its size
  double most_reverse = 0.0;  ///< where its real part is below 0
  double least = 0.0;
};

class AreaSignals {
 public:
  AreaSignals(const AreaWatch& area, const wires::Tree& tree);
  /// In the order of their groups.
  const std::vector<Signal>& all() const { return signals_; }
  wires::Complex value(const Signal& signal, const wires::Steps& steps, std::size_t lane) const;

 private:
  void add_voltages(const AreaWatch& area);
  void add_lines(const wires::Tree& tree);

  const wires::LimitWatch* watch_;
  std::vector<Signal> signals_;
};

}  // namespace xiaoyuan::hosting
