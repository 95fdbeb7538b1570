// What strangers, thieves and other pages try at the door.
#include <gtest/gtest.h>

#include <algorithm>
#include <latch>

#include "api/pages.hpp"
#include "api/router_entry.hpp"
#include "support/doors.hpp"

namespace xiaoyuan::api {

namespace {

using enum http::Method;
using test::asking;
using test::body;
using test::header;
using test::knock;

std::atomic<int> written{0};

Result<http::Response> write(const Call&) {
  ++written;
  return made("/api/v1/things/7", R"({"thing":)" + std::to_string(written) + "}");
}
Result<http::Response> read(const Call& call) {
  return json_answer(call, R"({"village":")" + std::string(call["village"]) + "\"}");
}
Result<http::Response> echo(const Call& call) {
  return fail(Fault::bad_input,
              {"found \"" + call.request.body + "\"", "实为“" + call.request.body + "”"},
              {"thing.toml", 3, "name"});
}
Result<http::Response> file(const Call& call) {
  return file_answer(
      call,
      {.name = "兴各庄\r\nSet-Cookie: a=b\".pdf", .type = "application/pdf", .bytes = "%PDF"});
}
Result<http::Response> opens_session(const Call&) {
  ++written;
  http::Response response = nothing();
  response.headers.push_back({"Set-Cookie", "xiaoyuan_session=secret"});
  return response;
}
Result<http::Response> fails_to_read(const Call&) {
  return fail(Fault::unreadable, {"cannot open the store", "无法打开数据库"},
              {"/srv/xiaoyuan/village.db", 0, ""});
}
Result<http::Response> throws(const Call&) { throw std::runtime_error("secret of the inside"); }

std::latch* working = nullptr;
std::latch* may_end = nullptr;
Result<http::Response> works(const Call&) {
  working->count_down();
  may_end->wait();
  return nothing();
}

constexpr Route test_rows[] = {
    {post, "/things", "-yyyyyyy", Runs::at_once, write, 100},
    {get, "/things", "-yyyyyyy", Runs::at_once, read},
    {put, "/things", "-yyyyyyy", Runs::at_once, read},
    {post, "/echo", "yyyyyyyy", Runs::at_once, echo},
    {post, "/file", "yyyyyyyy", Runs::at_once, file},
    {post, "/session", "yyyyyyyy", Runs::at_once, opens_session},
    {get, "/unreadable", "yyyyyyyy", Runs::at_once, fails_to_read},
    {post, "/villages/{village}/large", "--v-----", Runs::at_once, write, std::size_t{64} << 20},
    {get, "/throws", "yyyyyyyy", Runs::on_worker, throws},
    {post, "/works", "yyyyyyyy", Runs::on_worker, works},
    {get, "/villages/{village}", "-vvvvvvv", Runs::at_once, read},
    {get, "/villages/new", "yyyyyyyy", Runs::at_once, read},
};

class Security : public testing::Test {
 protected:
  Security() {
    written = 0;
    made_.people->let_in("wang", {{.role = people::Role::committee, .village = "ours"}});
    made_.people->let_in("li", {{.role = people::Role::committee, .village = "theirs"}});
  }
  http::Response post_thing(std::vector<http::Header> headers, std::string bytes = "{}") {
    return knock(door_, asking(post, "/api/v1/things", std::move(headers), std::move(bytes)));
  }
  static std::vector<http::Header> session(const std::string& name) {
    return {{"Cookie", "xiaoyuan_session=session-" + name},
            {"X-CSRF-Token", "csrf-" + name},
            {"Origin", "https://village.example"},
            {"Sec-Fetch-Site", "same-origin"}};
  }
  static std::vector<http::Header> token(const std::string& name) {
    return {{"Authorization", "Bearer token-" + name}};
  }

