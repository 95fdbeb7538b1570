// The limits that a low-voltage network must keep, and how much of them a moment uses.
//
//   voltage      GB/T 12325-2008: 220 V +7 % / −10 %, phase to neutral, at every house
//   unbalance    GB/T 15543-2008: ε = |U2|/|U1| ≤ 2 %, where three phases are at hand: at
//   transformers,
//                at poles where something branches, at three-phase houses
//   lines        |I| ≤ rating, every wire and the neutral, where a rating is known
//   transformer  S ≤ rating drawn, S ≤ β·rating fed back (DL/T 2041), |I| ≤ rated in every phase
//
// "used" is the share of a limit: (U − U_n)/(0.07·U_n) for a voltage, value/limit otherwise; above
// 1 the limit is broken.
#pragma once
#include <array>
#include <limits>
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
  std::size_t element = 0;  ///< terminal, line, transformer; of unbalance and solution a bus
  std::size_t wire = 0;     ///< 0, 1, 2: a, b, c; 3: a line's neutral, else all together
  std::size_t step = 0;
  /// V, share, A, kVA (of a transformer's phase: as if all three carried as much).
  double value = 0.0;
  double limit = 0.0;
  double used = -std::numeric_limits<double>::infinity();  ///< nothing of this kind was looked at
  bool is_known() const { return used > -std::numeric_limits<double>::infinity(); }
};
/// The uses of one moment, or the hardest of many, by kind.
using LimitUses = std::array<LimitUse, limit_kinds>;
/// The one that is used most.
const LimitUse& hardest(const LimitUses& uses);
/// Keeps the harder of each kind.
void take_harder(LimitUses& uses, const LimitUses& others);
/// The name of what it is the limit of.
std::string element_name(const LimitUse& use, const Network& network,
                         const std::vector<Terminal>& terminals);
/// "voltage at H012, phase A: 236.1 V, 235.4 V allowed"
Text explained(const LimitUse& use, const Network& network, const std::vector<Terminal>& terminals);

std::vector<std::size_t> phases_of(Phases phases);
/// ε = |U2|/|U1| of the phases at a bus.
double unbalance_at(const Steps& steps, std::size_t bus, std::size_t lane);
/// What flows out of a transformer's low side, all wires together.
Complex delivered_kva(const Steps& steps, const Network& network, std::size_t transformer,
                      std::size_t lane);
double rated_amps(const Transformer& transformer);

/// Reads the uses of solved steps. The network outlives it.
class LimitWatch {
 public:
  LimitWatch(const Network& network, std::vector<Terminal> terminals, const Limits& limits);
  /// `first` + lane is the step of a lane.
  LimitUses uses(const Steps& steps, std::size_t lane) const;
  const Network& network() const { return *network_; }
  const std::vector<Terminal>& terminals() const { return terminals_; }
  const Limits& limits() const { return limits_; }
  /// The phases of a terminal, as wires.
  const std::vector<std::size_t>& phases(std::size_t terminal) const { return phases_[terminal]; }
  /// Buses where unbalance is looked at.
  const std::vector<std::size_t>& balanced() const { return balanced_; }
  /// Most that a line may carry, all parallel ones together; infinity where no rating is known.
  double line_limit_a(std::size_t line) const { return line_limits_a_[line]; }
  /// |I| of a wire; the neutral (3) carries what the phases leave, where it is known.
  double line_wire_amps(const Steps& steps, std::size_t line, std::size_t wire,
                        std::size_t lane) const;

 private:
  void look_at_terminals(const Steps& steps, std::size_t lane, LimitUses& uses) const;
  void look_at_lines(const Steps& steps, std::size_t lane, LimitUses& uses) const;
  void look_at_transformers(const Steps& steps, std::size_t lane, LimitUses& uses) const;

  const Network* network_;
  std::vector<Terminal> terminals_;
  Limits limits_;
  std::vector<std::vector<std::size_t>> phases_;
  std::vector<double> line_limits_a_;
  std::vector<std::size_t> balanced_;  ///< buses where unbalance is looked at
};

/// The hardest uses of every step: one entry a step, and no more memory than that.
std::vector<LimitUse> hardest_by_step(const Flow& flow, const Series& series,
                                      const LimitWatch& watch, const Spread& spread);

}  // namespace xiaoyuan::wires
