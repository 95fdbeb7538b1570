#include "weather/synthetic_air.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "weather/synthetic_sky.hpp"

namespace xiaoyuan::weather {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double warmest_after_noon_h = 2.5;
constexpr double day_memory = 0.62;  // of the daily anomaly, as at the test's stations
constexpr double least_anomaly_k = 2.0;
constexpr double anomaly_per_range = 0.3;  // its deviation in parts of the month's daily range
constexpr double hour_memory = 0.9;        // of the wind
constexpr double least_peakedness = 0.4;
constexpr double most_peakedness = 2.5;
constexpr double middle_of_shape = 0.45;
constexpr double gustiness = 0.25;  // how much more wind blows by day

/// Values given for the middles of periods, on a straight line between them, around the year.
double between_middles(double position, const std::vector<double>& values) {
  const auto count = static_cast<long long>(values.size());
  const double shifted = position - 0.5;
  const auto before = static_cast<long long>(std::floor(shifted));
  const auto at = [&](long long i) {
    return values[static_cast<std::size_t>((i + count) % count)];
  };
  const double share = shifted - static_cast<double>(before);
  return at(before) * (1.0 - share) + at(before + 1) * share;
}

/// 0 at sunrise, 1 at the warmest hour, back to 0 at the next sunrise; hours from solar noon.
double day_shape(double hours_from_noon, double sunrise_h) {
  const double since_sunrise = std::fmod(hours_from_noon - sunrise_h + 48.0, 24.0);
  const double rise_h = warmest_after_noon_h - sunrise_h;
  if (since_sunrise < rise_h) {
    return 0.5 - 0.5 * std::cos(pi * since_sunrise / rise_h);
  }
  const double fall = (since_sunrise - rise_h) / (24.0 - rise_h);
  return 0.5 + 0.5 * std::cos(pi * std::pow(fall, 0.8));
}

/// The hour of each day's sunrise, counted from noon (negative), from the hours of light.
double sunrise_from_noon_h(const SunHours& sun, std::size_t day) {
  const auto first = sun.cos_zenith.begin() + static_cast<std::ptrdiff_t>(day * 24);
  const auto light = std::count_if(first, first + 24, [](double cosine) { return cosine > 0.0; });
  return -std::clamp(0.5 * static_cast<double>(light), 3.0, 9.0);
}

double solar_noon_h(const Climate& climate) {
  const double offset_h = static_cast<double>(climate.utc_offset.count()) / 3600.0;
  return 12.0 + offset_h - climate.place.longitude_deg / 15.0;
}

/// Mean daily minimum and maximum of each month.
struct Extremes {
  Monthly least{};
  Monthly most{};
};

struct Air {
  const Climate& climate;
  const SunHours& sun;
  std::vector<double> shape{};    // 0 to 1 within each day
  std::vector<double> width{};    // by day, a wider one under a clear sky
  std::vector<double> anomaly{};  // by day
  std::vector<double> anchors{};  // season at the middles of the months
  Monthly amplitude{};            // of the daily shape
  Monthly peakedness{};           // power of the shape: says how far the maximum lies from the mean
  std::vector<double> hourly{};

