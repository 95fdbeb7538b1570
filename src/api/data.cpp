// Open data: the catalogue, the sets, the dictionary.
#include <nlohmann/json.hpp>

#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/data_pseudonyms.hpp"
#include "desk/data_sets.hpp"
#include "desk/town_claims.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::string_view research_rights = "------s-";

bool may_research(const Call& call, std::string_view village) {
  return people::reach_of(call.caller,
                          {.rights = research_rights, .village = village, .holder = ""})
      .has_value();
}

Json columns_json(const std::vector<desk::Column>& columns) {
  Json json = Json::array();
  for (const desk::Column& column : columns) {
    json.push_back({{"name", column.name},
                    {"type", desk::words_of(column.type)[static_cast<std::size_t>(column.type)]},
                    {"unit", column.unit},
                    {"meaning", report::both(column.meaning)}});
  }
  return json;
}

struct CellJson {
  Json operator()(std::monostate) const { return nullptr; }
  template <class T>
  Json operator()(const T& value) const {
    return value;
  }
};

Result<http::Response> answer_table(const Call& call, const desk::DataTable& table,
                                    desk::DataSet set, const std::string& name) {
  TRY(const std::size_t format, choice_of(call, "format", {"csv", "json"}));
  if (format == 0) {
    return file_answer(
        call,
        {.name = name + ".csv", .type = "text/csv; charset=utf-8", .bytes = desk::csv(table)});
  }
  Json columns = Json::array();
  for (const desk::Column& column : table.columns) {
    columns.push_back(column.name);
  }
  Json rows = Json::array();
  for (const std::vector<desk::Cell>& row : table.rows) {
    Json cells = Json::array();
    for (const desk::Cell& cell : row) {
      cells.push_back(std::visit(CellJson{}, cell));
    }
    rows.push_back(std::move(cells));
  }
  return json_answer(call, Json{{"schema", "xiaoyuan.data/1"},
                                {"set", desk::words_of(set)[static_cast<std::size_t>(set)]},
                                {"columns", std::move(columns)},
                                {"rows", std::move(rows)}}
                               .dump());
}

/// Of which villages the caller can have a set, and its releases there.
struct Reachable {
  Json villages = Json::array();
  std::vector<std::string> releases{};
};

Reachable reachable(const Call& call, desk::DataAccess access) {
  Reachable result;
  if (access == desk::DataAccess::open) {
    return result;
  }
  for (const auto& village : call.world.villages->all()) {
    const auto view = village->view();
    if (access == desk::DataAccess::villages) {
      if (sees_village(call.caller, *view) && !view->months.empty()) {
        result.villages.push_back(view->name);
      }
    } else if (may_research(call, view->name) && view->consented.size() >= desk::least_households) {
      result.villages.push_back(view->name);
      for (const std::string& year : desk::releases_of(*view)) {
        if (std::ranges::find(result.releases, year) == result.releases.end()) {
          result.releases.push_back(year);
        }
      }
    }
  }
  std::ranges::sort(result.releases);
  return result;
}

Result<http::Response> list_data(const Call& call) {
  Json items = Json::array();
  for (std::size_t i = 0; i < desk::data_set_count; ++i) {
    const auto set = static_cast<desk::DataSet>(i);
    const desk::DataSetTerms& terms = desk::terms_of(set);
    const Reachable found = reachable(call, terms.access);
    const bool is_allowed = terms.access != desk::DataAccess::researchers || may_research(call, "");
    items.push_back(
        {{"id", desk::words_of(set)[i]},
         {"name", report::both(terms.name)},
         {"text", report::both(terms.text)},
         {"access", desk::words_of(terms.access)[static_cast<std::size_t>(terms.access)]},
         {"allowed", is_allowed},
         {"villages", found.villages},
         {"releases", found.releases},
         {"formats", {"csv", "json"}},
         {"columns", columns_json(terms.columns)}});
  }
  return json_answer(call, Json{{"items", std::move(items)}}.dump());
}

Result<http::Response> read_dictionary(const Call& call) {
  TRY(const std::size_t format, choice_of(call, "format", {"json", "csv"}));
  if (format == 1) {
    return file_answer(call, {.name = "dictionary.csv",
                              .type = "text/csv; charset=utf-8",
                              .bytes = desk::csv(desk::dictionary_table())});
  }
  Json sets = Json::array();
  for (std::size_t i = 0; i < desk::data_set_count; ++i) {
    const auto set = static_cast<desk::DataSet>(i);
    const desk::DataSetTerms& terms = desk::terms_of(set);
    sets.push_back({{"id", desk::words_of(set)[i]},
                    {"name", report::both(terms.name)},
                    {"text", report::both(terms.text)},
                    {"columns", columns_json(terms.columns)}});
  }
  return json_answer(call,
                     Json{{"schema", "xiaoyuan.dictionary/1"}, {"sets", std::move(sets)}}.dump());
}

