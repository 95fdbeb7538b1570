#include "api/keeping_figures.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/figures.hpp"

namespace xiaoyuan::api {

namespace {

using FigureJson = nlohmann::ordered_json;

FigureJson day_json(const std::optional<Date>& day) {
  return day ? FigureJson(text_of(*day)) : FigureJson(nullptr);
}

FigureJson version_json(const desk::FigureVersion& version) {
  return {{"valid_from", day_json(version.valid_from)},
          {"valid_to", day_json(version.valid_to)},
          {"document", version.document},
          {"source", version.source},
          {"confidence", version.confidence}};
}

const std::string& kind_word(desk::FigureKind kind) {
  return desk::words_of(kind)[static_cast<std::size_t>(kind)];
}

std::filesystem::path figures_folder(const Call& call) { return call.world.folder / "figures"; }

bool is_ours(const Call& call, const std::string& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(figures_folder(call) / file, ignored);
}

FigureJson figure_json(const Call& call, const desk::FigureRow& row) {
  return {{"kind", kind_word(row.kind)},
          {"id", row.id},
          {"name", {{"en", row.name.en}, {"zh", row.name.zh}}},
          {"region", row.region},
          {"class", row.of_class},
          {"value", row.value ? FigureJson(*row.value) : FigureJson(nullptr)},
          {"unit", row.unit.empty() ? FigureJson(nullptr) : FigureJson(row.unit)},
          {"version", version_json(row.versions.front())},
          {"versions", row.versions.size()},
          {"needs", row.needs},
          {"file", row.file},
          {"from", is_ours(call, row.file) ? "server" : "installed"}};
}

Result<desk::FigureKind> kind_of(std::string_view word, const std::string& field) {
  const auto& words = desk::words_of(desk::FigureKind{});
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) {
    return fail(Fault::bad_input, choice_expected(words, word), {"", 0, field});
  }
  return static_cast<desk::FigureKind>(found - words.begin());
}

/// Letters as they are: people search by a part of what they see.
bool fits(const desk::FigureRow& row, std::string_view search) {
  const auto holds = [search](const std::string& word) {
    return word.find(search) != std::string::npos;
  };
  return holds(row.id) || holds(row.name.en) || holds(row.name.zh) || holds(row.region) ||
         holds(row.versions.front().document);
}

}  // namespace

Result<http::Response> list_figures(const Call& call) {
  using enum desk::FigureKind;
  std::vector<desk::FigureKind> kinds{tariff, mechanism, factor};
  if (const auto asked = call.request.parameter("kind")) {
    TRY(const desk::FigureKind kind, kind_of(*asked, "kind"));
    kinds = {kind};
  }
  const std::string_view search = call.request.parameter("search").value_or("");
  FigureJson items = FigureJson::array();
  for (const desk::FigureKind kind : kinds) {
    TRY(const auto rows, desk::figures_of(call.world.share, kind));
    for (const desk::FigureRow& row : rows) {
      if (fits(row, search)) {
        items.push_back(figure_json(call, row));
      }
    }
  }
  return json_answer(call, FigureJson{{"items", std::move(items)}}.dump());
}

Result<http::Response> read_figure(const Call& call) {
  TRY(const desk::FigureKind kind, kind_of(call["kind"], "kind"));
  const Files files = call.world.share;
  TRY(const auto rows, desk::figures_of(files, kind));
  const auto row = std::ranges::find(rows, call["figure"], &desk::FigureRow::id);
  if (row == rows.end()) {
    return fail(Fault::not_found, {"there is no such figure", "没有此项数据"}, {"", 0, "figure"});
  }
  TRY(const std::string toml, files.read(row->file));
  FigureJson versions = FigureJson::array();
  for (const desk::FigureVersion& version : row->versions) {
    versions.push_back(version_json(version));
  }
  // Who they are is the administrators' to know.
  const bool is_keeper = std::ranges::any_of(call.caller.grants, [](const people::Grant& grant) {
    return grant.role == people::Role::administrator;
  });
  FigureJson history = FigureJson::array();
  for (const desk::FigureText& text : desk::history_of(row->file, figures_folder(call))) {
    history.push_back({{"number", text.number},
                       {"at_unix_s", text.at.time_since_epoch().count()},
                       {"account", is_keeper ? text.account : ""},
                       {"reason", text.reason}});
  }
  return json_answer(call, FigureJson{{"figure", figure_json(call, *row)},
                                      {"versions", std::move(versions)},
                                      {"toml", toml},
                                      {"history", std::move(history)}}
                               .dump());
}

namespace {

Result<desk::NewFigure> asked_figure(const Call& call) {
  TRY(const desk::FigureKind kind, kind_of(call["kind"], "kind"));
  AskedBody body(call.request.body);
  desk::NewFigure figure{.kind = kind,
                         .name = body.text("name"),
                         .toml = body.text("toml"),
                         .reason = body.text_if("reason").value_or(""),
                         .correction = body.truth_if("correct").value_or(false)
                                           ? desk::Correction::was_wrong
                                           : desk::Correction::none,
                         .account = call.caller.account,
                         .at = call.now};
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return figure;
}

/// The trail says who brought the new figures, and the villages reckon with them from now on. What
/// is wrong with a village stands in its view, and is no fault of theirs.
Result<void> put_to_use(const Call& call, const desk::NewFigure& figure,
                        const desk::FigureChange& change) {
  const FigureJson detail{{"reason", figure.reason},
                          {"correction", figure.correction == desk::Correction::was_wrong},
                          {"added", change.added},
                          {"changed", change.changed}};
  auto noted = call.note("figure.added", "figure/" + change.file,
                         detail.dump(-1, ' ', false, FigureJson::error_handler_t::replace));
  const auto refreshed = call.world.villages->refresh();
  static_cast<void>(refreshed);
  return noted;
}

}  // namespace

Result<http::Response> add_figure(const Call& call) {
  TRY(const desk::NewFigure figure, asked_figure(call));
  const bool is_try = call.request.parameter("try") == "true";
  TRY(const desk::FigureChange change,
      is_try ? desk::check_figure(figure, call.world.share)
             : desk::keep_figure(figure, call.world.share, figures_folder(call)));
  std::string json = FigureJson{
      {"kept", !is_try},
      {"file", change.file},
      {"added", change.added},
      {"changed",
       change.changed}}.dump();
  if (is_try) {
    return json_answer(call, std::move(json));
  }
  if (auto used = put_to_use(call, figure, change); !used) {
    return std::unexpected(std::move(used.error()));
  }
  // Of a file of factors there is no door of its own: the list shows them.
  const std::string kind = kind_word(figure.kind);
  return made(figure.kind == desk::FigureKind::factor
                  ? "/api/v1/figures?kind=" + kind
                  : "/api/v1/figures/" + kind + "/" + figure.name,
              std::move(json));
}

}  // namespace xiaoyuan::api
