// Statements as files: to print, to keep, to reckon with.
#include <fmt/format.h>

#include <algorithm>

#include "api/settlement_doors.hpp"
#include "api/settlement_parts.hpp"
#include "base/expected.hpp"
#include "office/papers.hpp"
#include "statement/csv.hpp"
#include "statement/html.hpp"
#include "statement/json.hpp"
#include "statement/pdf.hpp"
#include "statement/workbook.hpp"

namespace xiaoyuan::api {

namespace {

using Sheets = std::vector<statement::Sheet>;

constexpr const char* workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<std::string> format_of(const Call& call, const std::vector<std::string>& formats) {
  std::string format(call.request.parameter("format").value_or(formats.front()));
  if (std::ranges::find(formats, format) == formats.end()) {
    return fail(Fault::bad_input, choice_expected(formats, format), {"", 0, "format"});
  }
  return format;
}

/// One statement as an object, several as a list.
std::string json_paper(const Sheets& sheets, bool is_list) {
  std::string text = is_list ? "[" : "";
  for (const statement::Sheet& sheet : sheets) {
    text += text.size() > 1 ? "," : "";
    text += statement::json(sheet.statement);
  }
  return text + (is_list ? "]\n" : "");
}

struct PaperWanted {
  std::string name;  ///< without its ending
  std::string format;
  bool is_list = false;  ///< of all statements of a month
};

Result<Attachment> paper_of(const Sheets& sheets, const PaperWanted& wanted,
                            const statement::Style& style) {
  const std::string name = wanted.name + "." + wanted.format;
  if (wanted.format == "pdf") {
    TRY(std::string bytes, statement::pdf(sheets, style));
    return Attachment{name, "application/pdf", std::move(bytes)};
  }
  if (wanted.format == "html") {
    return Attachment{name, "text/html; charset=utf-8", statement::html(sheets.front(), style)};
  }
  if (wanted.format == "csv") {
    return Attachment{name, "text/csv; charset=utf-8", statement::csv(sheets)};
  }
  if (wanted.format == "xlsx") {
    TRY(std::string bytes, statement::workbook(sheets, style));
    return Attachment{name, workbook_type, std::move(bytes)};
  }
  return Attachment{name, "application/json", json_paper(sheets, wanted.is_list)};
}

/// Lays out what `sheets` gives of the village's shelf.
Result<http::Response> answer_paper(
    const Call& call, const PaperWanted& wanted,
    const std::function<Result<Sheets>(const office::Shelf& shelf)>& sheets) {
  Attachment paper;
  auto looked = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(const auto village, desk::office_of(table.view));
    TRY(const statement::Style style, style_of(call, table.view));
    if (!table.view.book) {  // its store has just become unreadable
      return std::unexpected(table.view.errors);
    }
    TRY(const Sheets all, sheets({table.store, *table.view.book, village->agreement}));
    PaperWanted named = wanted;
    named.name = fmt::format("{}-{}", village->model().name.in(call.language), wanted.name);
    TRY(paper, paper_of(all, named, style));
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  return file_answer(call, std::move(paper));
}

}  // namespace

Result<http::Response> statement_paper(const Call& call) {
  TRY(std::string format, format_of(call, {"pdf", "html", "csv", "xlsx", "json"}));
  const auto view = desk_of(call)->view();
  TRY(const desk::StatementView* const kept, statement_of(call, *view));
  const PaperWanted wanted{.name = fmt::format("{}-{}", call["month"], kept->party),
                           .format = std::move(format)};
  return answer_paper(call, wanted, [&](const office::Shelf& shelf) -> Result<Sheets> {
    Sheets sheets(1);
    TRY(sheets.front(), office::sheet_of(shelf, kept->id));
    return sheets;
  });
}

Result<http::Response> month_papers(const Call& call) {
  TRY(std::string format, format_of(call, {"pdf", "csv", "xlsx", "json"}));
  const auto view = desk_of(call)->view();
  TRY(const desk::MonthView* const month, month_of(call, *view));
  const PaperWanted wanted{.name = month->text, .format = std::move(format), .is_list = true};
  return answer_paper(call, wanted, [&](const office::Shelf& shelf) {
    return office::sheets_of(shelf, month->month);
  });
}

}  // namespace xiaoyuan::api