  double wanted_range(std::size_t month) const {
    return climate.t_max_c[month] - climate.t_min_c[month];
  }
  void draw(const std::vector<double>& day_index, Random& random);
  void compose();
  Monthly mean_error() const;
  Extremes extremes() const;
  void correct();
  void finish();
};

void Air::draw(const std::vector<double>& day_index, Random& random) {
  double z = random.normal();
  for (std::size_t day = 0; day < sun.days(); ++day) {
    const auto month = static_cast<std::size_t>(sun.month_of_day[day]);
    z = day_memory * z + std::sqrt(1.0 - day_memory * day_memory) * random.normal();
    anomaly.push_back((least_anomaly_k + anomaly_per_range * wanted_range(month)) * z);
    const double sunrise_h = sunrise_from_noon_h(sun, day);
    width.push_back(0.4 + 0.8 * day_index[day]);
    for (int hour = 0; hour < 24; ++hour) {
      shape.push_back(day_shape(hour + 0.5 - solar_noon_h(climate), sunrise_h));
    }
  }
  anchors.assign(climate.t_mean_c.begin(), climate.t_mean_c.end());
  for (std::size_t month = 0; month < 12; ++month) {
    amplitude[month] = wanted_range(month);
    peakedness[month] = 1.0;
  }
}

void Air::compose() {
  hourly.assign(sun.axis.size, 0.0);
  const Monthly hours = monthly_hours(sun);
  double before_h = 0.0;
  for (std::size_t hour = 0; hour < hourly.size(); ++hour) {
    const auto month = static_cast<std::size_t>(sun.month_of_hour(hour));
    const double now = static_cast<double>(hour) + 0.5;
    const double in_month = (now - before_h) / hours[month];
    hourly[hour] = between_middles(static_cast<double>(month) + in_month, anchors) +
                   between_middles(now / 24.0, anomaly) +
                   amplitude[month] * width[hour / 24] *
                       (std::pow(shape[hour], peakedness[month]) - middle_of_shape);
    if (in_month > 1.0 - 0.6 / hours[month]) {
      before_h += hours[month];
    }
  }
}

Monthly Air::mean_error() const {
  Monthly error = monthly_sums(sun, hourly);
  const Monthly hours = monthly_hours(sun);
  for (std::size_t month = 0; month < 12; ++month) {
    error[month] = climate.t_mean_c[month] - error[month] / hours[month];
  }
  return error;
}

Extremes Air::extremes() const {
  Extremes mean;
  Monthly days{};
  for (std::size_t day = 0; day < sun.days(); ++day) {
    const auto month = static_cast<std::size_t>(sun.month_of_day[day]);
    const auto first = hourly.begin() + static_cast<std::ptrdiff_t>(day * 24);
    const auto [least, most] = std::minmax_element(first, first + 24);
    mean.least[month] += *least;
    mean.most[month] += *most;
    days[month] += 1.0;
  }
  for (std::size_t month = 0; month < 12; ++month) {
    mean.least[month] /= days[month];
    mean.most[month] /= days[month];
  }
  return mean;
}

/// One round towards the wanted mean, range and maximum of every month.
void Air::correct() {
  const Monthly error = mean_error();
  const Extremes found = extremes();
  for (std::size_t month = 0; month < 12; ++month) {
    const double range = found.most[month] - found.least[month];
    const double too_low = climate.t_max_c[month] - found.most[month] - error[month];
    anchors[month] += error[month];
    amplitude[month] *= std::clamp(wanted_range(month) / range, 0.5, 2.0);
    peakedness[month] = std::clamp(peakedness[month] * std::exp(2.0 * too_low / range),
                                   least_peakedness, most_peakedness);
  }
}

/// What the iteration left over: each day is stretched around its mean, each month shifted.
void Air::finish() {
  const Extremes found = extremes();
  for (std::size_t day = 0; day < sun.days(); ++day) {
    const auto first = hourly.begin() + static_cast<std::ptrdiff_t>(day * 24);
    double mean = 0.0;
    std::for_each(first, first + 24, [&](double value) { mean += value / 24.0; });
    const auto month = static_cast<std::size_t>(sun.month_of_day[day]);
    const double stretch = wanted_range(month) / (found.most[month] - found.least[month]);
    std::for_each(first, first + 24,
                  [&](double& value) { value = mean + stretch * (value - mean); });
  }
  const Monthly error = mean_error();
  for (std::size_t hour = 0; hour < hourly.size(); ++hour) {
    hourly[hour] += error[static_cast<std::size_t>(sun.month_of_hour(hour))];
  }
}

}  // namespace

std::vector<double> synthetic_temperature(const Climate& climate, const SunHours& sun,
                                          const std::vector<double>& day_index, Random& random) {
  Air air{climate, sun};
  air.draw(day_index, random);
  for (int round = 0; round < 40; ++round) {
    air.compose();
    air.correct();
  }
  air.compose();
  air.finish();
  return std::move(air.hourly);
}

std::vector<double> synthetic_wind(const Climate& climate, const SunHours& sun, Random& random) {
  std::vector<double> wind;
  const double noon_h = solar_noon_h(climate);
  double z = random.normal();
  for (std::size_t hour = 0; hour < sun.axis.size; ++hour) {
    z = hour_memory * z + std::sqrt(1.0 - hour_memory * hour_memory) * random.normal();
    const double weibull = std::sqrt(-std::log(normal_share(-z)));
    const double of_day = static_cast<double>(hour % 24) + 0.5 - noon_h - warmest_after_noon_h;
    wind.push_back(weibull * (1.0 + gustiness * std::cos(2.0 * pi * of_day / 24.0)));
  }
  const Monthly sums = monthly_sums(sun, wind);
  const Monthly hours = monthly_hours(sun);
  for (std::size_t hour = 0; hour < wind.size(); ++hour) {
    const auto month = static_cast<std::size_t>(sun.month_of_hour(hour));
    wind[hour] *= climate.wind_m_s[month] * hours[month] / sums[month];
  }
  return wind;
}

}  // namespace xiaoyuan::weather
