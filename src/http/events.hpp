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
/// `id` and `name` may be empty and hold no line end.
Bytes event_bytes(std::string_view id, std::string_view name, std::string_view data);

/// To one subscriber. Any thread may send; a subscriber who is too slow to follow is closed and
/// comes back by itself. No thread stands behind it. The server holds the stream as long as its
/// connection lives, and sends a comment where there is nothing to say for a while.
class EventStream {
 public:
  /// At most so many bytes wait for the subscriber, beside those on their way.
  explicit EventStream(std::size_t most_waiting = std::size_t{64} * 1024)
      : most_waiting_(most_waiting) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;
  ~EventStream() = default;

  /// False when the stream is closed.
  bool send(Bytes event);
  /// What waits is still sent.
  void close();
  bool is_closed() const;

  /// For the server: `news` is called, on the sender's thread, when there is something to take
  /// after there was nothing, or the stream was closed. It must not call the stream.
  void on_news(std::function<void()> news);
  std::vector<Bytes> take();

 private:
  mutable std::mutex guard_;
  std::size_t most_waiting_;
  std::size_t waiting_bytes_ = 0;
  std::vector<Bytes> waiting_;
  bool closed_ = false;
  std::function<void()> news_;
};

/// Who follows which topic ("village/xinggezhuang", "job/7"). Any thread may call.
class Topics {
 public:
  void follow(const std::vector<std::string>& topics, const std::shared_ptr<EventStream>& stream);
  /// Sends the same bytes to all that follow the topic.
  void publish(const std::string& topic, const Bytes& event);
  /// Streams that follow something and are open.
  std::size_t subscribers() const;

 private:
  mutable std::mutex guard_;
  std::map<std::string, std::vector<std::weak_ptr<EventStream>>> followers_;
  std::size_t follows_ = 0;
};

}  // namespace xiaoyuan::http
