#include "plan/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "demand/load_file.hpp"
#include "weather/climate.hpp"
#include "weather/reader.hpp"
#include "weather/resample.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double near_weather_deg = 0.5;
constexpr double farthest_weather_deg = 10.0;

/// Names of a folder without their ending, of the village's own files and of share's.
std::vector<std::string> known_names(const Files& village, const Files& share,
                                     const std::string& folder) {
  std::vector<std::string> names;
  for (const Files* files : {&village, &share}) {
    for (const std::string& name : files->list(folder)) {
      names.push_back(name.substr(0, name.rfind('.')));
    }
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

class Reader {
 public:
  Reader(const Files& village, const Files& share, const std::string& scenario)
      : village_(village), share_(share), scenario_(scenario) {}

  Result<Inputs> read() {
    inputs_.folder = village_;
    if (!read_village()) {
      return std::unexpected(std::move(errors_));
    }
    const model::Village& village = inputs_.village;
    inputs_.warnings = village.warnings;
    inputs_.times = village.zone.civil(village.axis);
    read_weather();
    read_buying();
    read_selling();
    read_factors();
    read_profile();
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    return std::move(inputs_);
  }

 private:
  bool read_village();
  void read_weather();
  bool check_place(const Place& place, const Where& where);
  void check_tier_limits(tariff::Tariff& tariff);
  void read_buying();
  void read_selling();
  void read_factors();
  void read_profile();
  void check_connected(const tariff::Version& version);
  /// <folder>/<name>.toml of the village, else of share; "" (with an error) when neither has it.
  std::string named(const std::string& folder, const std::string& name, const Where& where);
  void complain(const Where& where, Errors errors);
  std::optional<tariff::Schedule> lay(const tariff::Tariff& tariff, const Where& where);

  const Files& village_;
  const Files& share_;
  const std::string& scenario_;
  Inputs inputs_;
  Errors errors_;
};

bool Reader::read_village() {
  auto shipped_bytes = share_.read("assumptions.toml");
  auto toml = village_.read("village.toml");
  auto households = village_.read("households.csv");
  const bool has_shipped = gather(shipped_bytes, errors_);
  const bool has_toml = gather(toml, errors_);
  const bool has_households = gather(households, errors_);
  if (!has_shipped || !has_toml || !has_households) {
    return false;
  }
  auto shipped = model::read_assumptions(*shipped_bytes, "share/assumptions.toml");
  if (!gather(shipped, errors_)) {
    return false;
  }
  auto village = model::read_village(
      {.toml = *toml, .households = *households, .scenario = scenario_}, *shipped);
  if (!gather(village, errors_)) {
    return false;
  }
  inputs_.village = std::move(*village);
  return true;
}

void Reader::complain(const Where& where, Errors errors) {
  for (Error& error : errors) {
    if (error.where.file.empty()) {
      error.where = where;
    }
    errors_.push_back(std::move(error));
  }
}

std::string Reader::named(const std::string& folder, const std::string& name, const Where& where) {
  const std::vector<std::string> known = known_names(village_, share_, folder);
  if (std::ranges::find(known, name) == known.end()) {
    errors_.push_back({Fault::bad_input, unknown_name(name, known), where});
    return "";
  }
  const std::string file = folder + "/" + name + ".toml";
  const auto own = village_.list(folder);
  const bool is_own = std::ranges::find(own, name + ".toml") != own.end();
  auto bytes = (is_own ? village_ : share_).read(file);
  return gather(bytes, errors_) ? std::move(*bytes) : "";
}

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

std::optional<tariff::Schedule> Reader::lay(const tariff::Tariff& tariff, const Where& where) {
  const int step_minutes = static_cast<int>(inputs_.village.axis.step.count() / 60);
  auto schedule = tariff::schedule(tariff, inputs_.times, step_minutes);
  if (!schedule) {
    complain(where, std::move(schedule.error()));
    return std::nullopt;
  }
  for (const std::size_t used : schedule->versions_used) {
    const tariff::Version& version = tariff.versions[used];
    inputs_.versions.push_back({"tariff", tariff.id, tariff.name, version.valid_from,
                                version.valid_to, version.document, version.source,
                                version.confidence});
  }
  return std::move(*schedule);
}

/// Gives the village's tier limits to a tariff that has none of its own.
void Reader::check_tier_limits(tariff::Tariff& tariff) {
  const model::TariffChoice& choice = inputs_.village.tariff;
  const Where where{choice.import_where.file, choice.import_where.line, "tariff.tier_limits_kwh"};
  bool needed = false;
  for (tariff::Version& version : tariff.versions) {
    if (!version.tiers || !version.tiers->limits_kwh.empty() || choice.tier_limits_kwh.empty()) {
      continue;
    }
    needed = true;
    const std::size_t count = version.tiers->additions.size() - 1;
    const bool rises = std::ranges::adjacent_find(choice.tier_limits_kwh, std::greater_equal{}) ==
                       choice.tier_limits_kwh.end();
    if (choice.tier_limits_kwh.size() != count || !rises) {
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("expected {} rising numbers, as tariff \"{}\" has {} tiers", count,
                        tariff.id, count + 1),
            fmt::format("应为 {} 个递增的数字,因为电价“{}”有 {} 档", count, tariff.id, count + 1)},
           where});
    }
    version.tiers->limits_kwh = choice.tier_limits_kwh;
    version.source += "; tier limits: " + choice.tier_limits_source;
  }
  if (!needed && !choice.tier_limits_kwh.empty()) {
    errors_.push_back({Fault::bad_input,
                       {fmt::format("is not needed: tariff \"{}\" knows its own limits, or has no "
                                    "tiers",
                                    tariff.id),
                        fmt::format("无需填写:电价“{}”自有分档电量或没有阶梯", tariff.id)},
                       where});
  }
}

