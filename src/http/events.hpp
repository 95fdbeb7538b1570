// Server-sent events (WHATWG HTML §9.2): a stream to one subscriber, and topics that many follow.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace xiaoyuan::http {

/// One event as bytes on the wire: "id: …\nevent: …\ndata: …\n\n"; lines of data are kept apart.
Bytes event_bytes(std::string_view id, std::string_view name, std::string_view data);

/// To one subscriber. Any thread may send; a subscriber who is too slow to follow is closed and
/// comes back by itself. No thread stands behind it.
class EventStream {
 public:
  /// At most so many bytes wait for the subscriber.
  explicit EventStream(std::size_t most_waiting = 64 * 1024);

  /// False when the stream is closed.
  bool send(Bytes event);
  void close();
  bool is_closed() const;

 private:
  friend class Session;
  struct State;
  std::shared_ptr<State> state_;
};

/// Who follows which topic ("village/xinggezhuang", "job/7"). Any thread may call.
class Topics {
 public:
  void follow(const std::vector<std::string>& topics, const std::shared_ptr<EventStream>& stream);
  /// Sends the same bytes to all that follow the topic.
  void publish(const std::string& topic, const Bytes& event);
  std::size_t subscribers() const;

 private:
  mutable std::mutex guard_;
  std::map<std::string, std::vector<std::weak_ptr<EventStream>>> followers_;
};

}  // namespace xiaoyuan::http
