// The threads on which handlers work that may take long: few, with a bounded line before them.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace xiaoyuan::api {

class Workers {
 public:
  /// One piece of work: `work` is called on a worker; `refuse` when the workers end before it, or
  /// when it throws.
  struct Piece {
    std::function<void()> work;
    std::function<void()> refuse;
  };

  Workers(unsigned threads, std::size_t most_waiting);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False where the line is full or the workers have ended; the piece is untouched then.
  bool take(Piece&& piece);
  std::size_t waiting() const;
  /// Refuses what waits, lets what has begun end.
  void stop();

 private:
  void run();

  std::size_t most_waiting_;
  mutable std::mutex guard_;
  std::condition_variable changed_;
  std::deque<Piece> line_;
  bool has_ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace xiaoyuan::api
