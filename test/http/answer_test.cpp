// Heads of answers, dates, packing, events: the bytes that go out.
#include <gtest/gtest.h>
#include <zlib.h>

#include "http/date.hpp"
#include "http/encode.hpp"
#include "http/events.hpp"
#include "http/head.hpp"

namespace {

using namespace xiaoyuan::http;

Bytes bytes_of(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

std::string unpacked(const std::string& packed) {
  std::string plain(1U << 20U, '\0');
  z_stream stream{};
  inflateInit2(&stream, 16 + MAX_WBITS);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  return plain;
}

TEST(HttpAnswer, DatesAreThoseOfTheStandard) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 §5.6.7
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(HttpAnswer, AHeadSaysWhatTheServerKnows) {
  std::string out;
  append_head(out, {.status = 201, .headers = {{"Location", "/x"}}},
              {.date = "D", .keep_alive = true, .length_bytes = 12});
  EXPECT_EQ(out, "HTTP/1.1 201 Created\r\nDate: D\r\nLocation: /x\r\nContent-Length: 12\r\n\r\n");
  out.clear();
  append_head(out, {.status = 204}, {.date = "D", .keep_alive = false});
  EXPECT_EQ(out, "HTTP/1.1 204 No Content\r\nDate: D\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(reason(431), "Request Header Fields Too Large");
  EXPECT_EQ(reason(299), "");
}

TEST(HttpAnswerDeathTest, AHeaderCannotBecomeTwo) {
  EXPECT_DEATH(expect_sound({.headers = {{"X", "a\r\nSet-Cookie: b"}}}), "");
  EXPECT_DEATH(expect_sound({.headers = {{"X", "a\nb"}}}), "");
  EXPECT_DEATH(expect_sound({.headers = {{"X", std::string("a\0b", 3)}}}), "");
  EXPECT_DEATH(expect_sound({.headers = {{"X: a", "b"}}}), "");
  EXPECT_DEATH(expect_sound({.headers = {{"", "b"}}}), "");
  EXPECT_DEATH(expect_sound({.headers = {{"content-length", "3"}}}), "");
  EXPECT_DEATH(expect_sound({.status = 100}), "");
  expect_sound({.headers = {{"Content-Disposition", "attachment; filename*=UTF-8''%E5%85%B4"}}});
}

TEST(HttpAnswer, LargeTextIsPackedForThoseWhoTakeIt) {
  const std::string text(5000, 'x');
  Response json{.headers = {{"Content-Type", "application/json"}}, .body = bytes_of(text)};
  Response plain = json;
  encode(plain, Takes::plain);
  EXPECT_EQ(*plain.body, text);
  EXPECT_EQ(plain.headers.back().name, "Vary");
  encode(json, Takes::gzip);
  EXPECT_LT(json.body->size(), 200U);
  EXPECT_EQ(unpacked(*json.body), text);
  EXPECT_EQ(json.headers.back().value, "gzip");
}

TEST(HttpAnswer, SmallPackedAndOtherBodiesAreLeftAlone) {
  const std::string text(5000, 'x');
  for (Response response :
       {Response{.headers = {{"Content-Type", "application/json"}}, .body = bytes_of("{}")},
        Response{.headers = {{"Content-Type", "application/pdf"}}, .body = bytes_of(text)},
        Response{.body = bytes_of(text)},
        Response{.headers = {{"Content-Type", "text/css"}, {"content-encoding", "br"}},
                 .body = bytes_of(text)},
        Response{.status = 304, .headers = {{"Content-Type", "text/css"}}}}) {
    const std::size_t headers = response.headers.size();
    const Bytes before = response.body;
    encode(response, Takes::gzip);
    EXPECT_EQ(response.headers.size(), headers);
    EXPECT_EQ(response.body, before);
  }
  EXPECT_TRUE(takes_gzip("br, GZIP;q=0.5"));
  EXPECT_TRUE(takes_gzip("gzip"));
  EXPECT_FALSE(takes_gzip("gzip;q=0, br"));
  EXPECT_FALSE(takes_gzip("gzip; q=0.000"));
  EXPECT_FALSE(takes_gzip("x-gzipped"));
  EXPECT_FALSE(takes_gzip(""));
}

TEST(HttpEvents, LinesOfDataStayApart) {
  EXPECT_EQ(*event_bytes("7", "live", "{}"), "id: 7\nevent: live\ndata: {}\n\n");
  EXPECT_EQ(*event_bytes("", "", "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(*event_bytes("", "x", ""), "event: x\ndata: \n\n");
}

TEST(HttpEvents, ASlowFollowerIsClosed) {
  const auto stream = std::make_shared<EventStream>(100);
  int news = 0;
  stream->on_news([&] { ++news; });
  EXPECT_TRUE(stream->send(bytes_of(std::string(60, 'a'))));
  EXPECT_EQ(news, 1);
  EXPECT_EQ(stream->take().size(), 1U);
  EXPECT_TRUE(stream->send(bytes_of(std::string(60, 'a'))));
  EXPECT_FALSE(stream->send(bytes_of(std::string(60, 'a'))));
  EXPECT_TRUE(stream->is_closed());
  EXPECT_TRUE(stream->take().empty());
  EXPECT_FALSE(stream->send(bytes_of("a")));
}

TEST(HttpEvents, TopicsReachThoseWhoFollowAndForgetThoseWhoLeft) {
  Topics topics;
  const auto stays = std::make_shared<EventStream>();
  auto leaves = std::make_shared<EventStream>();
  topics.follow({"village/a", "job/1"}, stays);
  topics.follow({"village/a"}, leaves);
  EXPECT_EQ(topics.subscribers(), 2U);
  topics.publish("village/a", bytes_of("1"));
  topics.publish("village/b", bytes_of("2"));
  topics.publish("job/1", bytes_of("3"));
  EXPECT_EQ(stays->take().size(), 2U);
  EXPECT_EQ(leaves->take().size(), 1U);
  leaves.reset();
  EXPECT_EQ(topics.subscribers(), 1U);
  topics.publish("village/a", bytes_of("4"));
  EXPECT_EQ(stays->take().size(), 1U);
}

}  // namespace
