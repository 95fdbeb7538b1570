#include "api/events.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/answers.hpp"
#include "api/world.hpp"

namespace xiaoyuan::api {

namespace {

/// A topic tells of a village's totals alone: that something is new, never of a household.
constexpr std::string_view village_topic_rights = "pvvvvvpv";
constexpr std::size_t most_topics = 20;

bool may_follow_village(const Call& call, std::string_view name) {
  const auto desk = call.world.villages->find(name);
  if (desk == nullptr) {
    return false;
  }
  return people::reach_of(call.caller, {.rights = village_topic_rights,
                                        .village = name,
                                        .holder = {},
                                        .is_open = desk->view()->is_open})
      .has_value();
}

std::optional<desk::Job> job_of(const Call& call, std::string_view topic) {
  constexpr std::string_view job = "job/";
  return topic.starts_with(job) ? call.world.jobs->find(std::string(topic.substr(job.size())))
                                : std::nullopt;
}

bool may_follow_topic(const Call& call, std::string_view topic) {
  constexpr std::string_view village = "village/";
  if (topic.starts_with(village)) {
    return may_follow_village(call, topic.substr(village.size()));
  }
  const auto job = job_of(call, topic);
  return job && may_follow(call.caller, *job);
}

/// A job is told as it stands, for it may have ended before anybody could follow it. Whoever has
/// ended tells nothing more, so nothing older comes after what is sent the second time.
void follow_from_now(const Call& call, const std::vector<std::string>& topics,
                     const std::shared_ptr<http::EventStream>& stream) {
  std::vector<std::string> running;
  for (const std::string& topic : topics) {
    if (const auto job = job_of(call, topic)) {
      stream->send(http::event_bytes("", "job", job_json(*job)));
      if (!job->ended_at) {
        running.push_back(topic);
      }
    }
  }
  call.world.topics.follow(topics, stream);
  for (const std::string& topic : running) {
    if (const auto job = job_of(call, topic); job && job->ended_at) {
      stream->send(http::event_bytes("", "job", job_json(*job)));
    }
  }
}

}  // namespace

bool may_follow(const people::Caller& caller, const desk::Job& job) {
  if (caller.kind == people::Caller::Kind::nobody) {
    return false;
  }
  // Who asked for it may have lost his grant since.
  const bool asked = caller.account == job.account;
  return std::ranges::any_of(caller.grants, [&](const people::Grant& grant) {
    const bool is_there = !job.village.empty() && grant.village == job.village;
    if (job.kind == "review") {  // tells of households' bills
      return grant.role == people::Role::committee && is_there;
    }
    return grant.role == people::Role::administrator ||
           (is_there && (asked || grant.role == people::Role::committee));
  });
}

Result<http::Response> follow_events(const Call& call) {
  std::vector<std::string> topics;
  for (const auto& [name, value] : call.request.query) {
    if (name == "topic") {
      topics.push_back(value);
    }
  }
  if (topics.empty() || topics.size() > most_topics) {
    return fail(Fault::bad_input,
                {fmt::format("expected 1 to {} topics like village/xinggezhuang, found {}",
                             most_topics, topics.size()),
                 fmt::format("应有 1 至 {} 个主题(如 village/xinggezhuang),实为 {} 个", most_topics,
                             topics.size())},
                {"", 0, "topic"});
  }
  for (const std::string& topic : topics) {
    if (!may_follow_topic(call, topic)) {
      return fail(
          Fault::not_found,
          {fmt::format("there is no topic \"{}\"", topic), fmt::format("没有主题“{}”", topic)},
          {"", 0, "topic"});
    }
  }
  auto stream = std::make_shared<http::EventStream>();
  follow_from_now(call, topics, stream);
  return http::Response{.status = 200,
                        .headers = {{"Content-Type", "text/event-stream"},
                                    {"Cache-Control", "no-store"},
                                    {"X-Accel-Buffering", "no"}},
                        .body = {},
                        .events = std::move(stream)};
}

void publish(http::Topics& topics, const desk::VillageView& view) {
  topics.publish("village/" + view.name,
                 http::event_bytes(view.version, "village", desk::change_json(view)));
}

void publish(http::Topics& topics, const desk::Job& job) {
  topics.publish("job/" + job.id, http::event_bytes("", "job", job_json(job)));
}

}  // namespace xiaoyuan::api
