// The HTTP/1.1 server (RFC 9112): few threads, each with many connections; a strict parser; limits
// on everything that a stranger can make large or slow; TLS where a certificate is given.
//
// Callbacks alone, no coroutine (docs/adr/0021). The handler is called on a thread of the server
// and must not wait; whoever needs long answers later, once, from any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

namespace xiaoyuan::http {

struct Tls {
  std::string certificate_file;  ///< PEM, with its chain
  std::string key_file;          ///< PEM
};

struct Settings {
  std::string address = "127.0.0.1";  ///< in figures: IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: any that is free
  unsigned threads = 2;
  Limits limits{};
  std::unique_ptr<Tls> tls{};
  /// Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> proxies{};
  /// How large the body of this head may be; asked before the body is read.
  std::function<std::size_t(const Request& head)> body_limit{};
};

/// Called once, from any thread; a second call does nothing. Where the last copy goes uncalled, the
/// other end hears 500. What a header of the response may not hold stops the program (head.hpp).
using Answer = std::function<void(Response)>;
using Handler = std::function<void(Request, Answer)>;

/// What the server counts.
struct Counts {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_ever = 0;
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;  ///< by the parser or a limit, before any handler
};

class Server {
 public:
  /// Listens and begins to serve. Errors: address in use or not ours, a certificate that does not
  /// read, a key that is not its.
  static Result<std::unique_ptr<Server>> start(Settings settings, Handler handler);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  virtual Counts counts() const = 0;
  /// Takes no more connections, closes idle ones and event streams, lets begun answers end within
  /// `grace`, and returns when all threads have ended.
  virtual void stop(std::chrono::seconds grace) = 0;
};

}  // namespace xiaoyuan::http
