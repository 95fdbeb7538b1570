#include <nlohmann/json.hpp>

#include "cli/tariff_views.hpp"

namespace xiaoyuan::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* schema = "xiaoyuan.tariff/1";

Json text_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

Json date_json(const std::optional<Date>& date) { return date ? Json(text_of(*date)) : Json(); }

const char* name_in_files(tariff::PeriodKind kind) {
  switch (kind) {
    case tariff::PeriodKind::critical_peak:
      return "critical_peak";
    case tariff::PeriodKind::peak:
      return "peak";
    case tariff::PeriodKind::flat:
      return "flat";
    case tariff::PeriodKind::valley:
      return "valley";
    case tariff::PeriodKind::deep_valley:
      break;
  }
  return "deep_valley";
}

Json needs_json(const std::vector<tariff::RequiredInput>& required) {
  Json all = Json::array();
  for (const tariff::RequiredInput& input : required) {
    all.push_back({{"key", input.key}, {"meaning", text_json(input.meaning)}});
  }
  return all;
}

Json version_json(const tariff::Version& version) {
  return {{"valid_from", version.valid_from_waits ? Json() : Json(text_of(version.valid_from))},
          {"valid_to", date_json(version.valid_to)},
          {"connected_before", date_json(version.connected_before)},
          {"document", version.document},
          {"source", version.source},
          {"confidence", version.confidence}};
}

Json head_json(const tariff::Tariff& tariff) {
  const bool buys = tariff.direction == tariff::Direction::import_;
  return {{"id", tariff.id},
          {"name", text_json(tariff.name)},
          {"region", tariff.region},
          {"customer", tariff.customer},
          {"direction", buys ? "import" : "export"},
          {"note", text_json(tariff.note)},
          {"needs", needs_json(tariff.required)}};
}

Json mechanism_json(const tariff::Mechanism& mechanism) {
  return {{"id", mechanism.id},
          {"name", text_json(mechanism.name)},
          {"region", mechanism.region},
          {"note", text_json(mechanism.note)},
          {"needs", needs_json(mechanism.required)},
          {"document", mechanism.document},
          {"source", mechanism.source},
          {"confidence", mechanism.confidence}};
}

Json prices_json(const std::vector<Price>& prices) {
  Json all = Json::array();
  for (const Price& price : prices) {
    all.push_back(price.yuan_per_kwh());
  }
  return all;
}

Json window_json(const TariffDay& day, const tariff::DayWindow& window) {
  const tariff::Period& period = *window.period;
  const auto* subsidy = subsidy_of(*day.tariff, day.table, period);
  return {{"from", tariff::clock_text(window.from_minute)},
          {"to", tariff::clock_text(window.to_minute)},
          {"kind", name_in_files(period.kind)},
          {"label", text_json(period.label)},
          {"yuan_per_kwh", period.rule ? Json() : Json(period.price.yuan_per_kwh())},
          {"yuan_per_kwh_by_tier", prices_json(period.by_tier)},
          {"subsidy_yuan_per_kwh", subsidy ? Json(subsidy->price.yuan_per_kwh()) : Json()}};
}

Json tiers_json(const std::optional<tariff::Tiers>& tiers) {
  if (!tiers) {
    return {};
  }
  const bool yearly = tiers->period == tariff::TierPeriod::year;
  return {{"period", yearly ? "year" : "month"},
          {"limits_kwh", tiers->limits_kwh.empty() ? Json() : Json(tiers->limits_kwh)},
          {"additions_yuan_per_kwh", prices_json(tiers->additions)}};
}

}  // namespace

std::string list_json(const TariffShelf& shelf) {
  Json json{{"schema", schema}, {"tariffs", Json::array()}, {"mechanisms", Json::array()}};
  for (const tariff::Tariff& tariff : shelf.tariffs) {
    Json one = head_json(tariff);
    one["versions"] = Json::array();
    for (const tariff::Version& version : tariff.versions) {
      one["versions"].push_back(version_json(version));
    }
    json["tariffs"].push_back(std::move(one));
  }
  for (const tariff::Mechanism& mechanism : shelf.mechanisms) {
    json["mechanisms"].push_back(mechanism_json(mechanism));
  }
  return json.dump(2) + "\n";
}

std::string day_json(const TariffDay& day) {
  Json json{{"schema", schema}};
  json.update(head_json(*day.tariff));
  const tariff::Version& version = day.tariff->versions[day.table.version];
  json["day"] = text_of(day.table.date);
  json["season"] = text_json(day.table.season->label);
  json["is_holiday"] = day.table.holidays != nullptr;
  json["bar"] = bar_of(day.table);
  json["windows"] = Json::array();
  for (const tariff::DayWindow& window : windows_of(day.table)) {
    json["windows"].push_back(window_json(day, window));
  }
  json["tiers"] = tiers_json(version.tiers);
  json["version"] = version_json(version);
  return json.dump(2) + "\n";
}

std::string month_json(const tariff::Mechanism& mechanism, const Date& day) {
  Json json{{"schema", schema}};
  json.update(mechanism_json(mechanism));
  const auto month = static_cast<std::size_t>(static_cast<unsigned>(day.month()) - 1);
  const auto number = [&](const char* key, double value) {
    for (const tariff::RequiredInput& input : mechanism.required) {
      if (input.key == key) {
        return Json();
      }
    }
    return Json(value);
  };
  json["month"] = text_of(day).substr(0, 7);
  json["mechanism_price_yuan_per_kwh"] =
      number("mechanism_price_yuan_per_kwh", mechanism.price.yuan_per_kwh());
  json["ratio"] = number("mechanism_ratio", mechanism.ratio);
  json["market_price_yuan_per_kwh"] =
      number("market_price_yuan_per_kwh", mechanism.market[month].yuan_per_kwh());
  json["reference_price_yuan_per_kwh"] =
      number("reference_price_yuan_per_kwh", mechanism.reference[month].yuan_per_kwh());
  json["yearly_cap_kwh"] = mechanism.yearly_cap_kwh ? Json(*mechanism.yearly_cap_kwh) : Json();
  return json.dump(2) + "\n";
}

}  // namespace xiaoyuan::cli
