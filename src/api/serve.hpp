// The running server: a world, the door to it, and the HTTP server before the door.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/serve_door.hpp"
#include "api/serve_settings.hpp"
#include "api/world.hpp"

namespace xiaoyuan::api {

class Serving {
 public:
  /// What is told while it starts, and each line of the access log.
  using Tell = std::function<void(const Text& line)>;

  /// Opens the data folder (its demonstration, its villages) and listens. Errors: the folder is
  /// another server's or not of this kind, the address is in use, those of its parts.
  static Result<std::unique_ptr<Serving>> start(const ServeSettings& settings, const Tell& tell);
  ~Serving();

  /// "http://127.0.0.1:8470"
  std::string address() const;
  std::uint16_t port() const { return server_->port(); }
  const World& world() const { return *world_; }
  /// What is to be done now and then: takes in what `xiaoyuan account`, `import`, `settle` and
  /// editors wrote beside the server, and tells followers the last known values of what changed.
  Result<void> tend(Instant now);
  /// Takes no more requests, lets begun ones end within the grace, leaves jobs for the next start.
  void stop(std::chrono::seconds grace);

 private:
  Serving(const ServeSettings& settings, std::unique_ptr<World> world, const Tell& tell);

  ServeSettings settings_;
  std::unique_ptr<World> world_;
  Door door_;
  std::unique_ptr<http::Server> server_;
  std::map<std::string, std::string> told_;  ///< the version of each village's last told values
};

}  // namespace xiaoyuan::api
