#include "cli/one_file.hpp"

#include "store/folder.hpp"

namespace xiaoyuan::cli {

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

Result<void> write_one(const std::filesystem::path& file, const std::string& bytes) {
  TRY(store::OutputFolder folder, store::OutputFolder::begin(folder_of(file)));
  if (auto written = folder.write(file.filename().string(), bytes); !written) {
    return written;
  }
  return folder.finish();
}

}  // namespace xiaoyuan::cli
