// The words of `xiaoyuan simulate`, and the command.
#pragma once
#include <cstdint>
#include <string>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

struct SimulateOptions {
  std::string village;
  std::string out;
  std::string from;  ///< "2025-11"
  int months = 12;
  std::string step = "60min";
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

const CLI::App* add_simulate(CLI::App& app, Language language, SimulateOptions& options);

/// Writes a made-up year of readings of a planned village.
int run_simulate(const SimulateOptions& options, Language language);

}  // namespace xiaoyuan::cli
