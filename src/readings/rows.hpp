// What the readers of mapped tables share: the sheet with its columns found, and the cells of a row
// with their complaints.
#pragma once
#include "readings/import.hpp"
#include "readings/sheet.hpp"

namespace xiaoyuan::readings {

/// A sheet being read by a mapping.
struct MappedSheet {
  const Mapping& mapping;
  Sheet sheet;
  StampForm stamps;
  ImportReport& report;
  std::vector<std::string> asked{};  ///< the columns that were looked for

  /// Where a mapped column stands; an error of the whole file when it does not.
  std::size_t column(const std::string& name, Errors& errors);
  /// Notes which columns nobody asked for.
  void note_ignored();
  void refuse(const CsvRow& row, std::string_view column, Text what);
  bool applies(const CsvRow& row, const std::optional<OnlyWhere>& only);
  /// Nothing, with a complaint, where the cell is no number; nothing without one where it is empty.
  std::optional<std::int64_t> number(const CsvRow& row, std::size_t column, int decimals);
  std::optional<Stamp> stamp(const CsvRow& row, std::size_t column);
  /// The row's meter, of its column or of the mapping itself; nothing, with a complaint, where the
  /// cell is empty or too long.
  std::optional<std::string> meter(const CsvRow& row, const std::optional<std::size_t>& column);
};

/// The sheet that a mapping names. Errors: those of read_sheet; a mapping of a kind that is
/// not wanted.
Result<Sheet> read_mapped(std::string_view bytes, const std::string& name, const Mapping& mapping,
                          const std::vector<TableKind>& wanted);

Text time_expected(std::string_view found);
Text multiplier_expected(std::int64_t found);
Text time_missing(std::string_view found, const Zone& zone);

}  // namespace xiaoyuan::readings
