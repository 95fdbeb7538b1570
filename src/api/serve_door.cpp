#include "api/serve_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

#include "api/pages.hpp"
#include "api/router_entry.hpp"
#include "api/world.hpp"
#include "people/attempts.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::string_view api_root = "/api/v1";

bool is_below_api(std::string_view path) {
  return path.starts_with("/api") && (path.size() == 4 || path[4] == '/');
}

Instant door_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string allowed_text(const std::vector<http::Method>& allowed) {
  std::vector<std::string> words{"OPTIONS"};
  for (const http::Method method : allowed) {
    words.emplace_back(word_of(method));
    if (method == http::Method::get) {
      words.emplace_back("HEAD");
    }
  }
  return joined(words);
}

http::Response with(http::Response response, http::Header header) {
  response.headers.push_back(std::move(header));
  return response;
}

http::Response plain(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::make_shared<const std::string>(std::move(text)),
          .events = {}};
}

Refusal busy() { return {503, {"The server is busy; ask again", "服务器繁忙,请稍后重试"}, {}, 1}; }

Refusal broken() { return {500, {"Something went wrong inside the server", "服务器内部出错"}}; }

/// Where the server's files lie, and why they do not read, is for those who can mend it.
bool may_hear_of_files(const people::Caller& caller) {
  return std::ranges::any_of(caller.grants, [](const people::Grant& grant) {
    return grant.role == people::Role::administrator || grant.role == people::Role::committee;
  });
}

http::Response failed(const Errors& errors, const Call& call) {
  http::Response told = problem(errors, call.language);
  if (told.status < 500 || told.status == 503 || may_hear_of_files(call.caller)) {
    return told;
  }
  return problem(Refusal{told.status,
                         {"The server cannot read or keep its data", "服务器无法读取或保存数据"},
                         {"Its administrator can see why", "请联系系统管理员查明原因"}},
                 call.language);
}

/// A row's handler; what third parties throw ends here.
http::Response handled(const Route& route, const Call& call) {
  try {
    Result<http::Response> response = route.handle(call);
    return response ? std::move(*response) : failed(response.error(), call);
  } catch (const std::exception&) {
    return problem(broken(), call.language);
  }
}

/// Answers that would hand out a session are never given twice.
bool is_kept(const http::Response& response) {
  return response.status < 500 && response.status != 429 && response.events == nullptr &&
         std::ranges::none_of(
             response.headers,
             [](const http::Header& header) { return header.name == "Set-Cookie"; });
}

}  // namespace

/// A request on its way through the door.
struct Door::Visit {
  http::Request request;
  http::Answer answer;
  Limits::Clock::time_point began = Limits::Clock::now();
  Instant now = door_clock();
  Language language = Language::english;
  Router::Found found{};
  people::Caller caller{};
  people::Reach reach = people::Reach::own;
  std::string repeat_key{};
};

Door::Door(World& world, DoorSettings settings)
    : world_(world),
      settings_(std::move(settings)),
      router_(settings_.rows),
      limits_(settings_.rate),
      workers_(settings_.workers, settings_.waiting) {}

std::size_t Door::body_limit(const http::Request& head) const {
  constexpr std::size_t elsewhere = 1024;
  constexpr std::size_t most_of_stranger = std::size_t{64} * 1024;
  if (!head.path.starts_with(api_root)) {
    return elsewhere;
  }
  const Router::Found found =
      router_.find(head.method, std::string_view(head.path).substr(api_root.size()));
  if (found.route == nullptr) {
    return elsewhere;
  }
  if (found.route->body_bytes <= most_of_stranger) {
    return found.route->body_bytes;
  }
  // Nobody fills the memory with what he may not send: the body is read before it is refused.
  const auto caller = caller_of(world_, head, door_clock());
  const bool may_send = caller && check_forgery(head, *caller) && reach_on(world_, *caller, found);
  return may_send ? found.route->body_bytes : most_of_stranger;
}

void Door::answer(http::Request request, http::Answer answer) {
  const auto visit = std::make_shared<Visit>(Visit{std::move(request), std::move(answer)});
  visit->language = language_of(visit->request);
  const std::string_view path = visit->request.path;
  if (is_below_api(path)) {
    answer_api(visit);
  } else if (path == "/healthz") {
    finish(*visit, plain(200, "ok\n"));
  } else if (path == "/metrics") {
    finish(*visit, metrics_answer(*visit));
  } else {
    finish(*visit, page_answer(visit->request));
  }
}

