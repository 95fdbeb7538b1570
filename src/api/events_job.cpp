// A job as the Job of openapi.yaml: in events, lists and answers the same.
#include <nlohmann/json.hpp>

#include "api/answers_json.hpp"
#include "api/events.hpp"
#include "report/json.hpp"

namespace xiaoyuan::api {

std::string job_json(const desk::Job& job) {
  Json errors = Json::array();
  for (const Error& error : job.errors) {
    errors.push_back(error_json(error));
  }
  const auto& states = desk::words_of(desk::JobState{});
  const Json json{
      {"id", job.id},
      {"kind", job.kind},
      {"village", job.village},
      {"state", states[static_cast<std::size_t>(job.state)]},
      {"part", report::both(job.part)},
      {"done", job.done},
      {"all", job.all},
      {"seconds_left", job.seconds_left ? Json(*job.seconds_left) : Json(nullptr)},
      {"waiting_before", job.waiting_before},
      {"asked_unix_s", job.asked_at.time_since_epoch().count()},
      {"began_unix_s", instant_json(job.began_at)},
      {"ended_unix_s", instant_json(job.ended_at)},
      {"errors", std::move(errors)},
      {"result", job.result.empty() ? Json(nullptr) : Json::parse(job.result, nullptr, false)},
      {"files", job.files}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace xiaoyuan::api
