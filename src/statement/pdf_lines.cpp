#include <fmt/format.h>

#include "statement/figures.hpp"
#include "statement/pages.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr double label_width = 236.0;
constexpr double line_size = 12.0;

const std::vector<ColumnPlace>& line_columns() {
  static const std::vector<ColumnPlace> columns{
      {margin, label_width, Side::left},
      {margin + label_width, 92.0, Side::right},
      {margin + label_width + 92.0, 83.0, Side::right},
      {margin + label_width + 175.0, text_width - label_width - 175.0, Side::right}};
  return columns;
}

Ink ink_of(Money money) { return money < Money{} ? red : black; }

void write_line(Pages& pages, const settle::StatementLine& line) {
  const std::string label = pages.in(line.label) + pages.in(mark_of(line.grade));
  const std::string amount = line.amount  ? signed_yuan(*line.amount)
                             : line.gco2e ? kg_text(*line.gco2e) + pages.in({" kg", " 千克"})
                                          : "";
  const Look note{.size = 9.5, .ink = grey};
  const std::string& explanation = pages.in(line.explanation);
  const double height = pages.paper.height_of(label_width + 80.0, explanation, note);
  pages.need(line_size * 1.5 + height + 4.0);
  pages.y += write_row(pages, line_columns(),
                       {{label},
                        {line.energy ? kwh_text(*line.energy) : ""},
                        {line.price ? price_text(*line.price) : ""},
                        {amount, ink_of(line.amount.value_or(Money{})), Weight::bold}},
                       line_size);
  pages.y += pages.paper.write({margin, pages.y, label_width + 80.0, 0.0}, explanation, note);
  pages.y += 3.0;
}

void write_section(Pages& pages, const SectionLines& section) {
  pages.need(54.0);
  pages.y += 3.0;
  pages.paper.fill({margin, pages.y, text_width, 19.0}, ground);
  pages.y += 1.0;
  const bool one_amount = section.lines.size() == 1;
  write_row(pages, line_columns(),
            {{pages.in(settle::name_of(section.section)), green, Weight::bold},
             {},
             {},
             {section.sum && !one_amount ? signed_yuan(*section.sum) : "", grey}},
            line_size);
  pages.y += 20.0;
  for (const settle::StatementLine* line : section.lines) {
    write_line(pages, *line);
  }
}

}  // namespace

void write_lines(Pages& pages) {
  write_title(pages, pages.in({"Line by line", "明细"}));
  pages.y += write_row(pages, line_columns(),
                       {{pages.in({"Line", "项目"}), grey},
                        {pages.in({"Energy (kWh)", "电量(千瓦时)"}), grey},
                        {pages.in({"Price (yuan)", "单价(元)"}), grey},
                        {pages.in({"Amount (yuan)", "金额(元)"}), grey}},
                       10.5);
  for (const SectionLines& section : sections_of(pages.sheet.statement)) {
    write_section(pages, section);
  }
  const Money total = pages.sheet.statement.total();
  pages.need(30.0);
  pages.y += 3.0;
  pages.paper.rule(margin, pages.y, text_width, black);
  pages.y += 3.0;
  pages.y += write_row(pages, line_columns(),
                       {{pages.in({"Total", "合计"}), black, Weight::bold},
                        {},
                        {},
                        {signed_yuan(total), ink_of(total), Weight::bold}},
                       15.0);
  pages.y += 2.0;
}

}  // namespace xiaoyuan::statement
