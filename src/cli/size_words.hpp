// The words of `xiaoyuan size`.
#pragma once
#include "cli/commands.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

/// Adds the command, whose words fill `options`.
const CLI::App* add_size(CLI::App& app, Language language, SizeOptions& options);

}  // namespace xiaoyuan::cli
