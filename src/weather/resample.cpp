#include "weather/resample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "sun/clear_sky.hpp"
#include "sun/position.hpp"
#include "weather/laying.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

/// Near the horizon the clear sky bends within a part of a step: there it is sampled more often.
constexpr double low_sun_deg = 82.0;
constexpr double after_dusk_deg = 98.0;
constexpr int low_sun_samples = 5;

/// From the source's steps to parts of them, each `length` long, `count` in a step.
struct Parts {
  chrono::seconds length{};
  std::size_t count = 1;
};

struct Resampler {
  const Weather& weather;
  const Laying& laying;
  Parts parts;

  std::size_t size() const { return laying.axis.size * parts.count; }
  double zenith_at(Instant instant, double pressure_pa) const;
  sun::ClearSky clear_at(Instant instant, double zenith_deg, double pressure_pa) const;
  sun::ClearSky clear_part(Instant begin, double pressure_pa) const;
  std::vector<double> air(const std::vector<double>& source, double least) const;
  void irradiance(Weather& fine) const;
  void split_light(std::size_t step, const std::vector<sun::ClearSky>& clear, Weather& fine) const;
};

double Resampler::zenith_at(Instant instant, double pressure_pa) const {
  return sun::position(instant, weather.place, {.pressure_pa = pressure_pa}).apparent_zenith_deg;
}

sun::ClearSky Resampler::clear_at(Instant instant, double zenith_deg, double pressure_pa) const {
  return sun::clear_sky(
      {.apparent_zenith_deg = zenith_deg,
       .pressure_pa = pressure_pa,
       .elevation_m = weather.place.elevation_m,
       .extraterrestrial_w_m2 = sun::extraterrestrial_w_m2(sun::day_of_year(instant))});
}

/// The clear sky's mean over a part, all zero when the sun is down.
sun::ClearSky Resampler::clear_part(Instant begin, double pressure_pa) const {
  const Instant middle = begin + parts.length / 2;
  const double zenith_deg = zenith_at(middle, pressure_pa);
  if (zenith_deg < low_sun_deg || zenith_deg > after_dusk_deg) {
    return clear_at(middle, zenith_deg, pressure_pa);
  }
  sun::ClearSky mean;
  for (int i = 0; i < low_sun_samples; ++i) {
    const Instant at = begin + parts.length * (2 * i + 1) / (2 * low_sun_samples);
    const sun::ClearSky sample = clear_at(at, zenith_at(at, pressure_pa), pressure_pa);
    mean.ghi_w_m2 += sample.ghi_w_m2 / low_sun_samples;
    mean.dni_w_m2 += sample.dni_w_m2 / low_sun_samples;
    mean.dhi_w_m2 += sample.dhi_w_m2 / low_sun_samples;
  }
  return mean;
}

void Resampler::split_light(std::size_t step, const std::vector<sun::ClearSky>& clear,
                            Weather& fine) const {
  const auto split = [&](const std::vector<double>& source, double sun::ClearSky::* channel,
                         std::vector<double>& to) {
    double sum = 0.0;
    for (const sun::ClearSky& part : clear) {
      sum += part.*channel;
    }
    const double value = source[laying.at(step)];
    for (std::size_t j = 0; j < parts.count; ++j) {
      const double weight =
          sum > 0.0 ? clear[j].*channel * static_cast<double>(parts.count) / sum : 1.0;
      to[step * parts.count + j] = value * weight;
    }
  };
  split(weather.ghi_w_m2, &sun::ClearSky::ghi_w_m2, fine.ghi_w_m2);
  split(weather.dni_w_m2, &sun::ClearSky::dni_w_m2, fine.dni_w_m2);
  split(weather.dhi_w_m2, &sun::ClearSky::dhi_w_m2, fine.dhi_w_m2);
}

void Resampler::irradiance(Weather& fine) const {
  fine.ghi_w_m2.assign(size(), 0.0);
  fine.dni_w_m2.assign(size(), 0.0);
  fine.dhi_w_m2.assign(size(), 0.0);
  std::vector<sun::ClearSky> clear(parts.count);
  for (std::size_t step = 0; step < laying.axis.size; ++step) {
    const std::size_t source = laying.at(step);
    const bool dark = weather.ghi_w_m2[source] == 0.0 && weather.dni_w_m2[source] == 0.0 &&
                      weather.dhi_w_m2[source] == 0.0;
    if (dark) {
      continue;
    }
    for (std::size_t j = 0; parts.count > 1 && j < parts.count; ++j) {
      const Instant begin = laying.axis.at(step) + parts.length * static_cast<long long>(j);
      clear[j] = clear_part(begin, weather.pressure_pa[source]);
    }
    split_light(step, clear, fine);
  }
}

