#include "cli/office_papers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "statement/csv.hpp"
#include "statement/html.hpp"
#include "statement/json.hpp"
#include "statement/pdf.hpp"
#include "statement/workbook.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

using statement::Sheet;

class PaperFolder {
 public:
  PaperFolder(store::OutputFolder& output, const std::vector<Sheet>& sheets,
              const statement::Style& style)
      : output_(output), sheets_(sheets), style_(style) {}

  Result<void> write(const std::string& format) {
    if (format == "pdf") {
      return write_pdf();
    }
    if (format == "csv") {
      return output_.write("statements.csv", statement::csv(sheets_));
    }
    if (format == "xlsx") {
      TRY(const std::string bytes, statement::workbook(sheets_, style_));
      return output_.write("statements.xlsx", bytes);
    }
    for (const Sheet& sheet : sheets_) {
      const std::string bytes =
          format == "json" ? statement::json(sheet.statement) : statement::html(sheet, style_);
      if (auto written = output_.write(sheet.statement.party + "." + format, bytes); !written) {
        return written;
      }
    }
    return {};
  }

 private:
  Result<void> write_pdf() {
    TRY(const std::string all, statement::pdf(sheets_, style_));
    if (auto written = output_.write("statements.pdf", all); !written) {
      return written;
    }
    for (const Sheet& sheet : sheets_) {
      if (sheet.statement.holder == settle::Holder::household && sheets_.size() > 1) {
        continue;  // they stand in the file of all
      }
      TRY(const std::string bytes, statement::pdf(sheet, style_));
      if (auto written = output_.write(sheet.statement.party + ".pdf", bytes); !written) {
        return written;
      }
    }
    return {};
  }

  store::OutputFolder& output_;
  const std::vector<Sheet>& sheets_;
  const statement::Style& style_;
};

}  // namespace

Result<Text> write_papers(const std::vector<Sheet>& sheets, const std::vector<std::string>& formats,
                          const std::string& out, const statement::Style& style) {
  TRY(store::OutputFolder output, store::OutputFolder::begin(out));
  PaperFolder folder(output, sheets, style);
  for (const std::string& format : formats) {
    if (format == "text") {
      continue;
    }
    if (auto written = folder.write(format); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  if (auto finished = output.finish(); !finished) {
    return std::unexpected(std::move(finished.error()));
  }
  return Text{fmt::format("{} statements in {} ({})", sheets.size(), out, joined(formats)),
              fmt::format("{} 份结算单已写入 {}({})", sheets.size(), out, joined(formats, "、"))};
}

}  // namespace xiaoyuan::cli
