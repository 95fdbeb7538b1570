// What households.xlsx says, as plain tables: columns with units, cells, formulas with their
// values.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "plan/study.hpp"

namespace xiaoyuan::report {

/// How a column's numbers are shown: whole, one decimal, fen, a price's four decimals, percent.
enum class Look { text, whole, tenth, money, price, share };
enum class Total { none, sum };

/// A column that divides two others, in every row and in the totals.
struct Ratio {
  std::size_t part = 0;
  std::size_t whole = 0;
};

struct Column {
  Text title;
  Text unit;
  double width = 12.0;  ///< characters
  Look look = Look::text;
  Total total = Total::none;
  std::optional<Ratio> ratio{};
};

/// A formula and the value it has, for readers that do not reckon.
struct Formula {
  std::string text;
  double value = 0.0;
};
using Cell = std::variant<std::monostate, double, std::string, Formula>;

struct Table {
  Text name;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  ///< one cell a column; a ratio's is left empty
};

/// "C7": column 2 of the row with index 6; the header is row 0.
std::string address(std::size_t row, std::size_t column);

/// Who is curtailed behind coordinated transformers, and what each rule costs; none without one.
std::vector<Table> coordination_tables(const plan::Inputs& inputs, const plan::Study& study,
                                       Language language);

/// Houses, lines, transformers and remedies of the wires; none without them.
std::vector<Table> network_tables(const plan::Inputs& inputs, const plan::Study& study,
                                  Language language);

/// Households, months, bill lines, money by year, batteries where there are some,
/// coordinated transformers, wires, sizes where they were asked for, sources.
std::vector<Table> workbook_tables(const plan::Inputs& inputs, const plan::Study& study,
                                   Language language);

}  // namespace xiaoyuan::report
