#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/input_reader.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double near_weather_deg = 0.5;
constexpr double farthest_weather_deg = 10.0;

}  // namespace

void Reader::read_weather() {
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
    found = weather::read_weather(*bytes, choice.file);
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
