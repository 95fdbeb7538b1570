#include "desk/village_files.hpp"

#include <algorithm>

namespace xiaoyuan::desk {

namespace {

bool belongs_to_store(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with(".db") || name.ends_with(".db-wal") || name.ends_with(".db-shm") ||
         name.ends_with(".db-journal");
}

bool has_file(const Files& village, const char* name) {
  const std::vector<std::string> names = village.list("");
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

FolderMark mark_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  FolderMark mark;
  std::error_code error;
  for (fs::recursive_directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error)) {
    std::error_code ignored;
    if (each->path().filename().string().starts_with('.')) {  // being written (OutputFolder)
      each.disable_recursion_pending();
      continue;
    }
    if (each->is_regular_file(ignored) && !belongs_to_store(each->path())) {
      mark.files.push_back({each->path().lexically_relative(folder).string(),
                            each->file_size(ignored), each->last_write_time(ignored)});
    }
  }
  std::ranges::sort(mark.files, {}, &FolderMark::File::name);
  return mark;
}

VillageFiles read_files(const Files& village, const Files& share) {
  VillageFiles read;
  if (has_file(village, "settlement.toml") || has_file(village, "meters.csv")) {
    auto office = office::read_village(village, share);
    if (gather(office, read.errors)) {
      read.office = std::make_shared<const office::Village>(std::move(*office));
      read.plan = {read.office, &read.office->plan};
      return read;
    }
  }
  auto plan = plan::read_inputs(village, share);
  if (plan) {
    read.plan = std::make_shared<const plan::Inputs>(std::move(*plan));
  } else if (read.errors.empty()) {  // else the office has told the same already
    read.errors = std::move(plan.error());
  }
  return read;
}

}  // namespace xiaoyuan::desk
