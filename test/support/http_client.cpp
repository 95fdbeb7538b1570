#include "support/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>

namespace xiaoyuan::test {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y);
  });
}

bool names(const HttpHeaders& headers, std::string_view name) {
  return std::ranges::any_of(headers,
                             [&](const auto& each) { return same_name(each.first, name); });
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

SSL_CTX* client_context() {
  static SSL_CTX* const context = [] {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to its socket itself
    return SSL_CTX_new(TLS_client_method());
  }();
  return context;
}

}  // namespace

std::string_view HttpReply::header(std::string_view name) const {
  const auto found =
      std::ranges::find_if(headers, [&](const auto& each) { return same_name(each.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

struct HttpClient::Wire {
  int socket = -1;
  SSL* tls = nullptr;

  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire() { close(); }
  void close() {
    SSL_free(tls);
    tls = nullptr;
    if (socket >= 0) {
      ::close(socket);
    }
    socket = -1;
  }
  long read(char* to, std::size_t size) const {
    return tls ? SSL_read(tls, to, static_cast<int>(size)) : ::recv(socket, to, size, 0);
  }
  long write(const char* from, std::size_t size) const {
    return tls ? SSL_write(tls, from, static_cast<int>(size))
               : ::send(socket, from, size, MSG_NOSIGNAL);
  }
};

HttpClient::HttpClient(std::uint16_t port, HttpOver over) : wire_(std::make_unique<Wire>()) {
  wire_->socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  ::setsockopt(wire_->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  patience(std::chrono::seconds{10});
  if (::connect(wire_->socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    wire_->close();
    return;
  }
  if (over == HttpOver::tls) {
    wire_->tls = SSL_new(client_context());
    SSL_set_fd(wire_->tls, wire_->socket);
    if (SSL_connect(wire_->tls) != 1) {
      wire_->close();
    }
  }
}

HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

void HttpClient::patience(std::chrono::milliseconds time) {
  const timeval limit{.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000};
  ::setsockopt(wire_->socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty() && wire_->socket >= 0) {
    const long sent = wire_->write(bytes.data(), bytes.size());
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes.empty();
}

bool HttpClient::fill() {
  char bytes[16 * 1024];
  const long got = wire_->socket < 0 ? 0 : wire_->read(bytes, sizeof bytes);
  if (got > 0) {
    waiting_.append(bytes, static_cast<std::size_t>(got));
  }
  return got > 0;
}

std::string HttpClient::until(std::string_view mark) {
  std::size_t at = 0;
  while ((at = waiting_.find(mark)) == std::string::npos) {
    if (!fill()) {
      return {};
    }
  }
  std::string part = waiting_.substr(0, at);
  waiting_.erase(0, at + mark.size());
  return part;
}

HttpReply HttpClient::head() {
  std::string_view lines;
  const std::string text = until("\r\n\r\n");
  lines = text;
  HttpReply reply;
  if (!lines.starts_with("HTTP/1.1 ")) {
    return reply;
  }
  reply.status = static_cast<int>(number(lines.substr(9, 3), 10));
  for (std::size_t at = lines.find("\r\n"); at != std::string_view::npos;) {
    lines.remove_prefix(at + 2);
    at = lines.find("\r\n");
    const std::string_view line = lines.substr(0, at);
    const std::size_t colon = line.find(':');
    reply.headers.emplace_back(line.substr(0, colon),
                               line.substr(std::min(colon + 2, line.size())));
  }
  return reply;
}

HttpReply HttpClient::reply(Body body) {
  HttpReply reply = head();
  if (body == Body::none || reply.status < 200 || reply.status == 204 || reply.status == 304) {
    return reply;
  }
  if (reply.header("Transfer-Encoding") == "chunked") {
    while (const std::size_t size = number(until("\r\n"), 16)) {
      while (waiting_.size() < size + 2 && fill()) {
      }
      reply.body += waiting_.substr(0, size);
      waiting_.erase(0, size + 2);
    }
    until("\r\n");
  } else if (names(reply.headers, "Content-Length")) {
    const std::size_t size = number(reply.header("Content-Length"), 10);
    while (waiting_.size() < size && fill()) {
    }
    reply.status = waiting_.size() < size ? 0 : reply.status;
    reply.body = waiting_.substr(0, size);
    waiting_.erase(0, size);
  } else {
    reply.body = rest();
  }
  return reply;
}

HttpReply HttpClient::request(std::string_view method, std::string_view target,
                              const HttpHeaders& headers, std::string_view body) {
  std::string bytes = std::string{method} + " " + std::string{target} + " HTTP/1.1\r\n";
  HttpHeaders all = headers;
  if (!names(all, "Host")) {
    all.emplace_back("Host", "localhost");
  }
  if (!body.empty() && !names(all, "Content-Length") && !names(all, "Transfer-Encoding")) {
    all.emplace_back("Content-Length", std::to_string(body.size()));
  }
  for (const auto& [name, value] : all) {
    bytes += name + ": " + value + "\r\n";
  }
  bytes += "\r\n";
  bytes += body;
  send(bytes);  // a server may answer and close before it has all
  return reply(method == "HEAD" ? Body::none : Body::expected);
}

std::string HttpClient::event() { return until("\n\n"); }

std::string HttpClient::rest() {
  while (fill()) {
  }
  return std::exchange(waiting_, {});
}

bool HttpClient::is_closed_within(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (wire_->socket >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      return false;
    }
    patience(left);
    char bytes[4096];
    errno = 0;
    if (wire_->read(bytes, sizeof bytes) <= 0) {
      return errno != EAGAIN && errno != EWOULDBLOCK;
    }
  }
  return true;
}

void HttpClient::end_sending() { ::shutdown(wire_->socket, SHUT_WR); }

void HttpClient::reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(wire_->socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  wire_->close();
}

HttpReply http_once(std::uint16_t port, std::string_view method, std::string_view target,
                    const HttpHeaders& headers, std::string_view body) {
  HttpHeaders all = headers;
  all.emplace_back("Connection", "close");
  return HttpClient{port}.request(method, target, all, body);
}

}  // namespace xiaoyuan::test