void Reader::read_buying() {
  const model::TariffChoice& choice = inputs_.village.tariff;
  const std::string bytes = named("tariffs", choice.import_name, choice.import_where);
  if (bytes.empty()) {
    return;
  }
  auto tariff = tariff::read_tariff(bytes, "tariffs/" + choice.import_name + ".toml");
  if (!gather(tariff, errors_)) {
    return;
  }
  if (tariff->direction != tariff::Direction::import_) {
    errors_.push_back({Fault::bad_input,
                       {fmt::format("\"{}\" is a feed-in tariff; import needs one for buying",
                                    choice.import_name),
                        fmt::format("“{}”是上网电价;import 应为购电电价", choice.import_name)},
                       choice.import_where});
  }
  check_tier_limits(*tariff);
  if (auto schedule = lay(*tariff, choice.import_where)) {
    inputs_.buying = std::move(*schedule);
    const Civil& first = inputs_.times.front();
    if (inputs_.buying.tiers && (first.month != 1 || first.day != 1)) {
      inputs_.warnings.push_back(
          {"the tiers' year is taken to begin with the plan, though a bill's begins on 1 January",
           "阶梯年度按规划首日起算,而实际账单自 1 月 1 日起算"});
    }
  }
}

void Reader::check_connected(const tariff::Version& version) {
  if (!version.connected_before) {
    return;
  }
  const std::string day = text_of(*version.connected_before);
  for (const model::Household& home : inputs_.village.households) {
    if (!home.makes_energy()) {
      continue;
    }
    const Where where{"households.csv", home.line, "connected"};
    if (!home.connected) {
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("is missing; the feed-in price holds only for PV connected before {}", day),
            fmt::format("缺失;该上网电价仅适用于 {} 之前并网的光伏", day)},
           where});
    } else if (*home.connected >= *version.connected_before) {
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("the feed-in price holds only for PV connected before {}, found {}; for "
                        "later PV no document at hand gives the mechanism price (Document 136): "
                        "write [tariff] export_price_yuan_per_kwh with export_price_source",
                        day, text_of(*home.connected)),
            fmt::format("该上网电价仅适用于 {} 之前并网的光伏,实为 {};其后并网项目的机制电价(136 "
                        "号文)在现有文件中未找到:请在 [tariff] 中填写 export_price_yuan_per_kwh 及 "
                        "export_price_source",
                        day, text_of(*home.connected))},
           where});
    }
  }
}

