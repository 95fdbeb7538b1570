#include "optimum/joint_factor.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace xiaoyuan::optimum {

namespace {

constexpr double smallest_fill = 1e-150;
constexpr double pivot_share = 1e-14;  ///< of the diagonal: what is less is rounding

template <std::size_t N>
using Block = std::array<double, N * N>;
template <std::size_t N>
using Line = std::array<double, N>;

/// The inverse of a symmetric block, by Cholesky. A row without weight of its own gets none.
template <std::size_t N>
Block<N> inverse(const Block<N>& block) {
  Block<N> lower{};
  Block<N> back{};  // the inverse of `lower`
  for (std::size_t i = 0; i < N; ++i) {
    double pivot = block[i * N + i];
    for (std::size_t k = 0; k < i; ++k) {
      pivot -= lower[i * N + k] * lower[i * N + k];
    }
    if (!(pivot > pivot_share * block[i * N + i])) {
      continue;
    }
    const double root = std::sqrt(pivot);
    lower[i * N + i] = root;
    for (std::size_t r = i + 1; r < N; ++r) {
      double rest = block[r * N + i];
      for (std::size_t k = 0; k < i; ++k) {
        rest -= lower[r * N + k] * lower[i * N + k];
      }
      lower[r * N + i] = rest / root;
    }
    back[i * N + i] = 1.0 / root;
    for (std::size_t c = 0; c < i; ++c) {
      double sum = 0.0;
      for (std::size_t k = c; k < i; ++k) {
        sum += lower[i * N + k] * back[k * N + c];
      }
      back[i * N + c] = -sum / root;
    }
  }
  Block<N> all{};
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = 0.0;
      for (std::size_t k = i; k < N; ++k) {
        sum += back[k * N + i] * back[k * N + j];
      }
      all[i * N + j] = all[j * N + i] = sum;
    }
  }
  return all;
}

template <std::size_t N>
Block<N> product(const Block<N>& a, const Block<N>& b) {
  Block<N> all{};
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) {
      for (std::size_t k = 0; k < N; ++k) {
        all[i * N + j] += a[i * N + k] * b[k * N + j];
      }
    }
  }
  return all;
}

/// K R (R + H)⁻¹ H K, which is K H K − K H (R + H)⁻¹ H K without the loss; `link` is −K H.
template <std::size_t N>
Block<N> passed_on(const Block<N>& rest, const Block<N>& back, const Line<N>& link,
                   const std::vector<double>& kept) {
  const Block<N> half = product<N>(rest, back);
  Block<N> all;
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) {
      all[i * N + j] =
          -0.5 * (kept[i] * half[i * N + j] * link[j] + kept[j] * half[j * N + i] * link[i]);
    }
  }
  return all;
}

template <std::size_t N>
Line<N> times(const double* block, const Line<N>& line) {
  Line<N> product{};
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) {
      product[i] += block[i * N + j] * line[j];
    }
  }
  return product;
}

/// The weights of one step.
template <std::size_t N>
struct StepWeights {
  double meter, charge, discharge;
  Line<N> heaters{};  ///< [0] unused
  Line<N> cops{};
};

/// A step's own block after its balance is eliminated (the covariance above); `moment` is −Σ θ a.
template <std::size_t N>
Block<N> covariance(const StepWeights<N>& w, double efficiency, double drawn, double& sum,
                    Line<N>& moment) {
  double heat = 0.0;
  for (std::size_t j = 1; j < N; ++j) {
    heat += w.heaters[j];
  }
  const double battery = w.charge + w.discharge;
  sum = w.meter + battery + heat;
  Block<N> block{};
  moment = {};
  if (sum == 0.0) {
    return block;
  }
  const double squares = efficiency * efficiency * w.charge + drawn * drawn * w.discharge;
  const double apart = drawn - efficiency;
  moment[0] = -(efficiency * w.charge + drawn * w.discharge);
  block[0] = ((w.meter + heat) * squares + w.charge * w.discharge * apart * apart) / sum;
  for (std::size_t j = 1; j < N; ++j) {
    double others = w.meter + battery;
    for (std::size_t k = 1; k < N; ++k) {
      others += k == j ? 0.0 : w.heaters[k];
    }
    moment[j] = -w.cops[j] * w.heaters[j];
    block[j * N + j] = -moment[j] * w.cops[j] * (others / sum);
    for (std::size_t k = 0; k < j; ++k) {
      block[j * N + k] = block[k * N + j] = -moment[j] * (moment[k] / sum);
    }
  }
  return block;
}

}  // namespace

JointFactor::JointFactor(const JointProgram& program) : program_(program) {
  is_joined_ = std::ranges::find(program.is_cyclic, true) != program.is_cyclic.end();
  const std::size_t n = program.stores;
  balance_.resize(program.steps);
  moments_.resize(program.steps * n);
  links_.resize(program.steps * n);
  blocks_.resize(program.steps * n * n);
  fills_.resize(is_joined_ ? program.steps * n * n : 0);
  border_.assign(program.periods, RowValues(program.steps, n, program.periods));
  corner_.resize(program.periods * program.periods);
}

