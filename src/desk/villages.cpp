#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "desk/village_desk.hpp"
#include "desk/village_files.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::desk {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_village_name = 60;

/// Small letters, digits, "-" and "_", so that it is the same in an address, on every disk and in a
/// database's name.
bool is_village_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_village_name && name.front() != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == name.npos;
}

/// A name below the folder of a village: no way out of it, nothing hidden, no store.
bool is_file_name(std::string_view name) {
  if (name.empty() || name.find('\\') != name.npos || !is_utf8(name) ||
      name.find(".db") != name.npos) {
    return false;
  }
  std::size_t begin = 0;
  while (begin <= name.size()) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part.front() == '.') {
      return false;
    }
    begin = end + 1;
  }
  return true;
}

Files files_of(const std::vector<std::pair<std::string, std::string>>& files) {
  Files given;
  given.read = [&files](const std::string& name) -> Result<std::string> {
    const auto found = std::ranges::find(files, name, &std::pair<std::string, std::string>::first);
    if (found == files.end()) {
      return fail(Fault::not_found, {"there is no such file", "没有此文件"}, {name, 0, ""});
    }
    return found->second;
  };
  given.list = [&files](const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) {
      const std::size_t slash = name.rfind('/');
      const std::string parent = slash == name.npos ? "" : name.substr(0, slash);
      if (parent == folder) {
        names.push_back(slash == name.npos ? name : name.substr(slash + 1));
      }
    }
    std::ranges::sort(names);
    return names;
  };
  return given;
}

class FolderVillages final : public Villages {
 public:
  FolderVillages(Place place, VillageDesk::On on_change)
      : place_(std::move(place)), on_change_(std::move(on_change)) {}

  std::vector<std::shared_ptr<VillageDesk>> all() const override {
    const std::scoped_lock lock(guard_);
    std::vector<std::shared_ptr<VillageDesk>> desks;
    for (const auto& [name, desk] : desks_) {
      desks.push_back(desk);
    }
    return desks;
  }

  std::shared_ptr<VillageDesk> find(std::string_view name) const override {
    const std::scoped_lock lock(guard_);
    const auto found = desks_.find(name);
    return found == desks_.end() ? nullptr : found->second;
  }

  Result<std::shared_ptr<VillageDesk>> add(
      const std::string& name,
      const std::vector<std::pair<std::string, std::string>>& files) override {
    const std::scoped_lock lock(adding_);
    if (auto checked = check_new(name); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
    if (auto checked = check_files(files); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
    TRY(store::OutputFolder output, store::OutputFolder::begin(place_.folder / name));
    for (const auto& [file, bytes] : files) {
      if (auto written = output.write(file, bytes); !written) {
        return std::unexpected(std::move(written.error()));
      }
    }
    if (auto finished = output.finish(); !finished) {
      return std::unexpected(std::move(finished.error()));
    }
    return open_one(name);
  }

  Result<void> refresh() override { return for_all(&VillageDesk::refresh); }
  Result<void> catch_up() override { return for_all(&VillageDesk::catch_up); }

  Result<void> for_all(Result<void> (VillageDesk::*renew)()) {
    Errors errors;
    for (const std::shared_ptr<VillageDesk>& desk : all()) {
      auto done = (*desk.*renew)();
      gather(done, errors);
    }
    auto opened = open_new();
    gather(opened, errors);
    return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
  }

  Result<void> open_new() {
    const std::scoped_lock lock(adding_);
    std::error_code error;
    fs::create_directories(place_.folder, error);
    std::vector<std::string> names;
    for (fs::directory_iterator each(place_.folder, error), end; !error && each != end;
         each.increment(error)) {
      const std::string name = each->path().filename().string();
      std::error_code ignored;
      if (each->is_directory(ignored) && is_village_name(name) && find(name) == nullptr) {
        names.push_back(name);
      }
    }
    if (error) {
      return fail(Fault::unreadable,
                  {"the folder of the villages cannot be read: " + error.message(),
                   "无法读取村庄文件夹:" + error.message()},
                  {place_.folder.string(), 0, ""});
    }
    Errors errors;
    for (const std::string& name : names) {
      auto opened = open_one(name);
      gather(opened, errors);
    }
    return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
  }

 private:
  Result<void> check_new(const std::string& name) const {
    if (!is_village_name(name)) {
      return fail(Fault::bad_input,
                  {fmt::format("expected small letters, digits, - and _, at most {} of them, found "
                               "\"{}\"",
                               longest_village_name, name),
                   fmt::format("应为小写字母、数字、- 或 _,不超过 {} 个字符,实为“{}”",
                               longest_village_name, name)},
                  {"", 0, "name"});
    }
    std::error_code ignored;
    if (find(name) != nullptr || fs::exists(place_.folder / name, ignored)) {
      return fail(Fault::conflict,
                  {fmt::format("there is a village \"{}\" already", name),
                   fmt::format("村庄“{}”已存在", name)},
                  {"", 0, "name"});
    }
    return {};
  }

  Result<void> check_files(const std::vector<std::pair<std::string, std::string>>& files) const {
    Errors errors;
    for (const auto& [name, bytes] : files) {
      if (!is_file_name(name)) {
        errors.push_back({Fault::bad_input,
                          {fmt::format("\"{}\" is no name of a village's file", name),
                           fmt::format("“{}”不能用作村庄文件名", name)},
                          {"", 0, "files"}});
      }
    }
    if (errors.empty()) {
      const VillageFiles read = read_files(files_of(files), place_.share);
      errors = read.errors;
      if (errors.empty()) {
        errors = plan::check_loads(*read.plan);
      }
    }
    return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
  }

  Result<std::shared_ptr<VillageDesk>> open_one(const std::string& name) {
    std::string store = place_.store;
    constexpr std::string_view blank = "{village}";
    if (const std::size_t at = store.find(blank); at != store.npos) {
      store.replace(at, blank.size(), name);
    }
    TRY(std::unique_ptr<VillageDesk> desk,
        VillageDesk::open({place_.folder / name, store, place_.share}, on_change_));
    std::shared_ptr<VillageDesk> shared = std::move(desk);
    const std::scoped_lock lock(guard_);
    desks_.emplace(name, shared);
    return shared;
  }

  Place place_;
  VillageDesk::On on_change_;
  std::mutex adding_;
  mutable std::mutex guard_;  // of the map alone
  std::map<std::string, std::shared_ptr<VillageDesk>, std::less<>> desks_;
};

}  // namespace

Result<std::unique_ptr<Villages>> Villages::open(const Place& place, VillageDesk::On on_change) {
  auto villages = std::make_unique<FolderVillages>(place, std::move(on_change));
  if (auto opened = villages->open_new(); !opened) {
    return std::unexpected(std::move(opened.error()));
  }
  return villages;
}

}  // namespace xiaoyuan::desk
