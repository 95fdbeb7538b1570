#include "model/village.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/households.hpp"
#include "model/scenario.hpp"

namespace xiaoyuan::model {

namespace {

void read_village_table(Fields& root, Village& village) {
  Fields fields = root.table("village");
  village.id = fields.text("id");
  village.name = fields.both("name");
  village.illustrative = fields.truth_or("illustrative", false);
  if (fields.has("note")) {
    village.note = fields.both("note");
  }
  fields.finish();
}

void read_site(Fields& root, Village& village) {
  Fields fields = root.table("site");
  village.region = fields.text("region");
  village.grid_region = fields.text_or("grid_region", "");
  village.place = {fields.number("latitude_deg", {-90.0, 90.0}),
                   fields.number("longitude_deg", {-180.0, 180.0}),
                   fields.number("elevation_m", {-430.0, 9000.0})};
  const std::string zone = fields.text("time_zone");
  if (!zone.empty()) {
    if (auto found = Zone::find(zone)) {
      village.zone = std::move(*found);
    } else {
      fields.complain("time_zone", found.error().front().what);
    }
  }
  fields.finish();
}

/// One year from the first local day: 8,760 or 8,784 hours, whatever the calendar holds.
TimeAxis year_from(const Zone& zone, const Date& first, int minute, int step_minutes) {
  const Date last{first.year() + std::chrono::years{1}, first.month(), first.day()};
  const Instant start = zone.instant(first, minute);
  const Instant end = zone.instant(
      last.ok() ? last : Date{last.year(), std::chrono::March, std::chrono::day{1}}, minute);
  const std::chrono::seconds step = std::chrono::minutes{step_minutes};
  return {start, step, static_cast<std::size_t>((end - start) / step)};
}

void read_plan(Fields& root, Village& village, bool has_zone) {
  Fields fields = root.table("plan");
  const Date first = fields.date("first_day");
  const int hour = fields.whole_or("first_hour", 0, {0.0, 23.0});
  const std::vector<std::string> steps{"60min", "30min", "15min"};
  const int minutes = std::array{60, 30, 15}[fields.choice_or("step", steps, 0)];
  village.life_years = fields.whole_or("life_years", 25, {1.0, 50.0});
  village.seed = static_cast<std::uint64_t>(fields.whole_or("seed", 1, {0.0, 2e9}));
  village.dispatch = Dispatch(fields.choice_or("battery_dispatch", names_of(Dispatch{}), 0));
  village.compare_rolling = fields.truth_or("rolling", true);
  if (!first.ok() || static_cast<int>(first.year()) < 1970 ||
      static_cast<int>(first.year()) > 2100) {
    fields.complain("first_day",
                    {"expected a day of the years 1970 to 2100", "应为 1970 至 2100 年间的日期"});
  } else if (has_zone) {
    village.axis = year_from(village.zone, first, hour * 60, minutes);
  }
  fields.finish();
}

Choice choice_of(Fields& fields, std::string_view key) {
  return {fields.text_or(key, ""), fields.where(key)};
}

void read_weather(Fields& root, Village& village) {
  Fields fields = root.table("weather");
  if (fields.has("year")) {
    village.weather.year = fields.whole_or("year", 0, {1900.0, 2100.0});
  }
  village.weather.splitting = choice_of(fields, "splitting");
  village.weather.file = fields.text_or("file", "");
  village.weather.climate = fields.text_or("climate", "");
  village.weather.where = fields.where(village.weather.file.empty() ? "climate" : "file");
  if (village.weather.file.empty() == village.weather.climate.empty()) {
    fields.complain("file", {"give a weather file (file = \"weather/….epw\") or a built-in climate "
                             "(climate = \"beijing\"), one of the two",
                             "请给出气象文件(file = \"weather/….epw\")或内置气候(climate = "
                             "\"beijing\"),二者取一"});
  }
  fields.finish();
}

std::optional<std::array<double, 12>> by_month(Fields& fields, std::string_view key) {
  if (!fields.has(key)) {
    return std::nullopt;
  }
  std::array<double, 12> months{};
  std::ranges::copy(fields.numbers(key, fraction, months.size()), months.begin());
  return months;
}

void read_pv(Fields& root, Village& village) {
  auto fields = root.table_if("pv");
  if (!fields) {
    return;
  }
  PvChoice& pv = village.pv;
  pv.mount = choice_of(*fields, "mount");
  pv.transposition = choice_of(*fields, "transposition");
  pv.incidence = choice_of(*fields, "incidence");
  pv.inverter_curve = choice_of(*fields, "inverter_curve");
  pv.inverter_points = fields->text_or("inverter_points", "");
  pv.points_where = fields->where("inverter_points");
  pv.horizon = fields->text_or("horizon", "");
  pv.horizon_where = fields->where("horizon");
  pv.soiling = by_month(*fields, "soiling");
  pv.snow = by_month(*fields, "snow");
  fields->finish();
}

void read_tariff(Fields& root, Village& village) {
  Fields fields = root.table("tariff");
  TariffChoice& tariff = village.tariff;
  tariff.import_name = fields.text("import");
  tariff.export_name = fields.text_or("export", "");
  tariff.import_where = fields.where("import");
  tariff.export_where = fields.where("export");
  if (fields.has("tier_limits_kwh")) {
    tariff.tier_limits_kwh = fields.numbers("tier_limits_kwh", positive);
    tariff.tier_limits_source = fields.text("tier_limits_source");
  }
  tariff.inputs_where = fields.where("inputs");
  if (auto inputs = fields.table_if("inputs")) {
    for (const std::string& key : inputs->keys()) {
      tariff.inputs[key] = inputs->written(key);
    }
    tariff.inputs_source = fields.text("inputs_source");
  }
  tariff.mechanism = choice_of(fields, "mechanism");
  tariff.export_price_yuan_per_kwh = fields.number_if("export_price_yuan_per_kwh", {-5.0, 5.0});
  if (tariff.export_price_yuan_per_kwh) {
    tariff.export_price_source = fields.text("export_price_source");
    if (!tariff.export_name.empty()) {
      fields.complain("export_price_yuan_per_kwh",
                      {"stands in place of export for every household: give one of the two",
                       "将取代 export 适用于全部住户:二者只填一项"});
    }
  } else if (tariff.export_name.empty() && tariff.mechanism.name.empty()) {
    fields.complain("export", {"name a feed-in tariff or a mechanism, or give "
                               "export_price_yuan_per_kwh with export_price_source",
                               "请指定上网电价或机制电价名称,或给出 export_price_yuan_per_kwh 及 "
                               "export_price_source"});
  }
  fields.finish();
}

std::optional<Position> read_position(Fields& fields) {
  const auto x_m = fields.number_if("x_m", metres_from_origin);
  const auto y_m = fields.number_if("y_m", metres_from_origin);
  if (fields.has("x_m") != fields.has("y_m")) {
    fields.complain(fields.has("x_m") ? "y_m" : "x_m", missing());
  }
  return x_m && y_m ? std::optional(Position{*x_m, *y_m}) : std::nullopt;
}

void read_transformers(Fields& root, Village& village) {
  for (Fields& fields : root.tables("transformer")) {
    Transformer transformer;
    transformer.id = fields.text("id");
    transformer.rating_kva = fields.number("rating_kva", {1.0, 100000.0});
    transformer.other_generation_kw = fields.number_or("other_generation_kw", 0.0, not_negative);
    transformer.registered_kw = fields.number_or("registered_kw", 0.0, not_negative);
    transformer.in_parallel = fields.whole_or("in_parallel", 1, {1.0, 10.0});
    transformer.curtailment =
        Curtailment(fields.choice_or("curtailment", names_of(Curtailment{}), 0));
    transformer.import_limit_kw = fields.number_if("import_limit_kw", positive);
    transformer.export_limit_kw = fields.number_if("export_limit_kw", not_negative);
    transformer.position = read_position(fields);
    for (const Transformer& other : village.transformers) {
      if (other.id == transformer.id) {
        fields.complain("id", {fmt::format("\"{}\" stands twice", other.id),
                               fmt::format("“{}”重复", other.id)});
      }
    }
    fields.finish();
    village.transformers.push_back(std::move(transformer));
  }
  if (village.transformers.empty()) {
    root.complain("transformer", {"is missing; write [[transformer]] with id and rating_kva",
                                  "缺失;请写 [[transformer]],含 id 与 rating_kva"});
  }
}

/// PV that is connected only during the plan counts as if it had been there all year.
void warn_of_late(Village& village) {
  const Date first = village.zone.civil(village.axis.start).date();
  for (const Household& home : village.households) {
    if (home.makes_energy() && home.connected && *home.connected > first) {
      village.warnings.push_back(
          {fmt::format("{}: connected {}, after the plan begins; a full year is planned", home.id,
                       text_of(*home.connected)),
           fmt::format("{}:{} 并网,晚于规划首日;仍按全年规划", home.id, text_of(*home.connected))});
    }
  }
}

void warn_of(Village& village) {
  warn_of_late(village);
  const double single_phase_kw = village.assumptions.value("grid.single_phase_kw");
  for (const Household& home : village.households) {
    if (home.phase != Phase::three && home.capacity_kwp() > single_phase_kw) {
      village.warnings.push_back(
          {fmt::format("{}: {:.1f} kWp on a single phase; above {:.0f} kW the grid company usually "
                       "asks for three phases (380 V)",
                       home.id, home.capacity_kwp(), single_phase_kw),
           fmt::format("{}:单相接入 {:.1f} kWp;超过 {:.0f} kW 电网公司通常要求三相 380 V 接入",
                       home.id, home.capacity_kwp(), single_phase_kw)});
    }
  }
}

}  // namespace

double Household::capacity_kwp() const {
  double sum = 0.0;
  for (const Roof& roof : roofs) {
    sum += roof.capacity_kwp;
  }
  return roofs.empty() && makes_energy() ? inverter_kw : sum;
}

double Village::capacity_kwp() const {
  double sum = 0.0;
  for (const Household& home : households) {
    sum += home.capacity_kwp();
  }
  return sum;
}

Result<Village> read_village(const VillageText& text, const Assumptions& shipped) {
  Errors errors;
  Village village;
  village.assumptions = shipped;
  auto root = parse_toml(text.toml, text.toml_name);
  if (root && !text.scenario.empty()) {
    root = with_scenario(*root, text.scenario, text.toml_name);
  }
  if (gather(root, errors)) {
    Fields fields(*root, text.toml_name, errors);
    read_village_table(fields, village);
    const std::size_t before = errors.size();
    read_site(fields, village);
    read_plan(fields, village, errors.size() == before);
    read_weather(fields, village);
    read_pv(fields, village);
    read_tariff(fields, village);
    Fields carbon = fields.table("carbon");
    village.carbon_factor = carbon.text("factor");
    village.carbon_where = carbon.where("factor");
    carbon.finish();
    read_transformers(fields, village);
    if (auto own = fields.table_if("assumptions")) {
      replace_assumptions(*own, village.assumptions);
    }
    village.sizing = read_sizing(fields);
    village.network = read_network_choice(fields);
    village.scenarios = read_scenarios(fields);
    fields.finish();
  }
  read_households(text.households, text.households_name, village, errors);
  check_sizing(village, errors);
  for (const Scenario& scenario : village.scenarios) {
    if (scenario.id == text.scenario) {
      apply(scenario, village, errors);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  warn_of(village);
  return village;
}

const std::vector<std::string>& names_of(Owner) {
  static const std::vector<std::string> names{"natural_person", "company", "cooperative"};
  return names;
}
const std::vector<std::string>& names_of(Mode) {
  static const std::vector<std::string> names{"none", "full_export", "self_use",
                                              "self_use_surplus"};
  return names;
}
const std::vector<std::string>& names_of(Phase) {
  static const std::vector<std::string> names{"A", "B", "C", "ABC"};
  return names;
}
const std::vector<std::string>& names_of(Dispatch) {
  static const std::vector<std::string> names{"self_consumption", "optimal", "rolling"};
  return names;
}
const std::vector<std::string>& names_of(Curtailment) {
  static const std::vector<std::string> names{"none", "least_cost", "equal_power", "equal_share",
                                              "pro_rata"};
  return names;
}

}  // namespace xiaoyuan::model
