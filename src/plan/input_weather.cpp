#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/choice.hpp"
#include "plan/input_reader.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"
#include "weather/years.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double near_weather_deg = 0.5;
constexpr double farthest_weather_deg = 10.0;

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
  std::ranges::copy(inputs_.weather.notes, std::back_inserter(inputs_.warnings));
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
