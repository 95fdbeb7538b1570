// Villages side by side, goals, and the table as a file.
#include <nlohmann/json.hpp>

#include "api/town_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/town.hpp"
#include "desk/town_claims.hpp"
#include "report/json.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::api {

namespace {

/// The villages of the town that the caller may see, in a year; those whose files do not read have
/// nothing to stand beside the others.
struct TownYear {
  int year = 0;
  std::vector<desk::TownVillage> villages{};
};

Result<TownYear> town_year(const Call& call) {
  const auto villages = villages_seen(call);
  TownYear town;
  TRY(town.year, year_wanted(call, last_month_of(villages)));
  for (const auto& village : villages) {
    if (!village->view()->plan) {
      continue;
    }
    TRY(const auto figures, call.world.energy.figures(*village));
    town.villages.push_back(desk::town_village(*figures, town.year));
  }
  return town;
}

/// The server's own file stands before the shipped one.
Result<desk::TownFile> town_file(const Call& call) {
  constexpr const char* name = "town.toml";
  const auto own = store::folder(call.world.folder).read(name);
  if (own) {
    return desk::read_town(*own, name);
  }
  if (own.error().front().fault != Fault::not_found) {
    return std::unexpected(own.error());
  }
  TRY(const std::string shipped, call.world.share.read(name));
  return desk::read_town(shipped, "share/town.toml");
}

Json town_village_json(const desk::TownVillage& village) {
  return {{"name", village.name},
          {"title", report::both(village.title)},
          {"illustrative", village.illustrative},
          {"homes", village.homes},
          {"homes_with_pv", village.homes_with_pv},
          {"capacity_kwp", report::number(village.capacity_kwp)},
          {"year", totals_json(village.year)},
          {"self_use_share", report::number(village.self_use_share())},
          {"factor", village.factor ? used_factor_json(*village.factor) : Json(nullptr)},
          {"months_settled", village.year ? village.year->months : 0},
          {"statements_share", report::number(village.statements_share)},
          {"hours_share", report::number(village.hours_share)}};
}

Json goal_json(const desk::Goal& goal, std::span<const desk::TownVillage> villages) {
  const desk::GoalProgress progress = desk::progress_of(goal, villages);
  const auto share =
      progress.reached ? std::optional(*progress.reached / goal.value) : std::nullopt;
  return {{"id", goal.id},
          {"name", report::both(goal.name)},
          {"measure", desk::words_of(goal.measure)[static_cast<std::size_t>(goal.measure)]},
          {"unit", desk::unit_of(goal.measure)},
          {"value", goal.value},
          {"year", goal.year},
          {"villages", goal.villages},
          {"document", goal.document},
          {"source", goal.source},
          {"confidence", goal.confidence},
          {"reached", report::number(progress.reached)},
          {"share", report::number(share)},
          {"note", report::both(progress.note)}};
}

Json published_json(const desk::PublishedTonnes& claim, const carbon::FactorFile& factors) {
  const desk::ClaimedEnergy energy = desk::claimed_energy(claim.tonnes, factors, claim.regions);
  return {{"id", claim.id},
          {"name", report::both(claim.name)},
          {"village", claim.village},
          {"tonnes", claim.tonnes},
          {"source", claim.source},
          {"confidence", claim.confidence},
          {"question", report::both(claim.question)},
          {"least_kwh", report::number(energy.least_kwh)},
          {"most_kwh", report::number(energy.most_kwh)}};
}

Json town_totals_json(std::span<const desk::TownVillage> villages) {
  const desk::TownTotals totals = desk::totals_of(villages);
  return {{"villages", villages.size()},
          {"homes", totals.homes},
          {"homes_with_pv", totals.homes_with_pv},
          {"capacity_kwp", report::number(totals.capacity_kwp)},
          {"energy", energy_json(totals.energy)},
          {"earned_fen", totals.earned.fen},
          {"gco2e", totals.gco2e ? Json(*totals.gco2e) : Json(nullptr)}};
}

Result<http::Response> read_town_door(const Call& call) {
  TRY(const TownYear town, town_year(call));
  TRY(const desk::TownFile file, town_file(call));
  TRY(const desk::ShippedFactors shipped, desk::read_shipped_factors(call.world.share));
  Json json{{"name", report::both(file.name)}, {"year", town.year},
            {"villages", Json::array()},       {"totals", town_totals_json(town.villages)},
            {"goals", Json::array()},          {"published", Json::array()}};
  for (const desk::TownVillage& village : town.villages) {
    json["villages"].push_back(town_village_json(village));
  }
  for (const desk::Goal& goal : file.goals) {
    // A goal's year is its own: what another year has is no progress to it.
    json["goals"].push_back(goal_json(goal, goal.year == town.year
                                                ? std::span<const desk::TownVillage>(town.villages)
                                                : std::span<const desk::TownVillage>()));
  }
  for (const desk::PublishedTonnes& claim : file.published) {
    json["published"].push_back(published_json(claim, shipped.factors));
  }
  return json_answer(call, json.dump());
}

Result<http::Response> export_town(const Call& call) {
  TRY(const std::size_t format, choice_of(call, "format", {"csv", "xlsx"}));
  TRY(const TownYear town, town_year(call));
  const desk::DataTable table = desk::town_table(town.villages, town.year);
  const std::string name = "town-" + std::to_string(town.year);
  if (format == 0) {
    return file_answer(
        call,
        {.name = name + ".csv", .type = "text/csv; charset=utf-8", .bytes = desk::csv(table)});
  }
  const Date first(std::chrono::year(town.year) / std::chrono::January / 1);
  TRY(std::string bytes, desk::workbook(table, {.name = {"Villages", "各村"},
                                                .language = call.language,
                                                .created = std::chrono::sys_days(first)}));
  return file_answer(call,
                     {.name = name + ".xlsx",
                      .type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      .bytes = std::move(bytes)});
}

}  // namespace

std::span<const Route> town_routes() {
  using enum http::Method;
  using enum Runs;
  static constexpr Route rows[] = {
      {get, "/town", "yyyyyyyy", on_worker, read_town_door},
      {get, "/town/export", "yyyyyyyy", on_worker, export_town},
      {get, "/factors", "yyyyyyyy", on_worker, list_factors},
      {post, "/claims", "yyyyyyyy", on_worker, explain_claim},
  };
  return rows;
}

}  // namespace xiaoyuan::api