/// The block of a step's own columns; its balance is eliminated and kept for the solutions.
template <std::size_t N>
std::array<double, N * N> JointFactor::own_block(const std::vector<double>& weights,
                                                 std::size_t t) {
  const JointProgram& p = program_;
  const auto weight = [&](std::size_t kind) { return weights[p.at(kind, t)]; };
  StepWeights<N> here{weight(JointProgram::imported) + weight(JointProgram::exported) +
                          weight(JointProgram::curtailed),
                      weight(JointProgram::charged), weight(JointProgram::discharged)};
  for (std::size_t j = 1; j < N; ++j) {
    here.heaters[j] = weight(p.heater(j));
    here.cops[j] = p.cops[j - 1][t];
  }
  double sum = 0.0;
  Line<N> moment;
  const Block<N> block = covariance<N>(here, p.charge_efficiency, p.drawn, sum, moment);
  balance_[t] = sum > 0.0 ? 1.0 / sum : 0.0;
  for (std::size_t j = 0; j < N; ++j) {
    moments_[t * N + j] = moment[j];
  }
  return block;
}

/// What a step leaves for the last one, `at_last`, and for the next step's way there, `fill` (row:
/// the last step, column: this one).
template <std::size_t N>
void JointFactor::join_last(std::size_t t, const std::array<double, N * N>& back,
                            std::array<double, N * N>& fill, std::array<double, N * N>& at_last) {
  const bool is_next_last = t + 2 == program_.steps;
  double* const link = &links_[t * N];
  const Block<N> fill_back = product<N>(fill, back);
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t j = 0; j < N; ++j) {
      for (std::size_t k = 0; k < N; ++k) {
        at_last[i * N + j] += fill_back[i * N + k] * fill[j * N + k];
      }
      if (is_next_last) {  // both ways lead there, and meet
        at_last[i * N + j] += fill_back[i * N + j] * link[j] + fill_back[j * N + i] * link[i];
      }
    }
  }
  for (std::size_t i = 0; i < N && is_next_last; ++i) {
    fill[i * N + i] += link[i];
    link[i] = 0.0;
  }
  std::ranges::copy(fill, fills_.begin() + static_cast<std::ptrdiff_t>(t * N * N));
  double most = 0.0;
  for (std::size_t i = 0; i < N * N; ++i) {
    fill[i] = -fill_back[i] * link[i % N];
    most = std::max(most, std::abs(fill[i]));
  }
  if (most < smallest_fill) {  // numbers that small are slow
    fill = {};
  }
}

/// Step by step: what the step before leaves of this block, this block's inverse, and what it
/// leaves for the next and, where a store is cyclic, for the last.
template <std::size_t N>
void JointFactor::factor_blocks(const std::vector<double>& weights) {
  const JointProgram& p = program_;
  const std::size_t last = p.steps - 1;
  Block<N> passed{};  // what the step before is worth to this one, K R (R + H)⁻¹ H K
  Block<N> at_last{};
  Block<N> fill{};
  for (std::size_t j = 0; j < N; ++j) {
    fill[j * N + j] = p.is_cyclic[j] ? -p.kept[j] * weights[p.at(p.stored(j), last)] : 0.0;
  }
  for (std::size_t t = 0; t <= last; ++t) {
    Block<N> block = own_block<N>(weights, t);
    for (std::size_t i = 0; i < N * N; ++i) {
      block[i] += passed[i];
    }
    for (std::size_t j = 0; j < N && t == 0; ++j) {
      block[j * N + j] -= p.kept[j] * fill[j * N + j];
    }
    const Block<N> rest = block;  // R
    Line<N> link{};
    for (std::size_t j = 0; j < N; ++j) {
      const double held = weights[p.at(p.stored(j), t)];
      link[j] = t < last ? -p.kept[j] * held : 0.0;
      links_[t * N + j] = link[j];
      block[j * N + j] += held + (last == 0 ? 2.0 * fill[j * N + j] : 0.0);  // its own neighbour
    }
    for (std::size_t i = 0; i < N * N && t == last; ++i) {
      block[i] -= at_last[i];
    }
    const Block<N> back = inverse<N>(block);
    std::ranges::copy(back, blocks_.begin() + static_cast<std::ptrdiff_t>(t * N * N));
    passed = passed_on<N>(rest, back, link, p.kept);
    if (is_joined_ && t < last) {
      join_last<N>(t, back, fill, at_last);
    }
  }
}

