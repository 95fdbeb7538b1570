// Random small households with a battery and further stores, that own their series.
#pragma once
#include <optional>

#include "optimum/joint.hpp"
#include "support/dispatch_draw.hpp"

namespace xiaoyuan::test {

struct DrawnStore {
  std::vector<double> cop, use, limits, least, most;
};

struct DrawnJoint {
  Drawn home;
  std::vector<DrawnStore> series;
  std::optional<optimum::ShiftableLoad> load;
  optimum::JointProblem problem;

  /// One to three stores beside the battery: tanks of every mixture of features, and now and then a
  /// load that may wait.
  explicit DrawnJoint(std::uint64_t seed, Drawn::Prices prices = Drawn::Prices::convex);
  DrawnJoint(const DrawnJoint&) = delete;
  DrawnJoint& operator=(const DrawnJoint&) = delete;
  /// Points the problem at the series again, after they were changed.
  void join();

 private:
  double draw(double below) { return below * random_.uniform(); }
  void draw_tank();
  void draw_load();
  Random random_;
};

}  // namespace xiaoyuan::test
