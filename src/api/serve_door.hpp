// The door of the server: every request comes in here and goes out with an answer.
//
//   /api/v1/…  row → caller → forgery → rights → limits → repeat → handler, here or on a worker
//   /healthz, /metrics, and everything else is the page
#pragma once
#include <atomic>
#include <functional>
#include <string>

#include "api/metrics.hpp"
#include "api/router.hpp"
#include "api/router_limits.hpp"
#include "api/router_repeats.hpp"
#include "api/router_workers.hpp"
#include "http/server.hpp"

namespace xiaoyuan::api {

struct DoorSettings {
  unsigned workers = 2;
  std::size_t waiting = 256;  ///< requests that wait for a worker
  Rate rate{};                ///< of each caller's writes and reads on workers
  std::span<const Route> rows = routes();
  std::function<void(const std::string& line)> access_log{};
};

class Door {
 public:
  /// `world` lives longer.
  Door(World& world, DoorSettings settings);

  void answer(http::Request request, http::Answer answer);
  /// What the body of this head may hold.
  std::size_t body_limit(const http::Request& head) const;
  /// The server whose connections /metrics counts; told when it runs already, lives longer than
  /// its requests.
  void count(const http::Server& server) { server_ = &server; }
  /// Refuses what waits for a worker.
  void stop() { workers_.stop(); }

 private:
  struct Visit;
  using VisitPtr = std::shared_ptr<Visit>;

  void answer_api(const VisitPtr& visit);
  /// Nothing where the handler may begin; else the answer.
  std::optional<http::Response> refuse(Visit& visit);
  std::optional<http::Response> repeat(Visit& visit);
  void handle(const VisitPtr& visit);
  void finish(Visit& visit, http::Response response);
  http::Response metrics_answer(const Visit& visit) const;

  World& world_;
  DoorSettings settings_;
  Router router_;
  Metrics metrics_;
  Limits limits_;
  Repeats repeats_;
  std::atomic<const http::Server*> server_ = nullptr;
  Workers workers_;  ///< last: ends first
};

/// What every answer says to browsers: nothing of others, in no frame, no guessing of types.
void harden(const http::Request& request, http::Response& response);

}  // namespace xiaoyuan::api
