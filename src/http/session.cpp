#include "http/session.hpp"

#include <algorithm>
#include <utility>

#include "http/events.hpp"
#include "http/head.hpp"
#include "http/target.hpp"

namespace xiaoyuan::http {
namespace {

constexpr std::size_t small_body = 8 * 1024;    // goes with its head
constexpr std::size_t much_output = 64 * 1024;  // no further request before it is sent
constexpr std::size_t slice_bytes = 256 * 1024;

bool is_listed(const std::vector<std::string>& addresses, std::string_view address) {
  return std::ranges::find(addresses, address) != addresses.end();
}

/// The last address that no proxy of ours has: what stands before it anybody could have written.
std::string_view forwarded_for(const Request& request, const std::vector<std::string>& proxies) {
  for (std::size_t at = request.headers.size(); at-- > 0;) {
    if (!same_word(request.headers[at].name, "X-Forwarded-For")) {
      continue;
    }
    std::string_view list = request.headers[at].value;
    while (!list.empty()) {
      const std::size_t comma = list.rfind(',');
      const std::string_view address = trimmed(comma == list.npos ? list : list.substr(comma + 1));
      list = comma == list.npos ? std::string_view{} : list.substr(0, comma);
      if (!address.empty() && !is_listed(proxies, address)) {
        return address;
      }
    }
  }
  return {};
}

}  // namespace

Session::Session(const Rules& rules, Peer peer)
    : rules_(rules), peer_(std::move(peer)), reader_(rules.limits, rules.body_limit) {}

Session::~Session() { lose(); }

std::span<char> Session::room() {
  if (ended_ || state_ == State::closing || state_ == State::over) {
    return {};
  }
  return reader_.room();
}

void Session::received(std::size_t bytes) {
  const bool is_wanted = state_ == State::reading || state_ == State::answering;
  reader_.filled(is_wanted ? bytes : 0);
  if (state_ == State::streaming) {
    lose();  // a subscriber has nothing to say
  }
}

void Session::ended() {
  ended_ = true;
  reader_.filled(0);
  if (state_ == State::streaming || state_ == State::lingering) {
    lose();
  }
}

void Session::introduce(Request& request) const {
  request.peer = peer_.address;
  request.secure = peer_.secure;
  if (is_listed(rules_.proxies, peer_.address)) {
    if (const auto address = forwarded_for(request, rules_.proxies); !address.empty()) {
      request.peer = address;
    }
    if (const auto scheme = request.header("X-Forwarded-Proto"); !scheme.empty()) {
      request.secure = same_word(scheme, "https");
    }
  }
}

std::optional<Request> Session::next() {
  while (state_ == State::reading && out_.size() < much_output && !body_) {
    switch (reader_.look()) {
      case RequestReader::Found::nothing:
        if (ended_ || (stopping_ && reader_.within() == RequestReader::Within::nothing)) {
          state_ = out_.empty() && !in_flight_ ? State::over : State::closing;
        }
        return std::nullopt;
      case RequestReader::Found::expects:
        out_ += "HTTP/1.1 100 Continue\r\n\r\n";
        break;
      case RequestReader::Found::malformed:
        refuse(reader_.status());
        return std::nullopt;
      case RequestReader::Found::request:
        state_ = State::answering;
        ++number_;
        manner_ = reader_.manner();
        auto request = std::optional{reader_.take()};
        method_ = request->method;
        introduce(*request);
        return request;
    }
  }
  return std::nullopt;
}

void Session::answer(std::uint64_t number, const Response& response) {
  if (state_ != State::answering || number != number_) {
    return;
  }
  const bool keep = manner_.keep_alive && !stopping_ && !response.events;
  const std::size_t size = response.body ? response.body->size() : 0;
  append_head(out_, response,
              {.date = rules_.date(),
               .keep_alive = keep,
               .is_http_10 = manner_.is_http_10,
               .has_length = !response.events,
               .length_bytes = size});
  if (response.events && method_ != Method::head) {
    state_ = State::streaming;
    events_ = response.events;
    reader_.drop();
    if (stopping_) {
      events_->close();
    }
    return;
  }
  if (method_ != Method::head && response.status != 204 && response.status != 304 && size > 0) {
    if (size <= small_body) {
      out_ += *response.body;
    } else {
      body_ = response.body;
      body_sent_ = 0;
    }
  }
  lingers_ = !keep && reader_.has_more();
  state_ = keep ? State::reading : State::closing;
}

void Session::refuse(int status) {
  ++refused_;
  out_ += refusal_bytes(status, rules_.date());
  lingers_ = true;
  state_ = State::closing;
}

void Session::gather_events() {
  const bool closed = events_->is_closed();  // first: what was sent before it closed is taken
  for (const Bytes& event : events_->take()) {
    out_ += *event;
  }
  if (closed) {
    state_ = State::closing;
  }
}

Session::Piece Session::piece() {
  if (in_flight_ || state_ == State::over) {
    return {};
  }
  if (state_ == State::streaming) {
    gather_events();
  }
  if (out_.empty() && !body_) {
    if (state_ == State::closing) {
      sent();
    }
    return {};
  }
  in_flight_ = true;
  sending_.swap(out_);
  const std::string_view body =
      body_ ? std::string_view{*body_}.substr(body_sent_, slice_bytes) : std::string_view{};
  slice_ = body.size();
  return {sending_, body};
}

void Session::sent() {
  in_flight_ = false;
  if (state_ == State::over) {
    return;
  }
  if (sending_.capacity() > much_output) {
    sending_ = {};
  }
  sending_.clear();
  body_sent_ += std::exchange(slice_, 0);
  if (body_ && body_sent_ == body_->size()) {
    body_.reset();
  }
  if (state_ == State::closing && out_.empty() && !body_) {
    state_ = lingers_ && !ended_ ? State::lingering : State::over;
    reader_.drop();
  }
}

Phase Session::phase() const {
  if (state_ == State::over) {
    return Phase::over;
  }
  if (in_flight_) {
    return Phase::sending;
  }
  switch (state_) {
    case State::answering:
      return Phase::answering;
    case State::streaming:
      return Phase::streaming;
    case State::lingering:
      return Phase::lingering;
    default:
      break;
  }
  return reader_.within() == RequestReader::Within::head   ? Phase::head
         : reader_.within() == RequestReader::Within::body ? Phase::body
                                                           : Phase::idle;
}

std::optional<std::chrono::milliseconds> Session::allowed() const {
  const Limits& limits = rules_.limits;
  switch (phase()) {
    case Phase::idle:
      return number_ == 0 ? limits.head_within : limits.idle;
    case Phase::head:
      return limits.head_within;
    case Phase::body:
      return limits.body_within + std::chrono::milliseconds{reader_.declared_bytes() * 1000 /
                                                            limits.body_bytes_per_second};
    case Phase::sending:
      return limits.answer_within;
    case Phase::streaming:
      return limits.heartbeat;
    case Phase::lingering:
      return limits.linger;
    case Phase::answering:
    case Phase::over:
      break;
  }
  return std::nullopt;
}

void Session::expire() {
  switch (phase()) {
    case Phase::head:
    case Phase::body:
      refuse(408);
      break;
    case Phase::streaming:
      out_ += ":\n\n";
      break;
    case Phase::answering:
      break;
    default:
      lose();
  }
}

void Session::stop() {
  stopping_ = true;
  if (state_ == State::streaming) {
    events_->close();
  }
}

void Session::lose() {
  state_ = State::over;
  if (events_) {
    events_->on_news({});
    events_->close();
    events_.reset();
  }
}

}  // namespace xiaoyuan::http
