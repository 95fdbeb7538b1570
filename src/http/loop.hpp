// One thread of the server with the connections that it serves: sockets, TLS and deadlines around
// sessions. The rest of the house does not see Asio.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "http/neighbours.hpp"
#include "http/server.hpp"
#include "http/session.hpp"
#include "http/tls.hpp"

namespace xiaoyuan::http {

/// What all connections of a server read, and count.
struct Shared {
  Rules rules{};
  Handler handler{};
  TlsContext tls{};
  Neighbours neighbours{};
  std::atomic<std::uint64_t> open = 0;
  std::atomic<std::uint64_t> ever = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
};

class Loop {
 public:
  explicit Loop(std::shared_ptr<Shared> shared);

  /// The port that it listens on.
  Result<std::uint16_t> listen(const std::string& address, std::uint16_t port) const;
  /// Takes connections and hands them to `loops` in turn.
  void accept(const std::vector<Loop>& loops) const;
  /// Serves on this thread until stopped, and all connections have ended.
  void run() const;
  /// Takes no more; idle connections and event streams end, begun answers go on. Any thread.
  void stop() const;
  /// Closes whatever is still open. Any thread.
  void abandon() const;

 private:
  struct Machine;
  std::shared_ptr<Machine> machine_;
  friend class Connection;
  friend struct Slot;
};

}  // namespace xiaoyuan::http
