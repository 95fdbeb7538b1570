#include "sun/position.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/angle.hpp"
#include "sun/spa_tables.hpp"

namespace xiaoyuan::sun {

namespace {

constexpr double seconds_per_day = 86400.0;
constexpr double unix_epoch_julian_day = 2440587.5;
constexpr double j2000_julian_day = 2451545.0;
/// Section 3.11: radius of the sun's disc and refraction at the horizon; below their sum no light
/// of the disc is bent over the horizon and the true angle stands.
constexpr double sun_radius_deg = 0.26667;
constexpr double horizon_refraction_deg = 0.5667;
constexpr double earth_flattening = 0.99664719;
constexpr double earth_radius_m = 6378140.0;

double sine(double angle_deg) { return std::sin(angle_deg * rad_per_deg); }
double cosine(double angle_deg) { return std::cos(angle_deg * rad_per_deg); }
double tangent(double angle_deg) { return std::tan(angle_deg * rad_per_deg); }
double direction(double y, double x) { return std::atan2(y, x) * deg_per_rad; }
/// Degrees; rounding may carry a sine past one.
double arc_sine(double value) { return std::asin(std::clamp(value, -1.0, 1.0)) * deg_per_rad; }

/// An angle in [0, 360).
double turned(double angle_deg) {
  const double rest = std::fmod(angle_deg, 360.0);
  return rest < 0.0 ? rest + 360.0 : rest;
}

/// c0 + c1 x + c2 x² + …
template <std::size_t N>
double polynomial(double x, const std::array<double, N>& coefficients) {
  double sum = 0.0;
  for (std::size_t i = N; i > 0; --i) {
    sum = sum * x + coefficients[i - 1];
  }
  return sum;
}

/// Section 3.2, equations 9–12.
double periodic_sum(PeriodicSeries series, double millennium) {
  double sum = 0.0;
  double power = 1.0;
  for (const auto terms : series) {
    double part = 0.0;
    for (const PeriodicTerm& term : terms) {
      part += term.amplitude * std::cos(term.phase_rad + term.frequency * millennium);
    }
    sum += part * power;
    power *= millennium;
  }
  return sum * 1e-8;
}

struct Nutation {
  double longitude_deg = 0.0;  ///< Δψ
  double obliquity_deg = 0.0;  ///< Δε
};

/// Section 3.4: the axis swings with the places of Moon and Sun.
Nutation nutation(double century) {
  const std::array<double, 5> arguments = {
      polynomial(century, std::array{297.85036, 445267.111480, -0.0019142, 1.0 / 189474.0}),
      polynomial(century, std::array{357.52772, 35999.050340, -0.0001603, -1.0 / 300000.0}),
      polynomial(century, std::array{134.96298, 477198.867398, 0.0086972, 1.0 / 56250.0}),
      polynomial(century, std::array{93.27191, 483202.017538, -0.0036825, 1.0 / 327270.0}),
      polynomial(century, std::array{125.04452, -1934.136261, 0.0020708, 1.0 / 450000.0}),
  };
  Nutation sum;
  for (const NutationTerm& term : nutation_terms()) {
    double angle_deg = 0.0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      angle_deg += term.y[i] * arguments[i];
    }
    sum.longitude_deg += (term.a + term.b * century) * sine(angle_deg);
    sum.obliquity_deg += (term.c + term.d * century) * cosine(angle_deg);
  }
  constexpr double units_per_deg = 36'000'000.0;  // 1e-4 arc seconds
  return {sum.longitude_deg / units_per_deg, sum.obliquity_deg / units_per_deg};
}

/// ε in degrees: section 3.5.
double true_obliquity_deg(double millennium, const Nutation& swing) {
  constexpr std::array<double, 11> arc_seconds = {
      84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45};
  return polynomial(millennium / 10.0, arc_seconds) / 3600.0 + swing.obliquity_deg;
}

/// The sun seen from the centre of the Earth.
struct Geocentric {
  double right_ascension_deg = 0.0;  ///< α
  double declination_deg = 0.0;      ///< δ
  double sidereal_time_deg = 0.0;    ///< ν, apparent, at Greenwich
  double distance_au = 1.0;          ///< R
  double equation_of_time_min = 0.0;
};

/// Appendix A.1, as minutes between −20 and 20.
double equation_of_time_min(double millennium, double right_ascension_deg, double nutation_deg) {
  const double mean_longitude_deg =
      polynomial(millennium, std::array{280.4664567, 360007.6982779, 0.03032028, 1.0 / 49931.0,
                                        -1.0 / 15300.0, -1.0 / 2000000.0});
  const double minutes =
      4.0 * turned(mean_longitude_deg - 0.0057183 - right_ascension_deg + nutation_deg);
  return minutes > 20.0 ? minutes - 1440.0 : minutes;
}

/// Sections 3.1–3.10 and A.1.
Geocentric geocentric(Instant instant, double delta_t_s) {
  const auto unix_s = static_cast<double>(instant.time_since_epoch().count());
  // Days from J2000.0: the difference first, so that no digits are lost in a large Julian day.
  const double days = unix_s / seconds_per_day + (unix_epoch_julian_day - j2000_julian_day);
  const double century = days / 36525.0;
  const double ephemeris_century = (days + delta_t_s / seconds_per_day) / 36525.0;
  const double millennium = ephemeris_century / 10.0;

  Geocentric sun;
  sun.distance_au = periodic_sum(radius_vector_terms(), millennium);
  const double longitude_deg =
      periodic_sum(heliocentric_longitude_terms(), millennium) * deg_per_rad + 180.0;
  const double latitude_deg =
      -periodic_sum(heliocentric_latitude_terms(), millennium) * deg_per_rad;
  const Nutation swing = nutation(ephemeris_century);
  const double obliquity_deg = true_obliquity_deg(millennium, swing);
  const double aberration_deg = -20.4898 / (3600.0 * sun.distance_au);
  const double apparent_deg = longitude_deg + swing.longitude_deg + aberration_deg;  // λ
  const double nutation_in_right_ascension_deg = swing.longitude_deg * cosine(obliquity_deg);

  sun.sidereal_time_deg = turned(280.46061837 + 360.98564736629 * days +
                                 century * century * (0.000387933 - century / 38710000.0)) +
                          nutation_in_right_ascension_deg;
  sun.right_ascension_deg = turned(direction(
      sine(apparent_deg) * cosine(obliquity_deg) - tangent(latitude_deg) * sine(obliquity_deg),
      cosine(apparent_deg)));
  sun.declination_deg = arc_sine(sine(latitude_deg) * cosine(obliquity_deg) +
                                 cosine(latitude_deg) * sine(obliquity_deg) * sine(apparent_deg));
  sun.equation_of_time_min =
      equation_of_time_min(millennium, sun.right_ascension_deg, nutation_in_right_ascension_deg);
  return sun;
}

/// Section 3.14.2, equation 42; degrees added to the elevation.
double refraction_deg(double elevation_deg, const Air& air) {
  if (elevation_deg < -(sun_radius_deg + horizon_refraction_deg)) {
    return 0.0;
  }
  const double density = (air.pressure_pa / 101000.0) * (283.0 / (273.0 + air.temperature_c));
  return density * 1.02 / (60.0 * tangent(elevation_deg + 10.3 / (elevation_deg + 5.11)));
}

}  // namespace

