// The month's statements as one workbook: Summary, Lines, Sources, Changes, Reconciliation.
#pragma once
#include <span>

#include "base/error.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

Result<std::string> workbook(std::span<const Sheet> sheets, const Style& style);

}  // namespace xiaoyuan::statement
