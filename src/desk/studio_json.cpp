#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/csv.hpp"
#include "carbon/factor.hpp"
#include "desk/studio.hpp"
#include "model/households.hpp"
#include "report/results_parts.hpp"
#include "tariff/mechanism.hpp"
#include "tariff/tariff.hpp"
#include "weather/climate.hpp"

namespace xiaoyuan::desk {

namespace {

using report::Json;

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json named(const std::string& id, const Text& name) {
  return {{"id", id}, {"name", report::both(name)}};
}

/// A column that the studio offers, with what its reader allows (model/households.cpp).
struct OfferedColumn {
  const char* column;
  double low;
  double high;
};
constexpr OfferedColumn offered_columns[] = {{"load_kwh", 0.0, 1e7},
                                             {"heat_pump_kwh", 0.0, 1e6},
                                             {"car_kwh", 0.0, 1e5},
                                             {"battery_kwh", 0.0, 1e5},
                                             {"battery_kw", 0.0, 1e5},
                                             {"inverter_kw", 0.0, 1e4},
                                             {"critical_kw", 0.0, 1e4},
                                             {"roof1_kwp", 0.0, 1e4},
                                             {"roof1_area_m2", 0.0, 5e4},
                                             {"roof1_tilt_deg", 0.0, 90.0},
                                             {"roof1_azimuth_deg", 0.0, 360.0},
                                             {"roof2_kwp", 0.0, 1e4},
                                             {"roof2_area_m2", 0.0, 5e4},
                                             {"roof2_tilt_deg", 0.0, 90.0},
                                             {"roof2_azimuth_deg", 0.0, 360.0}};

Json columns_json() {
  Json list = Json::array();
  for (const OfferedColumn& one : offered_columns) {
    list.push_back(
        {{"column", one.column}, {"low", one.low}, {"high", one.high}, {"choices", Json::array()}});
  }
  const auto choice = [&](const char* column, const std::vector<std::string>& choices) {
    list.push_back({{"column", column}, {"low", nullptr}, {"high", nullptr}, {"choices", choices}});
  };
  choice("owner", model::names_of(model::Owner{}));
  choice("mode", model::names_of(model::Mode{}));
  choice("phase", model::names_of(model::Phase{}));
  return list;
}

Json limit(double value, double none) {
  return value == none ? Json(nullptr) : report::number(value);
}

Json assumptions_json(const model::Assumptions& assumptions) {
  Json list = Json::array();
  for (const model::Assumption& one : assumptions.all) {
    list.push_back({{"key", one.key},
                    {"value", report::number(one.value)},
                    {"low", limit(one.range.least, any_number.least)},
                    {"high", limit(one.range.most, any_number.most)},
                    {"unit", one.unit},
                    {"name", report::both(one.meaning)},
                    {"source", one.source},
                    {"confidence", one.confidence}});
  }
  return list;
}

/// The files of a folder of share/ or of the village; one that does not read is left out here,
/// since whoever chooses it is told.
template <class Take>
void each_file(const std::vector<const Files*>& places, const std::string& folder,
               const Take& take) {
  for (const Files* files : places) {
    for (const std::string& file : files->list(folder)) {
      const std::string name = folder + "/" + file;
      if (const auto bytes = files->read(name)) {
        take(*bytes, name, file.substr(0, file.rfind('.')));
      }
    }
  }
}

Json tariffs_json(const std::vector<const Files*>& places) {
  Json list = Json::array();
  each_file(places, "tariffs",
            [&](const std::string& bytes, const std::string& name, const std::string& id) {
              if (const auto read = tariff::read_tariff(bytes, name)) {
                Json one = named(id, read->name);
                one["region"] = read->region;
                one["direction"] =
                    read->direction == tariff::Direction::import_ ? "import" : "export";
                list.push_back(std::move(one));
              }
            });
  return list;
}

Json mechanisms_json(const std::vector<const Files*>& places) {
  Json list = Json::array();
  each_file(places, "mechanisms",
            [&](const std::string& bytes, const std::string& name, const std::string& id) {
              if (const auto read = tariff::read_mechanism(bytes, name)) {
                list.push_back(named(id, read->name));
              }
            });
  return list;
}

Json factors_json(const std::vector<carbon::Factor>& factors) {
  Json list = Json::array();
  for (const carbon::Factor& factor : factors) {
    list.push_back(named(factor.id, factor.name));
  }
  return list;
}

/// The filled cells of every row, by the household's id.
std::map<std::string, Json> cells_by_id(const Files& folder) {
  std::map<std::string, Json> all;
  const auto bytes = folder.read("households.csv");
  const auto table = bytes ? parse_csv(*bytes, "households.csv") : Result<CsvTable>{};
  if (!bytes || !table || table->rows.empty()) {
    return all;
  }
  const auto& header = table->rows.front().cells;
  for (std::size_t i = 1; i < table->rows.size(); ++i) {
    Json cells = Json::object();
    const auto& row = table->rows[i].cells;
    for (std::size_t c = 0; c < std::min(header.size(), row.size()); ++c) {
      if (const auto cell = trimmed(row[c]); !cell.empty()) {
        cells[std::string(trimmed(header[c]))] = cell;
      }
    }
    const std::string id = cells.value("id", "");
    all[id] = std::move(cells);
  }
  return all;
}

Json studio_household(const model::Village& village, const model::Household& home) {
  Json roofs = Json::array();
  for (const model::Roof& roof : home.roofs) {
    roofs.push_back({{"capacity_kwp", report::number(roof.capacity_kwp)},
                     {"area_m2", report::number(roof.area_m2)},
                     {"tilt_deg", report::number(roof.tilt_deg)},
                     {"azimuth_deg", report::number(roof.azimuth_deg)}});
  }
  return {{"id", home.id},
          {"name", home.name},
          {"transformer", village.transformers[home.transformer].id},
          {"owner", model::name_of(home.owner)},
          {"mode", model::name_of(home.mode)},
          {"load_kwh", report::number(home.load_kwh)},
          {"capacity_kwp", report::number(home.capacity_kwp())},
          {"battery_kwh", report::number(home.battery.energy_kwh)},
          {"battery_kw", report::number(home.battery.power_kw)},
          {"roofs", std::move(roofs)}};
}

Json households_json(const StudioAsked& asked) {
  Json list = Json::array();
  const model::Village& village = asked.view.plan->village;
  auto cells = cells_by_id(asked.view.plan->folder);
  for (const model::Household& home : village.households) {
    if (asked.shows_all || std::ranges::find(asked.only, home.id) != asked.only.end()) {
      Json one = studio_household(village, home);
      one["columns"] = cells.contains(home.id) ? std::move(cells[home.id]) : Json::object();
      list.push_back(std::move(one));
    }
  }
  return list;
}

Json transformers_json(const model::Village& village) {
  Json list = Json::array();
  for (const model::Transformer& one : village.transformers) {
    list.push_back({{"id", one.id},
                    {"rating_kva", report::number(one.rating_kva)},
                    {"curtailment", model::name_of(one.curtailment)}});
  }
  return list;
}

Json difference_json(const Trial& trial) {
  const plan::HouseholdPlan& a = trial.before.plan;
  const plan::HouseholdPlan& b = trial.after.plan;
  const auto of = [](double before, double after) { return report::number(after - before); };
  const auto capex = [](const plan::HouseholdPlan& one) {
    return one.finance ? one.finance->capex_yuan() : 0.0;
  };
  const auto npv = [](const plan::HouseholdPlan& one) {
    return one.finance ? one.finance->npv_yuan : 0.0;
  };
  const auto avoided = [](const TriedHome& one) {
    const plan::EnergySums& sums = one.plan.sums;
    return carbon::avoided_t(sums.pv_kwh - sums.curtailed_kwh - sums.battery_loss_kwh,
                             one.inputs->factor());
  };
  return {{"capacity_kwp", of(trial.before.home.capacity_kwp(), trial.after.home.capacity_kwp())},
          {"battery_kwh",
           of(trial.before.home.battery.energy_kwh, trial.after.home.battery.energy_kwh)},
          {"load_kwh", of(a.sums.load_kwh, b.sums.load_kwh)},
          {"pv_kwh", of(a.sums.pv_kwh, b.sums.pv_kwh)},
          {"self_used_kwh", of(a.sums.self_used_kwh(), b.sums.self_used_kwh())},
          {"import_kwh", of(a.sums.import_kwh, b.sums.import_kwh)},
          {"export_kwh", of(a.sums.export_kwh, b.sums.export_kwh)},
          {"bill_yuan", of(a.bill_with_pv.yuan(), b.bill_with_pv.yuan())},
          {"export_income_yuan", of(a.export_income.yuan(), b.export_income.yuan())},
          {"benefit_yuan", of(a.benefit_yuan(), b.benefit_yuan())},
          {"capex_yuan", of(capex(a), capex(b))},
          {"npv_yuan", of(npv(a), npv(b))},
          {"avoided_t", of(avoided(trial.before), avoided(trial.after))}};
}

constexpr int day_digits = 4;  // of curves that are only drawn

Json days_json(const std::array<plan::TypicalDay, 4>& days) {
  static constexpr const char* seasons[] = {"spring", "summer", "autumn", "winter"};
  Json list = Json::array();
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto drawn = [](const std::vector<double>& values) {
      return report::rough_numbers(values, day_digits);
    };
    list.push_back({{"season", seasons[i]},
                    {"days", days[i].days},
                    {"load_kw", drawn(days[i].load_kw)},
                    {"pv_kw", drawn(days[i].pv_kw)},
                    {"import_kw", drawn(days[i].import_kw)},
                    {"export_kw", drawn(days[i].export_kw)}});
  }
  return list;
}

Json texts_json(const std::vector<Text>& texts) {
  Json list = Json::array();
  for (const Text& text : texts) {
    list.push_back(report::both(text));
  }
  return list;
}

const char* step_word(const plan::Inputs& inputs) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(inputs.village.axis.step);
  return minutes.count() == 60 ? "60min" : minutes.count() == 30 ? "30min" : "15min";
}

}  // namespace

