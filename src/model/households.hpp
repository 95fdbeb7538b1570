// Reads households.csv, the spreadsheet of a village.
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "model/village.hpp"

namespace xiaoyuan::model {

/// Metres east and north; wide enough for the national grid's own, with their zone in front.
inline constexpr Range metres_from_origin{-1e8, 1e8};

/// The columns that households.csv may have, in the order of the example that `new` writes.
const std::vector<std::string>& household_columns();

/// Reads every row into village.households; needs village.transformers and village.assumptions.
void read_households(std::string_view bytes, const std::string& name, Village& village,
                     Errors& errors);

}  // namespace xiaoyuan::model
