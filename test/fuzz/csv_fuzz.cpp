// Any bytes as a table, and the typed reading of its cells.
#include "base/csv.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto table = parse_csv(fuzz::text(bytes, size), "x.csv");
  fuzz::expect_sense(table);
  if (table) {
    Errors errors;
    CsvColumns columns(*table, "x.csv", {"id", "day", "kwh"}, errors);
    for (const CsvRow& row : table->rows) {
      expects(row.line > 0 && !row.cells.empty());
      columns.text(row, "id");
      expects(positive.holds(columns.number(row, "kwh", positive)));
      columns.date_if(row, "day");
      expects(columns.choice_or(row, "id", {"one", "two"}, 0) < 2);
    }
  }
  return 0;
}
