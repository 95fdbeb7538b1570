#include "tariff/tariff.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::tariff {

namespace {

Text span_of(const Version& version) {
  if (version.valid_from_waits) {
    return {"one whose first day is a required input", "首日待填的版本"};
  }
  const std::string from = text_of(version.valid_from);
  if (!version.valid_to) {
    return {from + " onwards", from + " 起"};
  }
  return {from + " to " + text_of(*version.valid_to), from + " 至 " + text_of(*version.valid_to)};
}

}  // namespace

bool Window::holds(int minute) const {
  if (from_minute < to_minute) {
    return minute >= from_minute && minute < to_minute;
  }
  return from_minute == to_minute || minute >= from_minute || minute < to_minute;
}

bool Season::holds(const std::chrono::month_day& day) const {
  if (is_rest || !given.empty()) {
    return false;
  }
  if (!months.empty()) {
    return std::ranges::find(months, static_cast<int>(static_cast<unsigned>(day.month()))) !=
           months.end();
  }
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

const Season* Version::season_on(const std::chrono::month_day& day) const {
  const Season* rest = nullptr;
  bool waits = false;
  for (const Season& season : seasons) {
    if (season.holds(day)) {
      return &season;
    }
    rest = season.is_rest ? &season : rest;
    waits = waits || !season.given.empty();
  }
  return waits ? nullptr : rest;
}

std::optional<Text> fault_of_year(const Version& version) {
  const bool has_rest = std::ranges::any_of(version.seasons, &Season::is_rest);
  const bool waits = std::ranges::any_of(
      version.seasons, [](const Season& season) { return !season.given.empty(); });
  for (auto day = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
       day < std::chrono::sys_days{std::chrono::year{2001} / 1 / 1}; day += std::chrono::days{1}) {
    const Date date{day};
    const std::chrono::month_day month_day{date.month(), date.day()};
    const auto holders = std::ranges::count_if(
        version.seasons, [&](const Season& season) { return season.holds(month_day); });
    if (holders == 1 || (holders == 0 && (has_rest || waits))) {
      continue;
    }
    const std::string shown = text_of(date).substr(5);
    return Text{fmt::format("the seasons leave {} {}", shown,
                            holders == 0 ? "without a price" : "with two prices"),
                fmt::format("各季节使 {} {}", shown, holders == 0 ? "没有电价" : "有两个电价")};
  }
  return std::nullopt;
}

std::size_t version_on(const Tariff& tariff, const Date& date) {
  for (std::size_t i = 0; i < tariff.versions.size(); ++i) {
    const Version& version = tariff.versions[i];
    if ((version.valid_from_waits || date >= version.valid_from) &&
        (!version.valid_to || date <= *version.valid_to)) {
      return i;
    }
  }
  return tariff.versions.size();
}

Text no_version(const Tariff& tariff, const Date& date) {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const Version& version : tariff.versions) {
    en.push_back(span_of(version).en);
    zh.push_back(span_of(version).zh);
  }
  return {fmt::format("tariff \"{}\" has no version for {}; it has {}", tariff.id, text_of(date),
                      joined(en)),
          fmt::format("电价“{}”没有适用于 {} 的版本;现有 {}", tariff.id, text_of(date),
                      joined(zh, "、"))};
}

Tariff flat_tariff(std::string id, Direction direction, double yuan_per_kwh,
                   const std::string& document) {
  Tariff tariff;
  tariff.id = std::move(id);
  tariff.name = {"Price given by the village", "由村庄给定的电价"};
  tariff.direction = direction;
  Version version;
  version.valid_from = Date{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}};
  version.document = document;
  version.source = "village.toml";
  version.confidence = "high";
  const bool buys = direction == Direction::import_;
  Period period;
  period.name = "flat";
  period.label = buys ? Text{"bought", "用网电量"} : Text{"sold to the grid", "上网电量"};
  period.price = Price::of(yuan_per_kwh);
  period.windows.push_back({0, 0});
  Season season;
  season.name = "year";
  season.label = {"all year", "全年"};
  season.is_rest = true;
  season.periods.push_back(std::move(period));
  version.seasons.push_back(std::move(season));
  tariff.versions.push_back(std::move(version));
  return tariff;
}

}  // namespace xiaoyuan::tariff
