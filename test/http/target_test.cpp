// Targets, queries and cookies are decoded once, and whatever has two meanings is refused.
#include "http/target.hpp"

#include <gtest/gtest.h>

#include "http/message.hpp"

namespace {

using namespace xiaoyuan::http;

TEST(HttpTarget, PathsAreDecodedOnce) {
  const std::pair<std::string_view, std::string_view> good[] = {
      {"/", "/"},
      {"/api/v1/villages", "/api/v1/villages"},
      {"/villages/", "/villages"},
      {"/a%20b", "/a b"},
      {"/a+b", "/a+b"},
      {"/%25252e", "/%252e"},
      {"/%2525", "/%25"},
      {"/%E5%B0%8F%E9%99%A2", "/小院"},
      {"/小院", "/小院"},
      {"/.well-known/x", "/.well-known/x"},
      {"/a/...", "/a/..."},
      {"http://example.org/a", "/a"},
      {"HTTPS://example.org:8443?x=1", "/"},
  };
  for (const auto& [text, path] : good) {
    const auto target = read_target(text);
    ASSERT_TRUE(target) << text;
    EXPECT_EQ(target->path, path) << text;
  }
}

TEST(HttpTarget, PathsWithTwoMeaningsAreRefused) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {""sv,           "a"sv,         "*"sv,
                                      "//"sv,         "//a"sv,       "/a//b"sv,
                                      "/.."sv,        "/a/../b"sv,   "/./a"sv,
                                      "/a/."sv,       "/%2e%2e/a"sv, "/.%2E"sv,
                                      "/a%2fb"sv,     "/a%2Fb"sv,    "/a%5cb"sv,
                                      "/a\\b"sv,      "/a%00b"sv,    "/a\0b"sv,
                                      "/%0d%0aX:1"sv, "/a%7f"sv,     "/a%"sv,
                                      "/a%4"sv,       "/a%zz"sv,     "/a%-1"sv,
                                      "/a#b"sv,       "/%c0%ae"sv,   "/%ff"sv,
                                      "/%ed%a0%80"sv, "/a?x=%zz"sv,  "/a?x=%00"sv,
                                      "/a?x=%ff"sv,   "/a?%c3=1"sv,  "/%f4%90%80%80"sv,
                                      "/%e0%80%af"sv, "ftp://x/a"sv}) {
    EXPECT_FALSE(read_target(text)) << text;
  }
}

TEST(HttpTarget, QueriesKeepTheirOrder) {
  const auto target = read_target("/a?b=1&a=2&b=3&&c&d=&e=x%3Dy%26z&f=a+b%2Bc&%E6%9C%88=10");
  ASSERT_TRUE(target);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"b", "1"}, {"a", "2"},     {"b", "3"},     {"c", ""},
      {"d", ""},  {"e", "x=y&z"}, {"f", "a b+c"}, {"月", "10"}};
  EXPECT_EQ(target->query, expected);
}

TEST(HttpTarget, ARequestAnswersByName) {
  Request request;
  request.headers = {{"Cookie", "a=1; session=\"x=y\"; session=second; b"}, {"X-A", "1"}};
  request.query = {{"limit", "5"}, {"limit", "6"}};
  EXPECT_EQ(request.header("x-a"), "1");
  EXPECT_EQ(request.header("x-b"), "");
  EXPECT_EQ(request.parameter("limit"), "5");
  EXPECT_FALSE(request.parameter("after"));
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("Session"), "");
  EXPECT_EQ(request.cookie("b"), "");
}

}  // namespace
