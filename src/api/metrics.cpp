#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <tuple>

#include "api/router.hpp"
#include "report/version.hpp"

namespace xiaoyuan::api {

struct Metrics::Parts {
  using Key = std::tuple<http::Method, std::string, int>;

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                          .Name("xiaoyuan_http_requests_total")
                                                          .Help("Requests by route and status")
                                                          .Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("xiaoyuan_http_request_seconds")
          .Help("Time from a request to its answer, by route")
          .Register(registry);
  std::mutex guard;
  std::map<Key, prometheus::Counter*> counters;
  std::map<std::string, prometheus::Histogram*, std::less<>> histograms;

  prometheus::Counter& counter(const Answered& answered);
  prometheus::Histogram& histogram(std::string_view route);
};

prometheus::Counter& Metrics::Parts::counter(const Answered& answered) {
  const std::lock_guard lock(guard);
  prometheus::Counter*& counter =
      counters[{answered.method, std::string(answered.route), answered.status}];
  if (counter == nullptr) {
    counter = &requests.Add({{"method", std::string(word_of(answered.method))},
                             {"route", std::string(answered.route)},
                             {"status", std::to_string(answered.status)}});
  }
  return *counter;
}

prometheus::Histogram& Metrics::Parts::histogram(std::string_view route) {
  const std::lock_guard lock(guard);
  const auto found = histograms.find(route);
  if (found != histograms.end()) {
    return *found->second;
  }
  static const prometheus::Histogram::BucketBoundaries bounds_s{0.0005, 0.002, 0.01, 0.05,
                                                                0.2,    1,     5,    30};
  prometheus::Histogram& histogram = seconds.Add({{"route", std::string(route)}}, bounds_s);
  histograms.emplace(route, &histogram);
  return histogram;
}

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(const Answered& answered) {
  parts_->counter(answered).Increment();
  parts_->histogram(answered.route).Observe(answered.took.count());
}

std::string Metrics::text(const Now& now) const {
  prometheus::Registry registry;
  const auto gauge = [&](const char* name, const char* help, double value) {
    prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({}).Set(value);
  };
  const auto total = [&](const char* name, const char* help, std::uint64_t value) {
    prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({}).Increment(
        static_cast<double>(value));
  };
  total("xiaoyuan_http_connections_total", "Connections ever", now.http.connections_ever);
  total("xiaoyuan_http_refused_total", "Requests refused before any route", now.http.refused);
  const auto count = [&](const char* name, const char* help, std::uint64_t value) {
    gauge(name, help, static_cast<double>(value));
  };
  count("xiaoyuan_http_connections", "Open connections", now.http.connections_open);
  count("xiaoyuan_subscribers", "Followers of live events", now.subscribers);
  count("xiaoyuan_workers_waiting", "Requests that wait for a worker", now.workers_waiting);
  count("xiaoyuan_jobs_waiting", "Long work that waits", now.jobs_waiting);
  count("xiaoyuan_jobs_running", "Long work under way", now.jobs_running);
  count("xiaoyuan_villages", "Villages held", now.villages);
  count("xiaoyuan_villages_with_errors", "Villages whose files do not read",
        now.villages_with_errors);
  prometheus::BuildGauge()
      .Name("xiaoyuan_build_info")
      .Help("Which program this is")
      .Register(registry)
      .Add({{"version", report::program_version()}})
      .Set(1);
  auto families = parts_->registry.Collect();
  for (prometheus::MetricFamily& family : registry.Collect()) {
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace xiaoyuan::api