  test::HandWorld made_ = test::hand_world({"ours", "theirs"});
  Door door_{*made_.world, {.workers = 1, .waiting = 1, .rows = test_rows}};
};

TEST_F(Security, AWriteNeedsTheMarkOfItsSession) {
  EXPECT_EQ(post_thing(session("wang")).status, 201);
  const http::Header cookie{"Cookie", "xiaoyuan_session=session-wang"};
  EXPECT_EQ(post_thing({cookie}).status, 403);
  EXPECT_EQ(post_thing({cookie, {"X-CSRF-Token", ""}}).status, 403);
  EXPECT_EQ(post_thing({cookie, {"X-CSRF-Token", "csrf-li"}}).status, 403) << "another session's";
  EXPECT_EQ(post_thing({cookie, {"X-CSRF-Token", "csrf-wan"}}).status, 403);
  EXPECT_EQ(written, 1);
}

TEST_F(Security, AnotherPageCannotWrite) {
  for (const http::Header& from : {http::Header{"Sec-Fetch-Site", "cross-site"},
                                   {"Sec-Fetch-Site", "same-site"},
                                   {"Origin", "https://evil.example"},
                                   {"Origin", "https://village.example.evil.example"},
                                   {"Origin", "https://village.example:444"},
                                   {"Origin", "null"}}) {
    EXPECT_EQ(
        post_thing(
            {{"Cookie", "xiaoyuan_session=session-wang"}, {"X-CSRF-Token", "csrf-wang"}, from})
            .status,
        403)
        << from.value;
    EXPECT_EQ(knock(door_, asking(post, "/api/v1/session", {from})).status, 403)
        << "not even to sign in: " << from.value;
  }
  EXPECT_EQ(post_thing({{"Cookie", "xiaoyuan_session=session-wang"},
                        {"X-CSRF-Token", "csrf-wang"},
                        {"Origin", "https://Village.Example"}})
                .status,
            201);
  EXPECT_EQ(written, 1);
}

TEST_F(Security, ATokenIsATokenAndACookieIsACookie) {
  EXPECT_EQ(post_thing(token("wang")).status, 201);
  EXPECT_EQ(post_thing({{"Authorization", "bearer token-wang"}}).status, 201);
  for (const char* wrong : {"Bearer session-wang", "Bearer token-nobody", "Bearer ", "Bearer",
                            "Basic d2FuZzp3YW5n", "token-wang", "Bearer token-wang x"}) {
    const http::Response refused = post_thing({{"Authorization", wrong}});
    EXPECT_EQ(refused.status, 401) << wrong;
    EXPECT_EQ(header(refused, "WWW-Authenticate"), "Bearer");
  }
  EXPECT_EQ(post_thing({{"Cookie", "xiaoyuan_session=token-wang"}}).status, 401);
  // A wrong token is not saved by a right cookie.
  auto both = session("wang");
  both.push_back({"Authorization", "Bearer token-nobody"});
  EXPECT_EQ(post_thing(both).status, 401);
  EXPECT_EQ(written, 2);
}

TEST_F(Security, ASecretInTheAddressIsNone) {
  EXPECT_EQ(
      knock(door_, asking(get, "/api/v1/things?token=token-wang&access_token=token-wang")).status,
      401);
}

TEST_F(Security, TheMoreLiteralRowIsMeant) {
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/villages/new")).status, 200);
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/villages/ours")).status, 401);
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/villages/ours", token("wang"))).status, 200);
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/villages/theirs", token("wang"))).status, 404);
}

TEST_F(Security, WhatIsNotThereIsToldApartFromWhatCannotBeDone) {
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/nothing")).status, 404);
  EXPECT_EQ(knock(door_, asking(get, "/api/v1/villages/a/b/c/d/e/f/g")).status, 404);
  EXPECT_EQ(knock(door_, asking(get, "/api")).status, 404);
  EXPECT_EQ(knock(door_, asking(get, "/api/v2/things")).status, 404);
  const http::Response refused = knock(door_, asking(remove, "/api/v1/things"));
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header(refused, "Allow"), "OPTIONS, POST, GET, HEAD, PUT");
  EXPECT_EQ(knock(door_, asking(options, "/api/v1/things")).status, 204);
  EXPECT_EQ(header(refused, "Access-Control-Allow-Origin"), "");
}

TEST_F(Security, ABodyBeyondTheRowsLimitIsRefused) {
  EXPECT_EQ(post_thing(token("wang"), std::string(100, 'x')).status, 201);
  EXPECT_EQ(post_thing(token("wang"), std::string(101, 'x')).status, 413);
  EXPECT_EQ(door_.body_limit(asking(post, "/api/v1/things")), 100U);
  EXPECT_LE(door_.body_limit(asking(post, "/api/v1/nothing")), 1024U);
  EXPECT_LE(door_.body_limit(asking(post, "/anything")), 1024U);
}

