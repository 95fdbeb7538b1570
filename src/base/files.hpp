// Where named bytes come from. The doors and store/ open real files; tests give a map. Everything
// between takes bytes and a name, and never a path.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan {

/// A folder of files as the readers see it. Both functions may be called from several threads.
struct Files {
  /// The bytes of a file, by its name inside the folder ("loads/h01.csv").
  std::function<Result<std::string>(const std::string& name)> read;
  /// The names of the files of a sub-folder, sorted; empty when there is none.
  std::function<std::vector<std::string>(const std::string& folder)> list;
};

}  // namespace xiaoyuan
