// The handlers of work in the background (api/events.hpp: a job as JSON, and who may see it).
#pragma once
#include "api/route.hpp"

namespace xiaoyuan::api {

Result<http::Response> list_jobs(const Call& call);
Result<http::Response> get_job(const Call& call);
Result<http::Response> cancel_job(const Call& call);

}  // namespace xiaoyuan::api
