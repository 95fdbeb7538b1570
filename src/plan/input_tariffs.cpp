#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "plan/input_reader.hpp"

namespace xiaoyuan::plan {

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
  if (!give(*tariff, choice.import_where)) {
    return;
  }
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
           {fmt::format(
                "the feed-in price holds only for PV connected before {}, found {}; for "
                "later PV, in place of export, name a mechanism (Document 136; \"xiaoyuan tariff\" "
                "lists them) or give export_price_yuan_per_kwh with export_price_source",
                day, text_of(*home.connected)),
            fmt::format(
                "该上网电价仅适用于 {} 之前并网的光伏,实为 {};其后并网项目请改用 mechanism(136 "
                "号文机制电价,xiaoyuan tariff 可列出)或 export_price_yuan_per_kwh 及 "
                "export_price_source",
                day, text_of(*home.connected))},
           where});
    }
  }
}

/// Puts the village's figures into a tariff or mechanism; false when one is missing or wrong.
template <class Priced>
bool Reader::give(Priced& priced, const Where& where) {
  const model::TariffChoice& choice = inputs_.village.tariff;
  std::ranges::copy(tariff::input_keys(priced), std::back_inserter(known_inputs_));
  auto given = tariff::with_inputs(priced, {choice.inputs, choice.inputs_source}, where);
  if (!gather(given, errors_)) {
    return false;
  }
  priced = std::move(*given);
  return true;
}

std::optional<tariff::Mechanism> Reader::read_mechanism() {
  const model::Choice& choice = inputs_.village.tariff.mechanism;
  if (choice.name.empty()) {
    return std::nullopt;
  }
  const std::string bytes = named("mechanisms", choice.name, choice.where);
  if (bytes.empty()) {
    return std::nullopt;
  }
  auto mechanism = tariff::read_mechanism(bytes, "mechanisms/" + choice.name + ".toml");
  if (!gather(mechanism, errors_) || !give(*mechanism, choice.where)) {
    return std::nullopt;
  }
  return std::move(*mechanism);
}

/// What is sold earns the mechanism's difference too; after its term the market price alone.
void Reader::put_under(const tariff::Mechanism& mechanism) {
  const Where& where = inputs_.village.tariff.mechanism.where;
  check_connected(mechanism);
  auto under = tariff::under_mechanism(inputs_.selling, mechanism);
  if (!under) {
    complain(where, std::move(under.error()));
    return;
  }
  if (mechanism.term_years) {
    inputs_.selling_after_term = std::move(inputs_.selling);
    inputs_.mechanism_years = *mechanism.term_years;
  }
  inputs_.selling = std::move(*under);
  inputs_.versions.push_back({"mechanism", mechanism.id, mechanism.name, mechanism.valid_from,
                              mechanism.valid_to, mechanism.document, mechanism.source,
                              mechanism.confidence});
}

void Reader::check_connected(const tariff::Mechanism& mechanism) {
  const auto& from = mechanism.connected_from;
  const auto& before = mechanism.connected_before;
  if (!from && !before) {
    return;
  }
  const Text days = from ? Text{"from " + text_of(*from) + " on", text_of(*from) + " 起"}
                         : Text{"before " + text_of(*before), text_of(*before) + " 之前"};
  for (const model::Household& home : inputs_.village.households) {
    const auto& day = home.connected;
    const bool fits = day && (!from || *day >= *from) && (!before || *day < *before);
    if (home.makes_energy() && !fits) {
      const std::string found = day ? text_of(*day) : "-";
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("the mechanism \"{}\" is for PV connected {}, found {}", mechanism.id,
                        days.en, found),
            fmt::format("机制电价“{}”仅适用于 {}并网的光伏,实为 {}", mechanism.id, days.zh, found)},
           {"households.csv", home.line, "connected"}});
    }
  }
}

/// A figure that no tariff of the village asks for is a misspelt one.
void Reader::check_inputs() {
  const model::TariffChoice& choice = inputs_.village.tariff;
  for (Error& error : tariff::unknown_inputs({choice.inputs, choice.inputs_source}, known_inputs_,
                                             choice.inputs_where)) {
    errors_.push_back(std::move(error));
  }
}

void Reader::read_selling() {
  const model::TariffChoice& choice = inputs_.village.tariff;
  const auto mechanism = read_mechanism();
  Result<tariff::Tariff> tariff;
  if (choice.export_price_yuan_per_kwh) {
    tariff = tariff::flat_tariff("village-feed-in", tariff::Direction::export_,
                                 *choice.export_price_yuan_per_kwh, choice.export_price_source);
  } else if (choice.export_name.empty()) {
    if (!mechanism) {
      return;
    }
    tariff = tariff::market_tariff(*mechanism);
  } else {
    const std::string bytes = named("tariffs", choice.export_name, choice.export_where);
    if (bytes.empty()) {
      return;
    }
    tariff = tariff::read_tariff(bytes, "tariffs/" + choice.export_name + ".toml");
    if (!gather(tariff, errors_) || !give(*tariff, choice.export_where)) {
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
    if (!mechanism) {
      check_connected(schedule->tariff.versions[used]);
    }
  }
  inputs_.selling = std::move(*schedule);
  if (mechanism) {
    put_under(*mechanism);
  }
}

}  // namespace xiaoyuan::plan
