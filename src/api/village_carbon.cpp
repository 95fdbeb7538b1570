// What a village avoided, and its points for the civility bank.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "api/village_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/carbon.hpp"
#include "desk/points.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

namespace {

Json states_json(const std::array<carbon::StateRow, 4>& states) {
  constexpr double g_of_t = 1e6;
  Json rows = Json::array();
  for (const carbon::StateRow& row : states) {
    rows.push_back({{"state", carbon::names_of(row.state)[static_cast<std::size_t>(row.state)]},
                    {"name", report::both(desk::name_of(row.state))},
                    {"energy_mWh", row.energy.mwh},
                    {"gco2e", std::llround(row.avoided_t * g_of_t)}});
  }
  return rows;
}

Json settled_json(const std::optional<desk::SettledCarbon>& settled) {
  if (!settled) {
    return nullptr;
  }
  return {{"from", settled->from},
          {"to", settled->to},
          {"gco2e", settled->gco2e},
          {"states", states_json(settled->states)},
          {"tradable_certificates", settled->tradable_certificates},
          {"non_tradable_certificates", settled->non_tradable_certificates}};
}

Json planned_json(const desk::PlannedYear& planned) {
  const plan::CarbonYear& year = planned.carbon;
  return {{"avoided_kwh", report::number(year.avoided_kwh)},
          {"kgco2e", report::number(year.avoided_kwh * planned.inputs->factor().kg_per_kwh)},
          {"states", states_json(year.states)}};
}

/// A settled month: what is counted of it does not change under the bank's feet.
Result<std::chrono::year_month> settled_month(const Call& call, const desk::VillageView& view) {
  const std::string word(call.request.parameter("month").value_or(""));
  Date first;
  if (word.size() != 7 || !parse_date(word + "-01", first)) {
    return fail(Fault::bad_input, date_expected(word), {"", 0, "month"});
  }
  if (view.month(word) == nullptr) {
    return fail(Fault::not_found,
                {word + " is not settled; points are given for settled months alone",
                 word + " 尚未结算;积分仅按已结算月份生成"},
                {"", 0, "month"});
  }
  return std::chrono::year_month(first.year(), first.month());
}

struct PointsFile {
  desk::PointsMonth month;
  desk::PointsRules rules;
};

Result<PointsFile> make_points(const Call& call, const desk::VillageFigures& figures) {
  TRY(const auto month, settled_month(call, *figures.view));
  const Files& folder = figures.view->plan->folder;
  const auto bytes = folder.read("points.toml");
  if (!bytes) {
    return fail(bytes.error().front().fault,
                {"the village has no points.toml: which energy earns points, and how many, is the "
                 "committee's decision (share/example/points.toml shows the form)",
                 "本村没有 points.toml:何种用能计分、计多少分由村委会决定"
                 "(格式见 share/example/points.toml)"},
                {"points.toml", 0, ""});
  }
  PointsFile file;
  TRY(file.rules, desk::read_points_rules(*bytes, "points.toml"));
  const Sight sight = Sight::of(call.caller, *figures.view);
  std::vector<std::size_t> seen_households;
  for (const std::size_t index : figures.all_households()) {
    if (sight.on(figures.view->plan->village.households[index].id).use) {
      seen_households.push_back(index);
    }
  }
  auto done = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(file.month,
        desk::points_of(figures.place_of(seen_households), file.rules, month, table.store));
    return {};
  });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  return file;
}

Json points_file_json(const PointsFile& file, const desk::VillageView& view,
                      const std::string& csv) {
  const model::Village& village = view.plan->village;
  Json rows = Json::array();
  Json totals = Json::array();
  for (const desk::PointsRow& row : file.month.rows) {
    const model::Household& home = village.households[row.household];
    const desk::PointsRule& rule = file.rules.rules[row.rule];
    rows.push_back({{"household", home.id},
                    {"name", home.name},
                    {"rule", rule.id},
                    {"rule_name", report::both(rule.name)},
                    {"quantity_mWh", row.energy.mwh},
                    {"points", row.points},
                    {"missing_steps", row.missing_steps}});
    if (totals.empty() || totals.back()["household"] != home.id) {
      totals.push_back({{"household", home.id}, {"name", home.name}, {"points", 0}});
    }
    totals.back()["points"] = totals.back()["points"].get<std::int64_t>() + row.points;
  }
  return {{"schema", "xiaoyuan.points/1"},
          {"village", view.name},
          {"month", file.month.month},
          {"rules",
           {{"version", file.rules.version},
            {"document", file.rules.document},
            {"decided_on", text_of(file.rules.decided_on)},
            {"digest", hex(file.rules.digest)}}},
          {"rows", std::move(rows)},
          {"totals", std::move(totals)},
          {"digest", hex(sha256(csv))}};
}

}  // namespace

Result<http::Response> read_carbon(const Call& call) {
  const auto desk = desk_of(call);
  const auto view = desk->view();
  if (!view->plan) {
    return std::unexpected(view->errors);
  }
  TRY(const int year, year_wanted(call, view->months.empty() ? "" : view->months.back().text));
  TRY(const auto planned, call.world.energy.planned(*desk));
  const desk::VillageCarbon carbon = desk::carbon_of(*view, year);
  Json months = Json::array();
  for (const desk::CarbonMonth& month : carbon.months) {
    months.push_back(
        {{"month", month.month}, {"made_mWh", energy_json(month.made)}, {"gco2e", month.gco2e}});
  }
  return json_answer(call, Json{{"factor", used_factor_json(carbon.factor)},
                                {"method", report::both(carbon::avoided_method())},
                                {"months", std::move(months)},
                                {"settled", settled_json(carbon.settled)},
                                {"planned", planned_json(*planned)}}
                               .dump());
}

Result<http::Response> read_points(const Call& call) {
  TRY(const auto figures, figures_of(call));
  TRY(const std::size_t format, choice_of(call, "format", {"json", "csv"}));
  TRY(const PointsFile file, make_points(call, *figures));
  std::string csv = desk::points_csv(file.month, file.rules, figures->view->plan->village);
  if (format == 0) {
    return json_answer(call, points_file_json(file, *figures->view, csv).dump());
  }
  return file_answer(call, {.name = figures->view->name + "-points-" + file.month.month + ".csv",
                            .type = "text/csv; charset=utf-8",
                            .bytes = std::move(csv)});
}

}  // namespace xiaoyuan::api
