// xiaoyuan account: the people of a server from its own terminal, for whoever is locked out. A
// server that runs on the same folder takes it in at the next sign-in.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

struct AccountOptions {
  std::string data;     ///< the server's folder
  std::string name;     ///< by which one signs in
  std::string display;  ///< what one is called
  std::string role = "administrator";
  std::string village = "*";
  std::string holder;
};

/// Adds account with list, add, password, disable and enable.
const CLI::App* add_account(CLI::App& app, Language language, AccountOptions& options);

int run_account(const CLI::App& command, const AccountOptions& options, Language language);

}  // namespace xiaoyuan::cli
