#include "http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.hpp"
#include "http/target.hpp"

namespace xiaoyuan::http {
namespace {

struct Reason {
  int status;
  std::string_view words;
};
constexpr std::array reasons = {
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{428, "Precondition Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
};

bool is_token(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "!#$%&'*+-.^_`|~") == std::string_view::npos;
}

bool is_servers(std::string_view name) {
  return same_word(name, "Content-Length") || same_word(name, "Date") ||
         same_word(name, "Connection") || same_word(name, "Transfer-Encoding");
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

std::string_view reason(int status) {
  const auto found = std::ranges::lower_bound(reasons, status, {}, &Reason::status);
  return found != reasons.end() && found->status == status ? found->words : std::string_view{};
}

void expect_sound(const Response& response) {
  expects(response.status >= 200 && response.status <= 599);
  for (const Header& header : response.headers) {
    expects(is_token(header.name) && !is_servers(header.name));
    expects(std::ranges::none_of(header.value,
                                 [](char c) { return c == '\r' || c == '\n' || c == '\0'; }));
  }
}

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason(response.status);
  out += "\r\nDate: ";
  out += facts.date;
  for (const Header& header : response.headers) {
    out += "\r\n";
    out += header.name;
    out += ": ";
    out += header.value;
  }
  if (facts.has_length && response.status != 204 && response.status != 304) {
    out += "\r\nContent-Length: ";
    append_number(out, facts.length_bytes);
  }
  if (!facts.keep_alive) {
    out += "\r\nConnection: close";
  } else if (facts.is_http_10) {
    out += "\r\nConnection: keep-alive";
  }
  out += "\r\n\r\n";
}

Response refusal(int status) {
  std::string body = R"({"type":"about:blank","title":")";
  body += reason(status);
  body += R"(","status":)";
  append_number(body, static_cast<std::size_t>(status));
  body += "}\n";
  return {.status = status,
          .headers = {{"Content-Type", "application/problem+json"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}},
          .body = std::make_shared<const std::string>(std::move(body))};
}

std::string refusal_bytes(int status, std::string_view date) {
  const Response response = refusal(status);
  std::string bytes;
  append_head(bytes, response,
              {.date = date, .keep_alive = false, .length_bytes = response.body->size()});
  return bytes += *response.body;
}

}  // namespace xiaoyuan::http
