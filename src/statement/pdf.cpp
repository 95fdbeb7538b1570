#include "statement/pdf.hpp"

#include <fmt/format.h>

#include "statement/pages.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

/// The end of the month stands in the file as its date.
std::string created_at(const settle::Statement& statement) {
  const ledger::Period next = statement.month.next();
  return ledger::text_of(next) + "-01T00:00:00Z";
}

void write_statement(Pages& pages) {
  switch (pages.sheet.statement.holder) {
    case settle::Holder::household:
      write_household(pages);
      break;
    case settle::Holder::grid_company:
      write_reconciliation(pages);
      break;
    case settle::Holder::company:
    case settle::Holder::cooperative:
    case settle::Holder::committee:
    case settle::Holder::lender:
      write_party(pages);
      break;
  }
  pages.foot();
}

}  // namespace

Result<std::string> pdf(std::span<const Sheet> sheets, const Style& style) {
  if (sheets.empty()) {
    return fail(Fault::not_found, {"there is no statement to print", "没有可打印的结算单"});
  }
  const settle::Statement& first = sheets.front().statement;
  Paper paper({.title = fmt::format("{} {} {}", first.village.in(style.language),
                                    title_of(first).in(style.language),
                                    sheets.size() == 1 ? first.party : ""),
               .created = created_at(first),
               .language = style.language});
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (i > 0) {
      paper.next_page();
    }
    Pages pages{.paper = paper, .sheet = sheets[i], .style = style};
    write_statement(pages);
  }
  return paper.finish();
}

Result<std::string> pdf(const Sheet& sheet, const Style& style) {
  return pdf(std::span<const Sheet>(&sheet, 1), style);
}

}  // namespace xiaoyuan::statement