TEST_F(Security, NobodyFillsTheMemoryWithWhatHeMayNotSend) {
  const auto most = [&](const char* village, std::vector<http::Header> headers) {
    return door_.body_limit(
        asking(post, std::string("/api/v1/villages/") + village + "/large", std::move(headers)));
  };
  constexpr std::size_t large = std::size_t{64} << 20;
  constexpr std::size_t small = std::size_t{64} << 10;
  EXPECT_EQ(most("ours", token("wang")), large);
  EXPECT_EQ(most("ours", session("wang")), large);
  EXPECT_EQ(most("ours", {}), small);
  EXPECT_EQ(most("ours", token("nobody")), small);
  EXPECT_EQ(most("ours", {{"Cookie", "xiaoyuan_session=session-wang"}}), small) << "no mark";
  EXPECT_EQ(most("theirs", token("wang")), small);
  EXPECT_EQ(most("nowhere", token("wang")), small);
}

TEST_F(Security, JsonThatNestsWithoutEndReachesNoReader) {
  const auto nested = [](std::size_t depth, const std::string& begin, const std::string& end) {
    std::string bytes = "{\"name\":";
    for (std::size_t i = 0; i + 1 < depth; ++i) {
      bytes += begin;
    }
    bytes += "1";
    for (std::size_t i = 0; i + 1 < depth; ++i) {
      bytes += end;
    }
    return bytes + "}";
  };
  const auto status = [&](const std::string& bytes) {
    return knock(door_, asking(post, "/api/v1/villages/ours/large", token("wang"), bytes)).status;
  };
  EXPECT_EQ(status(nested(most_nested, "[", "]")), 201);
  EXPECT_EQ(status(nested(most_nested + 1, "[", "]")), 400);
  EXPECT_EQ(status(nested(1'000'000, "[", "]")), 400);
  EXPECT_EQ(status(" \n" + nested(1'000'000, "{\"a\":", "}")), 400);
  EXPECT_EQ(status(std::string(1'000'000, '[')), 400);
  // Brackets inside a text nest nothing, and a quote behind a backslash ends none.
  EXPECT_EQ(status(R"({"name":"\\\"[[)" + std::string(1000, '[') + "\"}"), 201);
  EXPECT_EQ(status(R"({"name":"\\",)" + nested(1000, "[", "]")), 400);
  EXPECT_EQ(status("meter,kwh\n" + std::string(1000, '[')), 201) << "a table is no JSON";
  EXPECT_EQ(written, 3);
}

TEST_F(Security, WhereTheFilesOfTheServerLieIsToldToItsKeepers) {
  made_.people->let_in("zhao",
                       {{.role = people::Role::villager, .village = "ours", .holder = "H1"}});
  for (const auto& headers : {std::vector<http::Header>{}, token("zhao")}) {
    const http::Response answer = knock(door_, asking(get, "/api/v1/unreadable", headers));
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(body(answer).contains("village.db")) << body(answer);
  }
  EXPECT_TRUE(
      body(knock(door_, asking(get, "/api/v1/unreadable", token("wang")))).contains("village.db"));
}

