// Sign-in, tokens, accounts and the first run by their doors, with real people behind them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/doors.hpp"
#include "support/open_api.hpp"

namespace xiaoyuan::api {
namespace {

using SessionJson = nlohmann::json;
using http::Method;

const std::string good_password = "槐树底下第三家的院子";

class Session : public testing::Test {
 protected:
  test::HandWorld hand = test::hand_world({"xinggezhuang"});
  void SetUp() override {
    hand.world->people = people::People::open("memory:").value();
    hand.world->setup_code = "7K2M-9QXD";
  }
  http::Response ask(Method method, const std::string& path, const SessionJson& body = nullptr) {
    if (!door) {
      door = std::make_unique<Door>(*hand.world, DoorSettings{});
    }
    std::vector<http::Header> headers{{"Content-Type", "application/json"}};
    if (!cookie.empty()) {
      headers.push_back({"Cookie", cookie});
      headers.push_back({"X-CSRF-Token", csrf});
    }
    return test::knock(*door, test::asking(method, "/api/v1" + path, headers,
                                           body.is_null() ? std::string() : body.dump()));
  }
  void remember(const http::Response& response) {
    const std::string set(test::header(response, "Set-Cookie"));
    cookie = set.substr(0, set.find(';'));
    csrf = SessionJson::parse(test::body(response)).at("csrf").get<std::string>();
  }
  http::Response set_up() {
    return ask(Method::post, "/setup",
               {{"code", "7K2M-9QXD"}, {"name", "admin"}, {"password", good_password}});
  }
  std::unique_ptr<Door> door;
  std::string cookie;
  std::string csrf;
};

TEST_F(Session, the_first_run_makes_one_administrator_and_no_second) {
  EXPECT_EQ(ask(Method::post, "/setup",
                {{"code", "guess"}, {"name", "admin"}, {"password", good_password}})
                .status,
            403);
  const http::Response first = set_up();
  ASSERT_EQ(first.status, 200) << test::body(first);
  EXPECT_CONFORMS("setUp", 200, test::body(first));
  const std::string set(test::header(first, "Set-Cookie"));
  EXPECT_NE(set.find("HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(set_up().status, 409);
}

TEST_F(Session, signs_in_and_out_and_a_used_secret_opens_nothing_more) {
  remember(set_up());
  const http::Response me = ask(Method::get, "/session");
  EXPECT_CONFORMS("readSession", 200, test::body(me));
  EXPECT_EQ(SessionJson::parse(test::body(me))["name"], "admin");
  const std::string before = cookie;
  EXPECT_EQ(ask(Method::remove, "/session").status, 204);
  EXPECT_EQ(ask(Method::get, "/accounts").status, 401);
  cookie.clear();
  EXPECT_EQ(
      ask(Method::post, "/session", {{"name", "admin"}, {"password", "wrong one here"}}).status,
      401);
  const http::Response again =
      ask(Method::post, "/session", {{"name", "Admin"}, {"password", good_password}});
  ASSERT_EQ(again.status, 200);
  remember(again);
  EXPECT_NE(cookie, before);
  EXPECT_EQ(ask(Method::get, "/accounts").status, 200);
}

TEST_F(Session, too_many_attempts_say_when_to_come_again) {
  remember(set_up());
  cookie.clear();
  http::Response last;
  for (int i = 0; i < 6; ++i) {
    last = ask(Method::post, "/session", {{"name", "admin"}, {"password", "wrong one here"}});
  }
  EXPECT_EQ(last.status, 429);
  EXPECT_GE(std::stoi(std::string(test::header(last, "Retry-After"))), 1);
}

TEST_F(Session, an_administrator_adds_people_and_the_trail_tells_it) {
  remember(set_up());
  const http::Response added =
      ask(Method::post, "/accounts",
          {{"name", "village.committee"},
           {"display", "<b>O'Brien</b>"},
           {"password", good_password},
           {"grants", {{{"role", "committee"}, {"village", "xinggezhuang"}, {"holder", ""}}}}});
  ASSERT_EQ(added.status, 201) << test::body(added);
  EXPECT_CONFORMS("addAccount", 201, test::body(added));
  const http::Response list = ask(Method::get, "/accounts");
  EXPECT_CONFORMS("listAccounts", 200, test::body(list));
  EXPECT_EQ(SessionJson::parse(test::body(list))["items"][1]["display"], "<b>O'Brien</b>");
  const http::Response trail = ask(Method::get, "/trail");
  EXPECT_CONFORMS("readTrail", 200, test::body(trail));
  EXPECT_EQ(SessionJson::parse(test::body(trail))["items"][0]["what"], "account.added");
  const std::string id = SessionJson::parse(test::body(added))["id"];
  const http::Response changed = ask(Method::patch, "/accounts/" + id, {{"disabled", true}});
  EXPECT_CONFORMS("changeAccount", 200, test::body(changed));
  EXPECT_EQ(ask(Method::patch, "/accounts/a1", {{"disabled", true}}).status, 409);
}

TEST_F(Session, what_is_wrong_with_a_new_account_is_said_field_by_field) {
  remember(set_up());
  const http::Response refused =
      ask(Method::post, "/accounts",
          {{"name", "li"},
           {"password", good_password},
           {"nmae", "x"},
           {"grants", {{{"role", "king"}, {"village", "nowhere"}, {"holder", ""}}}}});
  EXPECT_EQ(refused.status, 400);
  const SessionJson errors = SessionJson::parse(test::body(refused))["errors"];
  EXPECT_EQ(errors[0]["field"], "grants[0].role");
  EXPECT_EQ(errors[1]["field"], "nmae");
  for (const char* bytes : {"", "[]", R"({"name": 1})", "\xFF\xFE", "{{{{"}) {
    const http::Request request = test::asking(Method::post, "/api/v1/accounts",
                                               {{"Cookie", cookie}, {"X-CSRF-Token", csrf}}, bytes);
    EXPECT_EQ(test::knock(*door, request).status, 400) << bytes;
  }
}

TEST_F(Session, tokens_are_shown_once_and_make_no_tokens) {
  remember(set_up());
  const http::Response made = ask(Method::post, "/session/tokens", {{"label", "村务公开屏"}});
  ASSERT_EQ(made.status, 201) << test::body(made);
  EXPECT_CONFORMS("addToken", 201, test::body(made));
  const SessionJson token = SessionJson::parse(test::body(made));
  const http::Response list = ask(Method::get, "/session/tokens");
  EXPECT_CONFORMS("listTokens", 200, test::body(list));
  EXPECT_EQ(test::body(list).find(token["secret"].get<std::string>()), std::string::npos);
  const std::vector<http::Header> bearer{
      {"Authorization", "Bearer " + token["secret"].get<std::string>()}};
  EXPECT_EQ(test::knock(*door, test::asking(Method::get, "/api/v1/accounts", bearer)).status, 200);
  EXPECT_EQ(test::knock(*door, test::asking(Method::post, "/api/v1/session/tokens", bearer,
                                            R"({"label":"b"})"))
                .status,
            403);
  EXPECT_EQ(
      ask(Method::remove, "/session/tokens/" + token["token"]["id"].get<std::string>()).status,
      204);
  EXPECT_EQ(test::knock(*door, test::asking(Method::get, "/api/v1/accounts", bearer)).status, 401);
}

TEST_F(Session, a_changed_password_ends_the_other_sessions_and_begins_a_new_one) {
  remember(set_up());
  const std::string before = cookie;
  const http::Response changed =
      ask(Method::put, "/session/password",
          {{"old_password", good_password}, {"new_password", "自己想的一个长长的密码"}});
  ASSERT_EQ(changed.status, 200) << test::body(changed);
  EXPECT_CONFORMS("changePassword", 200, test::body(changed));
  remember(changed);
  EXPECT_EQ(ask(Method::get, "/accounts").status, 200);
  cookie = before;
  EXPECT_EQ(ask(Method::get, "/accounts").status, 401);
}

}  // namespace
}  // namespace xiaoyuan::api
