// Villages drawn from a seed, that own their series: small ones of every mixture for the oracle,
// and streets of neighbours made from one measured household.
#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "base/random.hpp"
#include "optimum/coupled.hpp"

namespace xiaoyuan::test {

enum class Mixture {
  plain,
  full,     ///< also tiers, drains, and limits and reserves by step
  weighted  ///< two or three shared limits, with weights
};

struct DrawnVillage {
  std::vector<std::vector<double>> loads, pvs, buys, sells;  ///< by household
  std::vector<double> imports, exports;
  optimum::CoupledProblem problem;

  std::vector<std::vector<double>> weighted_imports, weighted_exports;      ///< by further limit
  std::vector<std::vector<double>> drains, charges, reserves, own_exports;  ///< by household

  /// Three to six households over 12 to 48 steps, some without a battery.
  explicit DrawnVillage(std::uint64_t seed, Mixture mixture = Mixture::plain);
  DrawnVillage(const DrawnVillage&) = delete;
  DrawnVillage& operator=(const DrawnVillage&) = delete;

 private:
  void add_limits_by_step(std::uint64_t seed);
  void add_weighted_limits(std::uint64_t seed);
};

/// Work on several threads.
Spread on_threads(unsigned threads);

/// One household's year, to make neighbours of.
struct Pattern {
  std::vector<double> load_kwh, pv_kwh, buy, sell;
  double step_hours = 1.0;
};
/// The reference household of the cases; empty where they are missing.
Pattern reference_household(double step_hours);

struct Street {
  Pattern pattern;
  std::vector<std::vector<double>> loads, pvs;
  std::vector<double> imports, exports;
  std::deque<std::vector<double>> wires;
  optimum::CoupledProblem problem;

  struct Shape {
    std::size_t households = 300;
    std::size_t with_battery_of_ten = 10;
    double import_kw = 2.0;  ///< of the transformer, for each household
    double export_kw = 2.0;
    std::size_t wires = 0;  ///< reverse limits more, with weights
  };
  Street(Pattern of, const Shape& shape);
  Street(const Street&) = delete;
  Street& operator=(const Street&) = delete;

 private:
  void add_wire(std::size_t wire, Random& random);
};

}  // namespace xiaoyuan::test
