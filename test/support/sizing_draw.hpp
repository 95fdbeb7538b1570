// Sizing problems that own their series: the reference household, and random small ones.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "optimum/sizing.hpp"

namespace xiaoyuan::test {

/// The sizing of cases/household: PV at 290 yuan/kWp/a, battery at 75 yuan/kWh/a, E/2 kW.
class SizingHousehold {
 public:
  SizingHousehold(const std::string& bytes, double hours);
  optimum::SizingProblem problem() const;

 private:
  std::vector<double> load_, shape_, buy_, sell_;
  double hours_;
};

/// A random small problem with one or two roofs.
struct DrawnSizing {
  std::vector<double> load, buy, sell, carbon, exports, imports;
  std::vector<std::vector<double>> shapes;
  optimum::SizingProblem problem;
  explicit DrawnSizing(std::uint64_t seed);
  DrawnSizing(const DrawnSizing&) = delete;
  DrawnSizing& operator=(const DrawnSizing&) = delete;
  /// Limits of import and export by step, a reserve, tiers by period: some of them.
  void limit();
  /// Some hours pay more for export than import costs, and in every third problem buying earns in
  /// one.
  void bend();
  double draw(double below) { return below * random_.uniform(); }

 private:
  void draw_series(std::size_t size);
  void draw_battery();
  /// One price or rising tiers.
  optimum::Purchase draw_purchase(double about, double size);
  Random random_;
};

}  // namespace xiaoyuan::test
