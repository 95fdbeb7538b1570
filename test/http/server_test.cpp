// The server on real sockets: answers from other threads, deadlines, lost connections, limits, its
// end.
#include "http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "http/events.hpp"
#include "support/http_client.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace xiaoyuan;
using namespace xiaoyuan::http;
using namespace std::chrono_literals;
using test::http_once;
using test::HttpClient;

Bytes body_of(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// A server with a few paths: /echo, /large, /slow (answered when told), /events, /dropped, /twice,
/// /thrown, anything else says its path.
class Served {
 public:
  explicit Served(Settings settings = {}) {
    auto started = Server::start(std::move(settings), [this](Request request, Answer answer) {
      handle(std::move(request), std::move(answer));
    });
    EXPECT_TRUE(started);
    server = std::move(*started);
  }
  ~Served() {
    server->stop(0s);
    answer_slow();
  }

  void answer_slow() {
    for (const Answer& answer : taken()) {
      answer({.body = body_of("slow")});
    }
  }
  std::size_t slow_waiting() {
    const std::lock_guard lock{guard};
    return slow.size();
  }
  std::vector<Answer> taken() {
    const std::lock_guard lock{guard};
    return std::exchange(slow, {});
  }
  std::uint16_t port() const { return server->port(); }

  std::unique_ptr<Server> server;
  Topics topics;
  std::mutex guard;
  std::vector<Answer> slow;
  std::vector<std::thread> threads;

 private:
  void handle(Request request, Answer answer) {
    if (request.path == "/echo") {
      answer({.body = body_of(std::move(request.body))});
    } else if (request.path == "/large") {
      answer({.headers = {{"Content-Type", "application/json"}},
              .body = body_of(std::string(3'000'000, 'x'))});
    } else if (request.path == "/slow") {
      const std::lock_guard lock{guard};
      slow.push_back(std::move(answer));
    } else if (request.path == "/thread") {
      std::thread([answer] { answer({.body = body_of("from a thread")}); }).detach();
    } else if (request.path == "/events") {
      const auto stream = std::make_shared<EventStream>();
      topics.follow({"t"}, stream);
      answer({.headers = {{"Content-Type", "text/event-stream"}}, .events = stream});
    } else if (request.path == "/twice") {
      answer({.body = body_of("first")});
      answer({.body = body_of("second")});
    } else if (request.path == "/thrown") {
      throw std::bad_alloc{};
    } else if (request.path != "/dropped") {
      answer({.headers = {{"X-Peer", request.peer}, {"X-Secure", request.secure ? "yes" : "no"}},
              .body = body_of(request.path)});
    }
  }
};

template <class Condition>
bool within(std::chrono::milliseconds time, Condition condition) {
  for (const auto end = std::chrono::steady_clock::now() + time; !condition();) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

TEST(HttpServer, OneConnectionCarriesManyRequests) {
  Served served;
  HttpClient client{served.port()};
  for (int round = 0; round < 3; ++round) {
    const auto reply = client.request("GET", "/a?x=1");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "/a");
    EXPECT_EQ(reply.header("X-Peer"), "127.0.0.1");
    EXPECT_EQ(reply.header("X-Secure"), "no");
    EXPECT_EQ(reply.header("Date").size(), 29U);
    EXPECT_EQ(client.request("POST", "/echo", {}, "hello").body, "hello");
    EXPECT_EQ(client.request("HEAD", "/a").header("Content-Length"), "2");
    EXPECT_EQ(client.request("GET", "/thread").body, "from a thread");
    EXPECT_EQ(client.request("GET", "/large").body.size(), 3'000'000U);
  }
  EXPECT_EQ(served.server->counts().connections_ever, 1U);
  EXPECT_EQ(served.server->counts().requests, 15U);
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInTheirOrder) {
  Served served;
  HttpClient client{served.port()};
  std::string all;
  for (int at = 0; at < 500; ++at) {
    all +=
        "GET /" + std::to_string(at) + (at % 7 == 0 ? "" : "?x") + " HTTP/1.1\r\nHost: x\r\n\r\n";
    all += at % 50 == 0 ? "GET /thread HTTP/1.1\r\nHost: x\r\n\r\n" : "";
  }
  client.send(all);
  for (int at = 0; at < 500; ++at) {
    ASSERT_EQ(client.reply().body, "/" + std::to_string(at));
    if (at % 50 == 0) {
      ASSERT_EQ(client.reply().body, "from a thread");
    }
  }
}

TEST(HttpServer, LargeBodiesComeWholeInPiecesAndChunks) {
  Served served;
  HttpClient client{served.port()};
  std::string text;
  for (int at = 0; text.size() < 900'000; ++at) {
    text += std::to_string(at) + ",";
  }
  EXPECT_EQ(client.request("POST", "/echo", {}, text).body, text);
  std::string chunks;
  for (std::size_t at = 0; at < text.size(); at += 10'007) {
    const std::string part = text.substr(at, 10'007);
    char size[16];
    std::snprintf(size, sizeof size, "%zX\r\n", part.size());
    chunks += size + part + "\r\n";
  }
  client.send("PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks +
              "0\r\n\r\n");
  EXPECT_EQ(client.reply().body, text);
}

TEST(HttpServer, ARefusalReachesThoseWhoStillSend) {
  Served served;
  HttpClient client{served.port()};
  const auto reply = client.request("POST", "/echo", {}, std::string(5'000'000, 'x'));
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_EQ(reply.body,
            "{\"type\":\"about:blank\",\"title\":\"Content Too Large\",\"status\":413}\n");
  EXPECT_EQ(served.server->counts().refused, 1U);
  EXPECT_EQ(served.server->counts().requests, 0U);
}

TEST(HttpServer, SlowOnesMeetTheirDeadline) {
  Settings settings;
  settings.limits.head_within = 150ms;
  settings.limits.body_within = 150ms;
  settings.limits.idle = 150ms;
  settings.limits.answer_within = 200ms;
  settings.limits.linger = 100ms;
  Served served{std::move(settings)};
  HttpClient silent{served.port()};
  HttpClient head{served.port()};
  HttpClient body{served.port()};
  HttpClient idle{served.port()};
  HttpClient reader{served.port()};
  std::atomic<bool> done = false;
  std::thread drip([&] {  // a byte at a time keeps nobody alive
    head.send("GET / HTTP/1.1\r\nHost: x\r\n");
    body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    while (!done) {
      head.send("a: b\r\n");
      body.send("x");
      std::this_thread::sleep_for(20ms);
    }
  });
  reader.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(idle.request("GET", "/").status, 200);
  EXPECT_EQ(head.reply().status, 408);
  EXPECT_EQ(body.reply().status, 408);
  done = true;
  drip.join();
  EXPECT_TRUE(silent.is_closed_within(2s));
  EXPECT_TRUE(idle.is_closed_within(2s));
  EXPECT_TRUE(within(3s, [&] { return served.server->counts().connections_open == 0; }))
      << "who does not read is let go";
}

TEST(HttpServer, OneTooManyIsRefused) {
  Settings settings;
  settings.limits.connections = 2;
  Served served{std::move(settings)};
  HttpClient first{served.port()};
  HttpClient second{served.port()};
  EXPECT_EQ(first.request("GET", "/").status, 200);
  EXPECT_EQ(second.request("GET", "/").status, 200);
  HttpClient third{served.port()};
  EXPECT_EQ(third.reply().status, 503);
  first.reset();
  EXPECT_TRUE(within(2s, [&] { return http_once(served.port(), "GET", "/").status == 200; }));
}

TEST(HttpServer, AConnectionLostBeforeItsAnswerIsLetGo) {
  Served served;
  for (int round = 0; round < 20; ++round) {
    HttpClient client{served.port()};
    client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(within(2s, [&] { return served.slow_waiting() == std::size_t(round) + 1; }));
    client.reset();
  }
  EXPECT_TRUE(within(2s, [&] { return served.server->counts().connections_open == 0; }))
      << "nothing waits for an answer that nobody reads";
  served.answer_slow();
  EXPECT_EQ(http_once(served.port(), "GET", "/").status, 200);
}

TEST(HttpServer, WhoOnlyStopsSendingHearsHisAnswer) {
  Served served;
  HttpClient client{served.port()};
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  client.end_sending();
  ASSERT_TRUE(within(2s, [&] { return served.slow_waiting() == 1; }));
  served.answer_slow();
  EXPECT_EQ(client.reply().body, "slow");
  EXPECT_TRUE(client.is_closed_within(2s));
}

TEST(HttpServer, AnswersThatNeverComeOrComeTwice) {
  Served served;
  HttpClient client{served.port()};
  EXPECT_EQ(client.request("GET", "/dropped").status, 500);
  EXPECT_EQ(client.request("GET", "/thrown").status, 500);
  EXPECT_EQ(client.request("GET", "/twice").body, "first");
  EXPECT_EQ(client.request("GET", "/a").body, "/a");
}

TEST(HttpServer, LargeJsonIsPacked) {
  Served served;
  HttpClient client{served.port()};
  const auto packed = client.request("GET", "/large", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 20'000U);
  EXPECT_EQ(client.request("GET", "/large").header("Vary"), "Accept-Encoding");
}

TEST(HttpServer, TwoHundredSubscribersHearEachEventOnce) {
  Settings settings;
  settings.limits.heartbeat = 100ms;
  Served served{std::move(settings)};
  std::vector<HttpClient> clients;
  for (int at = 0; at < 200; ++at) {
    clients.emplace_back(served.port());
    clients.back().send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  for (HttpClient& client : clients) {
    EXPECT_EQ(client.head().header("Content-Type"), "text/event-stream");
  }
  EXPECT_EQ(served.topics.subscribers(), 200U);
  EXPECT_EQ(clients.front().event(), ":") << "a sign of life";
  for (const char* name : {"1", "2", "3"}) {
    served.topics.publish("t", event_bytes(name, "live", "{}"));
  }
  for (HttpClient& client : clients) {
    for (const std::string name : {"1", "2", "3"}) {
      std::string event = client.event();
      while (event == ":") {
        event = client.event();
      }
      ASSERT_EQ(event, "id: " + name + "\nevent: live\ndata: {}");
    }
  }
  for (std::size_t at = 0; at < 100; ++at) {
    clients[at].reset();
  }
  EXPECT_TRUE(within(2s, [&] { return served.topics.subscribers() == 100; }));
  served.server->stop(5s);
  EXPECT_TRUE(clients[150].is_closed_within(1s));
  EXPECT_EQ(served.topics.subscribers(), 0U);
}

TEST(HttpServer, AFollowerWhoDoesNotReadIsClosedAndHoldsNobodyUp) {
  Served served;
  HttpClient slow{served.port()};
  HttpClient quick{served.port()};
  for (HttpClient* client : {&slow, &quick}) {
    client->send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    client->head();
  }
  const Bytes event = event_bytes("", "", std::string(60'000, 'x'));
  for (int at = 0; at < 1000 && served.topics.subscribers() == 2; ++at) {
    served.topics.publish("t", event);
    EXPECT_EQ(quick.event().size(), event->size() - 2);
  }
  EXPECT_EQ(served.topics.subscribers(), 1U);
}

TEST(HttpServer, StoppingLetsBegunAnswersEnd) {
  Served served{{.threads = 1}};
  HttpClient idle{served.port()};
  HttpClient busy{served.port()};
  EXPECT_EQ(idle.request("GET", "/").status, 200);
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(within(2s, [&] { return served.slow_waiting() == 1; }));
  std::thread stopping([&] { served.server->stop(10s); });
  EXPECT_TRUE(idle.is_closed_within(2s));
  EXPECT_EQ(HttpClient{served.port()}.request("GET", "/").status, 0) << "no more are taken";
  served.answer_slow();
  const auto reply = busy.reply();
  EXPECT_EQ(reply.body, "slow");
  EXPECT_EQ(reply.header("Connection"), "close");
  const auto start = std::chrono::steady_clock::now();
  stopping.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

TEST(HttpServer, StoppingDoesNotWaitBeyondItsGrace) {
  Served served;
  HttpClient busy{served.port()};
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(within(2s, [&] { return served.slow_waiting() == 1; }));
  const auto start = std::chrono::steady_clock::now();
  served.server->stop(0s);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  EXPECT_EQ(busy.reply().status, 0);
  served.answer_slow();  // into nothing
}

TEST(HttpServer, StoppingUnderLoadLosesNothingOfItself) {
  for (int round = 0; round < 5; ++round) {
    Served served;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int at = 0; at < 4; ++at) {
      clients.emplace_back([&] {
        HttpClient client{served.port()};
        while (client.request("GET", "/thread").status == 200) {
          ++answered;
        }
      });
    }
    ASSERT_TRUE(within(5s, [&] { return answered > 20; }));
    served.server->stop(2s);
    for (std::thread& client : clients) {
      client.join();
    }
    EXPECT_EQ(served.server->counts().connections_open, 0U);
  }
}

TEST(HttpServer, AnAddressThatIsTakenOrNotOurs) {
  Served served;
  const auto taken = Server::start({.port = served.port()}, [](Request, const Answer&) {});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().at(0).fault, Fault::conflict);
  const auto foreign = Server::start({.address = "192.0.2.1"}, [](Request, const Answer&) {});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().at(0).fault, Fault::unwritable);
  const auto named = Server::start({.address = "village"}, [](Request, const Answer&) {});
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().at(0).fault, Fault::bad_input);
}

class HttpTls : public testing::Test {
 protected:
  HttpTls() {
    const auto pair = test::self_signed();
    write("cert.pem", pair.certificate);
    write("key.pem", pair.key);
    write("other.pem", test::self_signed().key);
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder.path / name) << bytes;
  }
  Settings settings(const std::string& key = "key.pem") const {
    Settings all;
    all.tls = std::make_unique<Tls>(
        Tls{.certificate_file = folder.path / "cert.pem", .key_file = folder.path / key});
    return all;
  }
  test::TemporaryFolder folder;
};

TEST_F(HttpTls, AnswersComeOverTls) {
  Served served{settings()};
  HttpClient client{served.port(), test::HttpOver::tls};
  EXPECT_EQ(client.request("GET", "/a").header("X-Secure"), "yes");
  EXPECT_EQ(client.request("GET", "/large").body.size(), 3'000'000U);
  const std::string text(500'000, 'y');
  EXPECT_EQ(client.request("POST", "/echo", {}, text).body, text);
  EXPECT_EQ(client.request("GET", "/thread").body, "from a thread");
  EXPECT_EQ(client.request("POST", "/echo", {}, std::string(2'000'000, 'x')).status, 413);
  HttpClient last{served.port(), test::HttpOver::tls};
  EXPECT_EQ(last.request("GET", "/a", {{"Connection", "close"}}).body, "/a");
  EXPECT_TRUE(last.is_closed_within(2s));
}

TEST_F(HttpTls, EventsComeOverTls) {
  Served served{settings()};
  HttpClient client{served.port(), test::HttpOver::tls};
  client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.head().status, 200);
  served.topics.publish("t", event_bytes("1", "", "x"));
  EXPECT_EQ(client.event(), "id: 1\ndata: x");
  const auto start = std::chrono::steady_clock::now();
  served.server->stop(5s);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 4s);
}

TEST_F(HttpTls, AHandshakeThatDoesNotComeIsEnded) {
  Settings all = settings();
  all.limits.head_within = 100ms;
  Served served{std::move(all)};
  HttpClient silent{served.port()};
  EXPECT_TRUE(silent.is_closed_within(2s));
  HttpClient plain{served.port()};
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(plain.is_closed_within(2s));
  EXPECT_TRUE(within(2s, [&] { return served.server->counts().connections_open == 0; }));
}

TEST_F(HttpTls, CertificatesAndKeysThatDoNotFitAreNamed) {
  for (const char* key : {"other.pem", "missing.pem", "cert.pem"}) {
    const auto started = Server::start(settings(key), [](Request, const Answer&) {});
    ASSERT_FALSE(started) << key;
    EXPECT_EQ(started.error().at(0).where.file, (folder.path / key).string());
  }
  write("cert.pem", "nothing");
  const auto started = Server::start(settings(), [](Request, const Answer&) {});
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().at(0).where.file, (folder.path / "cert.pem").string());
}

}  // namespace