void Door::answer_api(const VisitPtr& visit) {
  if (auto refused = refuse(*visit)) {
    finish(*visit, std::move(*refused));
    return;
  }
  if (auto again = repeat(*visit)) {
    finish(*visit, std::move(*again));
    return;
  }
  if (visit->found.route->runs == Runs::at_once) {
    handle(visit);
    return;
  }
  const auto refuse_busy = [this, visit] {
    if (!visit->repeat_key.empty()) {
      repeats_.end(visit->repeat_key, std::nullopt);
    }
    finish(*visit, problem(busy(), visit->language));
  };
  if (!workers_.take({.work = [this, visit] { handle(visit); }, .refuse = refuse_busy})) {
    refuse_busy();
  }
}

std::optional<http::Response> Door::refuse(Visit& visit) {
  const http::Request& request = visit.request;
  const Language language = visit.language;
  const bool is_ours = request.path.starts_with(api_root);
  visit.found = router_.find(request.method,
                             is_ours ? std::string_view(request.path).substr(api_root.size()) : "");
  if (visit.found.allowed.empty()) {
    return problem(Refusal{404, {"There is no such address", "没有此地址"}}, language);
  }
  if (request.method == http::Method::options) {
    return with(nothing(), {"Allow", allowed_text(visit.found.allowed)});
  }
  if (visit.found.route == nullptr) {
    return with(problem(Refusal{405, {"That cannot be done here", "此地址不支持该操作"}}, language),
                {"Allow", allowed_text(visit.found.allowed)});
  }
  auto caller = caller_of(world_, request, visit.now);
  if (!caller) {
    return with(problem(caller.error(), language), {"WWW-Authenticate", "Bearer"});
  }
  visit.caller = std::move(*caller);
  if (const auto checked = check_forgery(request, visit.caller); !checked) {
    return problem(checked.error(), language);
  }
  const auto reach = reach_on(world_, visit.caller, visit.found);
  if (!reach) {
    http::Response refused = problem(reach.error(), language);
    return reach.error().status == 401 ? with(std::move(refused), {"WWW-Authenticate", "Bearer"})
                                       : std::move(refused);
  }
  visit.reach = *reach;
  if (request.body.size() > visit.found.route->body_bytes) {
    return problem(Refusal{413, {"The body is too large", "请求内容过大"}}, language);
  }
  if (is_nested_too_deep(request.body)) {
    return problem(Refusal{400, {"The JSON nests too deep", "JSON 嵌套层数过多"}}, language);
  }
  const bool is_dear =
      visit.found.route->runs == Runs::on_worker ||
      (request.method != http::Method::get && request.method != http::Method::head);
  if (is_dear) {
    const std::string who =
        visit.caller.account.empty() ? people::network_of(request.peer) : visit.caller.account;
    if (const int wait_s = limits_.wait_s(who, visit.began); wait_s > 0) {
      return problem(Refusal{429, {"Too many requests", "请求过于频繁"}, {}, wait_s}, language);
    }
  }
  return std::nullopt;
}

std::optional<http::Response> Door::repeat(Visit& visit) {
  constexpr std::size_t longest_key = 128;
  const std::string_view key = visit.request.header("Idempotency-Key");
  if (visit.request.method != http::Method::post || key.empty() || visit.caller.account.empty()) {
    return std::nullopt;
  }
  if (key.size() > longest_key) {
    return problem(Refusal{400,
                           {"Idempotency-Key holds at most 128 characters",
                            "Idempotency-Key 最多 128 个字符"}},
                   visit.language);
  }
  std::string asked;
  for (const auto& [name, value] : visit.request.query) {
    asked += fmt::format("{}:{}{}:{}", name.size(), name, value.size(), value);
  }
  // By session or token: what one was answered, the secret of a new token for instance, is not
  // for another one of the same account.
  visit.repeat_key = fmt::format("{}\n{}\n{}\n{}", visit.caller.account, visit.caller.session,
                                 visit.request.path, key);
  Repeats::Begun begun =
      repeats_.begin(visit.repeat_key, sha256({asked, "\n", visit.request.body}), visit.now);
  switch (begun.kind) {
    case Repeats::Kind::first:
      return std::nullopt;
    case Repeats::Kind::answered:
      return with(std::move(begun.answer), {"Idempotency-Replayed", "true"});
    case Repeats::Kind::running:
      return problem(
          Refusal{409, {"The same request is still being worked on", "相同请求仍在处理中"}, {}, 1},
          visit.language);
    case Repeats::Kind::another:
      break;
  }
  return problem(Refusal{422,
                         {"This Idempotency-Key was used for another request",
                          "该 Idempotency-Key 已用于其他请求"}},
                 visit.language);
}

