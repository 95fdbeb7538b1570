// Reads a tariff file. The values it makes are in tariff.hpp; what a village must add to them comes
// in through given.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/fields.hpp"
#include "tariff/day.hpp"

namespace xiaoyuan::tariff {

namespace {

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> names{"critical_peak", "peak", "flat", "valley",
                                              "deep_valley"};
  return names;
}

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

/// [version.base]: the keys that floating prices stand on.
struct Base {
  std::string price;
  std::string floating;
};

/// What the parts of a file know of each other while it is read.
struct Context {
  std::map<std::string, InputKind> used;  ///< keys of required inputs
  std::optional<Base> base;               ///< of the version being read
};

PriceRule read_ratio(Fields& fields, const Context& context) {
  PriceRule rule;
  const double ratio = fields.number_if("ratio", {-10.0, 10.0}).value_or(1.0);
  rule.ratio = 1.0 + fields.number_or("float", ratio - 1.0, {-10.0, 10.0});
  if (context.base) {
    rule.base = context.base->price;
    rule.floating = context.base->floating;
  } else {
    fields.complain(fields.has("float") ? "float" : "ratio",
                    {"needs [version.base] price = \"…\": the required input that it is a ratio of",
                     "需要 [version.base] price = \"…\",即该比例所乘的待填电价"});
  }
  return rule;
}

void read_price(Fields& fields, Period& period, Context& context) {
  const std::array<const char*, 5> keys{"yuan_per_kwh", "yuan_per_kwh_by_tier", "ratio", "float",
                                        "given"};
  const auto count = std::ranges::count_if(keys, [&](const char* key) { return fields.has(key); });
  if (count > 1) {
    fields.complain("yuan_per_kwh",
                    {"give one price: yuan_per_kwh, yuan_per_kwh_by_tier, ratio, float or given",
                     "电价只能给一个:yuan_per_kwh、yuan_per_kwh_by_tier、ratio、float 或 given"});
    return;
  }
  if (fields.has("yuan_per_kwh_by_tier")) {
    for (const double price : fields.numbers("yuan_per_kwh_by_tier", price_range)) {
      period.by_tier.push_back(Price::of(price));
    }
    period.price = period.by_tier.empty() ? Price{} : period.by_tier.front();
  } else if (fields.has("given")) {
    period.rule = PriceRule{fields.text("given"), "", 1.0};
  } else if (fields.has("ratio") || fields.has("float")) {
    period.rule = read_ratio(fields, context);
  } else {
    period.price = Price::of(fields.number("yuan_per_kwh", price_range));
  }
  if (period.rule) {
    context.used.emplace(period.rule->base, InputKind::number);
    context.used.emplace(period.rule->floating, InputKind::number);
  }
}

Period read_period(Fields& fields, Context& context) {
  Period period;
  period.name = fields.text("name");
  const auto& kinds = kind_names();
  const auto named = std::ranges::find(kinds, period.name);
  const auto otherwise = named == kinds.end() ? static_cast<std::size_t>(PeriodKind::flat)
                                              : static_cast<std::size_t>(named - kinds.begin());
  period.kind = PeriodKind(fields.choice_or("kind", kinds, otherwise));
  period.label = fields.both("label");
  read_price(fields, period, context);
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

enum class Cover { whole_day, part_of_day };

/// Every minute of the day must belong to one period, and to one only.
void check_day(Fields& fields, const std::vector<Period>& periods, Cover cover) {
  std::array<int, minutes_a_day> holders{};
  for (const Period& period : periods) {
    for (const Window& window : period.windows) {
      for (int minute = 0; minute < minutes_a_day; ++minute) {
        holders[static_cast<std::size_t>(minute)] += window.holds(minute) ? 1 : 0;
      }
    }
  }
  const auto wrong = std::ranges::find_if(
      holders, [&](int count) { return count > 1 || (count == 0 && cover == Cover::whole_day); });
  if (wrong != holders.end()) {
    const std::string time = clock_text(static_cast<int>(wrong - holders.begin()));
    const bool none = *wrong == 0;
    fields.complain(
        "period",
        {fmt::format("the windows leave {} {}", time, none ? "without a price" : "with two prices"),
         fmt::format("各时段使 {} {}", time, none ? "没有电价" : "有两个电价")});
  }
}

/// When a season is: months, given, rest, or from … to.
void read_span(Fields& fields, Season& season, Context& context) {
  if (fields.has("months")) {
    for (const double month : fields.numbers("months", {1.0, 12.0})) {
      season.months.push_back(static_cast<int>(month));
      if (month != static_cast<double>(season.months.back())) {
        fields.complain("months", {fmt::format("expected a whole number, found {}", month),
                                   fmt::format("应为整数,实为 {}", month)});
      }
    }
    if (season.months.empty()) {
      fields.complain("months", missing());
    }
  } else if (fields.has("given")) {
    season.given = fields.text("given");
    context.used.emplace(season.given, InputKind::season);
  } else if (fields.truth_or("rest", false)) {
    season.is_rest = true;
  } else if (!fields.has("from") && !fields.has("to")) {
    fields.complain("months", {"is missing; say when the season is: months = [ … ], from and to, "
                               "or rest = true",
                               "缺失;请注明季节时间:months = [ … ]、from 与 to,或 rest = true"});
  } else {
    season.from = read_month_day(fields, "from");
    season.to = read_month_day(fields, "to");
  }
}

Season read_season(Fields& fields, Context& context) {
  Season season;
  season.name = fields.text_or("name", "year");
  season.label = fields.has("label") ? fields.both("label") : Text{season.name, season.name};
  read_span(fields, season, context);
  for (Fields& period : fields.tables("period")) {
    season.periods.push_back(read_period(period, context));
  }
  check_day(fields, season.periods, Cover::whole_day);
  fields.finish();
  return season;
}

std::optional<Holidays> read_holidays(Fields& version, Context& context) {
  auto fields = version.table_if("holidays");
  if (!fields) {
    return std::nullopt;
  }
  Holidays holidays;
  if (fields->has("given")) {
    holidays.given = fields->text("given");
    context.used.emplace(holidays.given, InputKind::days);
  } else {
    if (!fields->has("days")) {
      fields->complain("days", missing());
    }
    for (const std::string& text : fields->texts("days")) {
      if (!parse_date(text, holidays.days.emplace_back())) {
        fields->complain("days", date_expected("\"" + text + "\""));
      }
    }
  }
  for (Fields& period : fields->tables("period")) {
    holidays.periods.push_back(read_period(period, context));
  }
  check_day(*fields, holidays.periods, Cover::part_of_day);
  fields->finish();
  return holidays;
}

/// Every period of a version, those of its holidays last.
std::vector<const Period*> periods_of(const Version& version) {
  std::vector<const Period*> all;
  for (const Season& season : version.seasons) {
    for (const Period& period : season.periods) {
      all.push_back(&period);
    }
  }
  if (version.holidays) {
    for (const Period& period : version.holidays->periods) {
      all.push_back(&period);
    }
  }
  return all;
}

/// What each tier's table adds to the first one, as the mean over the periods.
std::vector<Price> mean_additions(const std::vector<const Period*>& periods, std::size_t tiers) {
  std::vector<Price> additions;
  for (std::size_t tier = 0; tier < tiers; ++tier) {
    double sum = 0.0;
    for (const Period* period : periods) {
      sum += period->by_tier[tier].yuan_per_kwh() - period->by_tier.front().yuan_per_kwh();
    }
    additions.push_back(Price::of(sum / static_cast<double>(periods.size())));
  }
  return additions;
}

/// Tiers that have a table each: every period must give one price a tier.
void read_tables(Fields& fields, const Version& version, Tiers& tiers) {
  const auto periods = periods_of(version);
  tiers.have_tables = true;
  const std::size_t count = tiers.limits_kwh.size() + 1;
  const bool all_fit = std::ranges::all_of(
      periods, [&](const Period* period) { return period->by_tier.size() == count; });
  if (!all_fit) {
    fields.complain(
        "limits_kwh",
        {fmt::format("{} tiers need {} prices in yuan_per_kwh_by_tier of every period", count,
                     count),
         fmt::format("共 {} 档,每个时段的 yuan_per_kwh_by_tier 均应有 {} 个电价", count, count)});
    return;
  }
  tiers.additions = mean_additions(periods, count);
}

void read_additions(Fields& fields, Tiers& tiers) {
  for (const double addition : fields.numbers("additions_yuan_per_kwh", {0.0, 10.0})) {
    tiers.additions.push_back(Price::of(addition));
  }
  const bool fits =
      tiers.limits_kwh.empty() || tiers.additions.size() == tiers.limits_kwh.size() + 1;
  if (!fits || tiers.additions.empty() || tiers.additions.front() != Price{}) {
    fields.complain("additions_yuan_per_kwh",
                    {"expected one number more than limits_kwh, the first of them 0",
                     "个数应比 limits_kwh 多一个,且第一个为 0"});
  }
  if (!std::ranges::is_sorted(tiers.additions)) {
    fields.complain("limits_kwh", {"limits and additions must rise", "分档电量与加价须递增"});
  }
  if (tiers.order == TierOrder::tier_then_tou) {
    tiers.base = Price::of(fields.number("base_yuan_per_kwh", price_range));
  }
}

std::optional<Tiers> read_tiers(Fields& version_fields, const Version& version) {
  const auto periods = periods_of(version);
  const bool has_tables =
      std::ranges::any_of(periods, [](const Period* period) { return !period->by_tier.empty(); });
  auto fields = version_fields.table_if("tiers");
  if (!fields) {
    if (has_tables) {
      version_fields.complain("tiers", {"is missing; yuan_per_kwh_by_tier needs the tiers' limits",
                                        "缺失;yuan_per_kwh_by_tier 需要分档电量"});
    }
    return std::nullopt;
  }
  Tiers tiers;
  tiers.period = TierPeriod(fields->choice("period", {"year", "month"}));
  tiers.order =
      TierOrder(fields->choice_or("order", {"added", "tier_then_tou", "tou_then_tier"}, 0));
  if (fields->has("limits_kwh")) {
    tiers.limits_kwh = fields->numbers("limits_kwh", positive);
  }
  if (!std::ranges::is_sorted(tiers.limits_kwh)) {
    fields->complain("limits_kwh", {"limits and additions must rise", "分档电量与加价须递增"});
  }
  if (has_tables) {
    read_tables(*fields, version, tiers);
  } else {
    read_additions(*fields, tiers);
  }
  fields->finish();
  return tiers;
}

std::optional<Subsidy> read_subsidy(Fields& version_fields, const Version& version) {
  auto fields = version_fields.table_if("subsidy");
  if (!fields) {
    return std::nullopt;
  }
  Subsidy subsidy;
  subsidy.label = fields->both("label");
  subsidy.price = Price::of(fields->number("yuan_per_kwh", {0.0, 10.0}));
  subsidy.kind = PeriodKind(fields->choice("kind", kind_names()));
  std::vector<std::string> seasons;
  for (const Season& season : version.seasons) {
    seasons.push_back(season.name);
  }
  if (!seasons.empty()) {
    subsidy.season = seasons[fields->choice("season", seasons)];
  }
  subsidy.cap_kwh = fields->number_if("cap_kwh", cap_range);
  subsidy.document = fields->text("document");
  fields->finish();
  return subsidy;
}

std::optional<Base> read_base(Fields& version, Context& context) {
  auto fields = version.table_if("base");
  if (!fields) {
    return std::nullopt;
  }
  Base base{fields->text("price"), fields->text_or("floating", "")};
  context.used.emplace(base.price, InputKind::number);
  context.used.emplace(base.floating, InputKind::number);
  fields->finish();
  return base;
}

bool is_declared(const std::vector<RequiredInput>& required, std::string_view key) {
  return std::ranges::find(required, key, &RequiredInput::key) != required.end();
}

Version read_version(Fields& fields, const std::vector<RequiredInput>& required, Context& context) {
  Version version;
  version.valid_from_waits = !fields.has("valid_from") && is_declared(required, "valid_from");
  if (version.valid_from_waits) {
    context.used.emplace("valid_from", InputKind::date);
  } else {
    version.valid_from = fields.date("valid_from");
  }
  version.valid_to = fields.date_if("valid_to");
  version.document = fields.text("document");
  version.source = fields.text("source");
  version.confidence = fields.confidence();
  version.connected_before = fields.date_if("connected_before");
  context.base = read_base(fields, context);
  for (Fields& season : fields.tables("season")) {
    version.seasons.push_back(read_season(season, context));
  }
  version.holidays = read_holidays(fields, context);
  if (std::ranges::count_if(version.seasons, &Season::is_rest) > 1) {
    fields.complain("season", {"only one season may be the rest of the year",
                               "只能有一个季节为其余时间(rest)"});
  }
  if (auto fault = fault_of_year(version)) {
    fields.complain("season", std::move(*fault));
  }
  version.tiers = read_tiers(fields, version);
  version.subsidy = read_subsidy(fields, version);
  fields.finish();
  return version;
}

/// Keys that are used must be declared under [[required]], by their kind, and the other way round.
void check_required(Fields& fields, const std::vector<RequiredInput>& required, Context& context) {
  context.used.erase("");
  for (const auto& [key, kind] : context.used) {
    if (!is_declared(required, key)) {
      fields.complain(
          "required",
          {fmt::format("does not declare \"{}\", which a price or a season waits for", key),
           fmt::format("未声明某电价或季节所需的“{}”", key)});
    }
  }
  for (const RequiredInput& input : required) {
    const auto use = context.used.find(input.key);
    if (use == context.used.end()) {
      fields.complain("required", {fmt::format("declares \"{}\", which nothing uses", input.key),
                                   fmt::format("声明了未被使用的“{}”", input.key)});
    } else if (use->second != input.kind) {
      fields.complain("required",
                      {fmt::format("declares \"{}\" as another kind than it is used as", input.key),
                       fmt::format("“{}”声明的类型(kind)与其用途不符", input.key)});
    }
  }
}

void check_order(Fields& fields, const std::vector<Version>& before, const Version& version) {
  const bool overlaps =
      !before.empty() && (version.valid_from_waits || before.back().valid_from_waits ||
                          !before.back().valid_to || *before.back().valid_to >= version.valid_from);
  if (overlaps) {
    fields.complain("valid_from", {"overlaps with the version before it; give that one a "
                                   "valid_to, and write versions from old to new",
                                   "与前一版本重叠;请给前一版本填写 valid_to,并按时间先后排列"});
  }
  if (version.valid_to && !version.valid_from_waits && *version.valid_to < version.valid_from) {
    fields.complain("valid_to", {"lies before valid_from", "早于 valid_from"});
  }
}

}  // namespace

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
  tariff.required = read_required(fields);
  Context context;
  for (Fields& version : fields.tables("version")) {
    Version read = read_version(version, tariff.required, context);
    check_order(version, tariff.versions, read);
    tariff.versions.push_back(std::move(read));
  }
  if (tariff.versions.empty()) {
    fields.complain("version", {"is missing; a tariff needs at least one [[version]]",
                                "缺失;电价至少需要一个 [[version]]"});
  }
  check_required(fields, tariff.required, context);
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return tariff;
}

}  // namespace xiaoyuan::tariff
