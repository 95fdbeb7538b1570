#include "api/router_workers.hpp"

#include <algorithm>
#include <utility>

namespace xiaoyuan::api {

Workers::Workers(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < std::max(1U, threads); ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

bool Workers::take(Piece&& piece) {
  {
    const std::lock_guard lock(guard_);
    if (has_ended_ || line_.size() >= most_waiting_) {
      return false;
    }
    line_.push_back(std::move(piece));
  }
  changed_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  const std::lock_guard lock(guard_);
  return line_.size();
}

void Workers::stop() {
  std::deque<Piece> left;
  {
    const std::lock_guard lock(guard_);
    has_ended_ = true;
    left.swap(line_);
  }
  changed_.notify_all();
  for (const Piece& piece : left) {
    piece.refuse();
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) {
      thread.join();
    }
  }
}

void Workers::run() {
  for (;;) {
    Piece piece;
    {
      std::unique_lock lock(guard_);
      changed_.wait(lock, [this] { return has_ended_ || !line_.empty(); });
      if (line_.empty()) {
        return;
      }
      piece = std::move(line_.front());
      line_.pop_front();
    }
    try {
      piece.work();
    } catch (...) {  // memory that is not there, say: the next piece may find some
      piece.refuse();
    }
  }
}

}  // namespace xiaoyuan::api
