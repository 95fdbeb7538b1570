#include "api/router_entry.hpp"

#include <algorithm>

#include "api/world.hpp"
#include "base/expected.hpp"
#include "http/target.hpp"
#include "people/secret.hpp"

namespace xiaoyuan::api {

namespace {

Refusal sign_in_first() { return {401, {"Sign in first", "请先登录"}}; }
Refusal not_there() { return {404, {"There is no such thing", "未找到"}}; }
Refusal forged(Text detail) {
  return {
      403, {"The request does not come from this page", "请求并非来自本页面"}, std::move(detail)};
}

bool is_write(http::Method method) {
  return method != http::Method::get && method != http::Method::head &&
         method != http::Method::options;
}

bool comes_from_us(const http::Request& request) {
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) {
    return site == "same-origin" || site == "none";
  }
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) {
    return true;  // no browser of these years leaves both out
  }
  const std::size_t scheme = origin.find("://");
  return scheme != origin.npos &&
         http::same_word(origin.substr(scheme + 3), request.header("Host"));
}

/// Has he any grant there: then a refusal may say that the village exists.
bool knows_village(const people::Caller& caller, std::string_view village) {
  return std::ranges::any_of(caller.grants, [village](const people::Grant& grant) {
    return grant.village == village || grant.village == "*";
  });
}

}  // namespace

std::expected<people::Caller, Refusal> caller_of(const World& world, const http::Request& request,
                                                 Instant now) {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view authorization = request.header("Authorization");
  if (!authorization.empty()) {
    people::Caller caller;
    if (authorization.size() > bearer.size() &&
        http::same_word(authorization.substr(0, bearer.size()), bearer)) {
      caller = world.people->caller_of_token(trimmed(authorization.substr(bearer.size())), now);
    }
    if (caller.kind == people::Caller::Kind::nobody) {
      return std::unexpected(Refusal{401, {"The token is not valid", "令牌无效"}});
    }
    return caller;
  }
  const std::string_view secret = request.cookie(session_cookie);
  return secret.empty() ? people::Caller{} : world.people->caller_of_session(secret, now);
}

std::expected<void, Refusal> check_forgery(const http::Request& request,
                                           const people::Caller& caller) {
  if (!is_write(request.method) || caller.kind == people::Caller::Kind::token) {
    return {};
  }
  if (!comes_from_us(request)) {
    return std::unexpected(forged({}));
  }
  if (caller.kind == people::Caller::Kind::session &&
      (caller.csrf.empty() || !people::same_secret(request.header("X-CSRF-Token"), caller.csrf))) {
    return std::unexpected(forged({"X-CSRF-Token is not that of the session; load the page again",
                                   "X-CSRF-Token 与会话不符;请重新加载页面"}));
  }
  return {};
}

bool is_nested_too_deep(std::string_view body) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin == body.npos || (body[begin] != '{' && body[begin] != '[')) {
    return false;  // a table, a workbook: no JSON
  }
  std::size_t depth = 0;
  bool is_text = false;
  for (std::size_t i = begin; i < body.size(); ++i) {
    const char letter = body[i];
    if (is_text) {
      i += letter == '\\' ? 1 : 0;  // what follows is no end
      is_text = letter != '"';
    } else if (letter == '"') {
      is_text = true;
    } else if (letter == '{' || letter == '[') {
      if (++depth > most_nested) {
        return true;
      }
    } else if ((letter == '}' || letter == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

std::expected<people::Reach, Refusal> reach_on(const World& world, const people::Caller& caller,
                                               const Router::Found& found) {
  const auto named = [&](std::string_view name) {
    const auto at = found.parameters.find(name);
    return at == found.parameters.end() ? std::string_view() : std::string_view(at->second);
  };
  const std::string_view village = named("village");
  const std::string_view holder = named("holder").empty() ? named("household") : named("holder");
  const auto desk = village.empty() ? nullptr : world.villages->find(village);
  const people::Asked asked{.rights = found.route->rights,
                            .village = village,
                            .holder = holder,
                            .is_open = desk != nullptr && desk->view()->is_open};
  if (const auto reach = people::reach_of(caller, asked)) {
    if (!village.empty() && desk == nullptr) {
      return std::unexpected(not_there());
    }
    return *reach;
  }
  if (caller.kind == people::Caller::Kind::nobody) {
    return std::unexpected(sign_in_first());
  }
  if (!village.empty() && (desk == nullptr || !knows_village(caller, village))) {
    return std::unexpected(not_there());
  }
  return std::unexpected(
      Refusal{403, {"This is not yours to see or to do", "您无权查看或执行此项"}});
}

Language language_of(const http::Request& request) {
  if (const auto asked = request.parameter("lang")) {
    if (*asked == "zh" || *asked == "en") {
      return *asked == "zh" ? Language::chinese : Language::english;
    }
  }
  double best = 0;
  Language language = Language::english;
  for (const std::string_view range : parts_of(request.header("Accept-Language"), ',')) {
    const std::size_t mark = range.find(";q=");
    const double quality =
        mark == range.npos ? 1.0 : parse_number(trimmed(range.substr(mark + 3))).value_or(0);
    const std::string_view tongue = range.substr(0, 2);
    if (quality > best && (tongue == "zh" || tongue == "en")) {
      best = quality;
      language = tongue == "zh" ? Language::chinese : Language::english;
    }
  }
  return language;
}

}  // namespace xiaoyuan::api
