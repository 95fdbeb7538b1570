#include "district/table_index.hpp"

#include <fstream>

#include "base/random.hpp"

namespace xiaoyuan::district {

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

std::unexpected<Errors> unreadable(const std::filesystem::path& path) {
  return fail(Fault::unreadable, {"cannot be read", "无法读取"}, {path.filename().string(), 0, ""});
}

/// Takes the bytes of the table block by block and finds where lines end.
class Scan {
 public:
  Scan(TableIndex& index, std::size_t lines) : index_(index), lines_(lines) {}

  void take(std::string_view block) {
    index_.fingerprint = seed_of(block, index_.fingerprint);
    std::size_t from = 0;
    for (std::size_t end = block.find('\n'); end != std::string_view::npos;
         end = block.find('\n', from)) {
      if (line_ == 1) {
        index_.header += block.substr(from, end - from);
      }
      from = end + 1;
      end_line(at_ + from);
    }
    if (line_ == 1) {
      index_.header += block.substr(from);
    }
    at_ += block.size();
  }

  void finish() {
    if (at_ > begun_) {
      end_line(at_);
    }
    close(begun_);
  }

 private:
  void end_line(std::uint64_t end) {
    ++line_;
    begun_ = end;
    if (line_ == 2) {
      open();
    } else if (++held_ == lines_) {
      close(end);
      open();
    }
  }
  void open() {
    place_ = {begun_, 0, line_};
    held_ = 0;
  }
  void close(std::uint64_t end) {
    if (line_ > 1 && end > place_.offset) {
      place_.size = end - place_.offset;
      index_.chunks.push_back(place_);
    }
  }

  TableIndex& index_;
  std::size_t lines_;
  ChunkPlace place_;
  std::size_t held_ = 0;
  int line_ = 1;
  std::uint64_t at_ = 0;
  std::uint64_t begun_ = 0;  ///< where the line in hand begins
};

}  // namespace

Result<TableIndex> index_table(const std::filesystem::path& path, std::size_t lines) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return fail(Fault::not_found,
                {"there is no such file in " + path.parent_path().string(),
                 path.parent_path().string() + " 中没有此文件"},
                {path.filename().string(), 0, ""});
  }
  TableIndex index;
  index.path = path;
  Scan scan(index, lines);
  std::ifstream file(path, std::ios::binary);
  std::string block(block_bytes, '\0');
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    scan.take({block.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (!file.eof()) {
    return unreadable(path);
  }
  scan.finish();
  return index;
}

Result<std::string> read_chunk(const TableIndex& index, const ChunkPlace& place) {
  std::ifstream file(index.path, std::ios::binary);
  std::string bytes(place.size, '\0');
  file.seekg(static_cast<std::streamoff>(place.offset));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return unreadable(index.path);
  }
  return bytes;
}

}  // namespace xiaoyuan::district
