// Random small dispatch problems that own their series: every mixture of features, from a seed.
#pragma once
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "optimum/dispatch.hpp"
#include "support/seeds.hpp"

namespace xiaoyuan::test {

struct Drawn {
  std::vector<double> load, pv, buy, sell;
  std::vector<double> exports, imports, charges, discharges, least, most, drains;
  optimum::DispatchProblem problem;

  enum class Prices { convex, some_bent, capped, bent_with_tiers, bent_and_capped };
  explicit Drawn(std::uint64_t seed, Prices prices = Prices::convex);
  Drawn(const Drawn&) = delete;
  Drawn& operator=(const Drawn&) = delete;
  /// Points the problem at the series again, after they were changed.
  void join();

 private:
  double draw(double below) { return below * random_.uniform(); }
  void draw_series(std::size_t size);
  void draw_battery();
  void draw_limits(std::size_t size);
  void draw_tiers(std::size_t size);
  void draw_cap();
  void bend(std::size_t size);
  Random random_;
};

}  // namespace xiaoyuan::test
