// The head of an answer as bytes (RFC 9112 §4), and the answers that the server gives by itself.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace xiaoyuan::http {

/// What the server says of an answer beside its own headers.
struct HeadFacts {
  std::string_view date;
  bool keep_alive = true;
  bool is_http_10 = false;
  bool has_length = true;        ///< false: the end of the connection is the end of the answer
  std::size_t length_bytes = 0;  ///< of the body, also where HEAD leaves it out
};
void append_head(std::string& out, const Response& response, const HeadFacts& facts);

/// "Not Found"; "" where HTTP has no word.
std::string_view reason(int status);

/// Stops the program where an answer could be read as two: a status that is none, a name that is no
/// token, a value with a line end or NUL, a header that is the server's.
void expect_sound(const Response& response);

/// The answer to what was refused before a handler saw it: a problem (RFC 9457).
Response refusal(int status);
/// The same as bytes, after which the connection closes.
std::string refusal_bytes(int status, std::string_view date);

}  // namespace xiaoyuan::http
