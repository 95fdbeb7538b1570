// A connection's course without a socket: what is read as a request and what is refused, byte by
// byte or all at once.
#include "http/session.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "http/events.hpp"

namespace {

using namespace xiaoyuan::http;

Bytes text_body(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Answers every request with what it was, and keeps all that goes out.
struct Course {
  Rules rules{.date = [] { return std::string_view{"D"}; }};
  Session session{rules, {.address = "192.0.2.7", .secure = false}};
  std::string out{};
  std::vector<Request> requests{};

  void work() {
    while (auto request = session.next()) {
      session.answer(session.number(), {.body = text_body(request->path + "|" + request->body)});
      requests.push_back(std::move(*request));
      drain();
    }
    drain();
  }
  void drain() {
    for (auto piece = session.piece(); !piece.first.empty() || !piece.second.empty();
         piece = session.piece()) {
      out.append(piece.first).append(piece.second);
      session.sent();
    }
  }
  /// Gives the bytes in parts of at most so many.
  void give(std::string_view bytes, std::size_t most = 4096) {
    while (!bytes.empty()) {
      const auto room = session.room();
      if (room.empty()) {
        return;
      }
      const std::size_t size = std::min({bytes.size(), room.size(), most});
      std::memcpy(room.data(), bytes.data(), size);
      bytes.remove_prefix(size);
      session.received(size);
      work();
    }
  }
  int status() const { return out.size() < 12 ? 0 : std::stoi(out.substr(9, 3)); }
};

TEST(HttpSession, ManyRequestsOnOneConnection) {
  const std::string bytes =
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
      "\r\nPUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nCookie: forged=1\r\n\r\n"
      "POST /e HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      "DELETE /d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (const std::size_t part :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{4096}}) {
    Course course;
    course.give(bytes, part);
    ASSERT_EQ(course.requests.size(), 5U) << part << "\n" << course.out;
    EXPECT_EQ(course.requests[1].body, "hello");
    EXPECT_EQ(course.requests[2].body, "hello world");
    EXPECT_EQ(course.requests[2].cookie("forged"), "") << "a trailer is no header";
    EXPECT_EQ(course.requests[4].method, Method::remove);
    EXPECT_EQ(course.session.phase(), Phase::over);
    EXPECT_NE(course.out.find("Connection: close\r\n\r\n/d|"), std::string::npos);
  }
}

struct Hostile {
  int status;
  std::string bytes;
};

TEST(HttpSession, HostileInputIsRefused) {
  const std::string get = "GET / HTTP/1.1\r\n";
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const Hostile all[] = {
      {400, post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
      {400, post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"},
      {400, post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"},
      {400, post + "Content-Length: 5, 5\r\n\r\nhello"},
      {400, post + "Content-Length: -1\r\n\r\n"},
      {400, post + "Content-Length: +5\r\n\r\nhello"},
      {400, post + "Content-Length: 0x5\r\n\r\nhello"},
      {400, post + "Content-Length: \r\n\r\n"},
      {400, post + "Content-Length: 99999999999999999999999\r\n\r\n"},
      {413, post + "Content-Length: 18446744073709551615\r\n\r\n"},
      {413, post + "Content-Length: 1048577\r\n\r\n"},
      {501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
      {501, post + "Transfer-Encoding: identity\r\n\r\n"},
      {501, post + "Transfer-Encoding: xchunked\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\nx\r\nabc"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"},
      {413, post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"},
      {413, post + "Transfer-Encoding: chunked\r\n\r\n100001\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(300, 'x') + "\r\na\r\n"},
      {431, post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x')},
      {400, "GET / HTTP/1.1\nHost: x\n\n"},
      {400, "GET / HTTP/1.1\r\nHost: x\n\r\n"},
      {400, get + "Host: x\r\nA: b\rc\r\n\r\n"},
      {400, get + "Host: x\r\nA: b" + std::string(1, '\0') + "c\r\n\r\n"},
      {400, get + "Host : x\r\n\r\n"},
      {400, get + "Host: x\r\n folded\r\n\r\n"},
      {400, get + " Host: x\r\n\r\n"},
      {400, get + "Host: x\r\nno colon\r\n\r\n"},
      {400, get + "Host: x\r\n: empty\r\n\r\n"},
      {400, get + "\r\n"},
      {400, get + "Host: x\r\nHost: x\r\n\r\n"},
      {400, get + "Host: a b\r\n\r\n"},
      {400, get + "Host: x/../\r\n\r\n"},
      {417, get + "Host: x\r\nExpect: tea\r\n\r\n"},
      {400, "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /\r\n\r\n"},
      {400, "GET / FTP/1.1\r\nHost: x\r\n\r\n"},
      {505, "GET / HTTP/2.0\r\nHost: x\r\n\r\n"},
      {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {501, "BREW / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {501, "CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {501, "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {501, "get / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "GET /a%0d%0aX:y HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"},
      {400, std::string("\x16\x03\x01\x02\x00\x01", 6)},
      {400, "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"},
      {414, std::string(40'000, 'A')},
      {414, "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"},
      {431, get + "Host: x\r\nA: " + std::string(40'000, 'a')},
      {431, get + "Host: x\r\n" +
                [] {
                  std::string many;
                  for (int at = 0; at < 101; ++at) {
                    many += "A: b\r\n";
                  }
                  return many;
                }() +
                "\r\n"},
  };
  for (const Hostile& hostile : all) {
    for (const std::size_t part : {std::size_t{1}, std::size_t{4096}}) {
      Course course;
      course.give(hostile.bytes, part);
      EXPECT_EQ(course.status(), hostile.status) << hostile.bytes.substr(0, 200);
      EXPECT_TRUE(course.requests.empty()) << hostile.bytes.substr(0, 200);
      EXPECT_EQ(course.session.phase(), Phase::lingering);
      EXPECT_EQ(course.session.refused(), 1U);
    }
  }
}

TEST(HttpSession, NothingAfterARefusalIsRead) {
  Course course;
  course.give(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"
      "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  course.give("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(course.requests.empty());
  EXPECT_EQ(course.out.find("HTTP/1.1", 1), std::string::npos);
}

TEST(HttpSession, ABodyIsAskedForOnlyWhereItIsTaken) {
  Course course;
  course.rules.body_limit = [](const Request& head) {
    return head.path == "/large" ? std::size_t{100} : std::size_t{3};
  };
  const std::string head =
      " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
  course.give("POST /large" + head);
  EXPECT_EQ(course.out, "HTTP/1.1 100 Continue\r\n\r\n");
  course.give("hello");
  ASSERT_EQ(course.requests.size(), 1U);
  EXPECT_EQ(course.requests[0].body, "hello");
  course.out.clear();
  course.give("POST /small" + head);
  EXPECT_EQ(course.status(), 413);
}

TEST(HttpSession, OldClientsAndHeadsAreAnswered) {
  Course course;
  course.give("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(course.out.find("Connection: keep-alive"), std::string::npos);
  course.out.clear();
  course.give("HEAD /b HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(course.out.ends_with("Content-Length: 3\r\n\r\n")) << course.out;
  course.give("GET /c HTTP/1.0\r\n\r\n");
  EXPECT_EQ(course.session.phase(), Phase::over);
}

TEST(HttpSession, ForwardedAddressesAreBelievedFromProxiesAlone) {
  const std::string request =
      "GET / HTTP/1.1\r\nHost: x\r\nForwarded: for=203.0.113.1\r\n"
      "X-Forwarded-For: 203.0.113.9, 198.51.100.4, 192.0.2.8\r\nX-Forwarded-Proto: https\r\n\r\n";
  Course stranger;
  stranger.give(request);
  EXPECT_EQ(stranger.requests.at(0).peer, "192.0.2.7");
  EXPECT_FALSE(stranger.requests.at(0).secure);
  Course proxy;
  proxy.rules.proxies = {"192.0.2.7", "192.0.2.8"};
  proxy.give(request);
  EXPECT_EQ(proxy.requests.at(0).peer, "198.51.100.4");
  EXPECT_TRUE(proxy.requests.at(0).secure);
}

TEST(HttpSession, PhasesHaveTheirDeadlines) {
  Course course;
  EXPECT_EQ(course.session.allowed(), course.rules.limits.head_within);
  course.give("POST / HTTP/1.1\r\n");
  EXPECT_EQ(course.session.phase(), Phase::head);
  course.give("Host: x\r\nContent-Length: 65536\r\n\r\nx");
  EXPECT_EQ(course.session.phase(), Phase::body);
  EXPECT_EQ(course.session.allowed(), course.rules.limits.body_within + std::chrono::seconds{1});
  course.session.expire();
  course.drain();
  EXPECT_EQ(course.status(), 408);
  Course quiet;
  quiet.session.expire();
  quiet.drain();
  EXPECT_EQ(quiet.out, "") << "who asks nothing hears nothing";
  EXPECT_EQ(quiet.session.phase(), Phase::over);
}

TEST(HttpSession, AnswersToOtherRequestsAreDropped) {
  Course course;
  const std::string_view bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  std::memcpy(course.session.room().data(), bytes.data(), bytes.size());
  course.session.received(bytes.size());
  ASSERT_TRUE(course.session.next());
  course.session.answer(7, {.status = 500});
  course.drain();
  EXPECT_EQ(course.out, "");
  course.session.answer(1, {.status = 204});
  course.session.answer(1, {.status = 500});
  course.drain();
  EXPECT_EQ(course.out, "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
}

TEST(HttpSession, StoppingEndsWhatIsIdleAndWhatIsOnItsWay) {
  Course idle;
  idle.give("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.session.stop();
  idle.work();
  EXPECT_EQ(idle.session.phase(), Phase::over);

  Course sending;
  const std::string_view bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  std::memcpy(sending.session.room().data(), bytes.data(), bytes.size());
  sending.session.received(bytes.size());
  ASSERT_TRUE(sending.session.next());
  sending.session.answer(1, {.status = 204});
  EXPECT_FALSE(sending.session.piece().first.empty());
  sending.session.stop();
  sending.work();
  EXPECT_EQ(sending.session.phase(), Phase::sending);
  sending.session.sent();
  EXPECT_EQ(sending.session.phase(), Phase::over);

  Course half;
  half.give("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na");
  half.session.stop();
  half.work();
  EXPECT_EQ(half.session.phase(), Phase::body) << "what is begun may end";
  half.give("b");
  EXPECT_NE(half.out.find("Connection: close"), std::string::npos);
  EXPECT_EQ(half.session.phase(), Phase::over);
}

TEST(HttpSession, EventsGoOutAsTheyComeAndHeartbeatsBetween) {
  Course course;
  const std::string_view bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  std::memcpy(course.session.room().data(), bytes.data(), bytes.size());
  course.session.received(bytes.size());
  ASSERT_TRUE(course.session.next());
  const auto stream = std::make_shared<EventStream>();
  stream->send(event_bytes("", "", "early"));
  course.session.answer(1, {.events = stream});
  course.drain();
  EXPECT_EQ(course.out, "HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\n\r\ndata: early\n\n");
  EXPECT_EQ(course.session.phase(), Phase::streaming);
  course.out.clear();
  course.session.expire();
  stream->send(event_bytes("", "", "late"));
  stream->close();
  course.drain();
  EXPECT_EQ(course.out, ":\n\ndata: late\n\n");
  EXPECT_EQ(course.session.phase(), Phase::over);
}

}  // namespace
