#include "support/villages.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "store/folder.hpp"

namespace xiaoyuan::test {

namespace fs = std::filesystem;

Files files_of(Folder folder) {
  return {[folder](const std::string& name) -> Result<std::string> {
            const auto found = folder.find(name);
            if (found == folder.end()) {
              return fail(Fault::not_found, {"there is no such file", "没有此文件"}, {name, 0, ""});
            }
            return found->second;
          },
          [folder](const std::string& name) {
            std::vector<std::string> names;
            for (const auto& [path, bytes] : folder) {
              if (path.starts_with(name + "/")) {
                names.push_back(path.substr(name.size() + 1));
              }
            }
            return names;
          }};
}

Files shipped_share() { return store::folder(fs::path(XIAOYUAN_SOURCE) / "share"); }

Folder shipped_folder(const std::string& folder) {
  const fs::path root = fs::path(XIAOYUAN_SOURCE) / "share" / folder;
  Folder files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) {
      std::ifstream file(entry.path(), std::ios::binary);
      files[fs::relative(entry.path(), root).string()] =
          std::string(std::istreambuf_iterator<char>(file), {});
    }
  }
  return files;
}

Folder shipped_without_wires(const std::string& folder) {
  return replaced(shipped_folder(folder), "village.toml", "\n[carbon]",
                  "\n[network]\nsource = \"none\"\n\n[carbon]");
}

Folder replaced(Folder folder, const std::string& file, const std::string& from,
                const std::string& to) {
  std::string& bytes = folder.at(file);
  const std::size_t at = bytes.find(from);
  if (at == std::string::npos) {
    throw std::runtime_error(file + " does not hold " + from);
  }
  bytes.replace(at, from.size(), to);
  return folder;
}

}  // namespace xiaoyuan::test
