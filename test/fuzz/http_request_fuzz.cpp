// Any bytes as a connection: however they are cut, the same requests are read and the same is
// answered; what is read keeps what message.hpp promises.
#include <algorithm>
#include <cstring>

#include "foreign.hpp"
#include "http/session.hpp"
#include "http/target.hpp"

namespace {

using namespace xiaoyuan;

struct Heard {
  std::string out;
  std::size_t requests = 0;
  bool operator==(const Heard&) const = default;
};

void expect_promises(const http::Request& request) {
  expects(request.path.starts_with('/') && is_utf8(request.path));
  expects(request.path.find("//") == request.path.npos &&
          request.path.find('\0') == std::string::npos);
  expects(request.path.find("/../") == request.path.npos && !request.path.ends_with("/.."));
  expects(request.body.size() <= 2000);
  std::size_t hosts = 0;
  for (const http::Header& header : request.headers) {
    hosts += http::same_word(header.name, "Host");
    expects(header.value.find_first_of("\r\n") == header.value.npos);
  }
  expects(hosts <= 1);
}

/// Sends what is to be sent.
void drain(http::Session& session, std::string& out) {
  for (auto piece = session.piece(); !piece.first.empty() || !piece.second.empty();
       piece = session.piece()) {
    out.append(piece.first).append(piece.second);
    session.sent();
  }
  // Whether it is said depends, rightly, on what of the body was there already.
  constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  for (std::size_t at = out.find(go_on); at != out.npos; at = out.find(go_on, at)) {
    out.erase(at, go_on.size());
  }
}

Heard hear(std::string_view bytes, std::size_t most) {
  const http::Rules rules{.limits = {.head_bytes = 1024, .body_bytes = 2000},
                          .body_limit = {},
                          .proxies = {"192.0.2.7"},
                          .date = [] { return std::string_view{"D"}; }};
  http::Session session{rules, {.address = "192.0.2.7", .secure = false}};
  Heard heard;
  while (!bytes.empty()) {
    const auto room = session.room();
    if (room.empty()) {
      break;
    }
    const std::size_t size = std::min({bytes.size(), room.size(), most});
    std::memcpy(room.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    session.received(size);
    while (const auto request = session.next()) {
      expect_promises(*request);
      ++heard.requests;
      session.answer(session.number(),
                     {.headers = {{"X-Peer", "p"}},
                      .body = std::make_shared<const std::string>(request->path + request->body)});
      drain(session, heard.out);
    }
    drain(session, heard.out);
  }
  session.ended();
  expects(!session.next());
  drain(session, heard.out);
  expects(session.phase() == http::Phase::over);
  expects(session.refused() <= 1);
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  const Heard whole = hear(text, text.size());
  expects(hear(text, 1) == whole);
  expects(hear(text, 5) == whole);
  return 0;
}
