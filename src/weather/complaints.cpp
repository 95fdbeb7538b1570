#include "weather/complaints.hpp"

#include <fmt/format.h>

#include "base/expected.hpp"

namespace xiaoyuan::weather {

namespace {
constexpr std::size_t most_errors = 20;
}  // namespace

void Complaints::add(int line, std::string field, Text what) {
  if (errors_.size() == most_errors) {
    ++more_;
    return;
  }
  errors_.push_back({Fault::bad_input, std::move(what), {file_, line, std::move(field)}});
}

double Complaints::number(const CsvRow& row, std::size_t index, const std::string& field,
                          const Range& range) {
  const std::string_view cell = index < row.cells.size() ? trimmed(row.cells[index]) : "";
  const auto number = parse_number(cell);
  if (!number || !range.holds(*number)) {
    add(row.line, field, number_expected(range, fmt::format("\"{}\"", cell)));
    return range.least;
  }
  return *number;
}

Errors Complaints::take() {
  if (more_ > 0) {
    errors_.push_back({Fault::bad_input,
                       {fmt::format("{} more errors are not shown", more_),
                        fmt::format("另有 {} 处错误未列出", more_)},
                       {file_, 0, ""}});
  }
  return std::move(errors_);
}

}  // namespace xiaoyuan::weather
