#include "desk/files_whole.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <fstream>
#include <iterator>

namespace xiaoyuan::desk {

namespace fs = std::filesystem;

namespace {

std::unexpected<Errors> not_written(const fs::path& file, const std::error_code& reason) {
  return fail(Fault::unwritable,
              {fmt::format("cannot be written: {}", reason.message()),
               fmt::format("无法写入:{}", reason.message())},
              {file.filename().string(), 0, ""});
}

/// Nothing where all bytes are on the disk.
std::error_code put_on_disk(const fs::path& file, std::string_view bytes) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (opened < 0) {
    return {errno, std::generic_category()};
  }
  std::error_code error;
  while (!bytes.empty() && !error) {
    const ssize_t written = ::write(opened, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      error = {errno, std::generic_category()};
    }
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  if (!error && ::fsync(opened) != 0) {
    error = {errno, std::generic_category()};
  }
  ::close(opened);
  return error;
}

}  // namespace

Result<void> write_whole(const fs::path& file, std::string_view bytes) {
  static std::atomic<std::uint64_t> writes{0};  // two writers of one file do not share a name
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path partial = file.parent_path() / fmt::format(".partial-{}-{}", ::getpid(), ++writes);
  if (error = put_on_disk(partial, bytes); !error) {
    fs::rename(partial, file, error);
  }
  if (error) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    return not_written(file, error);
  }
  return {};
}

Result<std::string> read_whole(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    return fail(Fault::not_found, {"there is no such file", "没有此文件"},
                {file.filename().string(), 0, ""});
  }
  std::ifstream opened(file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(opened), {});
  if (!opened && !opened.eof()) {
    return fail(Fault::unreadable, {"cannot be read", "无法读取"},
                {file.filename().string(), 0, ""});
  }
  return bytes;
}

Result<std::uint64_t> next_number(const fs::path& file, std::uint64_t least) {
  std::uint64_t last = 0;
  if (const auto kept = read_whole(file)) {
    std::from_chars(kept->data(), kept->data() + kept->size(), last);
  }
  const std::uint64_t next = std::max(last + 1, least);
  if (auto written = write_whole(file, std::to_string(next)); !written) {
    return std::unexpected(std::move(written.error()));
  }
  return next;
}

}  // namespace xiaoyuan::desk
