#include "solar/inverter.hpp"

#include "base/check.hpp"
#include "solar/points.hpp"

namespace xiaoyuan::solar {

double efficiency_at(const std::vector<EfficiencyPoint>& points, double part) {
  expects(!points.empty());
  const auto after = std::ranges::upper_bound(points, part, {}, &EfficiencyPoint::part);
  if (after == points.begin()) {
    return points.front().efficiency;
  }
  if (after == points.end()) {
    return points.back().efficiency;
  }
  const EfficiencyPoint& left = *(after - 1);
  const double along = (part - left.part) / (after->part - left.part);
  return left.efficiency + (after->efficiency - left.efficiency) * along;
}

Result<std::vector<EfficiencyPoint>> parse_efficiency(std::string_view text, const Where& where) {
  TRY(const std::vector<Point> points, parse_points(text,
                                                    {.first = {"load", "负载率"},
                                                     .second = {"efficiency", "效率"},
                                                     .firsts = {0.0, 2.0},
                                                     .seconds = fraction,
                                                     .example = "0.3:0.97"},
                                                    where));
  if (points.empty()) {
    return fail(Fault::bad_input,
                {"expected at least one point of load:efficiency like 0.3:0.97",
                 "至少需要一个“负载率:效率”点,形如 0.3:0.97"},
                where);
  }
  std::vector<EfficiencyPoint> curve;
  for (const Point& point : points) {
    curve.push_back({point.first, point.second});
  }
  return curve;
}

}  // namespace xiaoyuan::solar
