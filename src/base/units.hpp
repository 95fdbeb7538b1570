// Power, energy and duration as types of their own: 3_kW * 2_h == 6_kWh, and Power + Energy does
// not compile. Inner kernels unwrap them to double, with the unit in the name.
#pragma once
#include <compare>

namespace xiaoyuan {

/// A value in kW^P · h^H. Power is <1, 0>, Energy <1, 1>, Duration <0, 1>.
template <int P, int H>
struct Quantity {
  double value = 0.0;

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
  friend constexpr Quantity operator-(Quantity a) { return {-a.value}; }
  friend constexpr Quantity operator*(Quantity a, double factor) { return {a.value * factor}; }
  friend constexpr Quantity operator*(double factor, Quantity a) { return {a.value * factor}; }
  friend constexpr Quantity operator/(Quantity a, double divisor) { return {a.value / divisor}; }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
  constexpr Quantity& operator+=(Quantity other) {
    value += other.value;
    return *this;
  }
};

using Power = Quantity<1, 0>;     ///< kW
using Energy = Quantity<1, 1>;    ///< kWh
using Duration = Quantity<0, 1>;  ///< h

constexpr Energy operator*(Power power, Duration time) { return {power.value * time.value}; }
constexpr Energy operator*(Duration time, Power power) { return power * time; }
constexpr Power operator/(Energy energy, Duration time) { return {energy.value / time.value}; }
constexpr Duration operator/(Energy energy, Power power) { return {energy.value / power.value}; }

/// A value that is only compared and shifted, never multiplied with another unit.
template <class Tag>
struct Level {
  double value = 0.0;
  friend constexpr auto operator<=>(Level, Level) = default;
};
using Irradiance = Level<struct IrradianceTag>;    ///< W/m²
using Temperature = Level<struct TemperatureTag>;  ///< °C
using Speed = Level<struct SpeedTag>;              ///< m/s
using Pressure = Level<struct PressureTag>;        ///< Pa

namespace literals {
constexpr Power operator""_kW(long double value) { return {static_cast<double>(value)}; }
constexpr Power operator""_kW(unsigned long long value) { return {static_cast<double>(value)}; }
constexpr Energy operator""_kWh(long double value) { return {static_cast<double>(value)}; }
constexpr Energy operator""_kWh(unsigned long long value) { return {static_cast<double>(value)}; }
constexpr Duration operator""_h(long double value) { return {static_cast<double>(value)}; }
constexpr Duration operator""_h(unsigned long long value) { return {static_cast<double>(value)}; }
}  // namespace literals

}  // namespace xiaoyuan
