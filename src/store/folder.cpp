#include "store/folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace xiaoyuan::store {

namespace fs = std::filesystem;

namespace {

bool stays_inside(const fs::path& name) {
  return name.is_relative() &&
         std::ranges::none_of(name, [](const fs::path& part) { return part == ".."; });
}

Result<std::string> read_file(const fs::path& root, const std::string& name) {
  if (!stays_inside(name)) {
    return fail(Fault::bad_input, {"names a file outside its folder", "指向文件夹之外的文件"},
                {name, 0, ""});
  }
  const fs::path path = root / name;
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) {
    return fail(Fault::not_found,
                {fmt::format("there is no such file in {}", root.string()),
                 fmt::format("{} 中没有此文件", root.string())},
                {name, 0, ""});
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file && !file.eof()) {
    return fail(Fault::unreadable, {"cannot be read", "无法读取"}, {name, 0, ""});
  }
  return bytes;
}

std::vector<std::string> list_files(const fs::path& root, const std::string& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file(ignored) && !name.starts_with('.')) {
      names.push_back(name);
    }
  }
  std::ranges::sort(names);
  return names;
}

std::unexpected<Errors> cannot_write(const fs::path& path, const std::error_code& reason) {
  return fail(Fault::unwritable,
              {fmt::format("cannot be written: {}", reason.message()),
               fmt::format("无法写入:{}", reason.message())},
              {path.string(), 0, ""});
}

}  // namespace

Files folder(const fs::path& root) {
  return {[root](const std::string& name) { return read_file(root, name); },
          [root](const std::string& name) { return list_files(root, name); }};
}

Result<fs::path> share_folder() {
  std::error_code error;
  if (const char* named = std::getenv("XIAOYUAN_SHARE")) {
    if (fs::is_regular_file(fs::path(named) / "assumptions.toml", error)) {
      return fs::path(named);
    }
    return fail(Fault::not_found,
                {fmt::format("XIAOYUAN_SHARE names {}, which holds no assumptions.toml", named),
                 fmt::format("XIAOYUAN_SHARE 指向 {},其中没有 assumptions.toml", named)});
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path up = program.parent_path(); !up.empty(); up = up.parent_path()) {
    for (const char* place : {"share/xiaoyuan", "share"}) {
      if (fs::is_regular_file(up / place / "assumptions.toml", error)) {
        return up / place;
      }
    }
    if (up == up.root_path()) {
      break;
    }
  }
  return fail(
      Fault::not_found,
      {"the installed data (share/xiaoyuan) was not found; set XIAOYUAN_SHARE to its folder",
       "未找到随程序安装的数据(share/xiaoyuan);请用 XIAOYUAN_SHARE 指明其文件夹"});
}

OutputFolder::OutputFolder(fs::path root)
    : root_(std::move(root)), partial_(root_ / fmt::format(".partial-{}", ::getpid())) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : root_(std::move(other.root_)),
      partial_(std::exchange(other.partial_, {})),
      made_root_(other.made_root_) {}

OutputFolder::~OutputFolder() {
  if (!partial_.empty()) {
    std::error_code ignored;
    fs::remove_all(partial_, ignored);
    if (made_root_) {
      fs::remove(root_, ignored);  // only when it is empty
    }
  }
}

Result<OutputFolder> OutputFolder::begin(const fs::path& root) {
  OutputFolder output(root);
  std::error_code error;
  output.made_root_ = !fs::exists(root, error);
  fs::create_directories(output.partial_, error);
  if (error) {
    return cannot_write(root, error);
  }
  return output;
}

Result<void> OutputFolder::write(const std::string& name, std::string_view bytes) {
  const fs::path path = partial_ / name;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (error || !file) {
    return cannot_write(root_ / name, std::make_error_code(std::errc::io_error));
  }
  return {};
}

Result<void> OutputFolder::finish() {
  std::error_code error;
  std::vector<fs::directory_entry>
      entries;  // listed first: a folder must not change while it is read
  for (const auto& entry : fs::recursive_directory_iterator(partial_, error)) {
    entries.push_back(entry);
  }
  for (const fs::directory_entry& entry : entries) {
    const fs::path target = root_ / fs::relative(entry.path(), partial_, error);
    if (entry.is_directory(error)) {
      fs::create_directories(target, error);
    } else {
      fs::rename(entry.path(), target, error);
    }
    if (error) {
      return cannot_write(target, error);
    }
  }
  return {};
}

Result<void> copy_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error) && !fs::is_empty(to, error)) {
    return fail(Fault::unwritable,
                {"exists and is not empty; choose another folder", "已存在且非空;请另选文件夹"},
                {to.string(), 0, ""});
  }
  fs::create_directories(to, error);
  fs::copy(from, to, fs::copy_options::recursive, error);
  if (error) {
    return cannot_write(to, error);
  }
  return {};
}

}  // namespace xiaoyuan::store
