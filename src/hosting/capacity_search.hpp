// Between the most that keeps the limits and the least that breaks one, on a few steps: many
// searches side by side.
#pragma once
#include <array>
#include <functional>
#include <limits>
#include <vector>

#include "hosting/capacity_trials.hpp"

namespace xiaoyuan::hosting {

/// Where a search without roofs ends, of the transformer's rating.
inline constexpr double search_end_of_rating = 10.0;

/// What is added as it grows.
struct GrowthPath {
  std::size_t transformer = 0;  ///< by whose limits it is judged
  double first_kw = 10.0;       ///< to begin with
  double end_kw = 0.0;          ///< roofs, or where the search ends
  std::function<Added(double kw)> at;
};

/// How far a search is. Today's state keeps the limits.
struct Bracket {
  double kept_kw = 0.0;
  double broken_kw = std::numeric_limits<double>::infinity();
  wires::LimitUse at_kept = {};
  wires::LimitUse at_broken = {};
  std::vector<std::size_t> steps = {};  ///< that it looks at

  /// A state that breaks a limit in a step that was not looked at: the search begins anew below.
  void break_at(double kw, const wires::LimitUse& use) {
    broken_kw = kw;
    at_broken = use;
    kept_kw = 0.0;
    at_kept = {};
  }
  /// False where it does already.
  bool look_at(std::size_t step);
};

/// Narrows every bracket down to the tolerance; one whose end keeps the limits has kept_kw =
/// end_kw. Three states a round: around the secant's answer, and halfway.
Result<std::vector<Bracket>> narrow(const TrialGrid& grid, const std::vector<GrowthPath>& paths,
                                    std::vector<Bracket> brackets, double tolerance_kw,
                                    const Spread& spread);

const wires::LimitUse& hardest_of(const std::vector<wires::LimitUse>& uses);
/// The steps that use most and more than `above`, the hardest first.
std::vector<std::size_t> hardest_steps(std::vector<wires::LimitUse> uses, std::size_t count,
                                       double above);

/// Steps with light in which an area feeds most back with some PV more: phase by phase, and all
/// together.
using SunnySteps = std::array<std::vector<std::size_t>, 4>;
SunnySteps sunny_steps(const VillageYear& village, const AreaWatch& area, double more_kw);

}  // namespace xiaoyuan::hosting
