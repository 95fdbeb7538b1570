#include "tariff/tariff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/fields.hpp"

namespace xiaoyuan::tariff {

namespace {

constexpr int minutes_a_day = 1440;

std::string clock(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

/// "20:00-08:00" → a window.
std::optional<Window> parse_window(std::string_view text) {
  const auto minute_of = [](std::string_view part) -> std::optional<int> {
    int hour = 0;
    int minute = 0;
    if (part.size() != 5 || part[2] != ':' || part.find('-') != std::string_view::npos) {
      return std::nullopt;
    }
    const auto first = std::from_chars(part.data(), part.data() + 2, hour);
    const auto second = std::from_chars(part.data() + 3, part.data() + 5, minute);
    const bool read = first.ec == std::errc{} && first.ptr == part.data() + 2 &&
                      second.ec == std::errc{} && second.ptr == part.data() + 5;
    const int total = hour * 60 + minute;
    if (!read || minute < 0 || minute > 59 || hour < 0 || total > minutes_a_day) {
      return std::nullopt;
    }
    return total % minutes_a_day;
  };
  if (text.size() != 11 || text[5] != '-') {
    return std::nullopt;
  }
  const auto from = minute_of(text.substr(0, 5));
  const auto to = minute_of(text.substr(6));
  if (!from || !to) {
    return std::nullopt;
  }
  return Window{*from, *to};
}

/// "11-01" → 1 November.
std::chrono::month_day read_month_day(Fields& fields, std::string_view key) {
  const std::string text = fields.text(key);
  Date date;
  if (parse_date("2000-" + text, date)) {
    return {date.month(), date.day()};
  }
  if (!text.empty()) {
    fields.complain(key, {fmt::format("expected a day of the year like 11-01, found \"{}\"", text),
                          fmt::format("应为形如 11-01 的月日,实为“{}”", text)});
  }
  return {std::chrono::January, std::chrono::day{1}};
}

Period read_period(Fields& fields) {
  Period period;
  period.name = fields.text("name");
  period.label = fields.both("label");
  period.price = Price::of(fields.number("yuan_per_kwh", {-5.0, 10.0}));
  const bool given = fields.has("windows");
  for (const std::string& text : fields.texts("windows")) {
    if (const auto window = parse_window(text)) {
      period.windows.push_back(*window);
    } else {
      fields.complain("windows",
                      {fmt::format("expected a window like 20:00-08:00, found \"{}\"", text),
                       fmt::format("应为形如 20:00-08:00 的时段,实为“{}”", text)});
    }
  }
  if (!given) {
    period.windows.push_back({0, 0});
  }
  fields.finish();
  return period;
}

/// Every minute of the day must belong to one period, and to one only.
void check_day(Fields& fields, const Season& season) {
  std::array<int, minutes_a_day> holders{};
  for (const Period& period : season.periods) {
    for (const Window& window : period.windows) {
      for (int minute = 0; minute < minutes_a_day; ++minute) {
        holders[static_cast<std::size_t>(minute)] += window.holds(minute) ? 1 : 0;
      }
    }
  }
  const auto wrong = std::ranges::find_if(holders, [](int count) { return count != 1; });
  if (wrong != holders.end()) {
    const std::string time = clock(static_cast<int>(wrong - holders.begin()));
    const bool none = *wrong == 0;
    fields.complain(
        "period",
        {fmt::format("the windows leave {} {}", time, none ? "without a price" : "with two prices"),
         fmt::format("各时段使 {} {}", time, none ? "没有电价" : "有两个电价")});
  }
}

Season read_season(Fields& fields) {
  Season season;
  season.name = fields.text_or("name", "year");
  season.from = read_month_day(fields, "from");
  season.to = read_month_day(fields, "to");
  for (Fields& period : fields.tables("period")) {
    season.periods.push_back(read_period(period));
  }
  check_day(fields, season);
  fields.finish();
  return season;
}

void check_year(Fields& fields, const Version& version) {
  for (auto day = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
       day < std::chrono::sys_days{std::chrono::year{2001} / 1 / 1}; day += std::chrono::days{1}) {
    const Date date{day};
    Civil time;
    time.month = static_cast<std::int8_t>(static_cast<unsigned>(date.month()));
    time.day = static_cast<std::int8_t>(static_cast<unsigned>(date.day()));
    const auto holders = std::ranges::count_if(
        version.seasons, [&](const Season& season) { return season.holds(time); });
    if (holders != 1) {
      const std::string shown = text_of(date).substr(5);
      fields.complain("season", {fmt::format("the seasons leave {} {}", shown,
                                             holders == 0 ? "without a price" : "with two prices"),
                                 fmt::format("各季节使 {} {}", shown,
                                             holders == 0 ? "没有电价" : "有两个电价")});
      return;
    }
  }
}

std::optional<Tiers> read_tiers(Fields& version) {
  auto fields = version.table_if("tiers");
  if (!fields) {
    return std::nullopt;
  }
  Tiers tiers;
  tiers.period = TierPeriod(fields->choice("period", {"year", "month"}));
  if (fields->has("limits_kwh")) {
    tiers.limits_kwh = fields->numbers("limits_kwh", positive);
  }
  for (const double addition : fields->numbers("additions_yuan_per_kwh", {0.0, 10.0})) {
    tiers.additions.push_back(Price::of(addition));
  }
  const bool fits =
      tiers.limits_kwh.empty() || tiers.additions.size() == tiers.limits_kwh.size() + 1;
  if (!fits || tiers.additions.empty() || tiers.additions.front() != Price{}) {
    fields->complain("additions_yuan_per_kwh",
                     {"expected one number more than limits_kwh, the first of them 0",
                      "个数应比 limits_kwh 多一个,且第一个为 0"});
  }
  if (!std::ranges::is_sorted(tiers.limits_kwh) || !std::ranges::is_sorted(tiers.additions)) {
    fields->complain("limits_kwh", {"limits and additions must rise", "分档电量与加价须递增"});
  }
  fields->finish();
  return tiers;
}

Version read_version(Fields& fields) {
  Version version;
  version.valid_from = fields.date("valid_from");
  version.valid_to = fields.date_if("valid_to");
  version.document = fields.text("document");
  version.source = fields.text("source");
  version.confidence = fields.confidence();
  version.connected_before = fields.date_if("connected_before");
  for (Fields& season : fields.tables("season")) {
    version.seasons.push_back(read_season(season));
  }
  check_year(fields, version);
  version.tiers = read_tiers(fields);
  fields.finish();
  return version;
}

}  // namespace

bool Window::holds(int minute) const {
  if (from_minute < to_minute) {
    return minute >= from_minute && minute < to_minute;
  }
  return from_minute == to_minute || minute >= from_minute || minute < to_minute;
}

bool Season::holds(const Civil& time) const {
  const std::chrono::month_day day{std::chrono::month{static_cast<unsigned>(time.month)},
                                   std::chrono::day{static_cast<unsigned>(time.day)}};
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

Result<Tariff> read_tariff(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Tariff tariff;
  tariff.id = fields.text("id");
  tariff.name = fields.both("name");
  tariff.region = fields.text("region");
  tariff.customer = fields.text("customer");
  tariff.direction = Direction(fields.choice("direction", {"import", "export"}));
  if (fields.has("note")) {
    tariff.note = fields.both("note");
  }
  for (Fields& version : fields.tables("version")) {
    Version read = read_version(version);
    const bool overlaps =
        !tariff.versions.empty() &&
        (!tariff.versions.back().valid_to || *tariff.versions.back().valid_to >= read.valid_from);
    if (overlaps) {
      version.complain("valid_from", {"overlaps with the version before it; give that one a "
                                      "valid_to, and write versions from old to new",
                                      "与前一版本重叠;请给前一版本填写 valid_to,并按时间先后排列"});
    }
    tariff.versions.push_back(std::move(read));
  }
  if (tariff.versions.empty()) {
    fields.complain("version", {"is missing; a tariff needs at least one [[version]]",
                                "缺失;电价至少需要一个 [[version]]"});
  }
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return tariff;
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
  const Text label = buys ? Text{"bought", "用网电量"} : Text{"sold to the grid", "上网电量"};
  version.seasons.push_back({"year",
                             {std::chrono::January, std::chrono::day{1}},
                             {std::chrono::December, std::chrono::day{31}},
                             {{"flat", label, Price::of(yuan_per_kwh), {{0, 0}}}}});
  tariff.versions.push_back(std::move(version));
  return tariff;
}

}  // namespace xiaoyuan::tariff
