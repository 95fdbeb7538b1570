// xiaoyuan share: clears one table of a community that shares energy.
#pragma once
#include <string>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

struct ShareOptions {
  std::string file;
  std::string key = "dynamic";
  std::string weights;       ///< "50%,30%,20%", "H1=5,H2=3"
  std::string weights_file;  ///< the same as CSV
  std::string first;         ///< members; "" is those that export
  std::string out;           ///< CSV of every member and interval
  bool rounds = false;       ///< digits beyond the mWh
};

/// Adds the command, whose words fill `options`.
const CLI::App* add_share(CLI::App& app, Language language, ShareOptions& options);

int run_share(const ShareOptions& options, Language language);

}  // namespace xiaoyuan::cli
