#include "optimum/sizing_master.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double near_zero = 1e-12;
constexpr int most_pivots = 5000;
constexpr int pivots_by_size = 500;  // then by number, so that no circle runs on

}  // namespace

SmallProgram::SmallProgram(std::vector<double> costs)
    : columns_(costs.size()), costs_(std::move(costs)), outside_(columns_) {
  for (std::size_t i = 0; i < columns_; ++i) {
    outside_[i] = i;
  }
}

std::size_t SmallProgram::add_row(std::span<const double> coefficients, double right) {
  double scale = 0.0;
  for (const double cell : coefficients) {
    scale = std::max(scale, std::abs(cell));
  }
  scale = scale > 0.0 ? scale : 1.0;
  for (const double cell : coefficients) {
    cells_.push_back(cell / scale);
  }
  rights_.push_back(right / scale);
  scales_.push_back(scale);
  basic_.push_back(columns_ + basic_.size());
  return basic_.size() - 1;
}

std::size_t SmallProgram::leaving(int round) const {
  std::size_t best = rights_.size();
  double least = -near_zero;
  for (std::size_t row = 0; row < rights_.size(); ++row) {
    const double slack = -near_zero * std::max(1.0, std::abs(rights_[row]));
    if (rights_[row] >= std::min(slack, least)) {
      continue;
    }
    if (round > pivots_by_size && best != rights_.size() && basic_[row] > basic_[best]) {
      continue;
    }
    best = row;
    least = round > pivots_by_size ? -near_zero : rights_[row];
  }
  return best;
}

std::size_t SmallProgram::entering(std::size_t row) {
  std::size_t best = columns_;
  double least = 0.0;
  for (std::size_t column = 0; column < columns_; ++column) {
    const double cell = at(row, column);
    if (cell >= -1e-11) {
      continue;
    }
    const double ratio = costs_[column] / -cell;
    const bool ties = best != columns_ && std::abs(ratio - least) <= 1e-14;
    if (best == columns_ || ratio < least - 1e-14 || (ties && outside_[column] < outside_[best])) {
      best = column;
      least = ratio;
    }
  }
  return best;
}

void SmallProgram::pivot(std::size_t row, std::size_t column) {
  const double factor = 1.0 / at(row, column);
  for (std::size_t j = 0; j < columns_; ++j) {
    at(row, j) *= factor;
  }
  at(row, column) = factor;
  rights_[row] *= factor;
  for (std::size_t i = 0; i < rights_.size(); ++i) {
    const double times = at(i, column);
    if (i == row || times == 0.0) {
      continue;
    }
    for (std::size_t j = 0; j < columns_; ++j) {
      at(i, j) -= times * at(row, j);
    }
    at(i, column) = -times * factor;
    rights_[i] -= times * rights_[row];
  }
  const double cost = costs_[column];
  objective_ += cost * rights_[row];
  for (std::size_t j = 0; j < columns_; ++j) {
    costs_[j] = std::max(0.0, costs_[j] - cost * at(row, j));
  }
  costs_[column] = std::max(0.0, -cost * factor);
  std::swap(basic_[row], outside_[column]);
}

bool SmallProgram::solve() {
  for (int round = 0; round < most_pivots; ++round) {
    const std::size_t row = leaving(round);
    if (row == rights_.size()) {
      return true;
    }
    const std::size_t column = entering(row);
    if (column == columns_) {
      return false;
    }
    pivot(row, column);
  }
  return true;  // dual feasible all the way: the objective is a bound at any moment
}

double SmallProgram::value(std::size_t column) const {
  for (std::size_t row = 0; row < basic_.size(); ++row) {
    if (basic_[row] == column) {
      return rights_[row];
    }
  }
  return 0.0;
}

double SmallProgram::price(std::size_t row) const {
  for (std::size_t column = 0; column < columns_; ++column) {
    if (outside_[column] == columns_ + row) {
      return costs_[column] / scales_[row];
    }
  }
  return 0.0;
}

}  // namespace xiaoyuan::optimum
