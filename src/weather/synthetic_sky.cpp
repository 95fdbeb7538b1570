#include "weather/synthetic_sky.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "weather/beam_split.hpp"
#include "weather/month_sky.hpp"

namespace xiaoyuan::weather {

namespace {

// Fitted to three TMY3 stations (see the test): what the days and hours of a month do.
constexpr double clearness_day_memory = 0.45;   // φ of the days
constexpr double clearness_hour_memory = 0.65;  // of the hours within a day
constexpr double hour_spread = 0.23;            // σ of the hourly index on a half-cloudy day
constexpr double most_skew = 0.3;               // clear days have dark hours, dull days bright ones
constexpr double least_day_index = 0.16;        // k₀
constexpr double most_day_index = 1.03;         // k₁
constexpr double least_hour_index = 0.04;
constexpr double most_hour_index = 1.14;

constexpr double brightest_beam_turbidity = 2.2;
constexpr double brightest_month_index = 0.92;
/// The warmer the month, the more water and dust in its air: fitted to the brightest days of the
/// same stations.
double usual_linke_turbidity(double t_mean_c) {
  return std::clamp(2.3 + 0.065 * t_mean_c, 2.3, 4.3);
}

double day_index_at(double u, double gamma, double least, double most) {
  const double reach = gamma * (most - least);
  if (std::abs(reach) < 1e-9) {
    return least + u * (most - least);
  }
  if (reach > 0.0) {  // written from the upper end, where nothing overflows
    return most + std::log(u + (1.0 - u) * std::exp(-reach)) / gamma;
  }
  return least + std::log1p(u * std::expm1(reach)) / gamma;
}

struct Maker {
  const Climate& climate;
  const SunHours& sun;
  Random& random;
  Errors errors{};
  Monthly target_wh{};  // GHI of the whole month, Wh/m²
  Monthly month_hours{};
  ClearHours clear{};
  ClearHours brightest{};
  std::vector<double> clear_day_wh{};
  Sky sky{};

