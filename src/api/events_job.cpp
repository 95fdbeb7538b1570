// A job as the Job of openapi.yaml: in events, lists and answers the same.
#include <nlohmann/json.hpp>

#include "api/events.hpp"

namespace xiaoyuan::api {

namespace {

using Json = nlohmann::ordered_json;

Json job_instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(instant->time_since_epoch().count()) : Json(nullptr);
}

Json job_text_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

Json job_error_json(const Error& error) {
  Json json;
  if (!error.where.file.empty()) {
    json["file"] = error.where.file;
  }
  if (error.where.line > 0) {
    json["line"] = error.where.line;
  }
  if (!error.where.field.empty()) {
    json["field"] = error.where.field;
  }
  json["message"] =
      job_text_json({message(error, Language::english), message(error, Language::chinese)});
  return json;
}

}  // namespace

std::string job_json(const desk::Job& job) {
  Json errors = Json::array();
  for (const Error& error : job.errors) {
    errors.push_back(job_error_json(error));
  }
  const auto& states = desk::words_of(desk::JobState{});
  const Json json{
      {"id", job.id},
      {"kind", job.kind},
      {"village", job.village},
      {"state", states[static_cast<std::size_t>(job.state)]},
      {"part", job_text_json(job.part)},
      {"done", job.done},
      {"all", job.all},
      {"seconds_left", job.seconds_left ? Json(*job.seconds_left) : Json(nullptr)},
      {"waiting_before", job.waiting_before},
      {"asked_unix_s", job.asked_at.time_since_epoch().count()},
      {"began_unix_s", job_instant_json(job.began_at)},
      {"ended_unix_s", job_instant_json(job.ended_at)},
      {"errors", std::move(errors)},
      {"result", job.result.empty() ? Json(nullptr) : Json::parse(job.result, nullptr, false)},
      {"files", job.files}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace xiaoyuan::api
