#include "weather/instants.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "sun/clear_sky.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr double least_clear_w_m2 = 20.0;
constexpr int most_samples = 6;
constexpr int least_samples = 2;
constexpr chrono::minutes sample_length{10};
constexpr double degrees_an_hour = 15.0;

/// Light relative to the clear sky at the moment of a step; none when the sun is too low.
struct Indices {
  double ghi = 0.0;
  double dni = 0.0;
  double dhi = 0.0;
};

struct LightOfSteps {
  const Weather& weather;
  chrono::seconds after;
  std::vector<std::optional<Indices>> indices{};
  std::vector<double> ghi{};
  std::vector<double> dni{};
  std::vector<double> dhi{};

  std::size_t neighbour(std::size_t step, long long apart) const;
  sun::ClearSky clear_at(Instant instant, std::size_t step) const;
  bool is_lit(std::size_t step) const;
  Indices index_at(std::size_t step, Instant instant) const;
  void find_indices();
  void take_means();
};

/// The step `apart` steps away: around the end of a typical year, at most the end of a measured
/// one.
std::size_t LightOfSteps::neighbour(std::size_t step, long long apart) const {
  const auto size = static_cast<long long>(weather.axis.size);
  const long long wanted = static_cast<long long>(step) + apart;
  return static_cast<std::size_t>(weather.typical ? (wanted + size) % size
                                                  : std::clamp(wanted, 0LL, size - 1));
}

sun::ClearSky LightOfSteps::clear_at(Instant instant, std::size_t step) const {
  const double pressure_pa = weather.pressure_pa[step];
  const auto at = sun::position(instant, weather.place, {.pressure_pa = pressure_pa});
  return sun::clear_sky(
      {.apparent_zenith_deg = at.apparent_zenith_deg,
       .pressure_pa = pressure_pa,
       .elevation_m = weather.place.elevation_m,
       .extraterrestrial_w_m2 = sun::extraterrestrial_w_m2(sun::day_of_year(instant))});
}

bool LightOfSteps::is_lit(std::size_t step) const {
  return weather.ghi_w_m2[step] > 0.0 || weather.dni_w_m2[step] > 0.0 ||
         weather.dhi_w_m2[step] > 0.0;
}

void LightOfSteps::find_indices() {
  indices.resize(weather.axis.size);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const bool near_light = is_lit(i) || is_lit(neighbour(i, 1)) || is_lit(neighbour(i, -1));
    const sun::ClearSky clear =
        near_light ? clear_at(weather.axis.at(i) + after, i) : sun::ClearSky{};
    if (clear.ghi_w_m2 >= least_clear_w_m2 && clear.dni_w_m2 > 0.0) {
      indices[i] = {weather.ghi_w_m2[i] / clear.ghi_w_m2, weather.dni_w_m2[i] / clear.dni_w_m2,
                    weather.dhi_w_m2[i] / clear.ghi_w_m2};
    }
  }
}

/// Straight between the moments before and behind an instant near a step; held towards night.
Indices LightOfSteps::index_at(std::size_t step, Instant instant) const {
  const chrono::seconds from_moment = instant - (weather.axis.at(step) + after);
  const double away =
      static_cast<double>(from_moment.count()) / static_cast<double>(weather.axis.step.count());
  const double whole = std::floor(away);
  const auto& before = indices[neighbour(step, static_cast<long long>(whole))];
  const auto& behind = indices[neighbour(step, static_cast<long long>(whole) + 1)];
  if (!before || !behind) {
    return before ? *before : behind.value_or(Indices{});
  }
  const double share = away - whole;
  return {std::lerp(before->ghi, behind->ghi, share), std::lerp(before->dni, behind->dni, share),
          std::lerp(before->dhi, behind->dhi, share)};
}

