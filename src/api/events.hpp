// Live events: who may follow which topic, and what is told to its followers.
#pragma once
#include "api/route.hpp"
#include "desk/jobs.hpp"
#include "desk/village_view.hpp"
#include "http/events.hpp"

namespace xiaoyuan::api {

/// GET /events?topic=village/xinggezhuang&topic=job/j7
Result<http::Response> follow_events(const Call& call);

/// May he follow the job: it is his village's (as its committee, or his own), or he keeps the
/// server; a review is the committee's alone.
bool may_follow(const people::Caller& caller, const desk::Job& job);

/// The Job of openapi.yaml.
std::string job_json(const desk::Job& job);

/// Tells the followers of village/{name} that something of it is new.
void publish(http::Topics& topics, const desk::VillageView& view);
/// Tells the followers of job/{id} how far it is, as the Job of openapi.yaml.
void publish(http::Topics& topics, const desk::Job& job);

}  // namespace xiaoyuan::api
