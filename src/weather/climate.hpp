// The built-in climate: twelve monthly means, and an hourly year made from them.
//
// Monthly means are facts that anyone may state; the hourly year around them is ours, drawn from
// chance: its days and hours vary as real ones do, and its monthly means equal the given ones.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/place.hpp"
#include "base/text.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

/// January to December.
using Monthly = std::array<double, 12>;

struct Climate {
  Text name;
  Place place;
  std::chrono::seconds utc_offset{0};  ///< local standard time minus UTC
  Monthly ghi_kwh_m2_day{};
  Monthly dhi_kwh_m2_day{};
  /// Direct normal irradiation, where it is known: says how much beam the low sun keeps.
  std::optional<Monthly> dni_kwh_m2_day;
  Monthly t_mean_c{};
  Monthly t_max_c{};  ///< mean daily maximum
  Monthly t_min_c{};  ///< mean daily minimum
  Monthly wind_m_s{};
  std::string document;
  std::string source;
  std::string status;
  std::string confidence;  ///< high, med, low
};

/// Reads share/climates/<name>.toml. Errors name file, line, field and month; what no place on
/// earth can have (more diffuse than global, more sun than a clear sky gives) is an error too.
Result<Climate> read_climate(std::string_view bytes, const std::string& name);

/// An hourly year in local standard time, laid on `year` (8,760 or 8,784 steps, typical). Monthly
/// means of GHI, of temperature and of wind, the month's share DHI/GHI and the mean daily range
/// (maximum minus minimum of a local day's hours) equal the climate's; its DNI, where given, is
/// met as nearly as the hours allow. In every hour
/// GHI = DNI·cos(apparent zenith at mid-hour) + DHI, the zenith with SPA's yearly mean temperature
/// and the standard pressure. The same seed gives the same year.
/// Errors: a month whose share of diffuse light cannot be reached.
Result<Weather> synthetic_year(const Climate& climate, int year, std::uint64_t seed);

}  // namespace xiaoyuan::weather
