// What is to be planned otherwise than a village's files say, in the words of those files, and laid
// over them: the planner's own readers then say what is wrong with it.
//
// Columns of households are written into households.csv; keys of village.toml and edits of all
// households become one more [[scenario]] (model/scenario.hpp), which is what is planned.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.hpp"

namespace xiaoyuan::desk {

/// A key and its value as TOML writes it.
using KeysAndValues = std::vector<std::pair<std::string, std::string>>;

struct RowChange {
  std::string household;  ///< "*": all
  std::vector<std::pair<std::string, std::string>> cells;
};

struct Changes {
  KeysAndValues set;            ///< of village.toml: "assumptions.money.discount_rate" → "0.06"
  std::vector<RowChange> rows;  ///< of households.csv
  KeysAndValues everyone;       ///< [scenario.households]
  KeysAndValues transformers;   ///< [scenario.transformers]

  bool are_none() const { return rows.empty() && !need_scenario(); }
  bool need_scenario() const { return !set.empty() || !everyone.empty() || !transformers.empty(); }
};

/// From JSON (docs/openapi.yaml, Changes); "" and null are none. Errors: what is no such object.
Result<Changes> read_changes(std::string_view json);

/// A village's files with changes laid over them, and the scenario of them that is to be planned.
struct ChangedVillage {
  Files files;
  std::string scenario;  ///< "" where columns alone change
  std::string toml;      ///< village.toml as it is planned
  std::string households;
  int own_lines = 0;  ///< of village.toml before the changes

  /// Errors in lines that the changes added name the changes and not the file.
  Errors told(Errors errors) const;
};

/// `name` is that of the changed village, in both languages. Errors: a household or a column that
/// does not exist, files that do not read.
Result<ChangedVillage> lay_changes(const Files& village, const Changes& changes,
                                   const std::string& name);

/// households.csv with the cells of some rows exchanged; every row keeps its line.
Result<std::string> with_cells(std::string_view households, const std::vector<RowChange>& rows);

}  // namespace xiaoyuan::desk
