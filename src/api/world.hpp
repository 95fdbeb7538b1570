// All that a running server holds; handlers get it with every call.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "desk/jobs.hpp"
#include "desk/village_desk.hpp"
#include "http/events.hpp"
#include "people/people.hpp"

namespace xiaoyuan::api {

/// Of a demonstration server: told to whoever asks.
struct DemoAccount {
  std::string name;
  std::string password;
  std::string display;
  people::Grant grant;
};

struct World {
  std::filesystem::path folder;  ///< of the server: villages/, jobs/, backups/, figures/, server.db
  Files share;                   ///< the installed data, newer figures of this server before it
  bool demo = false;
  std::vector<DemoAccount> demo_accounts{};
  std::string setup_code{};  ///< that the first run has to bring along; printed at the start
  http::Topics topics{};     ///< outlives the jobs and villages that publish
  std::unique_ptr<people::People> people{};
  std::unique_ptr<desk::Villages> villages{};
  std::unique_ptr<desk::Jobs> jobs{};
};

struct WorldPlace {
  std::filesystem::path folder;
  std::filesystem::path share;
  std::string store{};  ///< of villages: "" (SQLite in their folders) or with "{village}" in it
  unsigned jobs_at_once = 1;
};

/// Opens what lies in the folder, and makes it where there is nothing yet. World never moves, since
/// jobs and villages publish through it. Errors: the folder is another server's, those of its
/// parts.
Result<std::unique_ptr<World>> open_world(const WorldPlace& place);

}  // namespace xiaoyuan::api
