// All that a running server holds; handlers get it with every call.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/serve_folder.hpp"
#include "base/files.hpp"
#include "desk/energy_shelf.hpp"
#include "desk/jobs.hpp"
#include "desk/plans.hpp"
#include "desk/studio.hpp"
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

/// Never moves: jobs and villages publish through it.
struct World {
  std::optional<FolderLock> lock{};
  std::filesystem::path folder;  ///< of the server: villages/, jobs/, backups/, figures/, server.db
  Files share;                   ///< the installed data, newer figures of this server before it
  bool demo = false;
  std::vector<DemoAccount> demo_accounts{};
  std::string setup_code{};  ///< that the first run has to bring along; printed at the start
  http::Topics topics{};     ///< outlives the jobs and villages that publish
  std::unique_ptr<people::People> people{};
  std::unique_ptr<desk::Villages> villages{};
  std::unique_ptr<desk::Plans> plans{};
  desk::Studio studio{};
  desk::EnergyShelf energy{};          ///< what is reckoned from the villages' readings
  std::unique_ptr<desk::Jobs> jobs{};  ///< last: what works ends before what it works with
};

struct WorldPlace {
  std::filesystem::path folder;
  std::filesystem::path share;
  std::string store{};  ///< of villages: "" (SQLite in their folders) or with "{village}" in it
  Demo demo = Demo::off;
  std::vector<std::filesystem::path> villages{};  ///< brought in where they are not there yet
  unsigned jobs_at_once = 1;
};

/// Opens what lies in the folder, and makes it where there is nothing yet. Errors: the folder is
/// another server's or not of this kind, those of its parts.
Result<std::unique_ptr<World>> open_world(const WorldPlace& place);

}  // namespace xiaoyuan::api
