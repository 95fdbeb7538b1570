// A year of weather at one place, as the planner uses it, whatever file it came from.
#pragma once
#include <string>
#include <vector>

#include "base/place.hpp"
#include "base/text.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::weather {

/// Means over the steps of `axis`. All vectors have axis.size values; none holds NaN.
struct Weather {
  Place place;
  /// Local standard time of the source minus UTC.
  std::chrono::seconds utc_offset{0};
  /// A typical year has no calendar year of its own: months of different years stand side by side
  /// and are laid on a nominal year. It may be laid on any other; a measured year may not.
  bool typical = true;
  TimeAxis axis;
  std::vector<double> ghi_w_m2;
  std::vector<double> dni_w_m2;
  std::vector<double> dhi_w_m2;
  std::vector<double> temperature_c;
  std::vector<double> wind_m_s;
  std::vector<double> pressure_pa;
  /// What it is and what was done to it, for the report.
  std::string source;
  std::vector<Text> notes;
};

}  // namespace xiaoyuan::weather