TEST_F(Security, AProblemCarriesForeignBytesAsText) {
  const http::Response answer =
      knock(door_, asking(post, "/api/v1/echo?lang=zh", {}, "<script>\"\xff\r\n</script>"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(header(answer, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(header(answer, "Content-Security-Policy").contains("default-src 'none'"));
  EXPECT_EQ(body(answer),
            "{\"type\":\"about:blank\",\"title\":\"输入有误\",\"status\":400,\"errors\":[{"
            "\"file\":\"thing.toml\",\"line\":3,\"field\":\"name\",\"message\":\"thing.toml:3: "
            "name: 实为“<script>\\\"\xEF\xBF\xBD\\r\\n</script>”\"}]}");
}

TEST_F(Security, ANameOfAFileCannotWriteAHeader) {
  const http::Response answer = knock(door_, asking(post, "/api/v1/file"));
  const std::string_view offered = header(answer, "Content-Disposition");
  EXPECT_FALSE(offered.contains('\r') || offered.contains('\n'));
  EXPECT_TRUE(offered.contains("filename*=UTF-8''%E5%85%B4%E5%90%84%E5%BA%84%0D%0A")) << offered;
}

TEST_F(Security, WhatIsThrownInsideIsNotToldOutside) {
  const http::Response answer = knock(door_, asking(get, "/api/v1/throws"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_FALSE(body(answer).contains("secret"));
}

TEST_F(Security, AWriteSentAgainIsDoneOnce) {
  auto headers = token("wang");
  headers.push_back({"Idempotency-Key", "k1"});
  const http::Response first = post_thing(headers), again = post_thing(headers);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(body(again), body(first));
  EXPECT_EQ(header(again, "Location"), header(first, "Location"));
  EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(written, 1);
  EXPECT_EQ(post_thing(headers, "{\"other\":1}").status, 422) << "the key, with another body";
  auto other = token("li");
  other.push_back({"Idempotency-Key", "k1"});
  EXPECT_EQ(header(post_thing(other), "Idempotency-Replayed"), "") << "another's key is another";
  EXPECT_EQ(written, 2);
}

TEST_F(Security, WhatASessionWasAnsweredATokenOfTheSamePersonDoesNotHear) {
  auto headers = session("wang");
  headers.push_back({"Idempotency-Key", "k3"});
  EXPECT_EQ(post_thing(headers).status, 201);
  auto by_token = token("wang");
  by_token.push_back({"Idempotency-Key", "k3"});
  EXPECT_EQ(header(post_thing(by_token), "Idempotency-Replayed"), "");
  EXPECT_EQ(written, 2);
}

TEST_F(Security, ASessionIsNotHandedOutTwice) {
  auto headers = session("wang");
  headers.push_back({"Idempotency-Key", "k2"});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(
        header(knock(door_, asking(post, "/api/v1/session", headers)), "Idempotency-Replayed"), "");
  }
  EXPECT_EQ(written, 2);
}

TEST_F(Security, AFullLineIsToldToComeAgain) {
  std::latch begun(1), end(1);
  working = &begun;
  may_end = &end;
  std::atomic<int> done{0};
  const auto count = [&done](const http::Response& answer) {
    done += answer.status == 204 ? 1 : 0;
  };
  door_.answer(asking(post, "/api/v1/works"), count);
  begun.wait();
  std::latch begun_too(1);
  working = &begun_too;
  door_.answer(asking(post, "/api/v1/works"), count);
  const http::Response refused = knock(door_, asking(post, "/api/v1/works"));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(header(refused, "Retry-After"), "1");
  end.count_down();
  begun_too.wait();
  door_.stop();
  EXPECT_EQ(done, 2);
}

TEST_F(Security, WhoAsksTooOftenWaits) {
  Door door(*made_.world, {.rate = {.per_s = 0.5, .at_once = 3}, .rows = test_rows});
  const auto ask = [&](const char* name) {
    return knock(door, asking(post, "/api/v1/things", token(name)));
  };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask("wang").status, 201);
  }
  EXPECT_EQ(ask("wang").status, 429);
  EXPECT_EQ(header(ask("wang"), "Retry-After"), "2");
  EXPECT_EQ(ask("li").status, 201) << "others do not wait for him";
  EXPECT_EQ(knock(door, asking(get, "/api/v1/things", token("wang"))).status, 200)
      << "reads from memory are free";
}

TEST_F(Security, BytesThatAreKnownAreNotSentAgain) {
  const http::Response first = knock(door_, asking(get, "/api/v1/things", token("wang")));
  const std::string etag(header(first, "ETag"));
  EXPECT_EQ(header(first, "Cache-Control"), "private, no-cache");
  for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    auto headers = token("wang");
    headers.push_back({"If-None-Match", known});
    const http::Response again = knock(door_, asking(get, "/api/v1/things", headers));
    EXPECT_EQ(again.status, 304) << known;
    EXPECT_EQ(body(again), "");
    EXPECT_EQ(header(again, "ETag"), etag);
  }
}

TEST_F(Security, AWriteIsToldItsAnswerWhateverItKnows) {
  auto headers = token("wang");
  headers.push_back({"If-None-Match", "*"});
  const http::Response put_there = knock(door_, asking(put, "/api/v1/things", headers, "{}"));
  EXPECT_EQ(put_there.status, 200);
  EXPECT_NE(body(put_there), "");
}

TEST_F(Security, ThePageIsFramedByNobodyAndLoadsNothingFromElsewhere) {
  http::Request request = asking(get, "/v/ours/studio");
  request.secure = true;
  const http::Response page = knock(door_, request);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(header(page, "Content-Type").starts_with("text/html"));
  const std::string_view policy = header(page, "Content-Security-Policy");
  EXPECT_TRUE(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"));
  EXPECT_FALSE(policy.contains("http") || policy.contains("script-src"));
  EXPECT_EQ(header(page, "X-Frame-Options"), "DENY");
  EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(page, "Strict-Transport-Security"), "max-age=31536000");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
}

TEST_F(Security, PagesLieInTheProgramPlainAndCompressed) {
  const auto files = page_files();
  EXPECT_TRUE(std::ranges::is_sorted(files, {}, &PageFile::path));
  for (const PageFile& file : files) {
    EXPECT_FALSE(file.bytes.empty()) << file.path;
    if (!file.gzip.empty()) {
      EXPECT_LT(file.gzip.size(), file.bytes.size()) << file.path;
      EXPECT_TRUE(file.gzip.starts_with("\x1f\x8b")) << file.path;
      const http::Response packed =
          knock(door_, asking(get, std::string(file.path), {{"Accept-Encoding", "br, gzip"}}));
      EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
      EXPECT_EQ(body(packed), file.gzip);
    }
    const http::Response plain = knock(door_, asking(get, std::string(file.path)));
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    EXPECT_EQ(body(plain), file.bytes);
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
  }
}

TEST_F(Security, APathIsAFileOfThePageOrNothing) {
  for (const char* path : {"/etc/passwd.txt", "/assets/none.js", "/server.db", "/index.html.gz",
                           "/assets/..%2f..%2fserver.db"}) {
    EXPECT_EQ(knock(door_, asking(get, path)).status, 404) << path;
  }
  EXPECT_EQ(knock(door_, asking(post, "/")).status, 405);
}

TEST_F(Security, MetricsAreForThisMachineAndItsKeeper) {
  EXPECT_EQ(knock(door_, asking(get, "/metrics")).status, 403);
  http::Request near = asking(get, "/metrics");
  near.peer = "127.0.0.1";
  const std::string text = body(knock(door_, near));
  EXPECT_TRUE(
      text.contains("xiaoyuan_http_requests_total{method=\"GET\",route=\"\",status=\"403\"} 1"))
      << text;
  EXPECT_TRUE(text.contains("xiaoyuan_villages 2"));
  made_.people->let_in("keeper", {{.role = people::Role::administrator, .village = "*"}});
  EXPECT_EQ(knock(door_, asking(get, "/metrics", token("keeper"))).status, 200);
  EXPECT_EQ(knock(door_, asking(get, "/healthz")).status, 200);
}

TEST_F(Security, MetricsAreNotForWhomeverAProxyOfThisMachineBrings) {
  for (const char* name : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    http::Request request = asking(get, "/metrics", {{name, "for=203.0.113.9"}});
    request.peer = "127.0.0.1";
    EXPECT_EQ(knock(door_, request).status, 403) << name;
  }
}

TEST_F(Security, OneNetworkIsOneCaller) {
  Door door(*made_.world, {.rate = {.per_s = 0.001, .at_once = 2}, .rows = test_rows});
  int let_in = 0;
  for (int i = 0; i < 10; ++i) {
    http::Request request = asking(post, "/api/v1/session");
    request.peer = "2001:db8:1:2::" + std::to_string(i);
    let_in += knock(door, request).status == 429 ? 0 : 1;
  }
  EXPECT_EQ(let_in, 2);
}

TEST_F(Security, ThePreferredLanguageIsSpoken) {
  const auto title = [&](const char* accepted) {
    return body(knock(door_, asking(get, "/api/v1/nothing", {{"Accept-Language", accepted}})));
  };
  EXPECT_TRUE(title("zh-CN,zh;q=0.9,en;q=0.8").contains("没有此地址"));
  EXPECT_TRUE(title("en;q=0.5, zh;q=0.8").contains("没有此地址"));
  EXPECT_TRUE(title("de, en;q=0.3").contains("no such address"));
  EXPECT_TRUE(title("").contains("no such address"));
}

}  // namespace

}  // namespace xiaoyuan::api
