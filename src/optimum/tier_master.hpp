// The mixture of schedules that is cheapest once the tiers are counted.
//
// Every schedule i has a cost c_i without tiers and imports I_ip in each tier period p. A mixture
// θ_i ≥ 0, Σ θ_i = 1 is a schedule too, because the problem is a linear program; it costs
//
//   Σ_i θ_i c_i + Σ_p A_p(Σ_i θ_i I_ip),      A convex: what the tiers add
//
// This little linear program (the master of a Dantzig–Wolfe decomposition) is solved by the simplex
// method with Bland's rule. Its multipliers μ_p are the prices at which the next schedule is asked
// for; when no schedule is cheaper at these prices than the mixture, the mixture is the optimum.
#pragma once
#include <cstddef>
#include <vector>

namespace xiaoyuan::optimum {

struct Tiers {
  std::vector<double> limits_kwh;      ///< rising; none without tiers
  std::vector<double> additions_yuan;  ///< one more than limits, the first 0, rising
};

/// What the tiers add to an import, yuan.
double tier_cost(const Tiers& tiers, double import_kwh);
/// min over imports I ≥ 0 of tier_cost(I) − μ I, for a μ within the additions.
double tier_conjugate(const Tiers& tiers, double addition);

struct Mixture {
  std::vector<double> shares;     ///< by schedule
  std::vector<double> additions;  ///< μ by period
  double cost_yuan = 0.0;
};

class TierMaster {
 public:
  TierMaster(const Tiers& tiers, std::size_t periods) : tiers_(tiers), periods_(periods) {}
  void add(double cost_yuan, const std::vector<double>& imports_kwh);
  Mixture solve() const;

 private:
  struct Column {
    double cost;
    std::vector<double> entries;  ///< by row: the periods, then Σ θ = 1
  };
  const Tiers& tiers_;
  std::size_t periods_;
  std::vector<Column> schedules_;
};

}  // namespace xiaoyuan::optimum
