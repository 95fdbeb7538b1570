#include "http/events.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.hpp"

namespace xiaoyuan::http {
namespace {

bool is_gone(const std::weak_ptr<EventStream>& follower) {
  const auto stream = follower.lock();
  return !stream || stream->is_closed();
}

}  // namespace

Bytes event_bytes(std::string_view id, std::string_view name, std::string_view data) {
  expects(id.find_first_of("\r\n") == id.npos && name.find_first_of("\r\n") == name.npos);
  std::string bytes;
  bytes.reserve(id.size() + name.size() + data.size() + 32);
  if (!id.empty()) {
    bytes.append("id: ").append(id) += '\n';
  }
  if (!name.empty()) {
    bytes.append("event: ").append(name) += '\n';
  }
  // CR, LF and CR LF end a line alike.
  while (true) {
    const std::size_t end = std::min(data.find_first_of("\r\n"), data.size());
    bytes.append("data: ").append(data.substr(0, end)) += '\n';
    if (end == data.size()) {
      break;
    }
    data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  bytes += '\n';
  return std::make_shared<const std::string>(std::move(bytes));
}

bool EventStream::send(Bytes event) {
  const std::lock_guard lock{guard_};
  if (closed_) {
    return false;
  }
  const bool had_nothing = waiting_.empty();
  waiting_bytes_ += event->size();
  waiting_.push_back(std::move(event));
  if (waiting_bytes_ > most_waiting_) {
    closed_ = true;  // what waited is worth nothing without what comes after it
    waiting_.clear();
  }
  if (news_ && (had_nothing || closed_)) {
    news_();
  }
  return !closed_;
}

void EventStream::close() {
  const std::lock_guard lock{guard_};
  if (!std::exchange(closed_, true) && news_) {
    news_();
  }
}

bool EventStream::is_closed() const {
  const std::lock_guard lock{guard_};
  return closed_;
}

void EventStream::on_news(std::function<void()> news) {
  const std::lock_guard lock{guard_};
  news_ = std::move(news);
}

std::vector<Bytes> EventStream::take() {
  const std::lock_guard lock{guard_};
  waiting_bytes_ = 0;
  return std::exchange(waiting_, {});
}

void Topics::follow(const std::vector<std::string>& topics,
                    const std::shared_ptr<EventStream>& stream) {
  const std::lock_guard lock{guard_};
  if (++follows_ % 256 == 0) {  // topics that nobody publishes to any more
    for (auto at = followers_.begin(); at != followers_.end();) {
      std::erase_if(at->second, is_gone);
      at = at->second.empty() ? followers_.erase(at) : std::next(at);
    }
  }
  for (const std::string& topic : topics) {
    auto& all = followers_[topic];
    std::erase_if(all, is_gone);
    all.push_back(stream);
  }
}

void Topics::publish(const std::string& topic, const Bytes& event) {
  const std::lock_guard lock{guard_};
  const auto found = followers_.find(topic);
  if (found == followers_.end()) {
    return;
  }
  std::erase_if(found->second, [&](const std::weak_ptr<EventStream>& follower) {
    const auto stream = follower.lock();
    return !stream || !stream->send(event);
  });
  if (found->second.empty()) {
    followers_.erase(found);
  }
}

std::size_t Topics::subscribers() const {
  const std::lock_guard lock{guard_};
  std::set<const EventStream*> open;
  for (const auto& [topic, all] : followers_) {
    for (const auto& follower : all) {
      if (const auto stream = follower.lock(); stream && !stream->is_closed()) {
        open.insert(stream.get());
      }
    }
  }
  return open.size();
}

}  // namespace xiaoyuan::http
