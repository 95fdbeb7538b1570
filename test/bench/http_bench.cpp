// The server beside cpp-httplib, for test/bench/http_load, which asks both with wrk in one run:
//   http_bench ours|tls|httplib <threads>   serves /small and /month, says its port, ends with
//   stdin http_bench follow <port> <count>        follows /events so often, waits for an event on
//   each
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>

#include "http/events.hpp"
#include "http/server.hpp"
#include "support/http_client.hpp"
#include "support/temporary_folder.hpp"
#ifdef XIAOYUAN_HTTPLIB
#include <httplib.h>
#endif

namespace {

using namespace xiaoyuan;
using namespace std::chrono_literals;

/// As large as a household's month: 2.5 kB.
const std::string month = [] {
  std::string text = R"({"id":"2026-10/H001","lines":[)";
  while (text.size() < 2'500) {
    text += R"({"id":"export","quantity_mWh":123456789,"amount_fen":4442,"revision":1},)";
  }
  return text + "{}]}";
}();
const std::string small = R"({"message":"hello","figures":[1,2,3]})";

double cpu_s() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

/// Publishes an event a second until stdin ends.
int serve_ours(bool over_tls, unsigned threads) {
  const test::TemporaryFolder folder;
  http::Settings settings;
  settings.threads = threads;
  settings.address = "127.0.0.1";
  if (over_tls) {
    const auto pair = test::self_signed();
    std::ofstream(folder.path / "cert.pem") << pair.certificate;
    std::ofstream(folder.path / "key.pem") << pair.key;
    settings.tls = std::make_unique<http::Tls>(http::Tls{
        .certificate_file = folder.path / "cert.pem", .key_file = folder.path / "key.pem"});
  }
  http::Topics topics;
  const auto small_body = std::make_shared<const std::string>(small);
  const auto month_body = std::make_shared<const std::string>(month);
  auto server = http::Server::start(
      std::move(settings), [&](const http::Request& request, const http::Answer& answer) {
        if (request.path == "/events") {
          const auto stream = std::make_shared<http::EventStream>();
          topics.follow({"live"}, stream);
          answer({.headers = {{"Content-Type", "text/event-stream"}}, .events = stream});
          return;
        }
        answer({.headers = {{"Content-Type", "application/json"}},
                .body = request.path == "/month" ? month_body : small_body});
      });
  if (!server) {
    return 1;
  }
  std::cout << (*server)->port() << std::endl;
  std::jthread beat([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      topics.publish("live", http::event_bytes("", "live", small));
      std::this_thread::sleep_for(1s);
    }
  });
  std::cin.get();
  const auto requests = (*server)->counts().requests;
  std::cout << fmt::format(
      "{:.2f}\n", cpu_s() * 1e6 / static_cast<double>(std::max<std::uint64_t>(requests, 1)));
  beat.request_stop();
  (*server)->stop(1s);
  return 0;
}

int serve_httplib([[maybe_unused]] unsigned threads) {
#ifdef XIAOYUAN_HTTPLIB
  httplib::Server server;
  std::atomic<std::uint64_t> requests = 0;
  server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
  server.set_keep_alive_max_count(1'000'000'000);
  server.set_tcp_nodelay(true);
  for (const bool large : {false, true}) {
    server.Get(large ? "/month" : "/small",
               [&, large](const httplib::Request&, httplib::Response& out) {
                 ++requests;
                 out.set_content(large ? month : small, "application/json");
               });
  }
  std::cout << server.bind_to_any_port("127.0.0.1") << std::endl;
  std::thread listening([&] { server.listen_after_bind(); });
  std::cin.get();
  std::cout << fmt::format(
                   "{:.2f}\n",
                   cpu_s() * 1e6 / static_cast<double>(std::max<std::uint64_t>(requests, 1)))
            << std::flush;
  server.stop();
  listening.join();
  return 0;
#else
  std::cerr << "no libcpp-httplib-dev here\n";
  return 1;
#endif
}

int follow(std::uint16_t port, std::size_t count) {
  std::vector<test::HttpClient> clients;
  clients.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    clients.emplace_back(port);
    clients.back().send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  std::size_t heard = 0;
  for (test::HttpClient& client : clients) {
    client.head();
    heard += client.event().starts_with("event: live") ? 1 : 0;
  }
  std::cout << heard << std::endl;
  std::cin.get();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count > 2 ? words[1] : "";
  if (what == "ours" || what == "tls") {
    return serve_ours(what == "tls", static_cast<unsigned>(std::stoul(words[2])));
  }
  if (what == "httplib") {
    return serve_httplib(static_cast<unsigned>(std::stoul(words[2])));
  }
  if (what == "follow" && count > 3) {
    return follow(static_cast<std::uint16_t>(std::stoul(words[2])), std::stoul(words[3]));
  }
  std::cerr << "http_bench ours|tls|httplib <threads>, http_bench follow <port> <count>\n";
  return 2;
}