std::string trial_json(const Trial& trial) {
  const auto plan_json = [](const TriedHome& one) {
    return report::household_json(*one.inputs, one.home, one.plan);
  };
  return written({{"household", trial.after.home.id},
                  {"before", plan_json(trial.before)},
                  {"after", plan_json(trial.after)},
                  {"difference", difference_json(trial)},
                  {"typical_days", days_json(trial.typical_days)},
                  {"notes", texts_json(trial.notes)}});
}

Result<std::string> studio_json(const StudioAsked& asked) {
  if (!asked.view.plan) {
    return std::unexpected(asked.view.errors);
  }
  const plan::Inputs& inputs = *asked.view.plan;
  const model::Village& village = inputs.village;
  const model::TariffChoice& tariff = village.tariff;
  const std::vector<const Files*> places{&inputs.folder, &asked.share};
  Json scenarios = Json::array();
  for (const model::Scenario& scenario : village.scenarios) {
    scenarios.push_back(named(scenario.id, scenario.name));
  }
  const bool has_last = asked.last && asked.last->is_done();
  return written(
      {{"village", asked.view.name},
       {"name", report::both(village.name)},
       {"step", step_word(inputs)},
       {"dispatch", model::name_of(village.dispatch)},
       {"tariff",
        {{"import", tariff.import_name},
         {"export", tariff.export_name},
         {"mechanism", tariff.mechanism.name},
         {"export_price_yuan_per_kwh", report::number(tariff.export_price_yuan_per_kwh)}}},
       {"transformers", transformers_json(village)},
       {"households", households_json(asked)},
       {"columns", columns_json()},
       {"assumptions", assumptions_json(village.assumptions)},
       {"tariffs", tariffs_json(places)},
       {"mechanisms", mechanisms_json(places)},
       {"factors", factors_json(inputs.factors)},
       {"scenarios", std::move(scenarios)},
       {"figures", has_last ? Json::parse(asked.last->figures) : Json(nullptr)},
       {"plan", has_last ? Json(asked.last->id) : Json(nullptr)}});
}

Result<std::string> wizard_json(const Files& share) {
  const std::vector<const Files*> places{&share};
  Json climates = Json::array();
  each_file(places, "climates",
            [&](const std::string& bytes, const std::string& name, const std::string& id) {
              if (const auto read = weather::read_climate(bytes, name)) {
                Json one = named(id, read->name);
                one["latitude_deg"] = report::number(read->place.latitude_deg);
                one["longitude_deg"] = report::number(read->place.longitude_deg);
                climates.push_back(std::move(one));
              }
            });
  std::vector<carbon::Factor> factors;
  each_file(places, "factors",
            [&](const std::string& bytes, const std::string& name, const std::string&) {
              if (auto read = carbon::read_factors(bytes, name)) {
                std::ranges::move(*read, std::back_inserter(factors));
              }
            });
  return written({{"climates", std::move(climates)},
                  {"tariffs", tariffs_json(places)},
                  {"mechanisms", mechanisms_json(places)},
                  {"factors", factors_json(factors)}});
}

}  // namespace xiaoyuan::desk
