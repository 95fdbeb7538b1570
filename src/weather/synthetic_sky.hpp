// Sun and cloud of a synthetic year: days around the month's clear-sky index, hours around the
// day's; the beam is split off in beam_split.hpp.
//
//   K(u) = k₀ + ln(1 + u·(exp(γ·Δ) − 1)) / γ
//        quantile of the daily clear-sky index on [k₀, k₁], Δ = k₁ − k₀; γ is solved so that the
//        month's irradiation is the given one
//   u = Φ(z),  z_d = φ·z_{d−1} + √(1 − φ²)·ε_d
//        one day remembers the last
//   k_h = clamp(a + σ(K)·y_h)
//        hourly index; a is solved so that the day's irradiation is K times the clear sky's
//
// Sources: P. Bendt, M. Collares-Pereira, A. Rabl, "The frequency distribution of daily insolation
// values", Solar Energy 27 (1981) 1–5 (the distribution); R. Aguiar, M. Collares-Pereira, "TAG: a
// time-dependent, autoregressive, Gaussian model for generating synthetic hourly radiation", Solar
// Energy 49 (1992) 167–174 (hours as an autoregression around the day).
#pragma once
#include <vector>

#include "base/random.hpp"
#include "weather/climate.hpp"
#include "weather/sun_hours.hpp"

namespace xiaoyuan::weather {

struct Sky {
  std::vector<double> ghi_w_m2;
  std::vector<double> dni_w_m2;
  std::vector<double> dhi_w_m2;
  std::vector<double> day_index;  ///< clear-sky index of each day, about 0.1–1
};

/// Errors: a month whose GHI or diffuse share cannot be reached under its sun.
Result<Sky> synthetic_sky(const Climate& climate, const SunHours& sun, Random& random);

/// Φ: the share of the standard normal distribution below z.
double normal_share(double z);

}  // namespace xiaoyuan::weather
