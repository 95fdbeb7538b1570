// Single files that a command reads and writes, beside the folders of store/.
#pragma once
#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace xiaoyuan::cli {

/// The folder of a file as the store opens it.
std::filesystem::path folder_of(const std::filesystem::path& file);

/// Writes a file whole or not at all.
Result<void> write_one(const std::filesystem::path& file, const std::string& bytes);

}  // namespace xiaoyuan::cli
