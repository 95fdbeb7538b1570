// What an assignment of houses to phases asks of the wires in a few moments of the year.
//
// Every single-phase house has a connection on a, on b and on c at its bus, of which one carries
// its power: another assignment changes powers only, the tree is built once, and eight assignments
// (or moments, or levels of added PV) are solved side by side.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "hosting/capacity_trials.hpp"
#include "wires/lane_solver.hpp"

namespace xiaoyuan::hosting {

/// By house of the village.
using Assignment = std::vector<wires::Phases>;

/// How much of its limits the village uses; less is better, `squares` decides between equals.
struct Strain {
  double most = 0.0;       ///< greatest used share
  double squares = 0.0;    ///< of what each kind of limit uses at most, over kinds and moments
  std::size_t moment = 0;  ///< where `most` is
};
bool is_less(const Strain& one, const Strain& other);

/// The network with three connections a single-phase house; shared by threads.
class PhaseNetwork {
 public:
  static Result<PhaseNetwork> of(const VillageYear& village);
  const wires::Flow& flow() const { return flow_; }
  /// Of a house on a phase; houses on several phases have one connection.
  std::size_t connection(std::size_t house, wires::Phases phases) const;

 private:
  PhaseNetwork(wires::Flow flow, std::vector<std::size_t> first)
      : flow_(std::move(flow)), first_(std::move(first)) {}
  wires::Flow flow_;
  std::vector<std::size_t> first_;  ///< by house, and one behind the last
};

/// What all trials of an area share.
struct PhaseArea {
  const VillageYear* village = nullptr;
  PhaseNetwork network;
  AreaWatch watch;  ///< of today's assignment
  std::function<Added(double kw)> added;
};

/// One thread's solver of trials. The area outlives it.
class PhaseTrials {
 public:
  PhaseTrials(const PhaseArea& area, std::vector<std::size_t> moments);

  Strain strain(const Assignment& phases, double kw);
  /// In one moment, up to eight of them side by side.
  std::vector<Strain> strains_at(std::size_t moment, std::span<const Assignment> phases, double kw);
  /// The most kW between the two that no moment forbids; `least_kw` where even that is forbidden.
  double borne_kw(const Assignment& phases, double least_kw, double most_kw, double tolerance_kw);
  /// Solved so far, eight lanes at a time.
  std::size_t solved() const { return solved_; }

 private:
  void set(std::size_t lane, const Assignment& phases, std::size_t moment, const Added& added);
  void solve(std::size_t count);
  wires::LimitWatch watch_of(const Assignment& phases) const;
  /// The index of the first level that a moment forbids; as many as there are: none.
  std::size_t first_broken(const Assignment& phases, std::span<const double> levels_kw);

  const PhaseArea* area_;
  std::vector<std::size_t> moments_;
  wires::LaneSolver solver_;
  std::size_t solved_ = 0;
};

}  // namespace xiaoyuan::hosting
