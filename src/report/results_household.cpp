#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/results_parts.hpp"

namespace xiaoyuan::report {

namespace {

void add_lines(Json& list, const char* side, const std::vector<tariff::BillLine>& lines) {
  for (const tariff::BillLine& line : lines) {
    list.push_back({{"side", side},
                    {"label", both(line.label)},
                    {"explanation", both(line.explanation)},
                    {"kwh", line.energy.kwh()},
                    {"yuan_per_kwh", line.price.yuan_per_kwh()},
                    {"yuan", line.amount.yuan()}});
  }
}

Json backup_json(const plan::BackupYear& backup) {
  return {{"critical_kw", backup.critical_kw},
          {"least_hours", number(backup.least_hours)},
          {"median_hours", number(backup.median_hours)},
          {"share_of_day", number(backup.share_of_day)}};
}

}  // namespace

Json household_json(const plan::Inputs& inputs, const model::Household& home,
                    const plan::HouseholdPlan& plan) {
  const plan::EnergySums& sums = plan.sums;
  Json json{{"id", home.id},
            {"name", home.name},
            {"owner", name_of(home.owner)},
            {"mode", name_of(home.mode)},
            {"phase", name_of(home.phase)},
            {"transformer", inputs.village.transformers[home.transformer].id},
            {"capacity_kwp", number(home.capacity_kwp())},
            {"battery_kwh", number(home.battery.energy_kwh)}};
  put_energy(json, sums);
  json["self_consumption"] = share_or_null(sums.self_used_kwh(), sums.pv_kwh);
  json["self_sufficiency"] = share_or_null(sums.load_kwh - sums.import_kwh, sums.load_kwh);
  json["yield_kwh_per_kwp"] = share_or_null(sums.pv_kwh, home.capacity_kwp());
  json["bill_without_pv_yuan"] = number(plan.bill_without_pv.yuan());
  json["bill_with_pv_yuan"] = number(plan.bill_with_pv.yuan());
  json["export_income_yuan"] = number(plan.export_income.yuan());
  json["rent_yuan"] = number(plan.rent_yuan);
  json["benefit_yuan"] = number(plan.benefit_yuan());
  const double avoided_kwh = sums.pv_kwh - sums.curtailed_kwh - sums.battery_loss_kwh;
  json["avoided_t"] = number(carbon::avoided_t(avoided_kwh, inputs.factor()));
  Json months = Json::array();
  for (const plan::MonthSums& month : plan.months) {
    const plan::EnergySums& energy = month.energy;
    months.push_back({{"month", fmt::format("{:04}-{:02}", month.year, month.month)},
                      {"load_kwh", number(energy.load_kwh)},
                      {"pv_kwh", number(energy.pv_kwh)},
                      {"self_used_kwh", number(energy.self_used_kwh())},
                      {"import_kwh", number(energy.import_kwh)},
                      {"export_kwh", number(energy.export_kwh)},
                      {"bill_yuan", number(month.import_yuan)},
                      {"income_yuan", number(month.export_yuan)}});
  }
  json["months"] = std::move(months);
  json["finance"] = plan.finance ? finance_json(*plan.finance) : Json(nullptr);
  json["backup"] = plan.backup ? backup_json(*plan.backup) : Json(nullptr);
  json["battery"] = plan.battery ? battery_json(*plan.battery) : Json(nullptr);
  Json lines = Json::array();
  add_lines(lines, "import", plan.buying_lines);
  add_lines(lines, "export", plan.selling_lines);
  json["bill_lines"] = std::move(lines);
  return json;
}

}  // namespace xiaoyuan::report
