// The course of one connection without its socket: bytes in, requests out; answers in, bytes out.
// Whoever holds the socket (connection.cpp) or a fuzzer drives it.
//
//   reading ─ request ─▶ answering ─ answer ─▶ reading …     (keep-alive, pipelining)
//                                    └ events ─▶ streaming ─▶ over
//   reading ─ refused or closing ─▶ lingering ─▶ over
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "http/reader.hpp"

namespace xiaoyuan::http {

/// What holds for all connections of a server.
struct Rules {
  Limits limits{};
  BodyLimit body_limit{};
  std::vector<std::string> proxies{};
  /// The date as answers carry it; called on the thread of the session.
  std::function<std::string_view()> date{};
};

/// The other end, as the socket knows it.
struct Peer {
  std::string address{};
  bool secure = false;
};

enum class Phase : std::uint8_t {
  idle,
  head,
  body,
  answering,  ///< a handler has the request
  sending,    ///< bytes are on their way
  streaming,
  lingering,
  over
};

class Session {
 public:
  /// `rules` outlive the session.
  Session(const Rules& rules, Peer peer);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  /// Where bytes from the other end go; empty when none are wanted now.
  std::span<char> room();
  void received(std::size_t bytes);
  /// The other end sends no more.
  void ended();

  /// A request to be answered, once those before it are. Asked again after received(), answer() and
  /// sent().
  std::optional<Request> next();
  /// Of the request that next() gave.
  std::uint64_t number() const { return number_; }
  /// An answer to another request than the one that waits is dropped.
  void answer(std::uint64_t number, const Response& response);

  /// The next bytes to send, in two parts that stay until sent(); both empty: none.
  struct Piece {
    std::string_view first;
    std::string_view second;
  };
  Piece piece();
  void sent();

  Phase phase() const;
  /// How long the phase may last; nothing: as long as it likes.
  std::optional<std::chrono::milliseconds> allowed() const;
  /// The phase has lasted so long.
  void expire();
  /// The server stops: whatever is not begun does not begin. next() sees to the rest.
  void stop();
  /// The connection is lost.
  void lose();

  std::uint64_t refused() const { return refused_; }
  const std::shared_ptr<EventStream>& events() const { return events_; }

 private:
  enum class State : std::uint8_t { reading, answering, streaming, closing, lingering, over };
  void refuse(int status);
  void introduce(Request& request) const;
  void gather_events();

  const Rules& rules_;
  Peer peer_;
  RequestReader reader_;
  State state_ = State::reading;
  Manner manner_{};
  Method method_ = Method::get;
  std::uint64_t number_ = 0;
  std::uint64_t refused_ = 0;
  bool ended_ = false;
  bool stopping_ = false;
  bool lingers_ = false;  // after the last answer, since the other end may still be sending

  std::string out_;      // heads and small bodies
  std::string sending_;  // on its way
  Bytes body_;           // a large body, after out_
  std::size_t body_sent_ = 0;
  std::size_t slice_ = 0;  // of the body, on its way
  bool in_flight_ = false;
  std::shared_ptr<EventStream> events_;
};

}  // namespace xiaoyuan::http
