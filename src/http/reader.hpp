// The bytes of a connection as requests (RFC 9112): a strict reader without a socket. Whatever two
// programs could read differently is refused, since a proxy may stand before this server.
//
// Beside what Beast's parser refuses (a bare CR or LF, a space before the colon, a length that is
// no number, length and chunks together): a NUL, folded lines, no or two Host, two lengths, a
// transfer coding other than "chunked", trailers as headers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "http/limits.hpp"
#include "http/message.hpp"

namespace xiaoyuan::http {

/// How large the body of this head may be.
using BodyLimit = std::function<std::size_t(const Request& head)>;

/// What a request says of itself beside what its handler sees.
struct Manner {
  bool keep_alive = true;
  bool is_http_10 = false;
};

class RequestReader {
 public:
  explicit RequestReader(const Limits& limits, const BodyLimit& body_limit);
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  /// Where the next bytes go; empty when so much waits already that none are to be read.
  /// The room stays where it is until filled(), with 0 where nothing came.
  std::span<char> room();
  void filled(std::size_t bytes);

  enum class Found : std::uint8_t {
    nothing,   ///< more bytes are needed
    expects,   ///< the other end waits for "100 Continue" before it sends the body
    request,   ///< whole: take() it
    malformed  ///< no more can be read from this connection: status()
  };
  Found look();

  Request take();
  Manner manner() const;
  int status() const;

  enum class Within : std::uint8_t { nothing, head, body };
  /// What stands half read.
  Within within() const;
  /// The declared length of the body that is being read; 0 where it comes in chunks.
  std::size_t declared_bytes() const;
  /// Bytes of the next request are here already.
  bool has_more() const;
  /// Lets go of what waits and of the memory for it, unless the room is being filled.
  void drop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace xiaoyuan::http
