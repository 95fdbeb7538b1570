// A linear program of a few columns, solved by the dual simplex method.
//
//   minimise c x   subject to   A x ≤ b,  x ≥ 0,   with c ≥ 0
//
// Because c ≥ 0, x = 0 with all rows' slacks is dual feasible: no first phase is needed. The
// program is kept as a dictionary: every basic variable as a function of the non-basic ones.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace xiaoyuan::optimum {

class SmallProgram {
 public:
  explicit SmallProgram(std::vector<double> costs);
  /// Returns the row's number.
  std::size_t add_row(std::span<const double> coefficients, double right);
  /// False when no x fits the rows.
  bool solve();
  double objective() const { return objective_; }
  double value(std::size_t column) const;
  /// How much the objective falls for one more on the right of a row.
  double price(std::size_t row) const;

 private:
  double& at(std::size_t row, std::size_t column) { return cells_[row * columns_ + column]; }
  std::size_t leaving(int round) const;
  std::size_t entering(std::size_t row);
  void pivot(std::size_t row, std::size_t column);

  std::size_t columns_;
  std::vector<double> costs_;  ///< reduced, of the non-basic variables
  std::vector<double> cells_;  ///< basic = right − Σ cell · non-basic
  std::vector<double> rights_;
  std::vector<double> scales_;        ///< what a row was divided by
  std::vector<std::size_t> basic_;    ///< by row: columns first, then the rows' slacks
  std::vector<std::size_t> outside_;  ///< by column
  double objective_ = 0.0;
};

}  // namespace xiaoyuan::optimum
