// Any bytes as a workbook.
#include "readings/sheet.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto sheet = readings::read_workbook(fuzz::text(bytes, size), "x.xlsx", "");
  fuzz::expect_sense(sheet);
  if (sheet) {
    int line = 0;
    for (const CsvRow& row : sheet->table.rows) {
      expects(row.line > line && row.cells.size() <= 1024);
      line = row.line;
    }
  }
  return 0;
}
