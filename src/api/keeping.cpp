// Backups and the server's health: an administrator's.
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/keeping_figures.hpp"
#include "api/world.hpp"
#include "desk/keeping.hpp"
#include "report/version.hpp"

namespace xiaoyuan::api {

namespace {

using KeepingJson = nlohmann::ordered_json;

KeepingJson text_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

Text both_of(const Error& error) {
  return {message(error, Language::english), message(error, Language::chinese)};
}

KeepingJson row_json(const desk::BackupRow& row) { return KeepingJson::parse(json_of(row)); }

Result<http::Response> list_backups(const Call& call) {
  KeepingJson items = KeepingJson::array();
  for (const desk::BackupRow& row : desk::backups_in(call.world.folder)) {
    items.push_back(row_json(row));
  }
  return json_answer(call, KeepingJson{{"items", std::move(items)}}.dump());
}

Result<http::Response> make_backup(const Call& call) {
  TRY(const desk::Job job,
      call.world.jobs->ask(
          {.kind = "backup", .village = "", .account = call.caller.account, .request = "{}"},
          call.now));
  if (auto noted = call.note("backup.asked", "job/" + job.id); !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return accepted(job.id, KeepingJson{{"job", job.id}}.dump());
}

Result<http::Response> download_backup(const Call& call) {
  const std::string id(call["backup"]);
  TRY(std::string bytes, desk::backup_bytes(call.world.folder, id));
  if (auto noted = call.note("backup.downloaded", "backup/" + id); !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return file_answer(
      call,
      {.name = "xiaoyuan-" + id + ".tar", .type = "application/x-tar", .bytes = std::move(bytes)});
}

Result<http::Response> read_health(const Call& call) {
  const desk::Health health =
      desk::health_of(call.world.folder, *call.world.villages, *call.world.jobs, call.now);
  const auto store = call.world.people->catch_up(call.now);
  KeepingJson villages = KeepingJson::array();
  for (const desk::HealthOfVillage& village : health.villages) {
    KeepingJson errors = KeepingJson::array();
    for (const Error& error : village.errors) {
      errors.push_back(text_json(both_of(error)));
    }
    villages.push_back({{"village", village.village}, {"errors", std::move(errors)}});
  }
  const KeepingJson json{
      {"good", store.has_value() && !health.needs_somebody},
      {"version", report::program_version()},
      {"now_unix_s", call.now.time_since_epoch().count()},
      {"store",
       {{"good", store.has_value()},
        {"message", store ? KeepingJson(nullptr) : text_json(both_of(store.error().front()))}}},
      {"disk_free_bytes", health.disk_free_bytes},
      {"last_backup", health.last_backup ? row_json(*health.last_backup) : KeepingJson(nullptr)},
      {"jobs_waiting", health.jobs_waiting},
      {"jobs_running", health.jobs_running},
      {"villages", std::move(villages)}};
  return json_answer(call, json.dump());
}

constexpr std::size_t figure_body_bytes = std::size_t{512} * 1024;

}  // namespace

std::span<const Route> keeping_routes() {
  using enum http::Method;
  static constexpr Route rows[] = {
      {get, "/figures", "yyyyyyyy", Runs::on_worker, list_figures},
      {post, "/figures/{kind}", "-------y", Runs::on_worker, add_figure, figure_body_bytes},
      {get, "/figures/{kind}/{figure}", "yyyyyyyy", Runs::on_worker, read_figure},
      {get, "/backups", "-------y", Runs::on_worker, list_backups},
      {post, "/backups", "-------y", Runs::on_worker, make_backup},
      {get, "/backups/{backup}", "-------y", Runs::on_worker, download_backup},
      {get, "/health", "-------y", Runs::on_worker, read_health},
  };
  return rows;
}

}  // namespace xiaoyuan::api
