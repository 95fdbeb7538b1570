#include "model/households.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/csv.hpp"

namespace xiaoyuan::model {

namespace {

constexpr int most_roofs = 4;

struct Reader {
  const Village& village;
  CsvColumns& columns;
  std::set<std::string> ids;

  Household read(const CsvRow& row);
  void read_roofs(const CsvRow& row, Household& home);
  Car read_car(const CsvRow& row);
  std::size_t transformer_of(const CsvRow& row);
  std::optional<Position> read_position(const CsvRow& row);
  void check_use(const CsvRow& row, const Household& home);
  void check_owner(const CsvRow& row, const Household& home);
  void check_battery(const CsvRow& row, const Household& home);
  void check_plant(const CsvRow& row, const Household& home);
};

std::size_t Reader::transformer_of(const CsvRow& row) {
  std::vector<std::string> known;
  for (const Transformer& transformer : village.transformers) {
    known.push_back(transformer.id);
  }
  if (columns.cell(row, "transformer").empty() && known.size() > 1) {
    columns.complain(row, "transformer", missing());
  }
  // Without transformers village.toml has its own error; repeating it in every row helps nobody.
  return known.empty() ? 0 : columns.choice_or(row, "transformer", known, 0);
}

void Reader::read_roofs(const CsvRow& row, Household& home) {
  for (int i = 1; i <= most_roofs; ++i) {
    const std::string roof = fmt::format("roof{}_", i);
    const auto capacity = columns.number_if(row, roof + "kwp", {0.0, 10000.0});
    const auto area = columns.number_if(row, roof + "area_m2", {0.0, 50000.0});
    const auto tilt = columns.number_if(row, roof + "tilt_deg", {0.0, 90.0});
    const auto azimuth = columns.number_if(row, roof + "azimuth_deg", {0.0, 360.0});
    const bool has_size = capacity.value_or(0.0) > 0.0 || area.value_or(0.0) > 0.0;
    if (!has_size) {
      continue;
    }
    if (capacity && area) {
      columns.complain(
          row, roof + "area_m2",
          {"give the capacity in kWp or the area, not both", "装机容量(kWp)与面积只填一项"});
    }
    if (!tilt && columns.cell(row, roof + "tilt_deg").empty()) {
      columns.complain(row, roof + "tilt_deg", missing());
    }
    if (!azimuth && tilt.value_or(0.0) > 0.0 && columns.cell(row, roof + "azimuth_deg").empty()) {
      columns.complain(row, roof + "azimuth_deg", missing());
    }
    const double by_area = area.value_or(0.0) * village.assumptions.value("pv.kwp_per_m2");
    home.roofs.push_back({capacity.value_or(by_area), tilt.value_or(0.0), azimuth.value_or(180.0),
                          std::string(columns.cell(row, roof + "horizon")), area.value_or(0.0)});
  }
}

Car Reader::read_car(const CsvRow& row) {
  Car car;
  car.year_kwh = columns.number_if(row, "car_kwh", {0.0, 1e5}).value_or(0.0);
  car.day_kwh = columns.number_if(row, "car_day_kwh", {0.0, 500.0}).value_or(0.0);
  car.charger_kw = columns.number_if(row, "car_charger_kw", {0.1, 500.0}).value_or(0.0);
  car.arrives = columns.cell(row, "car_arrival");
  car.leaves = columns.cell(row, "car_departure");
  car.days = columns.cell(row, "car_days");
  car.charging = columns.cell(row, "car_charging");
  if (car.year_kwh > 0.0 && car.day_kwh > 0.0) {
    columns.complain(row, "car_day_kwh",
                     {"give the car's kWh of a year or of a driving day, not both",
                      "电动汽车的年电量与单日电量只填一项"});
  }
  return car;
}

std::optional<Position> Reader::read_position(const CsvRow& row) {
  const auto x_m = columns.number_if(row, "x_m", metres_from_origin);
  const auto y_m = columns.number_if(row, "y_m", metres_from_origin);
  const bool has_x = !columns.cell(row, "x_m").empty();
  if (has_x == columns.cell(row, "y_m").empty()) {
    columns.complain(row, has_x ? "y_m" : "x_m", missing());
  }
  return x_m && y_m ? std::optional(Position{*x_m, *y_m}) : std::nullopt;
}

Household Reader::read(const CsvRow& row) {
  Household home;
  home.line = row.line;
  home.id = columns.text(row, "id");
  if (!home.id.empty() && !ids.insert(home.id).second) {
    columns.complain(row, "id",
                     {fmt::format("\"{}\" stands twice; every household needs an id of "
                                  "its own",
                                  home.id),
                      fmt::format("“{}”重复;每户编号必须唯一", home.id)});
  }
  if (home.id.find_first_of("/\\:*?\"<>|") != std::string::npos || home.id.starts_with('.')) {
    columns.complain(row, "id",
                     {"may not hold / \\ : * ? \" < > | nor begin with a dot",
                      "不得含 / \\ : * ? \" < > |,也不得以点开头"});
  }
  home.name = columns.cell(row, "name").empty() ? home.id : columns.cell(row, "name");
  home.owner = Owner(columns.choice_or(row, "owner", names_of(Owner{}), 0));
  home.registered_by = Owner(columns.choice_or(row, "registered_by", names_of(Owner{}),
                                               static_cast<std::size_t>(home.owner)));
  home.phase = Phase(columns.choice_or(row, "phase", names_of(Phase{}), 0));
  home.transformer = transformer_of(row);
  home.position = read_position(row);
  home.connected = columns.date_if(row, "connected");
  home.inverter_kw = columns.number_if(row, "inverter_kw", {0.0, 10000.0}).value_or(0.0);
  home.load_file = columns.cell(row, "load_file");
  home.load_kwh = columns.number_if(row, "load_kwh", {0.0, 1e7}).value_or(0.0);
  home.heating = {columns.number_if(row, "heat_pump_kwh", {0.0, 1e6}).value_or(0.0),
                  columns.number_if(row, "heat_loss_w_per_k", {0.0, 1e5}).value_or(0.0),
                  columns.number_if(row, "heat_pump_kw", {0.0, 1e4}).value_or(0.0)};
  home.car = read_car(row);
  home.away = columns.cell(row, "away");
  home.critical_kw = columns.number_if(row, "critical_kw", {0.0, 1e4}).value_or(0.0);
  home.battery.energy_kwh = columns.number_if(row, "battery_kwh", {0.0, 1e5}).value_or(0.0);
  home.battery.power_kw =
      columns.number_if(row, "battery_kw", {0.0, 1e5}).value_or(home.battery.energy_kwh / 2.0);
  read_roofs(row, home);
  const Mode usual = home.roofs.empty() ? Mode::none : Mode::self_use_surplus;
  home.mode =
      Mode(columns.choice_or(row, "mode", names_of(Mode{}), static_cast<std::size_t>(usual)));
  check_use(row, home);
  check_owner(row, home);
  check_battery(row, home);
  check_plant(row, home);
  return home;
}

void Reader::check_use(const CsvRow& row, const Household& home) {
  const bool has_load = !columns.cell(row, "load_kwh").empty();
  if (has_load == !home.load_file.empty()) {
    columns.complain(row, "load_kwh",
                     {"give the year's kWh or a load_file, one of the two",
                      "请填写全年用电量(kWh)或负荷文件 load_file,二者取一"});
  }
  if (home.heating.season_kwh > 0.0 && home.heating.loss_w_per_k > 0.0) {
    columns.complain(row, "heat_loss_w_per_k",
                     {"give the season's heat_pump_kwh or the house's heat loss, not both",
                      "采暖季热泵电量 heat_pump_kwh 与房屋热损失只填一项"});
  }
}

void Reader::check_owner(const CsvRow& row, const Household& home) {
  if (home.owner != Owner::natural_person && home.registered_by == Owner::natural_person) {
    columns.complain(
        row, "registered_by",
        {"PV owned by a company or co-operative may not be registered in a villager's name "
         "(NEA 国能发新能规〔2025〕7号)",
         "企业或合作社投资的光伏不得以自然人名义备案(国能发新能规〔2025〕7号)"});
  }
  if (home.owner != Owner::natural_person && home.mode != Mode::full_export &&
      home.mode != Mode::none) {
    columns.complain(row, "mode",
                     {"a roof that a company or co-operative owns is planned in mode full_export; "
                      "the price at which it would sell inside the house is not known",
                      "企业或合作社所有的屋顶按 full_export(全额上网)规划;其对户内售电的价格未知"});
  }
}

void Reader::check_battery(const CsvRow& row, const Household& home) {
  if (home.mode == Mode::full_export && home.battery.energy_kwh > 0.0) {
    columns.complain(
        row, "battery_kwh",
        {"a battery has nothing to do in mode full_export; use self_use_surplus or "
         "leave it out",
         "full_export(全额上网)模式下电池无用武之地;请改用 self_use_surplus 或删去电池"});
  }
  if (home.battery.energy_kwh > 0.0 && home.battery.power_kw <= 0.0) {
    columns.complain(row, "battery_kw", {"must be above 0 for a battery", "电池功率须大于 0"});
  }
  if (home.battery.energy_kwh > 0.0 && home.owner != Owner::natural_person &&
      home.mode != Mode::full_export) {
    columns.complain(
        row, "battery_kwh",
        {"a battery is planned for a natural person's house only", "仅规划自然人住户的电池"});
  }
}

void Reader::check_plant(const CsvRow& row, const Household& home) {
  if (home.mode != Mode::none && home.roofs.empty() && !home.load_file.empty() &&
      home.inverter_kw <= 0.0) {
    columns.complain(row, "inverter_kw",
                     {"is missing; PV that is only measured (a load_file) needs its rating in kW",
                      "缺失;仅由 load_file 实测的光伏须填写逆变器容量(kW)"});
  }
  if (home.mode == Mode::none && !home.roofs.empty()) {
    columns.complain(
        row, "mode",
        {"is none, but the household has a roof with PV", "为 none,但该户屋顶装有光伏"});
  }
  const bool has_roof_cell = !columns.cell(row, "roof1_kwp").empty();
  if (home.mode != Mode::none && home.roofs.empty() && home.load_file.empty() && !has_roof_cell) {
    columns.complain(
        row, "mode",
        {fmt::format("is {}, but the household has no roof with PV and no load_file "
                     "that could give its generation",
                     name_of(home.mode)),
         fmt::format("为 {},但该户既无光伏屋顶,也无可提供发电量的 load_file", name_of(home.mode))});
  }
}

}  // namespace

const std::vector<std::string>& household_columns() {
  static const std::vector<std::string> columns = [] {
    std::vector<std::string> all{
        "id",           "name",          "owner",         "registered_by",
        "mode",         "connected",     "transformer",   "phase",
        "load_kwh",     "load_file",     "heat_pump_kwh", "heat_loss_w_per_k",
        "heat_pump_kw", "car_kwh",       "car_day_kwh",   "car_charger_kw",
        "car_arrival",  "car_departure", "car_days",      "car_charging",
        "away",         "battery_kwh",   "battery_kw",    "critical_kw",
        "inverter_kw",  "x_m",           "y_m",           "note"};
    for (int i = 1; i <= most_roofs; ++i) {
      for (const char* part : {"kwp", "area_m2", "tilt_deg", "azimuth_deg", "horizon"}) {
        all.push_back(fmt::format("roof{}_{}", i, part));
      }
    }
    return all;
  }();
  return columns;
}

void read_households(std::string_view bytes, const std::string& name, Village& village,
                     Errors& errors) {
  auto table = parse_csv(bytes, name);
  if (!gather(table, errors)) {
    return;
  }
  CsvColumns columns(*table, name, household_columns(), errors);
  if (!columns.well_formed()) {
    return;
  }
  if (!columns.has("id")) {
    columns.complain(table->rows.front(), "id", missing());
    return;
  }
  if (table->rows.size() == 1) {
    errors.push_back({Fault::bad_input,
                      {"has no household; write one row for each", "没有住户;每户一行"},
                      {name, 0, ""}});
  }
  Reader reader{village, columns, {}};
  for (std::size_t i = 1; i < table->rows.size(); ++i) {
    village.households.push_back(reader.read(table->rows[i]));
  }
}

}  // namespace xiaoyuan::model
