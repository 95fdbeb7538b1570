#include "district/chunk_record.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <iterator>

#include "base/random.hpp"

namespace xiaoyuan::district {

namespace fs = std::filesystem;

namespace {

/// A name that no other thread, process or host uses in the folder.
std::string partial_name(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format(".{}-{}-{}-{}", path.filename().string(), host.data(), ::getpid(), count++);
}

std::string first_line(std::uint64_t job, std::size_t chunk, std::string_view body) {
  return fmt::format("xiaoyuan.district-chunk/1 {:016x} {} {:016x}\n", job, chunk,
                     seed_of(body, job));
}

}  // namespace

Result<void> write_whole(const fs::path& path, std::string_view bytes) {
  const fs::path partial = path.parent_path() / partial_name(path);
  errno = 0;
  std::ofstream file(partial, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error(errno == 0 ? EIO : errno, std::generic_category());
  if (file) {
    fs::rename(partial, path, error);
  }
  if (error) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    return fail(Fault::unwritable,
                {fmt::format("cannot be written: {}", error.message()),
                 fmt::format("无法写入:{}", error.message())},
                {path.string(), 0, ""});
  }
  return {};
}

fs::path ChunkFolder::path_of(std::size_t chunk) const {
  return folder_ / fmt::format("{:08}.csv", chunk);
}

Result<void> ChunkFolder::write(std::size_t chunk, const ChunkRecord& record) const {
  const std::string body = totals_line(record.totals) + '\n' + record.lines;
  return write_whole(path_of(chunk), first_line(job_, chunk, body) + body);
}

std::optional<ChunkRecord> ChunkFolder::read(std::size_t chunk) const {
  std::ifstream file(path_of(chunk), std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const std::size_t head = bytes.find('\n');
  if (head == std::string::npos) {
    return std::nullopt;
  }
  const std::string_view body = std::string_view(bytes).substr(head + 1);
  const std::size_t end = body.find('\n');
  ChunkRecord record;
  if (bytes.substr(0, head + 1) != first_line(job_, chunk, body) || end == std::string_view::npos ||
      !read_totals_line(body.substr(0, end), record.totals)) {
    return std::nullopt;
  }
  record.lines = body.substr(end + 1);
  return record;
}

}  // namespace xiaoyuan::district
