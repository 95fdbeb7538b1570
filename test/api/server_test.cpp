// The door behind the real server, on loopback: routes as nobody and with a token, bodies that are
// refused before they are read, events that arrive, a second server on the same folder.
#include <gtest/gtest.h>

#include "api/events.hpp"
#include "api/serve_folder.hpp"
#include "api/serve_settings.hpp"
#include "support/doors.hpp"
#include "support/http_client.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::api {

namespace {

Result<http::Response> answer_nothing(const Call&) { return nothing(); }

/// The server's rows with a handler that does nothing; those that answer of themselves stay.
const std::vector<Route>& quiet_rows() {
  static const std::vector<Route> rows = [] {
    std::vector<Route> all(routes().begin(), routes().end());
    for (Route& route : all) {
      const bool answers_itself = route.pattern == "/about" || route.pattern == "/openapi.yaml" ||
                                  route.pattern == "/rights" || route.pattern == "/events";
      route.handle = answers_itself ? route.handle : answer_nothing;
    }
    return all;
  }();
  return rows;
}

class ServedDoor : public testing::Test {
 protected:
  ServedDoor() {
    made_.people->let_in("keeper", {{.role = people::Role::administrator, .village = "*"}});
    http::Settings settings;
    settings.body_limit = [this](const http::Request& head) { return door_.body_limit(head); };
    auto started = http::Server::start(std::move(settings),
                                       [this](http::Request request, http::Answer answer) {
                                         door_.answer(std::move(request), std::move(answer));
                                       });
    EXPECT_TRUE(started.has_value());
    server_ = std::move(*started);
  }
  ~ServedDoor() override { server_->stop(std::chrono::seconds(1)); }

  test::HandWorld made_ = test::hand_world({"ours"});
  Door door_{*made_.world, {.rate = {.per_s = 1e6, .at_once = 1e6}, .rows = quiet_rows()}};
  std::unique_ptr<http::Server> server_;
};

std::string filled_path(std::string_view pattern) {
  std::string path = "/api/v1";
  for (const std::string_view part : parts_of(pattern.substr(1), '/')) {
    path += "/" + std::string(part == "{village}" ? "ours" : part.starts_with('{') ? "x" : part);
  }
  return path;
}

TEST_F(ServedDoor, SendsNobodyToSignInOnEveryRouteThatIsNotForEverybody) {
  test::HttpClient client(server_->port());
  for (const Route& route : routes()) {
    const auto reply = client.request(word_of(route.method), filled_path(route.pattern));
    if (route.rights.front() == '-' || route.rights.front() == 'p') {
      EXPECT_EQ(reply.status, 401) << word_of(route.method) << ' ' << route.pattern;
      EXPECT_EQ(reply.header("content-type"), "application/problem+json");
    } else if (route.pattern != "/events") {
      EXPECT_TRUE(reply.status == 200 || reply.status == 204)
          << word_of(route.method) << ' ' << route.pattern << ' ' << reply.status;
    }
  }
}

TEST_F(ServedDoor, LetsTheKeeperWhereHisLetterSays) {
  test::HttpClient client(server_->port());
  for (const Route& route : routes()) {
    if (route.pattern == "/events") {
      continue;
    }
    const auto reply = client.request(word_of(route.method), filled_path(route.pattern),
                                      {{"Authorization", "Bearer token-keeper"}});
    const bool is_let_in = route.rights[7] != '-' && route.rights[7] != 'p';
    EXPECT_EQ(reply.status < 300, is_let_in || route.rights.front() == 'y')
        << word_of(route.method) << ' ' << route.pattern << ' ' << reply.status;
  }
}

TEST_F(ServedDoor, RefusesALargeBodyBeforeItIsRead) {
  test::HttpClient client(server_->port());
  ASSERT_TRUE(
      client.send("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"));
  EXPECT_EQ(client.reply().status, 413);
}

TEST_F(ServedDoor, TellsWhatHappensInAVillage) {
  test::HttpClient client(server_->port());
  ASSERT_TRUE(
      client.send("GET /api/v1/events?topic=village/ours HTTP/1.1\r\nHost: a\r\n"
                  "Authorization: Bearer token-keeper\r\n\r\n"));
  const auto head = client.head();
  ASSERT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-type"), "text/event-stream");
  publish(made_.world->topics, *made_.world->villages->find("ours")->view());
  std::string event = client.event();
  while (event.starts_with(':')) {
    event = client.event();
  }
  EXPECT_TRUE(event.contains("event: village")) << event;
  EXPECT_TRUE(event.contains("\"village\":\"ours\"")) << event;
}

TEST_F(ServedDoor, DoesNotLeaveItsFiles) {
  for (const char* path : {"/../server.db", "/assets/%2e%2e/server.db", "/%2e%2e/%2e%2e/etc/passwd",
                           "/api/v1/villages/..%2f..", "/api/v1/villages/%00"}) {
    const auto reply = test::http_once(server_->port(), "GET", path);
    EXPECT_TRUE(reply.status == 400 || reply.status == 404) << path << ' ' << reply.status;
  }
}

TEST(ServeFolder, BelongsToOneServerAtATime) {
  const test::TemporaryFolder folder;
  auto first = FolderLock::take(folder.path / "data");
  ASSERT_TRUE(first.has_value());
  const auto second = FolderLock::take(folder.path / "data");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().front().fault, Fault::conflict);
  {
    const FolderLock gone = std::move(*first);
  }
  EXPECT_TRUE(FolderLock::take(folder.path / "data").has_value());
}

