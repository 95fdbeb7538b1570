#include "api/serve.hpp"

#include <fmt/format.h>

#include "api/serve_demo.hpp"
#include "api/serve_folder.hpp"
#include "api/village_doors.hpp"
#include "people/secret.hpp"

namespace xiaoyuan::api {

namespace {

std::filesystem::path data_of(const ServeSettings& settings) {
  if (!settings.data.empty()) {
    return settings.data;
  }
  return settings.demo == Demo::off ? "xiaoyuan-data" : "xiaoyuan-demo";
}

http::Settings http_settings(const ServeSettings& settings, const ListenAt& at) {
  http::Settings http;
  http.address = at.address;
  http.port = at.port;
  http.threads = settings.threads;
  http.proxies = settings.proxies;
  if (!settings.tls_certificate.empty()) {
    http.tls = std::make_unique<http::Tls>(http::Tls{settings.tls_certificate, settings.tls_key});
  }
  return http;
}

DoorSettings door_settings(const ServeSettings& settings, const Serving::Tell& tell) {
  DoorSettings door{.workers = settings.workers};
  if (settings.access_log == AccessLog::on) {
    door.access_log = [tell](const std::string& line) { tell({line, line}); };
  }
  return door;
}

}  // namespace

Serving::Serving(const ServeSettings& settings, std::unique_ptr<World> world, const Tell& tell)
    : settings_(settings),
      world_(std::move(world)),
      door_(*world_, door_settings(settings, tell)) {}

Result<std::unique_ptr<Serving>> Serving::start(const ServeSettings& settings, const Tell& tell) {
  if (auto checked = check_settings(settings); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  TRY(const ListenAt at, listen_at(settings.listen));
  TRY(auto world, open_world({.folder = data_of(settings),
                              .share = settings.share,
                              .store = settings.store,
                              .demo = settings.demo,
                              .villages = settings.villages,
                              .jobs_at_once = settings.jobs_at_once}));
  if (world->demo) {
    if (auto filled = fill_demo(*world, tell); !filled) {
      return std::unexpected(std::move(filled.error()));
    }
  } else if (world->people->is_empty()) {
    world->setup_code = people::new_code();
  }
  std::unique_ptr<Serving> serving(new Serving(settings, std::move(world), tell));
  http::Settings http = http_settings(settings, at);
  Door& door = serving->door_;
  http.body_limit = [&door](const http::Request& head) { return door.body_limit(head); };
  TRY(serving->server_,
      http::Server::start(std::move(http), [&door](http::Request request, http::Answer answer) {
        door.answer(std::move(request), std::move(answer));
      }));
  door.count(*serving->server_);
  return serving;
}

Serving::~Serving() {
  if (server_ != nullptr) {
    stop(std::chrono::seconds(0));
  }
}

std::string Serving::address() const {
  const auto at = listen_at(settings_.listen);
  const std::string host = at->address.contains(':') ? "[" + at->address + "]" : at->address;
  return fmt::format("{}://{}:{}", settings_.tls_certificate.empty() ? "http" : "https", host,
                     server_->port());
}

Result<void> Serving::tend(Instant now) {
  Errors errors;
  auto people = world_->people->catch_up(now);
  gather(people, errors);
  auto villages = world_->villages->catch_up();
  gather(villages, errors);
  for (const std::shared_ptr<desk::VillageDesk>& desk : world_->villages->all()) {
    const auto view = desk->view();
    std::string& told = told_[view->name];
    if (told == view->version || world_->topics.subscribers() == 0) {
      continue;
    }
    told = view->version;
    auto figures = world_->energy.figures(*desk);
    if (gather(figures, errors)) {
      world_->topics.publish("village/" + view->name,
                             http::event_bytes("", "live", live_json(**figures, now)));
    }
  }
  return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
}

void Serving::stop(std::chrono::seconds grace) {
  server_->stop(grace);
  door_.stop();
  world_->jobs->stop();
}

}  // namespace xiaoyuan::api
