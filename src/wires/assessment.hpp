// A year of a low-voltage network judged by its limits: voltages at every house, unbalance, loading
// of lines and transformers both ways, losses, hours and energy beyond the limits, and why the
// worst house is the worst.
//
// Percentiles come from counts in bins of `bin_v` and 1e-4 of unbalance, so memory does not grow
// with the steps and the result is the same on any number of threads.
#pragma once
#include <vector>

#include "wires/counts.hpp"
#include "wires/limits.hpp"

namespace xiaoyuan::wires {

inline constexpr double bin_v = 0.05;

struct Extreme {
  double value = 0.0;
  std::size_t step = 0;
  std::size_t wire = 0;
};

struct TerminalYear {
  Extreme highest_v;
  Extreme lowest_v;
  Extreme unbalance;  ///< of a three-phase terminal
  double hours_above = 0.0;
  double hours_below = 0.0;
  double hours_unbalanced = 0.0;
  double fed_kwh_above = 0.0;    ///< fed in while the voltage is above its limit
  double drawn_kwh_below = 0.0;  ///< drawn while it is below
  double unbalance_95 = 0.0;     ///< 95 % of the steps have no more; to 1e-4
  Duration highest_duration_v;   ///< of its highest phase
  Duration lowest_duration_v;    ///< of its lowest phase
};

/// One way through a line or transformer. Which way: by the active power of all phases.
struct Loading {
  Extreme most;          ///< A (lines: the wire that carries most) or kVA (transformers)
  double loading = 0.0;  ///< `most` over its limit's base (the rating); 0 where no rating is known
  double hours_beyond = 0.0;
  double kwh_beyond = 0.0;  ///< that flows above the limit
};

struct LineYear {
  Loading forward;  ///< from → to
  Loading reverse;
  double loss_kwh = 0.0;
};

struct TransformerYear {
  Loading forward;             ///< drawn by the village
  Loading reverse;             ///< fed back
  double phase_loading = 0.0;  ///< greatest |I| of a phase over the rated current
  double load_loss_kwh = 0.0;
  double no_load_loss_kwh = 0.0;
  Duration duration_kw;  ///< drawn (fed back: negative)
};

/// How much a house lifts (or lowers) the voltage of the worst one.
struct Cause {
  std::size_t terminal = 0;
  double fed_kw = 0.0;  ///< in that moment
  double volts = 0.0;   ///< ∂U/∂P · P + ∂U/∂Q · Q
};
/// The voltage of a terminal in a moment, taken apart.
struct Why {
  std::size_t terminal = 0;
  std::size_t wire = 0;
  std::size_t step = 0;
  double volts = 0.0;
  double unloaded_v = 0.0;    ///< with nothing connected: source and tap
  double line_m = 0.0;        ///< from the transformer
  std::vector<Cause> causes;  ///< the strongest first
};

struct Assessment {
  std::size_t steps = 0;
  double step_hours = 1.0;
  std::vector<TerminalYear> terminals;
  std::vector<LineYear> lines;
  std::vector<TransformerYear> transformers;
  LimitUses hardest;  ///< of the year
  /// Steps in which any limit of the kind is broken, in hours.
  std::array<double, limit_kinds> hours_beyond{};
  double line_loss_kwh = 0.0;
  double transformer_loss_kwh = 0.0;
  double fed_kwh = 0.0;  ///< by all connections that feed in, at the terminals
  double drawn_kwh = 0.0;
  Duration highest_duration_v;  ///< of the highest house of every step
  Duration lowest_duration_v;
  std::size_t highest_step = 0;  ///< of the highest voltage, the lowest, the strongest reverse flow
  std::size_t lowest_step = 0;
  std::size_t reverse_step = 0;
  std::vector<Unsolved> unsolved;
  bool keeps_limits() const { return hardest_used() <= 1.0 && unsolved.empty(); }
  double hardest_used() const { return wires::hardest(hardest).used; }
};

struct YearOfPowers {
  std::size_t steps = 0;
  double step_hours = 1.0;
  std::function<void(const Steps& steps, double* watts, double* vars)> powers;  ///< as in Series
};

Assessment assess(const Flow& flow, const YearOfPowers& year, const LimitWatch& watch,
                  const Spread& spread = in_turn);

/// Takes the terminal's voltage in a step apart. Errors as of solve().
Result<Why> why(const Flow& flow, const YearOfPowers& year, const LimitWatch& watch,
                std::size_t terminal, std::size_t step);

/// The voltages of every bus in a step, the hardest phase's profile along the feeder.
struct ProfilePoint {
  std::size_t bus = 0;
  std::size_t above = 0;  ///< the bus towards the transformer; itself at the root
  double from_transformer_m = 0.0;
  std::array<double, 3> volts{};  ///< a, b, c against the neutral
};
/// Every bus of the low side, parents before children. Errors as of solve().
Result<std::vector<ProfilePoint>> profile(const Flow& flow, const YearOfPowers& year,
                                          std::size_t step);

}  // namespace xiaoyuan::wires
