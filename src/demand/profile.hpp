// The built-in household load: a shape by hour, weekday and month from share/profiles, made uneven
// by a seeded draw so that no two houses are alike, and scaled to the year's kWh. Around the Spring
// Festival, when people come home, it is higher. An assumption, and reports say so.
#pragma once
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::demand {

/// A fuller house around the Spring Festival: `factor` times the load from days_before days before
/// its first day to the last of the days_after days that begin with it.
struct FullHouse {
  int days_before = 0;
  int days_after = 0;
  double factor = 1.0;
};

struct Profile {
  std::string id;
  Text name;
  std::array<double, 24> weekday{};  ///< relative power by hour
  std::array<double, 24> weekend{};
  std::array<double, 12> months{};  ///< relative energy by month
  double day_spread = 0.0;          ///< standard deviation of the logarithm, from day to day
  double hour_spread = 0.0;         ///< the same, from hour to hour
  FullHouse spring_festival = {};
  std::string source;
  std::string confidence;
};

/// Reads share/profiles/<name>.toml.
Result<Profile> read_profile(std::string_view bytes, const std::string& name);

/// Mean power by step, kW; its energy over the axis is year_kwh to the last bit but rounding.
struct ProfileUse {
  double year_kwh = 0.0;
  double step_hours = 1.0;
  std::uint64_t seed = 1;
  std::span<const Date> spring_festivals = {};  ///< first days, rising; none: the load has no feast
};
std::vector<double> household_load_kw(const Profile& profile, std::span<const Civil> times,
                                      const ProfileUse& use);

}  // namespace xiaoyuan::demand
