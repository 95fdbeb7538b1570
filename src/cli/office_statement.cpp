// statement and explain: statements as they were kept.
#include <fmt/format.h>

#include <algorithm>

#include "cli/office_papers.hpp"
#include "cli/office_place.hpp"
#include "office/papers.hpp"
#include "statement/explain.hpp"
#include "statement/terminal.hpp"

namespace xiaoyuan::cli {

namespace {

Result<std::vector<statement::Sheet>> wanted_sheets(const office::Shelf& shelf,
                                                    const std::string& which) {
  if (which.find('/') == std::string::npos) {
    TRY(const ledger::Period month, office::month_from(which, "statement"));
    return office::sheets_of(shelf, month);
  }
  TRY(statement::Sheet sheet, office::sheet_of(shelf, which));
  std::vector<statement::Sheet> one;
  one.push_back(std::move(sheet));
  return one;
}

Result<Text> show(const StatementOptions& options, Language language) {
  TRY(const office::Village village, read_settled_village(options.place));
  TRY(const auto store, open_store_of(village, options.place, office::Use::read));
  TRY(const office::Office office, office::Office::open(*store, village));
  TRY(const std::vector<statement::Sheet> sheets,
      wanted_sheets({*store, office.book(), village.agreement}, options.month));
  const statement::Style style{language, village.zone()};
  Text told;
  const auto wants = [&](const char* format) {
    return std::ranges::find(options.formats, format) != options.formats.end();
  };
  if (wants("text")) {
    for (const statement::Sheet& sheet : sheets) {
      const std::string text = statement::terminal(sheet, style);
      told.en += text;
      told.zh += text;
    }
  }
  if (options.formats.size() > 1 || !wants("text")) {
    if (options.out.empty()) {
      return fail(Fault::bad_input, {"files need a folder: --out", "输出文件须用 --out 指定文件夹"},
                  {"--out", 0, ""});
    }
    TRY(const Text written, write_papers(sheets, options.formats, options.out, style));
    told.en += written.en;
    told.zh += written.zh;
  }
  return told;
}

Result<Text> explained(const ExplainOptions& options, Language language) {
  TRY(const office::Village village, read_settled_village(options.place));
  TRY(const auto store, open_store_of(village, options.place, office::Use::read));
  TRY(const settle::Statement statement, office::statement_of(*store, options.statement));
  TRY(const std::string text,
      statement::explain(statement, options.line, {language, village.zone()}));
  return Text{text, text};
}

}  // namespace

int run_statement(const StatementOptions& options, Language language) {
  return answer(show(options, language), language);
}

int run_explain(const ExplainOptions& options, Language language) {
  return answer(explained(options, language), language);
}

}  // namespace xiaoyuan::cli
