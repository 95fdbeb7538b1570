// Signing in and out, one's own password and tokens, the first run.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/router_entry.hpp"
#include "api/session_json.hpp"
#include "api/world.hpp"
#include "people/secret.hpp"

namespace xiaoyuan::api {

namespace {

using SessionJson = nlohmann::ordered_json;

/// What a browser keeps: out of reach of scripts, and sent to this server's own pages alone.
http::Header cookie_of(const Call& call, std::string_view secret, std::chrono::seconds life) {
  return {"Set-Cookie",
          fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", session_cookie,
                      secret, life.count(), call.request.secure ? "; Secure" : "")};
}

SessionJson session_json(const Call& call, const people::Caller& caller) {
  SessionJson json{{"kind", "nobody"},
                   {"account", nullptr},
                   {"name", ""},
                   {"display", caller.display},
                   {"grants", grants_json(caller.grants)},
                   {"csrf", caller.csrf},
                   {"must_change_password", caller.must_change_password},
                   {"until_unix_s", instant_json(caller.until)}};
  if (caller.kind == people::Caller::Kind::nobody) {
    return json;
  }
  json["kind"] = caller.kind == people::Caller::Kind::session ? "session" : "token";
  json["account"] = caller.account;
  if (const auto account = call.world.people->account(caller.account)) {
    json["name"] = account->name;
  }
  return json;
}

http::Response signed_in_answer(const Call& call, const people::SignedIn& session) {
  http::Response response = json_answer(call, session_json(call, session.caller).dump());
  response.headers.push_back(cookie_of(call, session.secret, session.until - call.now));
  return response;
}

/// Too many attempts and wrong passwords have statuses of their own; all else is as anywhere.
Result<http::Response> sign_in_answer(const Call& call, const Result<people::SignedIn>& session) {
  if (session) {
    return signed_in_answer(call, *session);
  }
  const Error& error = session.error().front();
  if (error.fault == Fault::interrupted) {
    return problem(Refusal{.status = 429,
                           .title = {"Too many attempts", "尝试次数过多"},
                           .detail = error.what,
                           .wait_s = error.where.line},
                   call.language);
  }
  return std::unexpected(session.error());
}

Result<http::Response> read_session(const Call& call) {
  return json_answer(call, session_json(call, call.caller).dump());
}

Result<http::Response> sign_in(const Call& call) {
  AskedBody body(call.request.body);
  const std::string name = body.text("name");
  const std::string password = body.text("password");
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  const auto session = call.world.people->sign_in(name, password, call.by());
  if (!session && session.error().front().fault == Fault::bad_input) {
    return problem(Refusal{.status = 401, .title = session.error().front().what}, call.language);
  }
  // Whatever session this browser had: it ends, and the secret is another one.
  if (session) {
    call.world.people->sign_out(call.caller, call.by());
  }
  return sign_in_answer(call, session);
}

Result<http::Response> sign_out(const Call& call) {
  call.world.people->sign_out(call.caller, call.by());
  http::Response response = nothing();
  response.headers.push_back(cookie_of(call, "", std::chrono::seconds{0}));
  return response;
}

bool is_in_session(const Call& call) { return call.caller.kind == people::Caller::Kind::session; }

Result<http::Response> refused(const Call& call) {
  const bool is_nobody = call.caller.kind == people::Caller::Kind::nobody;
  return problem(is_nobody ? Refusal{.status = 401, .title = {"Sign in first", "请先登录"}}
                           : Refusal{.status = 403,
                                     .title = {"This needs a session, not a token",
                                               "此操作须登录后进行,不能使用令牌"}},
                 call.language);
}

Result<http::Response> change_password(const Call& call) {
  if (!is_in_session(call)) {
    return refused(call);
  }
  AskedBody body(call.request.body);
  const std::string before = body.text("old_password");
  const std::string after = body.text("new_password");
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return sign_in_answer(
      call, call.world.people->change_password(call.caller.account, before, after, call.by()));
}

SessionJson token_json(const people::Token& token) {
  return {{"id", token.id},
          {"label", token.label},
          {"created_unix_s", instant_json(token.created_at)},
          {"until_unix_s", instant_json(token.until)},
          {"last_used_unix_s", instant_json(token.last_used_at)}};
}

Result<http::Response> list_tokens(const Call& call) {
  SessionJson items = SessionJson::array();
  for (const people::Token& token : call.world.people->tokens(call.caller.account)) {
    items.push_back(token_json(token));
  }
  return json_answer(call, SessionJson{{"items", std::move(items)}}.dump());
}

Result<http::Response> add_token(const Call& call) {
  if (!is_in_session(call)) {
    return refused(call);
  }
  AskedBody body(call.request.body);
  const std::string label = body.text("label");
  const auto until = body.instant_if("until_unix_s");
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  TRY(const people::NewToken token,
      call.world.people->add_token(call.caller.account, label, until, call.by()));
  return made("/api/v1/session/tokens/" + token.token.id,
              SessionJson{{"token", token_json(token.token)}, {"secret", token.secret}}.dump());
}

Result<http::Response> revoke_token(const Call& call) {
  if (auto revoked = call.world.people->revoke_token(call.caller.account,
                                                     std::string(call["token"]), call.by());
      !revoked) {
    return std::unexpected(std::move(revoked.error()));
  }
  return nothing();
}

Result<http::Response> set_up(const Call& call) {
  AskedBody body(call.request.body);
  const std::string code = body.text("code");
  people::NewAccount account{
      .name = body.text("name"),
      .display = body.text_if("display").value_or(""),
      .password = body.text("password"),
      .grants = {{.role = people::Role::administrator, .village = "*", .holder = ""}},
      .password_is = people::PasswordIs::theirs};
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  const std::string& expected = call.world.setup_code;
  if (call.world.people->is_empty() && (expected.empty() || !people::same_secret(code, expected))) {
    return problem(Refusal{.status = 403,
                           .title = {"This is not the code that the server printed",
                                     "初始设置码与服务器显示的不符"}},
                   call.language);
  }
  if (auto first = call.world.people->add_first(account, call.by()); !first) {
    return std::unexpected(std::move(first.error()));
  }
  return sign_in_answer(call,
                        call.world.people->sign_in(account.name, account.password, call.by()));
}

}  // namespace

std::span<const Route> session_routes() {
  using enum http::Method;
  static constexpr Route rows[] = {
      {get, "/session", "yyyyyyyy", Runs::at_once, read_session},
      {post, "/session", "yyyyyyyy", Runs::on_worker, sign_in},
      {remove, "/session", "yyyyyyyy", Runs::on_worker, sign_out},
      {put, "/session/password", "yyyyyyyy", Runs::on_worker, change_password},
      {get, "/session/tokens", "-yyyyyyy", Runs::at_once, list_tokens},
      {post, "/session/tokens", "-yyyyyyy", Runs::on_worker, add_token},
      {remove, "/session/tokens/{token}", "-yyyyyyy", Runs::on_worker, revoke_token},
      {post, "/setup", "yyyyyyyy", Runs::on_worker, set_up},
  };
  return rows;
}

}  // namespace xiaoyuan::api
