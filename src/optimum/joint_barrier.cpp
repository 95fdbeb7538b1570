#include "optimum/joint_barrier.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "optimum/joint_factor.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr int most_newton_rounds = 100;
constexpr double step_share = 0.9995;
constexpr double failed_yuan = 1e30;  ///< without a schedule the values grow beyond all limits
constexpr double holding_kwh = 1e-9;
constexpr double first_value_share = 0.7;  ///< of the mean price: what a stored kWh may be worth

double largest(const std::vector<double>& values) {
  double most = 0.0;
  for (const double value : values) {
    most = std::max(most, std::abs(value));
  }
  return most;
}

double largest_of(const RowValues& rows) {
  double most = std::max(largest(rows.house), largest(rows.tiers));
  for (const auto& row : rows.stored) {
    most = std::max(most, largest(row));
  }
  return most;
}

void add(std::vector<double>& to, const std::vector<double>& change, double share) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] += share * change[i];
  }
}

/// How far a step goes before the first of its products turns negative.
double share_of(double steepest) { return steepest > step_share ? step_share / steepest : 1.0; }

class Barrier {
 public:
  explicit Barrier(const JointProgram& program);
  bool is_done(double gap);
  void round();
  JointPoint point() const;

 private:
  struct Shares {
    double columns;
    double values;
  };
  void begin_values();
  void weigh();
  void solve();
  void lay_rows();
  double complementarity() const;
  std::pair<double, double> lay_change(std::size_t c);
  Shares predict();
  double predicted(const Shares& shares) const;
  Shares correct(double target);
  void move(const Shares& shares);

  const JointProgram& program_;
  std::size_t size_;
  JointFactor factor_;
  RowValues y_, missed_, rows_;
  std::vector<double> x_, w_, z_, v_;    ///< columns above their least, below their most; duals
  std::vector<double> over_x_, over_w_;  ///< 1/x, 1/w
  std::vector<double> weight_, wanted_;  ///< Θ, and g of Δx = Θ (Aᵀ Δy − g)
  std::vector<double> paid_;             ///< Aᵀ Δy
  std::vector<double> dx_, dz_, dv_;
  std::vector<double> held_;  ///< columns' values; and what goes into rows
  double missed_kwh_ = 0.0;
  int rounds_ = 0;
};

Barrier::Barrier(const JointProgram& program)
    : program_(program),
      size_(program.columns()),
      factor_(program),
      y_(program.steps, program.stores, program.periods),
      missed_(y_),
      rows_(y_),
      x_(size_),
      z_(size_),
      v_(size_),
      over_x_(size_),
      over_w_(size_),
      weight_(size_),
      wanted_(size_),
      dx_(size_),
      dz_(size_),
      dv_(size_),
      held_(size_) {
  for (std::size_t c = 0; c < size_; ++c) {
    x_[c] = program.width[c] > 0.0 ? 0.5 * program.width[c] : 1.0;
  }
  w_ = x_;
  begin_values();
}

/// Prices between buying and selling, and duals that make all products alike.
void Barrier::begin_values() {
  double mean = 0.0;
  for (std::size_t t = 0; t < program_.steps; ++t) {
    const double buy = program_.cost[program_.at(JointProgram::imported, t)];
    const double sell = -program_.cost[program_.at(JointProgram::exported, t)];
    y_.house[t] = 0.5 * (buy + sell);
    mean += y_.house[t] / static_cast<double>(program_.steps);
  }
  for (std::size_t j = 0; j < program_.stores; ++j) {
    for (std::size_t t = 0; t < program_.steps; ++t) {
      y_.stored[j][t] = j == 0 ? mean : mean / program_.cops[j - 1][t];
    }
  }
  pay(program_, y_, paid_);
  double product = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    product += x_[c] * std::abs(program_.cost[c] - paid_[c]);
  }
  product = first_value_share * std::max(1e-3, product / static_cast<double>(size_));
  for (std::size_t c = 0; c < size_; ++c) {
    const double reduced = program_.width[c] > 0.0 ? program_.cost[c] - paid_[c] : 0.0;
    const double level = product / x_[c];
    z_[c] = 0.5 * (std::abs(reduced) + std::hypot(reduced, 2.0 * level));
    v_[c] = z_[c] - std::abs(reduced);
    v_[c] = level * level / z_[c];
    if (reduced < 0.0) {
      std::swap(z_[c], v_[c]);
    }
  }
}

double Barrier::complementarity() const {
  double sum = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    sum += x_[c] * z_[c] + w_[c] * v_[c];
  }
  return sum;
}

void Barrier::lay_rows() {
  for (std::size_t c = 0; c < size_; ++c) {
    held_[c] = program_.least[c] + (program_.width[c] > 0.0 ? x_[c] : 0.0);
  }
  residual(program_, held_, missed_);
  missed_kwh_ = largest_of(missed_);
}

