// Where the chunks of district.csv lie, so that a table of any length is read piece by piece and
// from several threads.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::district {

struct ChunkPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  ///< bytes
  int first_line = 2;
};

struct TableIndex {
  std::filesystem::path path;
  std::string header;
  std::vector<ChunkPlace> chunks;
  std::uint64_t fingerprint = 0;  ///< of all bytes
};

/// Reads the table once, `lines` lines to a chunk. A row may not run over several lines.
Result<TableIndex> index_table(const std::filesystem::path& path, std::size_t lines);
/// The rows of a chunk as they stand in the file.
Result<std::string> read_chunk(const TableIndex& index, const ChunkPlace& place);

}  // namespace xiaoyuan::district
