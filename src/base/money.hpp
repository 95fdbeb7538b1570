// Money, price and billed energy as whole numbers: no sum depends on how it was added up.
#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace xiaoyuan {

/// An amount in fen (0.01 yuan).
struct Money {
  std::int64_t fen = 0;
  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) { return {a.fen + b.fen}; }
  friend constexpr Money operator-(Money a, Money b) { return {a.fen - b.fen}; }
  friend constexpr Money operator-(Money a) { return {-a.fen}; }
  constexpr Money& operator+=(Money other) {
    fen += other.fen;
    return *this;
  }
  /// For plans and plots, where a double is as good.
  constexpr double yuan() const { return static_cast<double>(fen) / 100.0; }
};

/// A price in 1e-8 yuan per kWh.
struct Price {
  std::int64_t units = 0;
  friend constexpr auto operator<=>(Price, Price) = default;
  friend constexpr Price operator+(Price a, Price b) { return {a.units + b.units}; }
  constexpr double yuan_per_kwh() const { return static_cast<double>(units) / 1e8; }
  static Price of(double yuan_per_kwh);
};

/// Billed energy in mWh (1e-6 kWh).
struct MeteredEnergy {
  std::int64_t mwh = 0;  ///< milliwatt-hours
  friend constexpr auto operator<=>(MeteredEnergy, MeteredEnergy) = default;
  friend constexpr MeteredEnergy operator+(MeteredEnergy a, MeteredEnergy b) {
    return {a.mwh + b.mwh};
  }
  friend constexpr MeteredEnergy operator-(MeteredEnergy a, MeteredEnergy b) {
    return {a.mwh - b.mwh};
  }
  constexpr MeteredEnergy& operator+=(MeteredEnergy other) {
    mwh += other.mwh;
    return *this;
  }
  constexpr double kwh() const { return static_cast<double>(mwh) / 1e6; }
  static MeteredEnergy of(double kwh);
};

/// energy × price, rounded once, half up (四舍五入, away from zero at the half) to the fen.
Money amount(MeteredEnergy energy, Price price);

/// "1234.50"
std::string text_of(Money money);

}  // namespace xiaoyuan
