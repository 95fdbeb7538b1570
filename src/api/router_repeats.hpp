// A write that is sent again under its Idempotency-Key gets the answer of the first time, and
// nothing is done again. Kept for a day, in memory, with a bound.
#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/hash.hpp"
#include "base/time_axis.hpp"
#include "http/message.hpp"

namespace xiaoyuan::api {

class Repeats {
 public:
  explicit Repeats(std::size_t most_kept = 10'000, std::size_t most_bytes = 32 << 20)
      : most_kept_(most_kept), most_bytes_(most_bytes) {}

  enum class Kind {
    first,     ///< do it, then say end()
    answered,  ///< `answer` is what was answered
    running,   ///< the first one has not ended
    another    ///< the key was used for other bytes
  };
  struct Begun {
    Kind kind = Kind::first;
    http::Response answer{};
  };
  Begun begin(const std::string& key, const Digest& bytes, Instant now);
  /// What the first one was answered; nothing where it is not to be kept, and may be tried again.
  void end(const std::string& key, std::optional<http::Response> answer);

 private:
  struct Kept {
    Digest bytes;
    Instant at;
    std::optional<http::Response> answer{};
  };
  void forget(Instant now);

  std::size_t most_kept_, most_bytes_;
  std::size_t bytes_ = 0;
  std::mutex guard_;
  std::unordered_map<std::string, Kept> kept_;
  std::deque<std::string> order_;  ///< of answered ones, the oldest first
};

}  // namespace xiaoyuan::api
