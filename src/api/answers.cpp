#include "api/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/world.hpp"
#include "base/check.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::api {

namespace {

constexpr const char* json_type = "application/json";

/// RFC 9110 §13.1.2: weak comparison, "*" knows everything. A write that names what is there asks
/// something else, and its answer is always told.
bool knows(const http::Request& request, std::string_view etag) {
  if (request.method != http::Method::get && request.method != http::Method::head) {
    return false;
  }
  const std::string_view if_none_match = request.header("If-None-Match");
  return std::ranges::any_of(parts_of(if_none_match, ','), [&](std::string_view mark) {
    if (mark.starts_with("W/")) {
      mark.remove_prefix(2);
    }
    return mark == "*" || mark == etag;
  });
}

http::Response json_response(int status, std::string json) {
  return {.status = status,
          .headers = {{"Content-Type", json_type}},
          .body = std::make_shared<const std::string>(std::move(json)),
          .events = {}};
}

/// RFC 8187 §3.2: letters and digits as they are, every other byte escaped.
std::string extended_value(std::string_view text) {
  std::string value = "UTF-8''";
  for (const char letter : text) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                          letter == '_';
    value += is_plain ? std::string(1, letter)
                      : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return value;
}

/// For programs that read no RFC 8187: what is not plain becomes "_".
std::string plain_name(std::string_view text) {
  std::string name;
  for (const char letter : text) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
    name += is_plain ? letter : '_';
  }
  return name;
}

}  // namespace

http::Response json_answer(const Call& call, const desk::Marked& json) {
  if (knows(call.request, json.etag)) {
    return {.status = 304, .headers = {{"ETag", json.etag}}, .body = {}, .events = {}};
  }
  return {.status = 200,
          .headers = {{"Content-Type", json_type}, {"ETag", json.etag}},
          .body = json.bytes,
          .events = {}};
}

http::Response json_answer(const Call& call, std::string json) {
  const std::string etag = desk::etag_of(json);
  return json_answer(call, {std::make_shared<const std::string>(std::move(json)), etag});
}

http::Response made(const std::string& location, std::string json) {
  http::Response response = json_response(201, std::move(json));
  response.headers.push_back({"Location", location});
  return response;
}

http::Response accepted(const std::string& job, std::string json) {
  http::Response response = json_response(202, std::move(json));
  response.headers.push_back({"Location", "/api/v1/jobs/" + job});
  return response;
}

http::Response nothing() { return {.status = 204, .headers = {}, .body = {}, .events = {}}; }

http::Response file_answer(const Call& call, Attachment file) {
  const std::string etag = desk::etag_of(file.bytes);
  if (knows(call.request, etag)) {
    return {.status = 304, .headers = {{"ETag", etag}}, .body = {}, .events = {}};
  }
  return {.status = 200,
          .headers = {{"Content-Type", file.type},
                      {"Content-Disposition",
                       fmt::format("attachment; filename=\"{}\"; filename*={}",
                                   plain_name(file.name), extended_value(file.name))},
                      {"ETag", etag}},
          .body = std::make_shared<const std::string>(std::move(file.bytes)),
          .events = {}};
}

Result<PageOf> page_of(const Call& call) {
  constexpr int most = 500;
  PageOf page;
  if (const auto limit = call.request.parameter("limit")) {
    int number = 0;
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), number);
    if (error != std::errc() || end != limit->data() + limit->size() || number < 1 ||
        number > most) {
      return fail(Fault::bad_input, number_expected({1, most}, *limit), {"", 0, "limit"});
    }
    page.limit = static_cast<std::size_t>(number);
  }
  page.after = std::string(call.request.parameter("after").value_or(""));
  return page;
}

std::shared_ptr<desk::VillageDesk> desk_of(const Call& call) {
  auto desk = call.world.villages->find(call["village"]);
  expects(desk != nullptr);
  return desk;
}

}  // namespace xiaoyuan::api
