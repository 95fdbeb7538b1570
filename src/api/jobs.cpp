#include "api/jobs.hpp"

#include "api/answers.hpp"
#include "api/events.hpp"
#include "api/plan_lists.hpp"
#include "api/world.hpp"

namespace xiaoyuan::api {

namespace {

Result<desk::Job> job_of(const Call& call) {
  auto job = call.world.jobs->find(std::string(call["job"]));
  if (!job || !may_follow(call.caller, *job)) {
    return fail(Fault::not_found, {"there is no such job", "没有此任务"},
                {"", 0, std::string(call["job"])});
  }
  return std::move(*job);
}

}  // namespace

Result<http::Response> list_jobs(const Call& call) {
  TRY(const PageOf page, page_of(call));
  ListOfPage list(page);
  for (const desk::Job& job : call.world.jobs->all()) {
    if (may_follow(call.caller, job)) {
      list.add(job.id, [&] { return job_json(job); });
    }
  }
  return json_answer(call, std::move(list).json());
}

Result<http::Response> get_job(const Call& call) {
  TRY(const desk::Job job, job_of(call));
  return json_answer(call, job_json(job));
}

Result<http::Response> cancel_job(const Call& call) {
  TRY(const desk::Job job, job_of(call));
  TRY(const desk::Job cancelled, call.world.jobs->cancel(job.id));
  return json_answer(call, job_json(cancelled));
}

}  // namespace xiaoyuan::api
