// Tries states of a village in chosen steps: what is used of an area's limits. States and steps of
// every mixture are solved eight side by side.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "hosting/capacity.hpp"
#include "wires/feeders.hpp"

namespace xiaoyuan::hosting {

/// PV added by every house, judged by the limits of one area.
struct TriedState {
  std::size_t transformer = 0;
  Added added = {};
};

struct Trial {
  std::size_t step = 0;
  std::size_t state = 0;
};

/// The limits of one area, and of what it shares with all others.
class AreaWatch {
 public:
  AreaWatch(const VillageYear& village, const wires::Feeders& feeders, std::size_t transformer);
  /// `element` of a terminal is the house.
  wires::LimitUse hardest(const wires::Steps& steps, std::size_t lane) const;
  const std::vector<std::size_t>& houses() const { return houses_; }
  const wires::LimitWatch& limits() const { return *watch_; }

 private:
  std::vector<std::size_t> houses_;
  std::shared_ptr<const wires::Network> watched_;  ///< what is not the area's has no limit in it
  std::shared_ptr<const wires::LimitWatch> watch_;
};

/// A village's wires, ready for any state of it. The village and the rules outlive it.
class TrialGrid {
 public:
  using Rules = std::vector<std::optional<wires::InverterRule>>;
  static Result<TrialGrid> of(const VillageYear& village, const Rules& rules);

  const VillageYear& village() const { return *village_; }
  const AreaWatch& area(std::size_t transformer) const { return areas_[transformer]; }
  const wires::Flow& flow() const { return flow_; }
  bool follows_voltage() const { return !rules_->empty(); }
  /// Whether PV may break or mend anything in a step: no PV does in the dark.
  bool is_touched(std::size_t step) const {
    return follows_voltage() || village_->light[step] > 0.0F;
  }
  /// The flow with inverters that have grown by what is added.
  Result<wires::Flow> flow_with(const Added& added) const;

  /// Powers of trials, one a step of the series; states and trials outlive it.
  wires::Series series_of(std::span<const TriedState> states, std::span<const Trial> trials) const;
  /// The hardest use of every trial, in their order; `step` is the village's.
  Result<std::vector<wires::LimitUse>> hardest(std::span<const TriedState> states,
                                               std::span<const Trial> trials,
                                               const Spread& spread) const;
  /// By area and step of the year: the hardest use of today's state.
  std::vector<std::vector<wires::LimitUse>> hardest_today(const Spread& spread) const;
  /// The steps of the year that what is added can change.
  std::vector<std::size_t> touched_steps() const;
  /// The hardest use of each of them.
  Result<std::vector<wires::LimitUse>> hardest_of_year(const TriedState& state,
                                                       const Spread& spread) const;

 private:
  TrialGrid(const VillageYear& village, const Rules& rules, wires::Flow flow);

  const VillageYear* village_;
  const Rules* rules_;
  wires::Flow flow_;
  std::vector<AreaWatch> areas_;
};

/// A share of a voltage limit to within 1e-6 or so.
inline constexpr wires::Accuracy trial_accuracy{1e-7, 1000};

}  // namespace xiaoyuan::hosting
