// Statements written into a folder in the forms that were asked for.
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::cli {

/// pdf: one file of all statements, and one of each party that is no household; html, json: a file
/// each; csv, xlsx: one of all. Says what was written.
Result<Text> write_papers(const std::vector<statement::Sheet>& sheets,
                          const std::vector<std::string>& formats, const std::string& out,
                          const statement::Style& style);

}  // namespace xiaoyuan::cli
