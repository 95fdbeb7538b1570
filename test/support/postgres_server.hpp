// A private PostgreSQL server of Debian's package, for tests: its own folder, its own socket, gone
// with the program. Started as root it runs as another user, for PostgreSQL refuses root.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

namespace xiaoyuan::test {

class PostgresServer {
 public:
  /// Starts one. Nothing where the package is missing or the server does not come up.
  static std::unique_ptr<PostgresServer> start();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// The place of a store of its own, empty the first time.
  std::string where(const std::string& schema) const;
  /// Kills the server and all that it started.
  void kill();
  /// Starts it again over what was left. True when it takes connections.
  bool start_again();
  /// Kills the one process that serves the store's connection; the server then restarts itself.
  void kill_backend(const std::string& schema) const;

 private:
  PostgresServer() = default;
  bool answers() const;

  std::filesystem::path folder_;
  int process_ = 0;
};

/// The server of this test program, started when it is first wanted; null where there is none.
PostgresServer* postgres_server();

}  // namespace xiaoyuan::test

/// POSTGRES_OR_SKIP(server): ends the test as skipped (or failed with CI=true) without a server.
#define POSTGRES_OR_SKIP(variable)                                                        \
  ::xiaoyuan::test::PostgresServer* const variable = ::xiaoyuan::test::postgres_server(); \
  if (!variable) {                                                                        \
    if (::xiaoyuan::test::cases_required()) {                                             \
      FAIL() << "PostgreSQL 15 (Debian's package postgresql-15) is missing";              \
    }                                                                                     \
    GTEST_SKIP() << "PostgreSQL 15 (Debian's package postgresql-15) is missing";          \
  }