std::vector<double> Resampler::air(const std::vector<double>& source, double least) const {
  std::vector<double> fine(size());
  const auto count = static_cast<double>(parts.count);
  if (parts.count == 1) {
    for (std::size_t step = 0; step < fine.size(); ++step) {
      fine[step] = source[laying.at(step)];
    }
    return fine;
  }
  for (std::size_t step = 0; step < laying.axis.size; ++step) {
    const double value = source[laying.at(step)];
    const double left = 0.5 * (source[laying.before(step)] + value);
    const double right = 0.5 * (source[laying.after(step)] + value);
    const double bulge = value - 0.5 * (left + right);
    const auto integral = [&](double s) {  // of q from 0 to s
      return s * (left + 0.5 * s * (right - left) + bulge * s * (3.0 - 2.0 * s));
    };
    double* part = fine.data() + step * parts.count;
    double lowest = value;
    for (std::size_t j = 0; j < parts.count; ++j) {
      const auto from = static_cast<double>(j);
      part[j] = count * (integral((from + 1.0) / count) - integral(from / count));
      lowest = std::min(lowest, part[j]);
    }
    if (lowest < least) {
      const double pull = value > least ? (value - least) / (value - lowest) : 0.0;
      for (std::size_t j = 0; j < parts.count; ++j) {
        part[j] = std::max(value + pull * (part[j] - value), std::min(least, value));
      }
    }
  }
  return fine;
}

/// Means of `count` values each, from the `first` on.
std::vector<double> means(const std::vector<double>& fine, std::size_t first, std::size_t count,
                          std::size_t size) {
  std::vector<double> coarse(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto from = fine.begin() + static_cast<std::ptrdiff_t>(first + i * count);
    coarse[i] = std::accumulate(from, from + static_cast<std::ptrdiff_t>(count), 0.0) /
                static_cast<double>(count);
  }
  return coarse;
}

void add_notes(const Laying& laying, const TimeAxis& axis, Weather& result) {
  if (laying.repeats_leap_day) {
    result.notes.push_back(
        {"29 February shows the weather of the 28th", "2 月 29 日沿用 28 日的气象"});
  }
  if (laying.axis.step != axis.step) {
    const auto from_min = laying.axis.step / chrono::minutes{1};
    const auto to_min = axis.step / chrono::minutes{1};
    result.notes.push_back(
        {fmt::format("weather of {} min steps laid on {} min steps, means kept", from_min, to_min),
         fmt::format("气象数据由 {} 分钟步长换算为 {} 分钟,均值不变", from_min, to_min)});
  }
}

}  // namespace

Result<Weather> on_axis(const Weather& weather, const TimeAxis& axis) {
  expects(weather.ghi_w_m2.size() == weather.axis.size && axis.step > chrono::seconds{0});
  const chrono::seconds apart = axis.start - weather.axis.start;
  const chrono::seconds part{
      std::gcd(std::gcd(weather.axis.step.count(), axis.step.count()), apart.count())};
  if (part % chrono::minutes{1} != chrono::seconds{0}) {
    return fail(Fault::bad_input, {"steps must start on whole minutes", "时间步须始于整分钟"});
  }
  TRY(const Laying laying, laid(weather, axis));
  const Resampler resampler{
      weather, laying, {part, static_cast<std::size_t>(laying.axis.step / part)}};
  Weather fine;
  resampler.irradiance(fine);
  const auto first = static_cast<std::size_t>((axis.start - laying.axis.start) / part);
  const auto count = static_cast<std::size_t>(axis.step / part);
  const auto fitted = [&](const std::vector<double>& values) {
    return means(values, first, count, axis.size);
  };
  Weather result;
  result.place = weather.place;
  result.utc_offset = weather.utc_offset;
  result.typical = weather.typical;
  result.axis = axis;
  result.ghi_w_m2 = fitted(fine.ghi_w_m2);
  result.dni_w_m2 = fitted(fine.dni_w_m2);
  result.dhi_w_m2 = fitted(fine.dhi_w_m2);
  result.temperature_c = fitted(resampler.air(weather.temperature_c, -273.15));
  result.wind_m_s = fitted(resampler.air(weather.wind_m_s, 0.0));
  result.pressure_pa = fitted(resampler.air(weather.pressure_pa, 0.0));
  result.source = weather.source;
  result.notes = weather.notes;
  add_notes(laying, axis, result);
  return result;
}

}  // namespace xiaoyuan::weather
