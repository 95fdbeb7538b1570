// An electric car as a store that is there only between arrival and departure.
//
// While it is away its power is zero; on departure it must hold what is needed, and its trip is
// drained from it. What the car may give back (to the house, or to the grid too) is a choice.
#pragma once
#include <vector>

#include "optimum/dispatch.hpp"

namespace xiaoyuan::optimum {

/// The car is at home from the beginning of step `arrival` to the beginning of step `departure`.
struct Stay {
  std::size_t arrival = 0;
  std::size_t departure = 0;
  double needed_kwh = 0.0;  ///< stored on departure, at least
  double trip_kwh = 0.0;    ///< driven before the next stay
};

enum class GivesBack {
  nothing,
  to_house,  ///< no more than the house lacks
  to_grid
};

struct Car {
  battery::Spec battery;  ///< its charger's power on the AC side
  double start_kwh = 0.0;
  std::vector<Stay> stays;  ///< in order, apart from each other
  GivesBack gives_back = GivesBack::nothing;
};

/// A dispatch problem that owns the series of a car's presence. It begins with the car's start and
/// ends no lower than the car's floor.
class CarStore {
 public:
  /// `home` gives load, PV, prices and limits, and outlives this; its battery is not looked at.
  /// Errors: stays that overlap or lie outside the year; a need that cannot be charged in time,
  /// with the need that can and how much earlier the car would have to come.
  static Result<CarStore> of(const StoreYear& home, const Car& car);
  const DispatchProblem& problem() const { return problem_; }

 private:
  CarStore() = default;
  // Spans of problem_ point into these; moving a vector leaves its elements where they are.
  std::vector<double> charge_kwh_, discharge_kwh_, least_kwh_, drain_kwh_;
  DispatchProblem problem_;
};

}  // namespace xiaoyuan::optimum
