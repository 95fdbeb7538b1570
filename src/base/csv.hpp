// Comma-separated tables: rows of cells that remember their line, and typed reading that collects
// every error.
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"
#include "base/zone.hpp"

namespace xiaoyuan {

struct CsvRow {
  int line = 0;
  std::vector<std::string_view> cells;
};

/// Rows of a CSV text. The cells point into `store`, so a table is moved, not copied.
class CsvTable {
 public:
  CsvTable() = default;
  CsvTable(CsvTable&&) noexcept = default;
  CsvTable& operator=(CsvTable&&) noexcept = default;

  std::vector<CsvRow> rows;
  std::deque<std::string> store;
};

/// Every row of `bytes`, quotes and a byte-order mark taken off; empty lines are left out.
/// `name` is the file's name in messages.
Result<CsvTable> parse_csv(std::string_view bytes, const std::string& name);

/// A table whose first row names its columns.
class CsvColumns {
 public:
  /// `known` are all columns that may occur; others are errors that name the nearest known one.
  CsvColumns(const CsvTable& table, std::string file, const std::vector<std::string>& known,
             Errors& errors);
  /// False when the table cannot be read at all (its encoding or its separators are wrong).
  bool well_formed() const { return !header_.empty(); }
  bool has(std::string_view column) const;
  /// The cell of a row, trimmed; "" when the column or the cell is missing.
  std::string_view cell(const CsvRow& row, std::string_view column) const;

  std::string text(const CsvRow& row, std::string_view column);
  double number(const CsvRow& row, std::string_view column, const Range& range);
  std::optional<double> number_if(const CsvRow& row, std::string_view column, const Range& range);
  std::size_t choice_or(const CsvRow& row, std::string_view column,
                        const std::vector<std::string>& choices, std::size_t otherwise);
  std::optional<Date> date_if(const CsvRow& row, std::string_view column);
  void complain(const CsvRow& row, std::string_view column, Text what);

 private:
  bool check_form(const CsvTable& table);

  std::string file_;
  std::vector<std::string> header_;
  Errors* errors_;
};

}  // namespace xiaoyuan
