// The reference household with a heat pump's buffer tank, or a load that may wait, beside its
// battery: a year whose heat follows a made-up temperature.
#pragma once
#include <vector>

#include "optimum/joint.hpp"
#include "support/coupled_draw.hpp"

namespace xiaoyuan::test {

struct TankYear {
  Pattern pattern;
  std::vector<double> heat, cop;
  optimum::JointProblem problem;

  explicit TankYear(double step_hours);
  TankYear(const TankYear&) = delete;
  TankYear& operator=(const TankYear&) = delete;
  bool exists() const { return !pattern.load_kwh.empty(); }
};

}  // namespace xiaoyuan::test
