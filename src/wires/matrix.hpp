// Small square matrices of complex numbers, one row and column for each wire; sequence components.
//
// Three phases and their symmetrical components (Fortescue, 1918), a = e^{j120°}:
//   V_abc = A·V_012,  A = [1 1 1; 1 a² a; 1 a a²],  M_abc = A·diag(m0, m1, m2)·A⁻¹
#pragma once
#include <array>
#include <complex>
#include <cstddef>
#include <optional>
#include <span>

namespace xiaoyuan::wires {

using Complex = std::complex<double>;

/// Inverts a square matrix in place, row by row in `cells`; false when it has no inverse.
bool invert(std::span<Complex> cells, std::size_t size);

template <std::size_t n>
struct Matrix {
  std::array<Complex, n * n> cells{};

  Complex& operator()(std::size_t row, std::size_t column) { return cells[row * n + column]; }
  const Complex& operator()(std::size_t row, std::size_t column) const {
    return cells[row * n + column];
  }
  static Matrix identity() {
    Matrix one;
    for (std::size_t i = 0; i < n; ++i) {
      one(i, i) = 1.0;
    }
    return one;
  }
  Matrix& operator+=(const Matrix& other) {
    for (std::size_t i = 0; i < n * n; ++i) {
      cells[i] += other.cells[i];
    }
    return *this;
  }
  friend Matrix operator+(Matrix a, const Matrix& b) { return a += b; }
  friend Matrix operator*(Matrix a, Complex factor) {
    for (Complex& cell : a.cells) {
      cell *= factor;
    }
    return a;
  }
  friend Matrix operator-(const Matrix& a, const Matrix& b) { return a + b * -1.0; }
  friend Matrix operator*(const Matrix& a, const Matrix& b) {
    Matrix product;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t j = 0; j < n; ++j) {
          product(i, j) += a(i, k) * b(k, j);
        }
      }
    }
    return product;
  }
  friend bool operator==(const Matrix&, const Matrix&) = default;
  bool is_zero() const { return *this == Matrix{}; }
};

template <std::size_t n>
Matrix<n> conjugate_transpose(const Matrix<n>& matrix) {
  Matrix<n> turned;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      turned(i, j) = std::conj(matrix(j, i));
    }
  }
  return turned;
}

template <std::size_t n>
std::optional<Matrix<n>> inverse(Matrix<n> matrix) {
  if (!invert(matrix.cells, n)) {
    return std::nullopt;
  }
  return matrix;
}

using Matrix3 = Matrix<3>;
using Matrix4 = Matrix<4>;

/// What a quantity is in each of the three symmetrical components.
struct Sequence {
  Complex zero;
  Complex positive;
  Complex negative;
};

Matrix3 phase_matrix(const Sequence& sequence);
/// Three phase values as their components.
Sequence components_of(const std::array<Complex, 3>& phases);
/// 1∠degrees.
Complex at_angle(double degrees);

}  // namespace xiaoyuan::wires