TEST(ServeFolder, OfADemonstrationIsNeverARealOnes) {
  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path / "demo");
  EXPECT_TRUE(claim_for(Demo::on_loopback, folder.path / "demo").has_value());
  EXPECT_FALSE(claim_for(Demo::off, folder.path / "demo").has_value());
  EXPECT_TRUE(claim_for(Demo::anywhere, folder.path / "demo").has_value());
  std::filesystem::create_directories(folder.path / "real");
  EXPECT_TRUE(claim_for(Demo::off, folder.path / "real").has_value());
  {
    const auto made = FolderLock::take(folder.path / "real" / "server.db");
  }
  EXPECT_FALSE(claim_for(Demo::on_loopback, folder.path / "real").has_value());
}

TEST(ServeSettings, ADemonstrationStaysOnThisMachine) {
  ServeSettings settings;
  settings.demo = Demo::on_loopback;
  for (const char* near : {"127.0.0.1:8470", "localhost:0", "[::1]:1"}) {
    settings.listen = near;
    EXPECT_TRUE(check_settings(settings).has_value()) << near;
  }
  for (const char* far : {"0.0.0.0:8470", "[::]:8470", "192.0.2.7:80"}) {
    settings.listen = far;
    settings.demo = Demo::on_loopback;
    EXPECT_FALSE(check_settings(settings).has_value()) << far;
    settings.demo = Demo::anywhere;
    EXPECT_TRUE(check_settings(settings).has_value()) << far;
  }
}

TEST(ServeSettings, TellEverythingThatIsWrongAtOnce) {
  EXPECT_EQ(
      check_settings({.listen = "8470", .tls_certificate = "a.pem", .store = "postgresql://x"})
          .error()
          .size(),
      3U);
  for (const char* wrong : {"", ":80", "a", "a:", "a:b", "a:80x", "a:70000", "::1:80", "a:-1"}) {
    EXPECT_FALSE(listen_at(wrong).has_value()) << wrong;
  }
}

TEST(ServeSettings, ReadTheExampleAsWhatHoldsWithoutIt) {
  const auto read = read_serve_settings(
      "listen = \"[::1]:9000\"\nthreads = 3\ndemo = \"anywhere\"\naccess_log = true\n", "s.toml");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->listen, "[::1]:9000");
  EXPECT_EQ(read->threads, 3U);
  EXPECT_EQ(read->demo, Demo::anywhere);
  EXPECT_EQ(read->access_log, AccessLog::on);
  const auto wrong =
      read_serve_settings("lisen = \"a:1\"\nthreads = 0\ndemo = \"yes\"\n", "s.toml");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().size(), 3U);
  EXPECT_TRUE(message(wrong.error().back(), Language::english).contains("listen"));
}

}  // namespace

}  // namespace xiaoyuan::api