Result<desk::DataTable> open_table(const Call& call, desk::DataSet set) {
  if (set == desk::DataSet::tariffs) {
    return desk::tariff_table(call.world.share);
  }
  if (set == desk::DataSet::factors) {
    TRY(const desk::ShippedFactors shipped, desk::read_shipped_factors(call.world.share));
    return desk::factor_table(shipped.factors);
  }
  std::vector<std::shared_ptr<const desk::VillageView>> views;
  for (const auto& village : villages_seen(call)) {
    views.push_back(village->view());
  }
  return desk::village_months(views);
}

Result<http::Response> read_data(const Call& call) {
  std::vector<std::string> open;
  for (std::size_t i = 0; i < desk::data_set_count; ++i) {
    const auto set = static_cast<desk::DataSet>(i);
    if (desk::terms_of(set).access != desk::DataAccess::researchers) {
      open.push_back(desk::words_of(set)[i]);
    }
  }
  const auto place = std::ranges::find(open, call["set"]);
  if (place == open.end()) {
    return fail(Fault::not_found, unknown_name(call["set"], open), {"", 0, "set"});
  }
  const auto set = static_cast<desk::DataSet>(place - open.begin());
  TRY(const desk::DataTable table, open_table(call, set));
  return answer_table(call, table, set, *place);
}

/// The village that a researcher names, where he has a grant; others are not there for him.
Result<std::shared_ptr<desk::VillageDesk>> researched_village(const Call& call) {
  const std::string name(call.request.parameter("village").value_or(""));
  auto desk = may_research(call, name) ? call.world.villages->find(name) : nullptr;
  if (!desk) {
    std::vector<std::string> known;
    for (const auto& village : call.world.villages->all()) {
      if (may_research(call, village->name())) {
        known.push_back(village->name());
      }
    }
    return fail(Fault::not_found, unknown_name(name, known), {"", 0, "village"});
  }
  if (!desk->view()->plan) {
    return std::unexpected(desk->view()->errors);
  }
  return desk;
}

Result<std::string> release_wanted(const Call& call, const desk::VillageView& view) {
  const std::vector<std::string> releases = desk::releases_of(view);
  if (releases.empty()) {
    return fail(Fault::not_found, {"no month of this village is settled yet", "本村尚无已结算月份"},
                {"", 0, "village"});
  }
  const auto word = call.request.parameter("release");
  if (!word) {
    return releases.back();
  }
  if (std::ranges::find(releases, *word) == releases.end()) {
    return fail(Fault::not_found, choice_expected(releases, *word), {"", 0, "release"});
  }
  return std::string(*word);
}

using MakeResearch = Result<desk::DataTable> (*)(const desk::VillageFigures& figures,
                                                 const desk::ResearchTerms& terms);

Result<http::Response> answer_research(const Call& call, desk::DataSet set, MakeResearch make) {
  TRY(const auto village, researched_village(call));
  TRY(const std::string release, release_wanted(call, *village->view()));
  const int year = desk::year_of(release);
  TRY(const std::string key, desk::release_key(*village, year, call.now));
  TRY(const auto figures, call.world.energy.figures(*village));
  TRY(const desk::DataTable table, make(*figures, {.year = year, .key = key}));
  auto noted =
      call.note("research.read", "village/" + village->name(), Json{{"release", release}}.dump());
  if (!noted) {
    return std::unexpected(std::move(noted.error()));
  }
  const std::string& word = desk::words_of(set)[static_cast<std::size_t>(set)];
  return answer_table(call, table, set, word + "-" + village->name() + "-" + release);
}

Result<http::Response> read_research_months(const Call& call) {
  return answer_research(call, desk::DataSet::research_months, desk::research_months);
}

Result<http::Response> read_research_days(const Call& call) {
  return answer_research(call, desk::DataSet::research_days, desk::research_days);
}

}  // namespace

std::span<const Route> data_routes() {
  using enum http::Method;
  using enum Runs;
  static constexpr Route rows[] = {
      {get, "/data", "yyyyyyyy", on_worker, list_data},
      {get, "/data/dictionary", "yyyyyyyy", on_worker, read_dictionary},
      {get, "/data/research-months", research_rights, on_worker, read_research_months},
      {get, "/data/research-days", research_rights, on_worker, read_research_days},
      {get, "/data/{set}", "yyyyyyyy", on_worker, read_data},
  };
  return rows;
}

}  // namespace xiaoyuan::api
