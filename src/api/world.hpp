// All that a running server holds; handlers get it with every call.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/files.hpp"
#include "desk/jobs.hpp"
#include "desk/village_desk.hpp"
#include "http/events.hpp"
#include "people/people.hpp"

namespace xiaoyuan::api {

struct World {
  std::filesystem::path folder;  ///< of the server: villages/, jobs/, backups/, figures/, server.db
  Files share;                   ///< the installed data, newer figures of this server before it
  bool demo = false;
  std::string setup_code{};  ///< that the first run has to bring along; printed at the start
  std::unique_ptr<people::People> people;
  std::unique_ptr<desk::Villages> villages;
  std::unique_ptr<desk::Jobs> jobs;
  http::Topics topics{};
};

}  // namespace xiaoyuan::api
