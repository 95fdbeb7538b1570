#include "statement/pages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "statement/figures.hpp"
#include "statement/proof_text.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr double qr_side = 136.0;  // 48 mm: 0.4 mm a module for a book of a million entries

std::string known_text(const Pages& pages) {
  const settle::Statement& statement = pages.sheet.statement;
  const std::string known = local_day(statement.known_at, pages.style.zone);
  std::string text = fmt::format("{} {}", pages.in({"Statement", "编号"}), statement.id);
  if (statement.revision > 1) {
    text += pages.in({fmt::format(", settled for the {}. time", statement.revision),
                      fmt::format(",第 {} 次结算", statement.revision)});
  }
  if (!known.empty()) {
    text += pages.in({", readings as known on " + known, ",示数截至 " + known});
  }
  return text;
}

}  // namespace

void Pages::foot() {
  const Look look{.size = 9.0, .ink = grey, .overflow = Overflow::cut};
  Look right = look;
  right.side = Side::right;
  paper.rule(margin, foot_y - 4.0, text_width, pale);
  paper.write({margin, foot_y, text_width - 70.0, 0.0}, known_text(*this), look);
  paper.write({margin + text_width - 70.0, foot_y, 70.0, 0.0},
              in({fmt::format("page {}", page), fmt::format("第 {} 页", page)}), right);
}

void Pages::turn() {
  foot();
  paper.next_page();
  ++page;
  y = margin;
  const settle::Statement& statement = sheet.statement;
  const Look look{.size = 10.0, .ink = grey, .overflow = Overflow::cut};
  y += paper.write(
      {margin, y, text_width, 0.0},
      fmt::format("{} · {} · {}", in(statement.village),
                  named(statement.name, statement.party, style.language), in(title_of(statement))),
      look);
  y += 8.0;
}

bool Pages::need(double height) {
  if (y + height <= foot_y - 8.0) {
    return false;
  }
  turn();
  return true;
}

void write_head(Pages& pages) {
  const settle::Statement& statement = pages.sheet.statement;
  Paper& paper = pages.paper;
  if (statement.illustrative) {
    paper.fill({page_width - margin - 96.0, pages.y, 96.0, 20.0}, orange);
    paper.write(
        {page_width - margin - 96.0, pages.y + 2.0, 96.0, 0.0}, pages.in({"example", "示例数据"}),
        {.size = 12.0, .weight = Weight::bold, .ink = {1.0, 1.0, 1.0}, .side = Side::middle});
  }
  pages.y += paper.write({margin, pages.y, text_width - 110.0, 0.0}, pages.in(statement.village),
                         {.size = 13.0, .ink = grey});
  pages.y += paper.write({margin, pages.y, text_width, 0.0}, pages.in(title_of(statement)),
                         {.size = 23.0, .weight = Weight::bold, .ink = green});
  pages.y += paper.write({margin, pages.y, text_width, 0.0},
                         named(statement.name, statement.party, pages.style.language),
                         {.size = 18.0, .weight = Weight::bold, .ink = black});
  pages.y += 10.0;
}

void write_title(Pages& pages, const std::string& title) {
  pages.need(48.0);
  pages.y += 6.0;
  pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, title,
                               {.size = 14.0, .weight = Weight::bold, .ink = green});
  pages.paper.rule(margin, pages.y + 1.0, text_width, green);
  pages.y += 5.0;
}

void write_footnotes(Pages& pages) {
  for (const readings::Grade grade : grades_of(pages.sheet.statement)) {
    const std::string text =
        fmt::format("{} {}", pages.in(mark_of(grade)), pages.in(meaning_of(grade)));
    const Look look{.size = 10.5, .ink = grey};
    pages.need(pages.paper.height_of(text_width, text, look) + 2.0);
    pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, text, look) + 2.0;
  }
}

void write_proof(Pages& pages) {
  const auto& proof = pages.sheet.statement.proof;
  if (!proof) {
    return;
  }
  const auto modules = qr_modules(proof_text(*proof));
  if (!modules) {
    return;  // longer than any code: the proof is in the store and in the JSON
  }
  pages.need(qr_side + 8.0);
  pages.y += 6.0;
  pages.paper.draw({margin, pages.y, qr_side, qr_side}, *modules);
  const double x = margin + qr_side + 10.0;
  const double width = text_width - qr_side - 10.0;
  double y = pages.y + 14.0;
  y += pages.paper.write({x, y, width, 0.0},
                         pages.in({"This month is in the book", "本月账目已入账本"}),
                         {.size = 13.0, .weight = Weight::bold, .ink = black}) +
       4.0;
  y += pages.paper.write(
           {x, y, width, 0.0},
           pages.in({"The code proves it. Scan it, save its text, and check it on any computer, "
                     "without the network:",
                     "二维码是入账证明。扫码后保存文本,可在任意电脑上离线核验:"}),
           {.size = 11.0, .ink = black}) +
       2.0;
  y += pages.paper.write({x, y, width, 0.0}, "xiaoyuan verify proof.txt",
                         {.size = 11.0, .weight = Weight::bold, .ink = black}) +
       4.0;
  pages.paper.write({x, y, width, 0.0},
                    fmt::format("{} {}\n{} {} · {}…", pages.in({"Entry", "账目"}), proof->key,
                                pages.in({"Head of the book", "账本头"}), proof->head.size,
                                hex(proof->head.root).substr(0, 16)),
                    {.size = 9.5, .ink = grey});
  pages.y += qr_side;
}

double write_row(Pages& pages, const std::vector<ColumnPlace>& columns,
                 const std::vector<Cell>& cells, double size) {
  double height = 0.0;
  for (std::size_t i = 0; i < std::min(columns.size(), cells.size()); ++i) {
    const Look look{.size = size,
                    .weight = cells[i].weight,
                    .ink = cells[i].ink,
                    .side = columns[i].side,
                    .overflow = Overflow::cut};
    height = std::max(height, pages.paper.write({columns[i].x, pages.y, columns[i].width, 0.0},
                                                cells[i].text, look));
  }
  return height;
}

}  // namespace xiaoyuan::statement
