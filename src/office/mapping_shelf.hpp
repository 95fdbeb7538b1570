// The mappings by which foreign tables are read, by their names: a village's own in its folder
// mappings/, and those of share/ behind them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"

namespace xiaoyuan::office {

struct ShelvedMapping {
  std::string name;     ///< "registers"
  bool is_own = false;  ///< the village's
  std::string text;
};

/// All of them, the village's own first. Errors: a file that cannot be read.
Result<std::vector<ShelvedMapping>> shelved_mappings(const Files& village, const Files& share);

/// The text of the mapping of a name, the village's own first; nothing where there is none.
Result<std::optional<std::string>> find_mapping(const std::string& name, const Files& village,
                                                const Files& share);
/// The same, where it must be there. Errors: there is none; the nearest name is told.
Result<std::string> mapping_text(const std::string& name, const Files& village, const Files& share,
                                 const std::string& field);

}  // namespace xiaoyuan::office
