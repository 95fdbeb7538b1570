// xiaoyuan serve: the server with its pages, API and events.
#pragma once
#include <string>
#include <vector>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

struct ServeOptions {
  std::string settings;  ///< a file; what is said beside it counts more
  std::string data;
  std::string listen;
  std::string tls_certificate;
  std::string tls_key;
  std::string store;
  std::vector<std::string> proxies;
  std::vector<std::string> villages;
  bool demo = false;
  bool demo_anywhere = false;
  bool access_log = false;
};

/// Adds the command, whose words fill `options`.
const CLI::App* add_serve(CLI::App& app, Language language, ServeOptions& options);

/// Serves until Ctrl-C or SIGTERM, then 0.
int run_serve(const ServeOptions& options, Language language);

}  // namespace xiaoyuan::cli
