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

double tier_cost(const Tiers& tiers, double kwh) {
  double cost = 0.0;
  for (std::size_t i = 0; i < tiers.limits_kwh.size(); ++i) {
    cost += (tiers.additions_yuan[i + 1] - tiers.additions_yuan[i]) *
            std::max(0.0, kwh - tiers.limits_kwh[i]);
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

TierMaster::TierMaster(std::vector<Tiers> tiers) : tiers_(std::move(tiers)) {
  for (std::size_t quantity = 0; quantity < tiers_.size(); ++quantity) {
    const Tiers& one = tiers_[quantity];
    for (std::size_t k = 0; k < one.limits_kwh.size(); ++k) {
      limits_.push_back(
          {quantity, one.limits_kwh[k], one.additions_yuan[k + 1] - one.additions_yuan[k]});
    }
  }
}

void TierMaster::add(double cost_yuan, const std::vector<double>& quantities_kwh) {
  schedules_.push_back({cost_yuan, quantities_kwh});
}

/// One row for each limit: Σ_i θ_i Q_i − y + z = limit, y the quantity beyond it and z the room
/// left below it; the last row is Σ θ = 1.
Mixture TierMaster::solve() const {
  const std::size_t rows = limits_.size() + 1;
  const std::size_t schedules = schedules_.size();
  const std::size_t columns = schedules + 2 * (rows - 1);
  Tableau tableau(rows, columns);
  const auto over = [&](std::size_t row) { return schedules + 2 * row; };
  const auto room = [&](std::size_t row) { return schedules + 2 * row + 1; };
  for (std::size_t row = 0; row + 1 < rows; ++row) {
    const Limit& limit = limits_[row];
    for (std::size_t i = 0; i < schedules; ++i) {
      tableau.at(row, i) = schedules_[i].entries[limit.quantity];
    }
    tableau.at(row, over(row)) = -1.0;
    tableau.at(row, room(row)) = 1.0;
    tableau.right(row) = limit.kwh;
    tableau.price(over(row)) = limit.rise_yuan;
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
  mixture.additions.assign(tiers_.size(), 0.0);
  for (std::size_t row = 0; row + 1 < rows; ++row) {  // −π of the row: the room's reduced price
    mixture.additions[limits_[row].quantity] += tableau.price(room(row));
  }
  for (std::size_t quantity = 0; quantity < tiers_.size(); ++quantity) {
    double& addition = mixture.additions[quantity];
    addition = tiers_[quantity].limits_kwh.empty()
                   ? 0.0
                   : std::clamp(addition, 0.0, tiers_[quantity].additions_yuan.back());
  }
  return mixture;
}

}  // namespace xiaoyuan::optimum