  void set_clear_sky();
  void draw_days();
  void draw_hours();
  void draw_day(std::size_t day, double& memory);
  void split();
  void complain(std::size_t month, Text what) {
    errors.push_back({Fault::impossible,
                      {fmt::format("month {}: {}", month + 1, what.en),
                       fmt::format("{} 月:{}", month + 1, what.zh)},
                      {climate.name.en, 0, ""}});
  }
};

void Maker::set_clear_sky() {
  Monthly turbidity{};
  month_hours = monthly_hours(sun);
  for (std::size_t month = 0; month < 12; ++month) {
    turbidity[month] = usual_linke_turbidity(climate.t_mean_c[month]);
    target_wh[month] = climate.ghi_kwh_m2_day[month] * 1000.0 * month_hours[month] / 24.0;
  }
  // A month brighter than its usual sky allows has cleaner air.
  for (int step = 0; step < 12; ++step) {
    clear = clear_hours(sun, climate.place.elevation_m, turbidity);
    const Monthly sums = monthly_sums(sun, clear.ghi_w_m2);
    bool enough = true;
    for (std::size_t month = 0; month < 12; ++month) {
      if (target_wh[month] > brightest_month_index * sums[month] &&
          turbidity[month] > cleanest_linke_turbidity) {
        turbidity[month] = std::max(turbidity[month] - 0.25, cleanest_linke_turbidity);
        enough = false;
      }
    }
    if (enough) {
      break;
    }
  }
  for (double& value : turbidity) {
    value = std::min(value, brightest_beam_turbidity);
  }
  brightest = clear_hours(sun, climate.place.elevation_m, turbidity);
  clear_day_wh.assign(sun.days(), 0.0);
  for (std::size_t hour = 0; hour < sun.axis.size; ++hour) {
    clear_day_wh[hour / 24] += clear.ghi_w_m2[hour];
  }
}

void Maker::draw_days() {
  std::vector<double> chance(sun.days());
  double z = random.normal();
  for (double& u : chance) {
    z = clearness_day_memory * z +
        std::sqrt(1.0 - clearness_day_memory * clearness_day_memory) * random.normal();
    u = normal_share(z);
  }
  const Monthly clear_wh = monthly_sums(sun, clear.ghi_w_m2);
  sky.day_index.assign(sun.days(), 0.0);
  for (std::size_t month = 0; month < 12; ++month) {
    const double mean = clear_wh[month] > 0.0 ? target_wh[month] / clear_wh[month] : 0.0;
    if (mean >= most_day_index || (target_wh[month] > 0.0 && mean <= 0.0)) {
      complain(month, {"more sun than a clear sky gives", "日照多于晴空"});
      continue;
    }
    const double least = std::min(least_day_index, 0.4 * mean);
    const auto index = [&](std::size_t day, double gamma) {
      return day_index_at(chance[day], gamma, least, most_day_index);
    };
    const auto sum_wh = [&](double gamma) {
      double sum = 0.0;
      for (std::size_t day = 0; day < sun.days(); ++day) {
        if (sun.month_of_day[day] == static_cast<int>(month)) {
          sum += index(day, gamma) * clear_day_wh[day];
        }
      }
      return sum;
    };
    const double gamma = solve_rising(sum_wh, target_wh[month], -500.0, 500.0);
    for (std::size_t day = 0; day < sun.days(); ++day) {
      if (sun.month_of_day[day] == static_cast<int>(month) && mean > 0.0) {
        sky.day_index[day] = index(day, gamma);
      }
    }
  }
}

void Maker::draw_day(std::size_t day, double& memory) {
  const double place = std::clamp(
      (sky.day_index[day] - least_day_index) / (most_day_index - least_day_index), 0.0, 1.0);
  const double spread = hour_spread * std::pow(4.0 * place * (1.0 - place), 0.75);
  const double skew = most_skew * (2.0 * place - 1.0);
  std::array<double, 24> noise{};
  for (double& value : noise) {
    memory = clearness_hour_memory * memory +
             std::sqrt(1.0 - clearness_hour_memory * clearness_hour_memory) * random.normal();
    value = spread * (memory - skew * (memory * memory - 1.0));
  }
  const double* clear_w_m2 = clear.ghi_w_m2.data() + day * 24;
  const double least = std::min(least_hour_index, 0.3 * sky.day_index[day]);
  const auto index = [&](std::size_t hour, double shift) {
    return std::clamp(shift + noise[hour], least, most_hour_index);
  };
  const auto sum_wh = [&](double shift) {
    double sum = 0.0;
    for (std::size_t hour = 0; hour < 24; ++hour) {
      sum += index(hour, shift) * clear_w_m2[hour];
    }
    return sum;
  };
  const double shift = solve_rising(sum_wh, sky.day_index[day] * clear_day_wh[day], -3.0, 4.0);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    sky.ghi_w_m2[day * 24 + hour] =
        sky.day_index[day] > 0.0 ? index(hour, shift) * clear_w_m2[hour] : 0.0;
  }
}

void Maker::draw_hours() {
  sky.ghi_w_m2.assign(sun.axis.size, 0.0);
  double memory = random.normal();
  for (std::size_t day = 0; day < sun.days(); ++day) {
    draw_day(day, memory);
  }
}

void Maker::split() {
  BeamSplit beams(sun, sky.ghi_w_m2, brightest.dni_w_m2);
  for (std::size_t month = 0; month < 12; ++month) {
    if (target_wh[month] <= 0.0) {
      continue;
    }
    const double share = climate.dhi_kwh_m2_day[month] / climate.ghi_kwh_m2_day[month];
    LightOfMonth wanted{share, std::nullopt};
    if (climate.dni_kwh_m2_day) {
      wanted.dni_wh_m2 = (*climate.dni_kwh_m2_day)[month] * 1000.0 * month_hours[month] / 24.0;
    }
    if (!beams.split(static_cast<int>(month), wanted)) {
      complain(month,
               {fmt::format("a diffuse share of {:.3f} is less than its sky can have", share),
                fmt::format("散射占比 {:.3f} 低于其天空所能达到的下限", share)});
    }
  }
  sky.dni_w_m2 = std::move(beams.dni_w_m2);
  sky.dhi_w_m2 = std::move(beams.dhi_w_m2);
}

}  // namespace

double normal_share(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

Result<Sky> synthetic_sky(const Climate& climate, const SunHours& sun, Random& random) {
  Maker maker{climate, sun, random};
  maker.set_clear_sky();
  maker.draw_days();
  maker.draw_hours();
  maker.split();
  if (!maker.errors.empty()) {
    return std::unexpected(std::move(maker.errors));
  }
  return std::move(maker.sky);
}

}  // namespace xiaoyuan::weather
