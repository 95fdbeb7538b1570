// A small HTTP client for tests: one raw socket, plain or TLS. It sends what it is told, byte for
// byte, so that a server can be asked what no honest client would ask.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xiaoyuan::test {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpReply {
  int status = 0;  ///< 0: the connection ended before a whole answer
  HttpHeaders headers{};
  std::string body{};

  /// The value of a header, whatever its case; "" where there is none.
  std::string_view header(std::string_view name) const;
};

enum class HttpOver : std::uint8_t { plain, tls };

/// One connection to 127.0.0.1. Reading gives up after `patience`.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, HttpOver over = HttpOver::plain);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) = delete;
  ~HttpClient();

  /// Sends one request and reads its answer; Host and Content-Length are added where they are
  /// missing. The connection stays open if the server keeps it.
  HttpReply request(std::string_view method, std::string_view target,
                    const HttpHeaders& headers = {}, std::string_view body = {});

  /// The bytes as they are. False when the other end does not take them.
  bool send(std::string_view bytes);
  enum class Body : std::uint8_t { expected, none };
  /// The next answer: by Content-Length, chunks, or to the end of the connection. `none`: of HEAD.
  HttpReply reply(Body body = Body::expected);
  /// Only the head of the next answer: of an event stream, whose events follow.
  HttpReply head();
  /// The next event or comment with all its lines, without the blank one; "" at the end.
  std::string event();
  /// All that comes until the other end closes or nothing came for the patience.
  std::string rest();
  /// True when the other end closes within this time; what it sends before is dropped.
  bool is_closed_within(std::chrono::milliseconds time);
  /// Sends no more, still reads.
  void end_sending();
  /// Closes with a reset, as a lost connection does.
  void reset();
  void patience(std::chrono::milliseconds time);

 private:
  struct Wire;
  bool fill();
  std::string until(std::string_view mark);

  std::unique_ptr<Wire> wire_;
  std::string waiting_;  ///< read, not yet taken
};

/// One request on a connection of its own ("Connection: close").
HttpReply http_once(std::uint16_t port, std::string_view method, std::string_view target,
                    const HttpHeaders& headers = {}, std::string_view body = {});

/// A certificate for 127.0.0.1 and its key as PEM, signed by itself, good for a day.
struct SelfSigned {
  std::string certificate;
  std::string key;
};
SelfSigned self_signed();

}  // namespace xiaoyuan::test