bool Barrier::is_done(double gap) {
  lay_rows();
  double cost = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    cost += program_.cost[c] * held_[c];
  }
  const double slack = complementarity();
  if (!(slack < failed_yuan)) {
    missed_kwh_ = std::numeric_limits<double>::infinity();
    return true;
  }
  return rounds_ == most_newton_rounds ||
         (missed_kwh_ <= holding_kwh && slack <= gap * std::max(1.0, std::abs(cost)));
}

void Barrier::weigh() {
  for (std::size_t c = 0; c < size_; ++c) {
    over_x_[c] = 1.0 / x_[c];
    over_w_[c] = 1.0 / w_[c];
    const double weight = 1.0 / (z_[c] * over_x_[c] + v_[c] * over_w_[c]);
    weight_[c] = program_.width[c] > 0.0 ? weight : 0.0;
  }
  factor_.factor(weight_);
}

/// Aᵀ Δy for the right-hand side that `wanted_` gives.
void Barrier::solve() {
  for (std::size_t c = 0; c < size_; ++c) {
    held_[c] = weight_[c] * wanted_[c];
  }
  gather_rows(program_, held_, rows_);
  add(rows_.house, missed_.house, 1.0);
  add(rows_.tiers, missed_.tiers, 1.0);
  for (std::size_t j = 0; j < program_.stores; ++j) {
    add(rows_.stored[j], missed_.stored[j], 1.0);
  }
  factor_.solve(rows_);
  pay(program_, rows_, paid_);
}

/// Δx of a column, in shares of x and of w.
std::pair<double, double> Barrier::lay_change(std::size_t c) {
  dx_[c] = weight_[c] * (paid_[c] - wanted_[c]);
  return {dx_[c] * over_x_[c], dx_[c] * over_w_[c]};
}

/// The step straight to the optimum.
Barrier::Shares Barrier::predict() {
  for (std::size_t c = 0; c < size_; ++c) {
    wanted_[c] = z_[c] - v_[c];
  }
  solve();
  double columns = 0.0;
  double values = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    const auto [low, high] = lay_change(c);
    columns = std::max(columns, std::max(-low, high));
    values = std::max(values, std::max(1.0 + low, 1.0 - high));
    dz_[c] = -z_[c] * (1.0 + low);
    dv_[c] = -v_[c] * (1.0 - high);
  }
  return {std::min(1.0, 1.0 / columns), std::min(1.0, 1.0 / values)};
}

double Barrier::predicted(const Shares& shares) const {
  double sum = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    const double by = shares.columns * dx_[c];
    sum += (x_[c] + by) * (z_[c] + shares.values * dz_[c]) +
           (w_[c] - by) * (v_[c] + shares.values * dv_[c]);
  }
  return sum;
}

/// The step towards equal products `target`, with what the first step bends counted in.
Barrier::Shares Barrier::correct(double target) {
  for (std::size_t c = 0; c < size_; ++c) {
    dz_[c] = (target - dx_[c] * dz_[c]) * over_x_[c];
    dv_[c] = (target + dx_[c] * dv_[c]) * over_w_[c];
    wanted_[c] = z_[c] - v_[c] - dz_[c] + dv_[c];
  }
  solve();
  double columns = 0.0;
  double values = 0.0;
  for (std::size_t c = 0; c < size_; ++c) {
    const auto [low, high] = lay_change(c);
    columns = std::max(columns, std::max(-low, high));
    dz_[c] -= z_[c] * (1.0 + low);
    dv_[c] -= v_[c] * (1.0 - high);
    values = std::max(values, std::max(-dz_[c] / z_[c], -dv_[c] / v_[c]));
  }
  return {share_of(columns), share_of(values)};
}

void Barrier::move(const Shares& shares) {
  for (std::size_t c = 0; c < size_; ++c) {
    x_[c] += shares.columns * dx_[c];
    w_[c] -= shares.columns * dx_[c];
    z_[c] += shares.values * dz_[c];
    v_[c] += shares.values * dv_[c];
  }
  add(y_.house, rows_.house, shares.values);
  add(y_.tiers, rows_.tiers, shares.values);
  for (std::size_t j = 0; j < program_.stores; ++j) {
    add(y_.stored[j], rows_.stored[j], shares.values);
  }
}

void Barrier::round() {
  ++rounds_;
  weigh();
  const double now = complementarity();
  const double then = predicted(predict());
  const double share = then / now;
  move(correct(share * share * share * now / (2.0 * static_cast<double>(size_))));
}

JointPoint Barrier::point() const {
  JointPoint point{.columns = held_, .values = y_};
  point.missed_kwh = missed_kwh_;
  point.slack_yuan = complementarity();
  point.rounds = rounds_;
  return point;
}

}  // namespace

JointPoint solve_barrier(const JointProgram& program, double gap) {
  Barrier barrier(program);
  while (!barrier.is_done(gap)) {
    barrier.round();
  }
  return barrier.point();
}

}  // namespace xiaoyuan::optimum
