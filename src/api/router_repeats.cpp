#include "api/router_repeats.hpp"

namespace xiaoyuan::api {

namespace {

std::size_t answer_bytes(const http::Response& answer) {
  return answer.body == nullptr ? 0 : answer.body->size();
}

}  // namespace

Repeats::Begun Repeats::begin(const std::string& key, const Digest& bytes, Instant now) {
  const std::lock_guard lock(guard_);
  forget(now);
  const auto [at, is_new] = kept_.try_emplace(key, Kept{bytes, now});
  if (is_new) {
    return {};
  }
  const Kept& kept = at->second;
  if (kept.bytes != bytes) {
    return {Kind::another};
  }
  return kept.answer ? Begun{Kind::answered, *kept.answer} : Begun{Kind::running};
}

void Repeats::end(const std::string& key, std::optional<http::Response> answer) {
  const std::lock_guard lock(guard_);
  const auto at = kept_.find(key);
  if (at == kept_.end()) {
    return;
  }
  if (!answer) {
    kept_.erase(at);
    return;
  }
  bytes_ += answer_bytes(*answer);
  at->second.answer = std::move(answer);
  order_.push_back(key);
}

void Repeats::forget(Instant now) {
  while (!order_.empty()) {
    const auto oldest = kept_.find(order_.front());
    const bool is_old = now - oldest->second.at > std::chrono::days(1);
    if (!is_old && kept_.size() < most_kept_ && bytes_ <= most_bytes_) {
      return;
    }
    bytes_ -= answer_bytes(*oldest->second.answer);
    kept_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace xiaoyuan::api
