#include "solar/horizon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/angle.hpp"
#include "solar/points.hpp"

namespace xiaoyuan::solar {

namespace {

constexpr int slices = 360;

/// ∫ from `from_rad` to the zenith of (A sin e + B cos e) cos e de.
double slice(double a, double b, double from_rad) {
  const double sine = std::sin(from_rad);
  const double cosine = std::cos(from_rad);
  return a * cosine * cosine / 2.0 +
         b * (std::numbers::pi / 4.0 - from_rad / 2.0 - sine * cosine / 2.0);
}

/// The way from one azimuth to the next, clockwise, degrees.
double turn_deg(double from_deg, double to_deg) {
  return to_deg >= from_deg ? to_deg - from_deg : to_deg - from_deg + 360.0;
}

}  // namespace

double elevation_deg(const Horizon& horizon, double azimuth_deg) {
  const std::vector<HorizonPoint>& points = horizon.points;
  if (points.empty()) {
    return 0.0;
  }
  const auto after = std::ranges::upper_bound(points, azimuth_deg, {}, &HorizonPoint::azimuth_deg);
  const HorizonPoint& right = after == points.end() ? points.front() : *after;
  const HorizonPoint& left = after == points.begin() ? points.back() : *(after - 1);
  const double width_deg = turn_deg(left.azimuth_deg, right.azimuth_deg);
  if (width_deg <= 0.0) {
    return left.elevation_deg;
  }
  const double along = turn_deg(left.azimuth_deg, azimuth_deg) / width_deg;
  return left.elevation_deg + (right.elevation_deg - left.elevation_deg) * along;
}

double sky_view(const Horizon& horizon, const Plane& plane) {
  if (horizon.free()) {
    return 1.0;
  }
  const double tilt = plane.tilt_deg * rad_per_deg;
  const double a = std::cos(tilt);
  const double sin_tilt = std::sin(tilt);
  double left = 0.0;
  double whole = 0.0;
  for (int i = 0; i < slices; ++i) {
    const double azimuth_deg = (i + 0.5) * 360.0 / slices;
    const double b = sin_tilt * std::cos((azimuth_deg - plane.azimuth_deg) * rad_per_deg);
    // Behind the plane's back its own surface hides the sky up to where cos θ = 0.
    const double own = b < 0.0 ? std::atan2(-b, a) : 0.0;
    const double height = elevation_deg(horizon, azimuth_deg) * rad_per_deg;
    const double open = slice(a, b, own);
    whole += open;
    left += height > own ? slice(a, b, height) : open;
  }
  return whole > 0.0 ? std::clamp(left / whole, 0.0, 1.0) : 1.0;
}

Result<Horizon> parse_horizon(std::string_view text, const Where& where) {
  constexpr double full_turn_deg = 360.0;
  TRY(const std::vector<Point> points, parse_points(text,
                                                    {.first = {"azimuth", "方位角"},
                                                     .second = {"elevation", "遮挡高度角"},
                                                     .firsts = {0.0, full_turn_deg},
                                                     .seconds = {0.0, 90.0},
                                                     .example = "120:25"},
                                                    where));
  Horizon horizon;
  for (const Point& point : points) {
    horizon.points.push_back({point.first, point.second});
  }
  if (!points.empty() && points.back().first >= full_turn_deg) {
    return fail(Fault::bad_input,
                {"azimuth 360 is north again; write its point as 0, in the first place",
                 "方位角 360 即正北,请写作 0 并放在首位"},
                where);
  }
  return horizon;
}

}  // namespace xiaoyuan::solar