template <std::size_t N>
void JointFactor::solve_blocks(RowValues& rows) const {
  const std::size_t last = program_.steps - 1;
  std::array<double*, N> stored;
  for (std::size_t j = 0; j < N; ++j) {
    stored[j] = rows.stored[j].data();
  }
  double* const house = rows.house.data();
  Line<N> at_last{};
  Line<N> carried{};
  for (std::size_t t = 0; t <= last; ++t) {
    const double share = house[t] * balance_[t];
    Line<N> here;
    for (std::size_t j = 0; j < N; ++j) {
      here[j] =
          stored[j][t] - moments_[t * N + j] * share - carried[j] - (t == last ? at_last[j] : 0.0);
    }
    here = times<N>(&blocks_[t * N * N], here);
    for (std::size_t j = 0; j < N; ++j) {
      stored[j][t] = here[j];
      carried[j] = links_[t * N + j] * here[j];
    }
    if (is_joined_ && t < last) {
      const Line<N> filled = times<N>(&fills_[t * N * N], here);
      for (std::size_t j = 0; j < N; ++j) {
        at_last[j] += filled[j];
      }
    }
  }
  for (std::size_t t = last + 1; t-- > 0;) {
    if (t < last) {
      Line<N> after{};
      for (std::size_t j = 0; j < N; ++j) {
        after[j] = links_[t * N + j] * stored[j][t + 1];
        for (std::size_t k = 0; is_joined_ && k < N; ++k) {
          after[j] += fills_[t * N * N + k * N + j] * stored[k][last];
        }
      }
      after = times<N>(&blocks_[t * N * N], after);
      for (std::size_t j = 0; j < N; ++j) {
        stored[j][t] -= after[j];
      }
    }
    double rest = house[t];
    for (std::size_t j = 0; j < N; ++j) {
      rest -= moments_[t * N + j] * stored[j][t];
    }
    house[t] = rest * balance_[t];
  }
}

void JointFactor::solve_line(RowValues& rows) const {
  switch (program_.stores) {
    case 1:
      return solve_blocks<1>(rows);
    case 2:
      return solve_blocks<2>(rows);
    case 3:
      return solve_blocks<3>(rows);
    default:
      return solve_blocks<1 + most_second_stores>(rows);
  }
}

/// The line's answer to a period's imports, and what is left of the periods: Cholesky's factor.
void JointFactor::factor_border(const std::vector<double>& weights) {
  const JointProgram& p = program_;
  for (RowValues& rows : border_) {
    std::ranges::fill(rows.house, 0.0);
    for (auto& stored : rows.stored) {
      std::ranges::fill(stored, 0.0);
    }
  }
  std::ranges::fill(corner_, 0.0);
  for (std::size_t t = 0; t < p.steps; ++t) {
    const std::size_t period = p.period_of_step[t];
    const double weight = weights[p.at(JointProgram::imported, t)];
    border_[period].house[t] = -weight;
    corner_[period * p.periods + period] += weight;
  }
  for (std::size_t i = 0; i < p.periods; ++i) {
    for (std::size_t k = 0; k < p.segments; ++k) {
      corner_[i * p.periods + i] += weights[p.segment(i, k)];
    }
    solve_line(border_[i]);
  }
  for (std::size_t i = 0; i < p.periods; ++i) {
    for (std::size_t t = 0; t < p.steps; ++t) {
      const double weight = weights[p.at(JointProgram::imported, t)];
      corner_[i * p.periods + p.period_of_step[t]] += weight * border_[i].house[t];
    }
  }
  for (std::size_t i = 0; i < p.periods; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = corner_[i * p.periods + j];
      for (std::size_t k = 0; k < j; ++k) {
        rest -= corner_[i * p.periods + k] * corner_[j * p.periods + k];
      }
      const double pivot = corner_[j * p.periods + j];
      corner_[i * p.periods + j] = i == j        ? std::sqrt(std::max(rest, 0.0))
                                   : pivot > 0.0 ? rest / pivot
                                                 : 0.0;
    }
  }
}

void JointFactor::factor(const std::vector<double>& weights) {
  switch (program_.stores) {
    case 1:
      factor_blocks<1>(weights);
      break;
    case 2:
      factor_blocks<2>(weights);
      break;
    case 3:
      factor_blocks<3>(weights);
      break;
    default:
      factor_blocks<1 + most_second_stores>(weights);
  }
  weights_ = &weights;
  if (program_.periods > 0) {
    factor_border(weights);
  }
}

void JointFactor::solve(RowValues& rows) {
  const JointProgram& p = program_;
  solve_line(rows);
  if (p.periods == 0) {
    return;
  }
  std::vector<double>& y = rows.tiers;
  for (std::size_t t = 0; t < p.steps; ++t) {
    y[p.period_of_step[t]] += (*weights_)[p.at(JointProgram::imported, t)] * rows.house[t];
  }
  const auto pivot = [&](std::size_t i) { return corner_[i * p.periods + i]; };
  for (std::size_t i = 0; i < p.periods; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      y[i] -= corner_[i * p.periods + k] * y[k];
    }
    y[i] = pivot(i) > 0.0 ? y[i] / pivot(i) : 0.0;
  }
  for (std::size_t i = p.periods; i-- > 0;) {
    for (std::size_t k = i + 1; k < p.periods; ++k) {
      y[i] -= corner_[k * p.periods + i] * y[k];
    }
    y[i] = pivot(i) > 0.0 ? y[i] / pivot(i) : 0.0;
  }
  for (std::size_t i = 0; i < p.periods; ++i) {
    for (std::size_t t = 0; t < p.steps; ++t) {
      rows.house[t] -= y[i] * border_[i].house[t];
      for (std::size_t j = 0; j < p.stores; ++j) {
        rows.stored[j][t] -= y[i] * border_[i].stored[j][t];
      }
    }
  }
}

}  // namespace xiaoyuan::optimum
