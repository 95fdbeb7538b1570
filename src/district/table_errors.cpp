#include "district/table_errors.hpp"

#include <fmt/format.h>

namespace xiaoyuan::district {

void check_columns(const CsvColumns& columns, const std::string& name,
                   const std::vector<std::string>& needed, Errors& errors) {
  for (const std::string& column : needed) {
    if (!columns.has(column)) {
      errors.push_back({Fault::bad_input,
                        {fmt::format("this column is missing; the table needs {}", joined(needed)),
                         fmt::format("缺少此列;本表须有 {}", joined(needed, "、"))},
                        {name, 1, column}});
    }
  }
}

void keep_first(Errors& errors, const std::string& name) {
  if (errors.size() <= most_errors) {
    return;
  }
  const std::size_t others = errors.size() - most_errors;
  errors.resize(most_errors);
  errors.push_back(
      {Fault::bad_input,
       {fmt::format("and {} more errors", others), fmt::format("另有 {} 处错误", others)},
       {name, 0, ""}});
}

}  // namespace xiaoyuan::district
