// The six columns of a weather file that the planner needs, between its rows and a Weather: cells
// read by rule, short gaps filled.
#pragma once
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "weather/complaints.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// Gaps of up to this length in irradiance and temperature are filled on a straight line.
inline constexpr std::size_t longest_gap_h = 6;
inline constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

// What a weather file may hold, in our units.
inline constexpr Range irradiance_range_w_m2{0.0, 2000.0};
inline constexpr Range temperature_range_c{-90.0, 70.0};
inline constexpr Range wind_range_m_s{0.0, 100.0};
inline constexpr Range pressure_range_pa{30000.0, 120000.0};
inline constexpr Range pressure_range_hpa{300.0, 1200.0};
inline constexpr double pa_per_hpa = 100.0;

/// The columns in the order of Weather's fields.
struct Channel {
  enum : std::size_t { ghi, dni, dhi, temperature, wind, pressure };
};
inline constexpr std::size_t channel_count = 6;

/// A column of a weather file. A value outside (missing_to, missing_from) means "not measured".
struct ColumnRule {
  std::string name;       ///< as the format calls it, for messages
  std::size_t index = 0;  ///< place in the row, from 0; no_column when the file has none
  Range range;            ///< allowed values in the file's unit
  double missing_to = -9900.0;
  double missing_from = 1e9;
  double factor = 1.0;  ///< our unit per unit of the file
};

using ColumnRules = std::array<ColumnRule, channel_count>;

/// One row's values in our units; NaN where not measured.
using Values = std::array<double, channel_count>;

/// Complains where a cell holds no number or one out of range.
Values values_of(const CsvRow& row, const ColumnRules& rules, Complaints& complaints);

/// The values of all steps, by column.
struct Channels {
  std::array<std::vector<double>, channel_count> values;  ///< NaN where not measured
  std::vector<int> lines;                                 ///< of the file; 0 where it has no row
};

/// Fills the gaps with notes, complains of those that are too long, and hands the columns over to
/// `weather` (its place is known). Beam and diffuse light that the file lacks stay empty.
void fill_into(Weather& weather, Channels channels, const ColumnRules& rules,
               Complaints& complaints);

}  // namespace xiaoyuan::weather
