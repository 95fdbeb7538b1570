#include "api/serve_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <utility>

namespace xiaoyuan::api {

namespace {

namespace fs = std::filesystem;

std::unexpected<Errors> not_written(const fs::path& file) {
  return fail(
      Fault::unwritable,
      {fmt::format("cannot write {}", file.string()), fmt::format("无法写入 {}", file.string())},
      {file.string(), 0, ""});
}

/// What of a village's folder is its own: no store of another place, nothing hidden, no results.
bool is_brought(const fs::path& file) {
  const std::string name = file.filename().string();
  return !name.starts_with('.') && !name.ends_with(".db") && !name.ends_with(".db-wal") &&
         !name.ends_with(".db-shm") && name != "out";
}

void copy_village(const fs::path& from, const fs::path& to, std::error_code& error) {
  fs::create_directories(to, error);
  for (const fs::directory_entry& entry : fs::directory_iterator(from, error)) {
    if (error) {
      return;
    }
    if (!is_brought(entry.path())) {
      continue;
    }
    const fs::path target = to / entry.path().filename();
    if (entry.is_directory(error)) {
      copy_village(entry.path(), target, error);
    } else if (entry.is_regular_file(error)) {
      fs::copy_file(entry.path(), target, error);
    }
  }
}

}  // namespace

Result<FolderLock> FolderLock::take(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);  // it holds people's data
  const fs::path name = folder / "server.lock";
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return not_written(name);
  }
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return fail(Fault::conflict,
                {fmt::format("another server runs on {}", folder.string()),
                 fmt::format("另一个服务器正在使用 {}", folder.string())},
                {"--data", 0, ""});
  }
  return FolderLock(file);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

Result<void> claim_for(Demo demo, const fs::path& folder) {
  std::error_code ignored;
  const fs::path mark = folder / "demonstration";
  const bool is_demo = fs::exists(mark, ignored);
  const bool is_new = !fs::exists(folder / "server.db", ignored);
  const bool wants_demo = demo != Demo::off;
  if (is_new && wants_demo) {
    std::ofstream(mark) << "The passwords of this folder's accounts are told to everybody.\n";
    return fs::exists(mark, ignored) ? Result<void>() : not_written(mark);
  }
  if (is_demo == wants_demo) {
    return {};
  }
  return fail(
      Fault::conflict,
      is_demo ? Text{fmt::format("{} is the folder of a demonstration, whose passwords "
                                 "everybody knows; say --demo, or name another folder",
                                 folder.string()),
                     fmt::format("{} 是演示数据文件夹,其口令人人可知;请加 "
                                 "--demo,或另选文件夹",
                                 folder.string())}
              : Text{fmt::format("{} is the folder of a real server; a demonstration needs "
                                 "a folder of its own",
                                 folder.string()),
                     fmt::format("{} 是正式服务器的数据文件夹;演示须另用文件夹", folder.string())},
      {"--data", 0, ""});
}

Result<void> bring_villages(std::span<const fs::path> villages, const fs::path& folder) {
  Errors errors;
  for (const fs::path& village : villages) {
    std::error_code error;
    const fs::path from = fs::weakly_canonical(village, error);
    const fs::path to = folder / "villages" / from.filename();
    if (!fs::is_regular_file(from / "village.toml", error)) {
      errors.push_back(
          {Fault::not_found,
           {fmt::format("{} is no village's folder: it has no village.toml", village.string()),
            fmt::format("{} 不是村庄文件夹:其中没有 village.toml", village.string())},
           {}});
      continue;
    }
    if (fs::exists(to, error)) {
      continue;  // brought before; what it has become since is not to be overwritten
    }
    // Whole or not at all: a killed start leaves nothing that looks like a village.
    const fs::path partial = folder / "villages" / ("." + from.filename().string() + ".partial");
    fs::remove_all(partial, error);
    copy_village(from, partial, error);
    if (!error) {
      fs::rename(partial, to, error);
    }
    if (error) {
      errors.push_back(not_written(to).error().front());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::api
