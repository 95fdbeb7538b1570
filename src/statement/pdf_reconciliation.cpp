#include <fmt/format.h>

#include "statement/pages.hpp"
#include "statement/reconciliation.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr double compared_size = 9.5;

const std::vector<ColumnPlace>& compared_columns() {
  static const std::vector<ColumnPlace> columns{
      {margin, 44.0, Side::left},          {margin + 44.0, 112.0, Side::left},
      {margin + 156.0, 64.0, Side::right}, {margin + 220.0, 64.0, Side::right},
      {margin + 284.0, 60.0, Side::right}, {margin + 344.0, 60.0, Side::right},
      {margin + 404.0, 44.0, Side::right}, {margin + 454.0, text_width - 454.0, Side::left}};
  return columns;
}

void write_compared_head(Pages& pages) {
  std::vector<Cell> cells;
  for (const Text& text :
       {Text{"house", "户号"}, Text{"line", "项目"}, Text{"ours, kWh", "我方电量"},
        Text{"theirs, kWh", "对方电量"}, Text{"ours, yuan", "我方金额"},
        Text{"theirs, yuan", "对方金额"}, Text{"differ", "差额"}, Text{"why", "说明"}}) {
    cells.push_back({pages.in(text), grey, Weight::bold});
  }
  pages.y += write_row(pages, compared_columns(), cells, compared_size) + 2.0;
}

void write_compared(Pages& pages, const Compared& compared, Ink ink) {
  const settle::StatementLine& line = *compared.line;
  const settle::Theirs theirs = line.theirs.value_or(settle::Theirs{});
  pages.y += write_row(pages, compared_columns(),
                       {{line.party, ink},
                        {pages.in(line.label) + pages.in(mark_of(line.grade)), ink},
                        {line.energy ? kwh_text(*line.energy) : "", ink},
                        {theirs.energy ? kwh_text(*theirs.energy) : "—", ink},
                        {signed_yuan(*line.amount), ink},
                        {theirs.amount ? signed_yuan(*theirs.amount) : "—", ink},
                        {compared.money_difference ? signed_yuan(*compared.money_difference) : "—",
                         ink, Weight::bold},
                        {pages.in(compared.reason), ink}},
                       compared_size) +
             1.5;
}

struct ListWanted {
  Text title;
  bool (*has)(Match) = nullptr;
  Ink ink = black;
};

void write_list(Pages& pages, const Reconciliation& all, const ListWanted& wanted) {
  bool is_begun = false;
  for (const Compared& compared : all.lines) {
    if (!wanted.has(compared.match)) {
      continue;
    }
    if (!is_begun) {
      write_title(pages, pages.in(wanted.title));
      write_compared_head(pages);
      is_begun = true;
    }
    if (pages.need(18.0)) {
      write_compared_head(pages);
    }
    write_compared(pages, compared, wanted.ink);
  }
}

Text result_text(const Reconciliation& all) {
  return {
      fmt::format("{} lines agree, {} differ, {} are not on their paper. Ours {} yuan, theirs {} "
                  "yuan, difference {} yuan.",
                  all.same, all.different, all.missing, signed_yuan(all.ours),
                  signed_yuan(all.theirs), signed_yuan(all.theirs - all.ours)),
      fmt::format(
          "一致 {} 项,不一致 {} 项,对方缺 {} 项。我方合计 {} 元,对方合计 {} 元,差额 {} 元。",
          all.same, all.different, all.missing, signed_yuan(all.ours), signed_yuan(all.theirs),
          signed_yuan(all.theirs - all.ours))};
}

void write_result(Pages& pages, const Text& result, const Text& note) {
  pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, pages.in(result),
                               {.size = 13.0, .weight = Weight::bold, .ink = black}) +
             2.0;
  pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, pages.in(note),
                               {.size = 10.0, .ink = grey}) +
             4.0;
}

/// Before their bill is there: ours alone, for them to hold against it.
void write_ours(Pages& pages, const Reconciliation& all) {
  const std::string total = signed_yuan(pages.sheet.statement.total());
  write_result(pages,
               {fmt::format("Our reckoning of the month: {} yuan. The grid company's bill is not "
                            "here yet.",
                            total),
                fmt::format("本月我方核算合计 {} 元;尚未收到电网企业账单。", total)},
               {"Above zero: the grid company receives.", "正数为电网企业应收。"});
  write_list(pages, all,
             {{"Our lines", "我方核算项目"}, [](Match /*unused*/) { return true; }, black});
}

}  // namespace

void write_reconciliation(Pages& pages) {
  const Reconciliation all = reconciliation_of(pages.sheet.statement);
  write_head(pages);
  if (all.same + all.different == 0) {
    write_ours(pages, all);
  } else {
    write_result(pages, result_text(all),
                 {"Above zero: the grid company receives. Totals are of the lines that both papers "
                  "have; a difference is theirs less ours.",
                  "正数为电网企业应收。合计只含双方都有的项目;差额=对方-我方。"});
    write_list(pages, all,
               {{"To be looked into", "待核查项目"},
                [](Match match) { return match != Match::same; },
                red});
    write_list(pages, all,
               {{"Lines that agree", "一致项目"},
                [](Match match) { return match == Match::same; },
                black});
  }
  write_footnotes(pages);
  write_proof(pages);
}

}  // namespace xiaoyuan::statement
