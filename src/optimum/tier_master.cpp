#include "optimum/tier_master.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double tiny = 1e-11;

/// A dense simplex tableau for min c x, A x = b, x ≥ 0, b ≥ 0, whose first basis is given.
class Tableau {
 public:
  Tableau(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), cells_((rows + 1) * (columns + 1), 0.0), basis_(rows) {}
  double& at(std::size_t row, std::size_t column) { return cells_[row * (columns_ + 1) + column]; }
  double& right(std::size_t row) { return at(row, columns_); }
  double& price(std::size_t column) { return at(rows_, column); }
  std::size_t& basis(std::size_t row) { return basis_[row]; }

  void pivot(std::size_t row, std::size_t column) {
    const double factor = 1.0 / at(row, column);
    for (std::size_t j = 0; j <= columns_; ++j) {
      at(row, j) *= factor;
    }
    for (std::size_t i = 0; i <= rows_; ++i) {
      const double times = at(i, column);
      if (i == row || times == 0.0) {
        continue;
      }
      for (std::size_t j = 0; j <= columns_; ++j) {
        at(i, j) -= times * at(row, j);
      }
    }
    basis_[row] = column;
  }

  void minimise() {
    for (int round = 0; round < 20000; ++round) {
      const std::size_t column = entering(round);
      if (column == columns_) {
        return;
      }
      const std::size_t row = leaving(column);
      if (row == rows_) {
        return;
      }
      pivot(row, column);
    }
  }

 private:
  /// The column that gains most; after many rounds the first that gains, so that no circle runs on.
  std::size_t entering(int round) {
    std::size_t best = columns_;
    double least = -tiny;
    for (std::size_t j = 0; j < columns_; ++j) {
      if (price(j) < least) {
        best = j;
        if (round > 2000) {
          return best;
        }
        least = price(j);
      }
    }
    return best;
  }
  std::size_t leaving(std::size_t column) {
    std::size_t best = rows_;
    double least = 0.0;
    for (std::size_t i = 0; i < rows_; ++i) {
      if (at(i, column) <= tiny) {
        continue;
      }
      const double ratio = right(i) / at(i, column);
      if (best == rows_ || ratio < least - 1e-14 ||
          (ratio < least + 1e-14 && basis_[i] < basis_[best])) {
        best = i;
        least = ratio;
      }
    }
    return best;
  }

  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> cells_;
  std::vector<std::size_t> basis_;
};

}  // namespace

double tier_cost(const Tiers& tiers, double import_kwh) {
  double cost = 0.0;
  for (std::size_t i = 0; i < tiers.limits_kwh.size(); ++i) {
    cost += (tiers.additions_yuan[i + 1] - tiers.additions_yuan[i]) *
            std::max(0.0, import_kwh - tiers.limits_kwh[i]);
  }
  return cost;
}

double tier_conjugate(const Tiers& tiers, double addition) {
  double least = 0.0;
  for (const double limit : tiers.limits_kwh) {
    least = std::min(least, tier_cost(tiers, limit) - addition * limit);
  }
  return least;
}

void TierMaster::add(double cost_yuan, const std::vector<double>& imports_kwh) {
  schedules_.push_back({cost_yuan, imports_kwh});
}

/// Row p: Σ_i θ_i I_ip + r_p0 − Σ_k y_pk = limit_1 …: with y_pk the import beyond limit k of period
/// p, written as Σ_i θ_i I_ip − y_pk + z_pk = limit_k for each k, z the room left below the limit.
Mixture TierMaster::solve() const {
  const std::size_t tiers = tiers_.limits_kwh.size();
  const std::size_t rows = periods_ * tiers + 1;
  const std::size_t schedules = schedules_.size();
  const std::size_t columns = schedules + 2 * (rows - 1);
  Tableau tableau(rows, columns);
  const auto over = [&](std::size_t row) { return schedules + 2 * row; };
  const auto room = [&](std::size_t row) { return schedules + 2 * row + 1; };
  for (std::size_t row = 0; row + 1 < rows; ++row) {
    const std::size_t period = row / tiers;
    const std::size_t tier = row % tiers;
    for (std::size_t i = 0; i < schedules; ++i) {
      tableau.at(row, i) = schedules_[i].entries[period];
    }
    tableau.at(row, over(row)) = -1.0;
    tableau.at(row, room(row)) = 1.0;
    tableau.right(row) = tiers_.limits_kwh[tier];
    tableau.price(over(row)) = tiers_.additions_yuan[tier + 1] - tiers_.additions_yuan[tier];
    tableau.basis(row) = room(row);
  }
  for (std::size_t i = 0; i < schedules; ++i) {
    tableau.at(rows - 1, i) = 1.0;
    tableau.price(i) = schedules_[i].cost;
  }
  tableau.right(rows - 1) = 1.0;
  tableau.pivot(rows - 1, 0);  // the first schedule alone, feasible once its rows have a basis
  for (std::size_t row = 0; row + 1 < rows; ++row) {
    if (tableau.right(row) < 0.0) {
      tableau.pivot(row, over(row));
    }
  }
  tableau.minimise();
  Mixture mixture;
  mixture.cost_yuan = -tableau.right(rows);
  mixture.shares.assign(schedules, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    if (tableau.basis(row) < schedules) {
      mixture.shares[tableau.basis(row)] = std::max(0.0, tableau.right(row));
    }
  }
  for (std::size_t period = 0; period < periods_; ++period) {
    double addition = 0.0;
    for (std::size_t tier = 0; tier < tiers; ++tier) {  // −π of the row: the room's reduced price
      addition += tableau.price(room(period * tiers + tier));
    }
    mixture.additions.push_back(std::clamp(addition, 0.0, tiers_.additions_yuan.back()));
  }
  return mixture;
}

}  // namespace xiaoyuan::optimum
