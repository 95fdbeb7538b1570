// A file of the server's own folders, written whole or not at all: what a killed program leaves
// behind is the old file or the new one.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace xiaoyuan::desk {

/// Writes beside the file and renames when the bytes are on the disk; makes its folder.
Result<void> write_whole(const std::filesystem::path& file, std::string_view bytes);
Result<std::string> read_whole(const std::filesystem::path& file);

/// A number that no earlier call has given, whatever was removed since: the file keeps the last
/// one. `least` is the smallest that is free.
Result<std::uint64_t> next_number(const std::filesystem::path& file, std::uint64_t least);

}  // namespace xiaoyuan::desk
