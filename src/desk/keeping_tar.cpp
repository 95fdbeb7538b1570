#include "desk/keeping_tar.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <numeric>
#include <optional>
#include <utility>

namespace xiaoyuan::desk {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 512;
constexpr std::size_t most_of_prefix = 155;
constexpr std::size_t most_of_last = 100;
constexpr std::size_t checksum_at = 148;

/// A field of a head: octal digits, NUL at its end.
void put_octal(std::string& head, std::size_t at, std::size_t width, std::uint64_t value) {
  const std::string digits = fmt::format("{:0{}o}", value, width - 1);
  head.replace(at, digits.size(), digits);
}

void put_text(std::string& head, std::size_t at, std::string_view text) {
  head.replace(at, text.size(), text);
}

/// The name as prefix "/" rest; nothing where it does not fit.
std::optional<std::pair<std::string, std::string>> split(const std::string& name) {
  if (name.size() <= most_of_last) {
    return std::pair{std::string(), name};
  }
  const std::size_t slash = name.find('/', name.size() - most_of_last - 1);
  if (slash == std::string::npos || slash > most_of_prefix) {
    return std::nullopt;
  }
  return std::pair{name.substr(0, slash), name.substr(slash + 1)};
}

}  // namespace

TarFile::TarFile(fs::path path, Instant at)
    : path_(std::move(path)), at_(at), file_(path_, std::ios::binary | std::ios::trunc) {
  std::error_code ignored;  // hashes of passwords lie in a backup: nobody else reads it
  fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

Result<void> TarFile::begin(const std::string& name, std::uintmax_t size) {
  const auto parts = split(name);
  constexpr std::uintmax_t most = (std::uintmax_t{1} << 33U) - 1;  // of 11 octal digits
  if (!parts || size > most) {
    return fail(
        Fault::impossible,
        {"has a name or a size that a tar file does not hold", "名称或大小超出 tar 格式的限制"},
        {name, 0, ""});
  }
  std::string head(block, '\0');
  put_text(head, 0, parts->second);
  put_octal(head, 100, 8, 0640);
  put_octal(head, 108, 8, 0);
  put_octal(head, 116, 8, 0);
  put_octal(head, 124, 12, size);
  put_octal(head, 136, 12, static_cast<std::uint64_t>(at_.time_since_epoch().count()));
  put_text(head, checksum_at, "        ");
  head[156] = '0';  // a plain file
  put_text(head, 257, std::string_view("ustar\00000", 8));
  put_text(head, 345, parts->first);
  const unsigned sum = std::accumulate(head.begin(), head.end(), 0U, [](unsigned total, char byte) {
    return total + static_cast<unsigned char>(byte);
  });
  put_octal(head, checksum_at, 7, sum);
  file_ << head;
  return {};
}

void TarFile::pad(std::uintmax_t size) {
  file_ << std::string((block - size % block) % block, '\0');
}

Result<void> TarFile::add(const std::string& name, std::string_view bytes) {
  if (auto begun = begin(name, bytes.size()); !begun) {
    return begun;
  }
  file_ << bytes;
  pad(bytes.size());
  return {};
}

Result<void> TarFile::add_file(const std::string& name, const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  std::ifstream source(path, std::ios::binary);
  if (error || !source) {
    return fail(Fault::unreadable, {"cannot be read", "无法读取"}, {name, 0, ""});
  }
  if (auto begun = begin(name, size); !begun) {
    return begun;
  }
  std::array<char, std::size_t{64} * 1024> piece{};
  for (std::uintmax_t left = size; left > 0;) {
    const auto wanted = static_cast<std::streamsize>(std::min<std::uintmax_t>(left, piece.size()));
    source.read(piece.data(), wanted);
    if (source.gcount() != wanted) {
      return fail(Fault::unreadable, {"became shorter while it was read", "读取过程中文件变短"},
                  {name, 0, ""});
    }
    file_.write(piece.data(), wanted);
    left -= static_cast<std::uintmax_t>(wanted);
  }
  pad(size);
  return {};
}

Result<void> TarFile::finish() {
  file_ << std::string(2 * block, '\0');
  file_.close();
  const int opened = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_kept = opened >= 0 && ::fsync(opened) == 0;
  if (opened >= 0) {
    ::close(opened);
  }
  if (!file_ || !is_kept) {
    return fail(Fault::unwritable, {"the backup cannot be written", "备份无法写入"},
                {path_.filename().string(), 0, ""});
  }
  return {};
}

}  // namespace xiaoyuan::desk
