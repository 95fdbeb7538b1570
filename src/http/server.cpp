#include "http/server.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "http/date.hpp"
#include "http/loop.hpp"

namespace xiaoyuan::http {
namespace {

class Serving final : public Server {
 public:
  Serving(std::vector<Loop> loops, std::shared_ptr<Shared> shared, std::uint16_t port)
      : loops_(std::move(loops)), shared_(std::move(shared)), port_(port) {
    loops_.front().accept(loops_);
    for (const Loop& loop : loops_) {
      threads_.emplace_back([this, &loop] { run(loop); });
    }
  }
  ~Serving() override { stop(std::chrono::seconds{0}); }

  std::uint16_t port() const override { return port_; }
  Counts counts() const override {
    return {.connections_open = shared_->open,
            .connections_ever = shared_->ever,
            .requests = shared_->requests,
            .refused = shared_->refused};
  }
  void stop(std::chrono::seconds grace) override;

 private:
  void run(const Loop& loop) {
    loop.run();
    const std::lock_guard lock{guard_};
    ++ended_;
    one_ended_.notify_all();
  }

  std::vector<Loop> loops_;
  std::shared_ptr<Shared> shared_;
  std::uint16_t port_;
  std::mutex guard_{};
  std::condition_variable one_ended_{};
  std::size_t ended_ = 0;
  std::vector<std::thread> threads_{};
};

void Serving::stop(std::chrono::seconds grace) {
  if (threads_.empty()) {
    return;
  }
  std::ranges::for_each(loops_, &Loop::stop);
  {
    std::unique_lock lock{guard_};
    one_ended_.wait_for(lock, grace, [&] { return ended_ == loops_.size(); });
  }
  std::ranges::for_each(loops_, &Loop::abandon);
  std::ranges::for_each(threads_, &std::thread::join);
  threads_.clear();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Settings settings, Handler handler) {
  const auto shared = std::make_shared<Shared>();
  shared->rules = {.limits = settings.limits,
                   .body_limit = std::move(settings.body_limit),
                   .proxies = std::move(settings.proxies),
                   .date = &http_date_now};
  shared->handler = std::move(handler);
  if (settings.tls) {
    TRY(shared->tls, tls_context(*settings.tls));
  }
  std::vector<Loop> loops;
  for (unsigned count = 0; count < std::max(settings.threads, 1U); ++count) {
    loops.emplace_back(shared);
  }
  TRY(const std::uint16_t port, loops.front().listen(settings.address, settings.port));
  return std::make_unique<Serving>(std::move(loops), shared, port);
}

}  // namespace xiaoyuan::http