void Reader::read_selling() {
  const model::TariffChoice& choice = inputs_.village.tariff;
  Result<tariff::Tariff> tariff;
  if (choice.export_price_yuan_per_kwh) {
    tariff = tariff::flat_tariff("village-feed-in", tariff::Direction::export_,
                                 *choice.export_price_yuan_per_kwh, choice.export_price_source);
  } else {
    const std::string bytes = named("tariffs", choice.export_name, choice.export_where);
    if (bytes.empty()) {
      return;
    }
    tariff = tariff::read_tariff(bytes, "tariffs/" + choice.export_name + ".toml");
    if (!gather(tariff, errors_)) {
      return;
    }
  }
  if (tariff->direction != tariff::Direction::export_) {
    errors_.push_back({Fault::bad_input,
                       {fmt::format("\"{}\" is a tariff for buying; export needs a feed-in tariff",
                                    choice.export_name),
                        fmt::format("“{}”是购电电价;export 应为上网电价", choice.export_name)},
                       choice.export_where});
  }
  auto schedule = lay(*tariff, choice.export_where);
  if (!schedule) {
    return;
  }
  for (const std::size_t used : schedule->versions_used) {
    check_connected(schedule->tariff.versions[used]);
  }
  inputs_.selling = std::move(*schedule);
}

void Reader::read_factors() {
  for (const Files* files : {&village_, &share_}) {
    for (const std::string& file : files->list("factors")) {
      auto bytes = files->read("factors/" + file);
      if (!gather(bytes, errors_)) {
        continue;
      }
      auto factors = carbon::read_factors(*bytes, "factors/" + file);
      if (gather(factors, errors_)) {
        std::ranges::move(*factors, std::back_inserter(inputs_.factors));
      }
    }
  }
  const auto found =
      std::ranges::find(inputs_.factors, inputs_.village.carbon_factor, &carbon::Factor::id);
  if (found == inputs_.factors.end()) {
    std::vector<std::string> known;
    for (const carbon::Factor& factor : inputs_.factors) {
      known.push_back(factor.id);
    }
    errors_.push_back({Fault::bad_input, unknown_name(inputs_.village.carbon_factor, known),
                       inputs_.village.carbon_where});
    return;
  }
  inputs_.chosen_factor = static_cast<std::size_t>(found - inputs_.factors.begin());
  const carbon::Factor& factor = *found;
  inputs_.versions.push_back({"factor", factor.id, factor.name, factor.valid_from, factor.valid_to,
                              factor.document, factor.source, factor.confidence});
}

void Reader::read_profile() {
  const std::string name = "profiles/rural.toml";
  auto bytes = share_.read(name);
  if (!gather(bytes, errors_)) {
    return;
  }
  auto profile = demand::read_profile(*bytes, name);
  if (gather(profile, errors_)) {
    inputs_.profile = std::move(*profile);
    inputs_.versions.push_back({"profile",
                                inputs_.profile.id,
                                inputs_.profile.name,
                                {},
                                {},
                                inputs_.profile.source,
                                inputs_.profile.source,
                                inputs_.profile.confidence});
  }
}

}  // namespace

Result<Inputs> read_inputs(const Files& village, const Files& share, const std::string& scenario) {
  return Reader(village, share, scenario).read();
}

Errors check_loads(const Inputs& inputs) {
  Errors errors;
  for (const model::Household& home : inputs.village.households) {
    if (home.load_file.empty()) {
      continue;
    }
    auto bytes = inputs.folder.read(home.load_file);
    if (!gather(bytes, errors)) {
      continue;
    }
    auto load = demand::read_load(*bytes, home.load_file, inputs.village.axis, inputs.village.zone);
    gather(load, errors);
  }
  return errors;
}

}  // namespace xiaoyuan::plan
