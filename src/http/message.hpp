// A request as a handler sees it, and its answer. Nothing here knows sockets, villages or people.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xiaoyuan::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  Method method = Method::get;
  /// Percent-decoded once: UTF-8 without control characters; begins with '/', has no empty, "." or
  /// ".." part and, "/" apart, no '/' at its end.
  std::string path;
  /// Decoded, in their order: UTF-8 without NUL.
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<Header> headers;
  std::string body;
  std::string peer;     ///< address of the other end, or what a trusted proxy says of it
  bool secure = false;  ///< came over TLS, here or at a trusted proxy

  /// The value of a header, whatever its case; "" where there is none.
  std::string_view header(std::string_view name) const;
  /// The first value of a parameter of the query.
  std::optional<std::string_view> parameter(std::string_view name) const;
  /// The value of a cookie (RFC 6265 §5.4); "" where there is none.
  std::string_view cookie(std::string_view name) const;
};

/// Bytes that several answers may share.
using Bytes = std::shared_ptr<const std::string>;

class EventStream;

struct Response {
  int status = 200;
  std::vector<Header> headers{};  ///< Content-Length, Date and Connection are the server's
  Bytes body{};
  /// Where there is one, there is no body: what is sent to the stream goes out as it comes
  /// (text/event-stream), until either side closes.
  std::shared_ptr<EventStream> events{};
};

}  // namespace xiaoyuan::http
