#include "api/jobs.hpp"

#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/events.hpp"
#include "api/plan_lists.hpp"
#include "api/world.hpp"

namespace xiaoyuan::api {

namespace {

using JobJson = nlohmann::ordered_json;

JobJson unix_s(const std::optional<Instant>& instant) {
  return instant ? JobJson(instant->time_since_epoch().count()) : JobJson(nullptr);
}

JobJson errors_json(const Errors& errors, Language language) {
  JobJson list = JobJson::array();
  for (const Error& error : errors) {
    JobJson one = JobJson::object();
    if (!error.where.file.empty()) {
      one["file"] = error.where.file;
    }
    if (error.where.line > 0) {
      one["line"] = error.where.line;
    }
    if (!error.where.field.empty()) {
      one["field"] = error.where.field;
    }
    one["message"] = message(error, language);
    list.push_back(std::move(one));
  }
  return list;
}

Result<desk::Job> job_of(const Call& call) {
  auto job = call.world.jobs->find(std::string(call["job"]));
  if (!job || !may_follow(call.caller, *job)) {
    return fail(Fault::not_found, {"there is no such job", "没有此任务"},
                {"", 0, std::string(call["job"])});
  }
  return std::move(*job);
}

}  // namespace

std::string job_json(const desk::Job& job, Language language) {
  const JobJson json{
      {"id", job.id},
      {"kind", job.kind},
      {"village", job.village},
      {"state", desk::words_of(job.state).at(static_cast<std::size_t>(job.state))},
      {"part", {{"en", job.part.en}, {"zh", job.part.zh}}},
      {"done", job.done},
      {"all", job.all},
      {"seconds_left", job.seconds_left ? JobJson(*job.seconds_left) : JobJson(nullptr)},
      {"waiting_before", job.waiting_before},
      {"asked_unix_s", job.asked_at.time_since_epoch().count()},
      {"began_unix_s", unix_s(job.began_at)},
      {"ended_unix_s", unix_s(job.ended_at)},
      {"errors", errors_json(job.errors, language)},
      {"result",
       job.result.empty() ? JobJson(nullptr) : JobJson::parse(job.result, nullptr, false)},
      {"files", job.files}};
  return json.dump(-1, ' ', false, JobJson::error_handler_t::replace);
}

Result<http::Response> list_jobs(const Call& call) {
  TRY(const PageOf page, page_of(call));
  ListOfPage list(page);
  for (const desk::Job& job : call.world.jobs->all()) {
    if (may_follow(call.caller, job)) {
      list.add(job.id, [&] { return job_json(job, call.language); });
    }
  }
  return json_answer(call, std::move(list).json());
}

Result<http::Response> get_job(const Call& call) {
  TRY(const desk::Job job, job_of(call));
  return json_answer(call, job_json(job, call.language));
}

Result<http::Response> cancel_job(const Call& call) {
  TRY(const desk::Job job, job_of(call));
  TRY(const desk::Job cancelled, call.world.jobs->cancel(job.id));
  return json_answer(call, job_json(cancelled, call.language));
}

}  // namespace xiaoyuan::api
