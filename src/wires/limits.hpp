// The limits that a low-voltage network must keep, and how much of them a moment uses.
//
//   voltage      GB/T 12325-2008: 220 V +7 % / −10 %, phase to neutral, at every house
//   unbalance    GB/T 15543-2008: ε = |U2|/|U1| ≤ 2 %, at every house with three phases at hand
//   lines        |I| ≤ rating, every wire and the neutral, where a rating is known
//   transformer  S ≤ rating drawn, S ≤ β·rating fed back (DL/T 2041), |I| ≤ rated in every phase
//
// "used" is the share of a limit: (U − U_n)/(0.07·U_n) for a voltage, value/limit otherwise; above
// 1 the limit is broken.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "wires/flow.hpp"

namespace xiaoyuan::wires {

struct Limits {
  double nominal_v = 220.0;  ///< phase to neutral
  double above = 0.07;       ///< share of the nominal voltage
  double below = 0.10;
  double unbalance = 0.02;
  double reverse_rate = 0.8;  ///< β: most that a transformer may feed back, of its rating
};

/// Where a house meets the network; all that it draws and makes, of which network it may be several
/// connections.
struct Terminal {
  std::string name;
  std::size_t bus = 0;
  Phases phases = Phases::abc;
  std::vector<std::size_t> connections;
};

enum class LimitKind {
  voltage_high,
  voltage_low,
  unbalance,
  line,
  transformer,
  transformer_reverse,
  solution  ///< no voltages were found: the network cannot carry it
};
inline constexpr std::size_t limit_kinds = 7;
Text name_of(LimitKind kind);
/// "voltage_high", … as in results.json
const std::string& key_of(LimitKind kind);

/// How much of a limit is used, where and when.
struct LimitUse {
  LimitKind kind = LimitKind::voltage_high;
  std::size_t element = 0;  ///< terminal, line or transformer; with `solution` a bus
  std::size_t wire = 0;     ///< 0, 1, 2: a, b, c; 3: neutral (lines); not used by unbalance
  std::size_t step = 0;
  double value = 0.0;  ///< V, share, A, kVA
  double limit = 0.0;
  double used = 0.0;
};
/// The uses of one moment, or the hardest of many, by kind.
using LimitUses = std::array<LimitUse, limit_kinds>;
/// The one that is used most.
const LimitUse& hardest(const LimitUses& uses);
/// Keeps the harder of each kind.
void take_harder(LimitUses& uses, const LimitUses& others);
/// "voltage at H012, phase A: 236.1 V, 235.4 V allowed"
Text explained(const LimitUse& use, const Network& network, const std::vector<Terminal>& terminals);

/// Reads the uses of solved steps.
class LimitWatch {
 public:
  LimitWatch(const Network& network, std::vector<Terminal> terminals, const Limits& limits);
  /// `first` + lane is the step of a lane.
  LimitUses uses(const Steps& steps, std::size_t lane) const;
  const std::vector<Terminal>& terminals() const { return terminals_; }
  const Limits& limits() const { return limits_; }

 private:
  void look_at_terminals(const Steps& steps, std::size_t lane, LimitUses& uses) const;
  void look_at_lines(const Steps& steps, std::size_t lane, LimitUses& uses) const;
  void look_at_transformers(const Steps& steps, std::size_t lane, LimitUses& uses) const;

  const Network* network_;
  std::vector<Terminal> terminals_;
  Limits limits_;
  std::vector<double> line_limits_a_;  ///< of all parallel ones; infinity where none is known
};

/// The hardest uses of every step: one entry a step, and no more memory than that.
std::vector<LimitUse> hardest_by_step(const Flow& flow, const Series& series,
                                      const LimitWatch& watch, const Spread& spread);

}  // namespace xiaoyuan::wires