Position position(Instant instant, const Place& place, const Air& air, double delta_t_s) {
  const Geocentric sun = geocentric(instant, delta_t_s);
  const double latitude_deg = place.latitude_deg;
  const double hour_deg =
      sun.sidereal_time_deg + place.longitude_deg - sun.right_ascension_deg;  // H

  // Sections 3.11 and 3.12: from the centre of the Earth to the observer.
  const double parallax_sine = sine(8.794 / (3600.0 * sun.distance_au));
  const double reduced_rad = std::atan(earth_flattening * tangent(latitude_deg));
  const double height = place.elevation_m / earth_radius_m;
  const double x = std::cos(reduced_rad) + height * cosine(latitude_deg);
  const double y = earth_flattening * std::sin(reduced_rad) + height * sine(latitude_deg);
  const double across = cosine(sun.declination_deg) - x * parallax_sine * cosine(hour_deg);
  const double shift_deg = direction(-x * parallax_sine * sine(hour_deg), across);  // Δα
  const double declination_deg =
      direction((sine(sun.declination_deg) - y * parallax_sine) * cosine(shift_deg), across);
  const double local_hour_deg = hour_deg - shift_deg;

  // Sections 3.14 and 3.15: the horizon's own angles.
  const double elevation_deg =
      arc_sine(sine(latitude_deg) * sine(declination_deg) +
               cosine(latitude_deg) * cosine(declination_deg) * cosine(local_hour_deg));
  const double from_south_deg =
      direction(sine(local_hour_deg), cosine(local_hour_deg) * sine(latitude_deg) -
                                          tangent(declination_deg) * cosine(latitude_deg));
  return {.zenith_deg = 90.0 - elevation_deg,
          .apparent_zenith_deg = 90.0 - elevation_deg - refraction_deg(elevation_deg, air),
          .azimuth_deg = turned(from_south_deg + 180.0),
          .equation_of_time_min = sun.equation_of_time_min};
}

}  // namespace xiaoyuan::sun
