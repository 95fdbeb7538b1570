// Work in the background as answers and events tell it.
#pragma once
#include <string>

#include "api/route.hpp"
#include "desk/jobs.hpp"

namespace xiaoyuan::api {

/// As docs/openapi.yaml says (Job); errors in `language`.
std::string job_json(const desk::Job& job, Language language);

Result<http::Response> list_jobs(const Call& call);
Result<http::Response> get_job(const Call& call);
Result<http::Response> cancel_job(const Call& call);

}  // namespace xiaoyuan::api
