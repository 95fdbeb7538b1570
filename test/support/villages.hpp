// Villages in memory: the shipped example, with pieces of its files exchanged.
#pragma once
#include <map>
#include <string>

#include "base/files.hpp"

namespace xiaoyuan::test {

/// A folder held in memory.
using Folder = std::map<std::string, std::string>;
Files files_of(Folder folder);

/// share/ of the checkout.
Files shipped_share();
/// The files of share/<folder> of the checkout ("example", "villages/qiantuan").
Folder shipped_folder(const std::string& folder);
/// The same with [network] source = "none", for whoever looks at something else than its wires.
Folder shipped_without_wires(const std::string& folder);

/// `folder` with the first `from` of a file replaced by `to`; throws when it is not there.
Folder replaced(Folder folder, const std::string& file, const std::string& from,
                const std::string& to);

}  // namespace xiaoyuan::test
