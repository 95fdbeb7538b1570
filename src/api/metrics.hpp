// What a server counts, in the text that Prometheus reads (exposition format 0.0.4).
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "api/route.hpp"
#include "http/server.hpp"

namespace xiaoyuan::api {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  /// Any thread may call. `route` is the pattern ("" where there is no row).
  struct Answered {
    http::Method method = http::Method::get;
    std::string_view route;
    int status = 0;
    std::chrono::duration<double> took{};
  };
  void answered(const Answered& answered);

  /// What is not counted but looked at when asked.
  struct Now {
    http::Counts http{};
    std::size_t subscribers = 0;
    std::size_t workers_waiting = 0;
    std::size_t jobs_waiting = 0, jobs_running = 0;
    std::size_t villages = 0, villages_with_errors = 0;
  };
  std::string text(const Now& now) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace xiaoyuan::api
