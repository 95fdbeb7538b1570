// Solves A Θ Aᵀ y = r for the program of optimum/joint_program.hpp, Θ a positive weight for every
// column (0: the column is held), in one walk along the year and one back.
//
// A step's rows are the house's balance (b) and the dynamics of N stores. The balance touches its
// own step alone and is eliminated there; then stores of neighbouring steps touch through what is
// stored between them: blocks of N × N on a line. Weighted by θ, with a_c the energy that a column
// brings into the stores for a kWh of the house (η_c for charging, 1/η_d for discharging, COP for a
// heater, 0 for the meter), a step's block is the covariance
//
//   Σ θ a aᵀ − (Σ θ a)(Σ θ a)ᵀ / Σ θ = Σ_{c<d} θ_c θ_d (a_c − a_d)(a_c − a_d)ᵀ / Σ θ
//
// whose diagonal is taken from the right-hand side: weights differ by twenty orders of magnitude
// near the optimum, and there the left one loses everything. A cyclic store joins the last step
// with the first by a column that is filled along the way. Tier periods stand on the border: one
// more solution for each.
#pragma once
#include <array>
#include <vector>

#include "optimum/joint_program.hpp"

namespace xiaoyuan::optimum {

class JointFactor {
 public:
  explicit JointFactor(const JointProgram& program);
  void factor(const std::vector<double>& weights);
  /// Turns `rows` from r to y.
  void solve(RowValues& rows);

 private:
  template <std::size_t N>
  std::array<double, N * N> own_block(const std::vector<double>& weights, std::size_t step);
  template <std::size_t N>
  void join_last(std::size_t step, const std::array<double, N * N>& back,
                 std::array<double, N * N>& fill, std::array<double, N * N>& at_last);
  template <std::size_t N>
  void factor_blocks(const std::vector<double>& weights);
  template <std::size_t N>
  void solve_blocks(RowValues& rows) const;
  void solve_line(RowValues& rows) const;
  void factor_border(const std::vector<double>& weights);

  const JointProgram& program_;
  bool is_joined_ = false;         ///< some store is cyclic
  std::vector<double> balance_;    ///< 1 / Σ θ by step; 0 where all is held
  std::vector<double> moments_;    ///< −Σ θ a by step and store
  std::vector<double> blocks_;     ///< by step: the inverse of what is left of the block
  std::vector<double> links_;      ///< by step and store: towards the step after
  std::vector<double> fills_;      ///< by step: towards the last step
  std::vector<RowValues> border_;  ///< by period: the line's answer to its imports
  std::vector<double> corner_;     ///< Cholesky factor of what is left of the periods
  const std::vector<double>* weights_ = nullptr;  ///< in hand
};

}  // namespace xiaoyuan::optimum
