#include "wires/matrix.hpp"

#include <algorithm>
#include <numbers>
#include <utility>
#include <vector>

namespace xiaoyuan::wires {

bool invert(std::span<Complex> cells, std::size_t size) {
  std::vector<Complex> other(size * size);
  for (std::size_t i = 0; i < size; ++i) {
    other[i * size + i] = 1.0;
  }
  for (std::size_t column = 0; column < size; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < size; ++row) {
      if (std::abs(cells[row * size + column]) > std::abs(cells[pivot * size + column])) {
        pivot = row;
      }
    }
    const Complex head = cells[pivot * size + column];
    if (!(std::abs(head) > 0.0)) {
      return false;
    }
    for (std::size_t j = 0; j < size; ++j) {
      std::swap(cells[pivot * size + j], cells[column * size + j]);
      std::swap(other[pivot * size + j], other[column * size + j]);
      cells[column * size + j] /= head;
      other[column * size + j] /= head;
    }
    for (std::size_t row = 0; row < size; ++row) {
      const Complex factor = cells[row * size + column];
      if (row == column || factor == 0.0) {
        continue;
      }
      for (std::size_t j = 0; j < size; ++j) {
        cells[row * size + j] -= factor * cells[column * size + j];
        other[row * size + j] -= factor * other[column * size + j];
      }
    }
  }
  std::ranges::copy(other, cells.begin());
  return true;
}

Complex at_angle(double degrees) { return std::polar(1.0, degrees * std::numbers::pi / 180.0); }

Matrix3 phase_matrix(const Sequence& sequence) {
  const std::array<Complex, 3> turns{1.0, at_angle(120.0), at_angle(240.0)};
  Matrix3 matrix;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const std::size_t apart = (3 + i - j) % 3;
      matrix(i, j) = (sequence.zero + sequence.positive * turns[(3 - apart) % 3] +
                      sequence.negative * turns[apart]) /
                     3.0;
    }
  }
  return matrix;
}

Sequence components_of(const std::array<Complex, 3>& phases) {
  const Complex a = at_angle(120.0);
  return {(phases[0] + phases[1] + phases[2]) / 3.0,
          (phases[0] + a * phases[1] + a * a * phases[2]) / 3.0,
          (phases[0] + a * a * phases[1] + a * phases[2]) / 3.0};
}

}  // namespace xiaoyuan::wires
