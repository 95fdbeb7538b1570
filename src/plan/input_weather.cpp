#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/choice.hpp"
#include "plan/input_reader.hpp"
#include "sun/position.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"
#include "weather/years.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double near_weather_deg = 0.5;
constexpr double farthest_weather_deg = 10.0;
constexpr double most_light_by_night = 0.02;
constexpr double farthest_zone_h = 3.0;

}  // namespace

/// A file that does not say where it is from is taken to be from the village. One that holds
/// several years is planned with the one that [weather] year names, else with its last whole one.
Result<weather::Weather> Reader::read_file(const std::string& bytes,
                                           const model::WeatherChoice& choice) {
  const model::Village& village = inputs_.village;
  const Instant start = village.axis.start;
  const Civil local = village.zone.civil(start);
  const auto midnight = std::chrono::sys_days{local.date()} + std::chrono::minutes{local.minute};
  weather::ReadOptions options{.place = village.place, .utc_offset = midnight - start};
  options.splitting = splitting_;
  TRY(weather::Weather weather, weather::read_weather(bytes, choice.file, options));
  inputs_.source.years = weather::whole_years(weather);
  const std::vector<int>& years = inputs_.source.years;
  const bool is_known = choice.year && std::ranges::find(years, *choice.year) != years.end();
  if (choice.year && !is_known) {
    std::vector<std::string> known;
    for (const int year : years) {
      known.push_back(std::to_string(year));
    }
    return fail(Fault::bad_input,
                {fmt::format("the file holds no whole year {}; it holds {}", *choice.year,
                             known.empty() ? "none" : joined(known)),
                 fmt::format("文件中没有完整的 {} 年;现有 {}", *choice.year,
                             known.empty() ? "无" : joined(known, "、"))},
                {choice.where.file, choice.where.line, "weather.year"});
  }
  const bool covers = weather.axis.start <= start && village.axis.end() <= weather.axis.end();
  inputs_.source.file = weather;
  if (weather.typical || years.empty() || (covers && !choice.year)) {
    return weather;
  }
  const int year = choice.year.value_or(years.back());
  inputs_.warnings.push_back(
      {fmt::format("{}: the measured year {} stands for the plan's year", choice.file, year),
       fmt::format("{}:以实测的 {} 年代表规划年", choice.file, year)});
  return weather::year_of(weather, year);
}

void Reader::read_weather() {
  splitting_ = chosen(inputs_.village.weather.splitting, splitting_, errors_);
  const model::WeatherChoice& choice = inputs_.village.weather;
  const model::Village& village = inputs_.village;
  Result<weather::Weather> found;
  if (!choice.file.empty()) {
    auto bytes = village_.read(choice.file);
    if (!bytes) {
      Text what = bytes.error().front().what;
      what.en = fmt::format("\"{}\": {}", choice.file, what.en);
      what.zh = fmt::format("“{}”:{}", choice.file, what.zh);
      errors_.push_back({Fault::not_found, std::move(what), choice.where});
      return;
    }
    found = read_file(*bytes, choice);
    inputs_.versions.push_back({"weather",
                                choice.file,
                                {choice.file, choice.file},
                                {},
                                {},
                                found ? found->source : "",
                                choice.file,
                                "med"});
  } else {
    const std::string bytes = named("climates", choice.climate, choice.where);
    if (bytes.empty()) {
      return;
    }
    auto climate = weather::read_climate(bytes, "climates/" + choice.climate + ".toml");
    if (!gather(climate, errors_)) {
      return;
    }
    inputs_.versions.push_back({"climate",
                                choice.climate,
                                climate->name,
                                {},
                                {},
                                climate->document,
                                climate->source,
                                climate->confidence});
    found = weather::synthetic_year(*climate, inputs_.times.front().year, village.seed);
    inputs_.source.climate = std::move(*climate);
  }
  if (!found) {
    complain(choice.where, std::move(found.error()));
    return;
  }
  if (!check_place(found->place, choice.where)) {
    return;
  }
  auto laid = weather::on_axis(*found, village.axis);
  if (!laid) {
    complain(choice.where, std::move(laid.error()));
    return;
  }
  inputs_.weather = std::move(*laid);
  check_clock(choice.where);
  std::ranges::copy(inputs_.weather.notes, std::back_inserter(inputs_.warnings));
}

/// Light that falls while the sun is down says that the file's clock or its place is wrong; a zone
/// far from the sun's own time says that the village's is.
void Reader::check_clock(const Where& where) {
  const weather::Weather& weather = inputs_.weather;
  double all = 0.0;
  double by_night = 0.0;
  constexpr std::size_t looked_at = 7;  // every seventh step is enough to tell
  for (std::size_t t = 0; t < weather.axis.size; t += looked_at) {
    const double light = weather.ghi_w_m2[t];
    if (light > 0.0) {
      all += light;
      by_night +=
          sun::position(weather.axis.middle(t), weather.place).zenith_deg > 93.0 ? light : 0.0;
    }
  }
  if (by_night > most_light_by_night * all) {
    const double percent = 100.0 * by_night / all;
    errors_.push_back(
        {Fault::bad_input,
         {fmt::format(
              "{:.0f} % of the file's light falls while the sun is down at {:.2f}° {:.2f}°: "
              "its clock, or the place where it was measured, is not this one",
              percent, weather.place.latitude_deg, weather.place.longitude_deg),
          fmt::format(
              "文件中 {:.0f}% 的辐照出现在该地({:.2f}°、{:.2f}°)日落之后:其时标或测量地点不符",
              percent, weather.place.latitude_deg, weather.place.longitude_deg)},
         where});
  }
  const model::Village& village = inputs_.village;
  const Civil local = village.zone.civil(village.axis.start);
  const auto offset =
      std::chrono::sys_days{local.date()} + std::chrono::minutes{local.minute} - village.axis.start;
  const double zone_h = std::chrono::duration<double, std::ratio<3600>>(offset).count();
  const double sun_h = village.place.longitude_deg / 15.0;
  if (std::abs(zone_h - sun_h) > farthest_zone_h) {
    inputs_.warnings.push_back(
        {fmt::format("the time zone {} is {:.1f} h away from the sun at {:.2f}° of longitude",
                     village.zone.name(), std::abs(zone_h - sun_h), village.place.longitude_deg),
         fmt::format("时区 {} 与经度 {:.2f}° 的太阳时相差 {:.1f} 小时", village.zone.name(),
                     village.place.longitude_deg, std::abs(zone_h - sun_h))});
  }
}

/// The sun of the plan is the weather's: it must be the site's too.
bool Reader::check_place(const Place& place, const Where& where) {
  const Place& site = inputs_.village.place;
  const double apart_deg = std::max(std::abs(place.latitude_deg - site.latitude_deg),
                                    std::abs(place.longitude_deg - site.longitude_deg));
  const Text both{
      fmt::format("the weather is that of {:.2f}° N {:.2f}° E, the site lies at {:.2f}° N "
                  "{:.2f}° E",
                  place.latitude_deg, place.longitude_deg, site.latitude_deg, site.longitude_deg),
      fmt::format("气象数据位于北纬 {:.2f}°、东经 {:.2f}°,而村庄位于北纬 {:.2f}°、东经 {:.2f}°",
                  place.latitude_deg, place.longitude_deg, site.latitude_deg, site.longitude_deg)};
  if (apart_deg > farthest_weather_deg) {
    errors_.push_back({Fault::bad_input, both, where});
    return false;
  }
  if (apart_deg > near_weather_deg) {
    inputs_.warnings.push_back(both);
  }
  return true;
}

}  // namespace xiaoyuan::plan
