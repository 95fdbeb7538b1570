#include "plan/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demand/load_file.hpp"
#include "plan/input_reader.hpp"

namespace xiaoyuan::plan {

namespace {

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

}  // namespace

Result<Inputs> Reader::read() {
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
  check_inputs();
  read_factors();
  read_profile();
  read_calendar();
  read_pv();
  check_words();
  read_wires();
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return std::move(inputs_);
}

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

void Reader::read_calendar() {
  const std::string name = "calendars/china.toml";
  auto bytes = share_.read(name);
  if (!gather(bytes, errors_)) {
    return;
  }
  auto calendar = demand::read_calendar(*bytes, name);
  if (!gather(calendar, errors_)) {
    return;
  }
  if (const auto missing = demand::missing_spring_festival(*calendar, inputs_.times)) {
    inputs_.warnings.push_back(*missing);
  }
  inputs_.versions.push_back({"calendar",
                              calendar->id,
                              calendar->name,
                              {},
                              {},
                              calendar->document,
                              calendar->source,
                              calendar->confidence});
  inputs_.calendar = std::move(*calendar);
}

void Reader::read_pv() {
  auto models = pv_models(inputs_.village.pv);
  if (gather(models, errors_)) {
    inputs_.pv = std::move(*models);
  }
}

/// The words of every row are read once here, so that a wrong one is said before planning begins.
void Reader::check_words() {
  for (const model::Household& home : inputs_.village.households) {
    auto words = words_of(home, inputs_.village.assumptions, inputs_.pv.horizon);
    gather(words, errors_);
  }
}

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
