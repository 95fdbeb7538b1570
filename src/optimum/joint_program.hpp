// The problem of optimum/joint.hpp as a linear program, laid out by kind of column.
//
// Columns of step t (kWh): import, export, curtailed PV, charge and discharge (AC side), the
// electricity of every second store, and what every store holds at the step's end; then the
// segments of the tiers. All have a least and a most: what is unlimited is held to what could ever
// flow. Rows: the house's balance, the dynamics of every store, the import of every tier period.
//
//   import − export − curtailed − charge + discharge − Σ e = load − PV        price  p
//   s'  − (1 − σ) s − η_c·charge + discharge/η_d = −drain                     price −λ
//   h_j' − (1 − σ_j) h_j − COP·e_j = −use                                     price −λ_j
//   Σ_{t in p} import − Σ_k segment_pk = 0                                    price −μ
//
// Where the grid pays more than it asks, import and export cost what the chord of the meter's cost
// says: the program then lies below the problem. Any prices prove a bound: what the rows ask for at
// these prices, and every column at the end of its range that is cheaper.
#pragma once
#include <cstdint>
#include <vector>

#include "optimum/joint.hpp"

namespace xiaoyuan::optimum {

/// Something for every row: its value with the sign above (yuan for a kWh), or kWh.
struct RowValues {
  std::vector<double> house;                ///< p by step
  std::vector<std::vector<double>> stored;  ///< λ by store (the battery first) and step
  std::vector<double> tiers;                ///< μ by period
  RowValues() = default;
  RowValues(std::size_t steps, std::size_t stores, std::size_t periods)
      : house(steps, 0.0), stored(stores, std::vector<double>(steps, 0.0)), tiers(periods, 0.0) {}
};

struct JointProgram {
  enum Kind : std::size_t { imported, exported, curtailed, charged, discharged, heated };

  std::size_t steps = 0;
  std::size_t stores = 0;  ///< the battery's and the others
  std::size_t periods = 0;
  std::size_t segments = 0;  ///< of a period
  std::vector<double> least, width,
      cost;                               ///< by column; of width 0 where nothing is left to choose
  std::vector<bool> is_implied;           ///< by column: held by the rows, not by its own limits
  std::vector<double> net_load;           ///< load − PV
  std::vector<std::vector<double>> uses;  ///< by store: the drain, what is used
  std::vector<std::vector<double>> cops;  ///< by second store
  std::vector<double> kept;               ///< 1 − σ by store
  std::vector<double> starts;             ///< by store; not for cyclic
  std::vector<bool> is_cyclic;            ///< by store
  std::vector<std::uint16_t> period_of_step;  ///< empty without tiers
  bool has_room = true;                       ///< no column's least lies above its most
  double constant_yuan = 0.0;
  double charge_efficiency = 1.0;
  double drawn = 1.0;  ///< stored energy for a kWh discharged

  std::size_t at(std::size_t kind, std::size_t step) const { return kind * steps + step; }
  std::size_t heater(std::size_t store) const { return heated + store - 1; }
  std::size_t stored(std::size_t store) const { return heated + stores - 1 + store; }
  std::size_t segment(std::size_t period, std::size_t k) const {
    return (heated + 2 * stores - 1) * steps + period * segments + k;
  }
  std::size_t columns() const { return segment(periods, 0); }
};

JointProgram program_of(const JointProblem& problem);

/// What the rows pay for a kWh of every column at these values.
void pay(const JointProgram& program, const RowValues& values, std::vector<double>& paid);
/// What columns put into the rows, in the signs of their values.
void gather_rows(const JointProgram& program, const std::vector<double>& columns, RowValues& rows);
/// What the rows ask for, less what columns put into them.
void residual(const JointProgram& program, const std::vector<double>& columns, RowValues& rows);
/// What the values prove, yuan.
double proved(const JointProgram& program, const RowValues& values);

/// A row's value where nothing can enter or leave a store does not matter for the program, but does
/// for whoever checks it: there a kWh is worth what it will be worth later.
void settle_values(const JointProgram& program, RowValues& values);

}  // namespace xiaoyuan::optimum