void LightOfSteps::take_means() {
  for (std::vector<double>* values : {&ghi, &dni, &dhi}) {
    values->assign(weather.axis.size, 0.0);
  }
  const auto samples =
      std::clamp(static_cast<int>(weather.axis.step / sample_length), least_samples, most_samples);
  for (std::size_t i = 0; i < weather.axis.size; ++i) {
    if (!indices[i] && !indices[neighbour(i, 1)] && !indices[neighbour(i, -1)]) {
      continue;
    }
    for (int sample = 0; sample < samples; ++sample) {
      const Instant instant =
          weather.axis.at(i) + weather.axis.step * (2 * sample + 1) / (2 * samples);
      const sun::ClearSky clear = clear_at(instant, i);
      const Indices index = index_at(i, instant);
      ghi[i] += index.ghi * clear.ghi_w_m2 / samples;
      dni[i] += index.dni * clear.dni_w_m2 / samples;
      dhi[i] += index.dhi * clear.ghi_w_m2 / samples;
    }
  }
}

/// The days of the sun at a place: where one begins, in steps of the axis; the last is the end.
std::vector<std::size_t> solar_days(const Weather& weather) {
  const chrono::seconds east{std::llround(weather.place.longitude_deg / degrees_an_hour * 3600.0)};
  std::vector<std::size_t> begins{0};
  const auto day_of = [&](std::size_t step) {
    return chrono::floor<chrono::days>(weather.axis.middle(step) + east);
  };
  for (std::size_t i = 1; i < weather.axis.size; ++i) {
    if (day_of(i) != day_of(i - 1)) {
      begins.push_back(i);
    }
  }
  begins.push_back(weather.axis.size);
  return begins;
}

/// `means` with the days' sums of `moments`; written into `moments`.
void keep_sums(const std::vector<std::size_t>& days, const std::vector<double>& means,
               std::vector<double>& moments) {
  for (std::size_t day = 0; day + 1 < days.size(); ++day) {
    const auto from = static_cast<std::ptrdiff_t>(days[day]);
    const auto to = static_cast<std::ptrdiff_t>(days[day + 1]);
    const double wanted = std::accumulate(moments.begin() + from, moments.begin() + to, 0.0);
    const double found = std::accumulate(means.begin() + from, means.begin() + to, 0.0);
    if (found > 0.0) {
      std::transform(means.begin() + from, means.begin() + to, moments.begin() + from,
                     [&](double mean) { return mean * wanted / found; });
    }
  }
}

void straighten(const LightOfSteps& steps, double into_step, std::vector<double>& values) {
  std::vector<double> means(values.size());
  const double left = into_step * into_step;
  const double right = (1.0 - into_step) * (1.0 - into_step);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double next = values[steps.neighbour(i, 1)];
    const double last = values[steps.neighbour(i, -1)];
    means[i] = values[i] + 0.5 * ((next - values[i]) * right - (values[i] - last) * left);
  }
  values = std::move(means);
}

}  // namespace

void moments_to_means(Weather& weather, const Moments& moments) {
  LightOfSteps steps{weather, moments.light};
  if (2 * moments.light != weather.axis.step) {
    steps.find_indices();
    steps.take_means();
    const std::vector<std::size_t> days = solar_days(weather);
    keep_sums(days, steps.ghi, weather.ghi_w_m2);
    keep_sums(days, steps.dni, weather.dni_w_m2);
    keep_sums(days, steps.dhi, weather.dhi_w_m2);
    weather.notes.push_back(
        {"the file's light is that of one moment of each step: means were made along the clear "
         "sky, with each day's sum kept",
         "文件中的辐射为各时步内某一时刻的瞬时值:已按晴空变化换算为时步均值,并保持每日总量不变"});
  }
  if (2 * moments.air != weather.axis.step) {
    const double into_step =
        static_cast<double>(moments.air.count()) / static_cast<double>(weather.axis.step.count());
    for (auto* values : {&weather.temperature_c, &weather.wind_m_s, &weather.pressure_pa}) {
      straighten(steps, into_step, *values);
    }
  }
}

}  // namespace xiaoyuan::weather
