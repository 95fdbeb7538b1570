// What the readers of this folder's tables say alike: columns that are missing, errors that are
// too many to print.
#pragma once
#include <string>
#include <vector>

#include "base/csv.hpp"

namespace xiaoyuan::district {

inline constexpr std::size_t most_errors = 20;

/// An error for every column of `needed` that the table has not.
void check_columns(const CsvColumns& columns, const std::string& name,
                   const std::vector<std::string>& needed, Errors& errors);

/// Keeps the first errors and counts the others in one more.
void keep_first(Errors& errors, const std::string& name);

}  // namespace xiaoyuan::district
