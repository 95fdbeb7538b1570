// The mixture of schedules that is cheapest once the tiers are counted.
//
// Every schedule i has a cost c_i without tiers and counted quantities Q_ip: the import of each
// tier period p, and the export where it has a cap. A mixture θ_i ≥ 0, Σ θ_i = 1 is a schedule too,
// because the problem is a linear program; it costs
//
//   Σ_i θ_i c_i + Σ_p A_p(Σ_i θ_i Q_ip),      A convex: what the tiers add
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

/// What the tiers add to a quantity, yuan.
double tier_cost(const Tiers& tiers, double kwh);
/// min over quantities Q ≥ 0 of tier_cost(Q) − μ Q, for a μ within the additions.
double tier_conjugate(const Tiers& tiers, double addition);

struct Mixture {
  std::vector<double> shares;     ///< by schedule
  std::vector<double> additions;  ///< μ by quantity
  double cost_yuan = 0.0;
};

class TierMaster {
 public:
  /// The tiers of every quantity.
  explicit TierMaster(std::vector<Tiers> tiers);
  void add(double cost_yuan, const std::vector<double>& quantities_kwh);
  Mixture solve() const;

 private:
  struct Column {
    double cost;
    std::vector<double> entries;  ///< by quantity
  };
  /// A limit of a quantity, and what is paid more beyond it.
  struct Limit {
    std::size_t quantity;
    double kwh;
    double rise_yuan;
  };
  std::vector<Tiers> tiers_;
  std::vector<Limit> limits_;
  std::vector<Column> schedules_;
};

}  // namespace xiaoyuan::optimum
