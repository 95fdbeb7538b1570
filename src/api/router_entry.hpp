// Who comes by a request, and whether its row lets him in: sign-in, forged requests, rights.
//
// A refusal tells nothing of what the caller may not know: to somebody without any grant in a
// village it does not exist, and nobody in particular is asked to sign in, whether it exists or
// not.
#pragma once
#include <expected>

#include "api/answers.hpp"
#include "api/router.hpp"

namespace xiaoyuan::api {

constexpr std::string_view session_cookie = "xiaoyuan_session";

/// By bearer token, else by cookie. Refused: a token that is none.
std::expected<people::Caller, Refusal> caller_of(const World& world, const http::Request& request,
                                                 Instant now);

/// A browser sends a session's cookie along from any page: a write has to come from a page of ours
/// (Sec-Fetch-Site, else Origin), and with the session's own mark (X-CSRF-Token).
std::expected<void, Refusal> check_forgery(const http::Request& request,
                                           const people::Caller& caller);

/// A body of JSON nests at most so deep: whoever reads it, or says what was found in it, goes down
/// by calls, and a stack has an end.
constexpr std::size_t most_nested = 64;
bool is_nested_too_deep(std::string_view body);

/// How far the caller sees on the row; refused where he may not come in at all.
std::expected<people::Reach, Refusal> reach_on(const World& world, const people::Caller& caller,
                                               const Router::Found& found);

/// The language of the answer: ?lang=, else the first of Accept-Language that we speak, else
/// English.
Language language_of(const http::Request& request);

}  // namespace xiaoyuan::api
