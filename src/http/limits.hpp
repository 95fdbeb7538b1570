// How large and how slow a stranger may be.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace xiaoyuan::http {

struct Limits {
  std::size_t head_bytes = 16'384;
  std::size_t body_bytes = 1'048'576;  ///< where `body_limit` says nothing else
  /// A whole head; the first one and TLS's handshake too.
  std::chrono::milliseconds head_within{10'000};
  std::chrono::milliseconds body_within{60'000};    ///< a whole body …
  std::size_t body_bytes_per_second = 65'536;       ///< … and so much longer for a large one
  std::chrono::milliseconds answer_within{60'000};  ///< the other end takes the next 256 KiB
  std::chrono::milliseconds idle{75'000};           ///< between two requests
  std::chrono::milliseconds heartbeat{15'000};      ///< of an event stream that has nothing to say
  /// After a refusal the rest of what is sent is read and dropped so long, for a socket closed on
  /// unread bytes would take the answer back from the wire.
  std::chrono::milliseconds linger{2'000};
  std::size_t connections = 4096;
};

/// How often deadlines are looked at: a deadline is kept within a quarter of the shortest.
inline std::chrono::milliseconds look_every(const Limits& limits) {
  const auto shortest = std::min({limits.head_within, limits.body_within, limits.answer_within,
                                  limits.idle, limits.heartbeat, limits.linger});
  return std::clamp(shortest / 4, std::chrono::milliseconds{10}, std::chrono::milliseconds{500});
}

}  // namespace xiaoyuan::http