void Door::handle(const VisitPtr& visit) {
  const Call call{.request = visit->request,
                  .parameters = visit->found.parameters,
                  .caller = visit->caller,
                  .reach = visit->reach,
                  .language = visit->language,
                  .now = visit->now,
                  .world = world_};
  http::Response response = handled(*visit->found.route, call);
  if (!visit->repeat_key.empty()) {
    repeats_.end(visit->repeat_key, is_kept(response) ? std::optional(response) : std::nullopt);
  }
  finish(*visit, std::move(response));
}

void Door::finish(Visit& visit, http::Response response) {
  harden(visit.request, response);
  const auto took = Limits::Clock::now() - visit.began;
  const Route* route = visit.found.route;
  metrics_.answered({.method = visit.request.method,
                     .route = route == nullptr ? std::string_view() : route->pattern,
                     .status = response.status,
                     .took = took});
  if (settings_.access_log) {
    // Neither query nor names: a line tells what was asked of the server, not about whom.
    settings_.access_log(fmt::format(
        "{} {} {} {} {:.1f} ms", visit.caller.account.empty() ? "-" : visit.caller.account,
        word_of(visit.request.method), route == nullptr ? "-" : route->pattern, response.status,
        std::chrono::duration<double, std::milli>(took).count()));
  }
  visit.answer(std::move(response));
}

http::Response Door::metrics_answer(const Visit& visit) const {
  const std::string& peer = visit.request.peer;
  const auto caller = caller_of(world_, visit.request, visit.now);
  const bool is_keeper =
      caller && std::ranges::any_of(caller->grants, [](const people::Grant& grant) {
        return grant.role == people::Role::administrator;
      });
  // Through a proxy on this machine that is not named as one, everybody comes from here.
  const bool is_forwarded =
      std::ranges::any_of(std::array{"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"},
                          [&](const char* name) { return !visit.request.header(name).empty(); });
  const bool is_here = (peer == "127.0.0.1" || peer == "::1") && !is_forwarded;
  if (!is_here && !is_keeper) {
    return problem(Refusal{403,
                           {"Metrics are for this machine, or an administrator's token",
                            "指标仅限本机或管理员令牌读取"}},
                   visit.language);
  }
  const http::Server* server = server_;
  Metrics::Now now{.http = server == nullptr ? http::Counts{} : server->counts(),
                   .subscribers = world_.topics.subscribers(),
                   .workers_waiting = workers_.waiting()};
  for (const desk::Job& job : world_.jobs->all()) {
    now.jobs_waiting += job.state == desk::JobState::waiting ? 1 : 0;
    now.jobs_running += job.state == desk::JobState::running ? 1 : 0;
  }
  for (const auto& desk : world_.villages->all()) {
    ++now.villages;
    now.villages_with_errors += desk->view()->errors.empty() ? 0 : 1;
  }
  http::Response response = plain(200, metrics_.text(now));
  response.headers.front().value = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

void harden(const http::Request& request, http::Response& response) {
  const auto set = [&response](const char* name, const char* value) {
    const bool is_set = std::ranges::any_of(
        response.headers, [name](const http::Header& header) { return header.name == name; });
    if (!is_set) {
      response.headers.push_back({name, value});
    }
  };
  if (is_below_api(request.path)) {
    // What the API gives is data: were it ever shown as a page, it could do nothing.
    set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    const bool is_marked = std::ranges::any_of(
        response.headers, [](const http::Header& header) { return header.name == "ETag"; });
    set("Cache-Control", is_marked ? "private, no-cache" : "no-store");
    set("Vary", "Accept-Encoding, Accept-Language, Authorization, Cookie");
  } else {
    set("Content-Security-Policy",
        "default-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    set("Cache-Control", "no-store");
  }
  set("X-Content-Type-Options", "nosniff");
  set("X-Frame-Options", "DENY");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (request.secure) {
    set("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace xiaoyuan::api
