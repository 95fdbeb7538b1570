#include <fmt/format.h>

#include "statement/figures.hpp"
#include "statement/pages.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr double member_size = 9.5;

/// Which columns the members need: energy where any has it, a kind of money where any has some and
/// the holder may see it.
struct MemberColumn {
  bool is_private = false;  ///< a household's own bill is nobody's but the committee's

  Text title;
  std::string (*text)(const Member&);
  bool (*has)(const Member&);
};

std::string energy_cell(const std::optional<MeteredEnergy>& energy) {
  return energy ? short_kwh(*energy) : "—";
}

const std::vector<MemberColumn>& all_columns() {
  static const std::vector<MemberColumn> columns{
      {false,
       {"made", "发电"},
       [](const Member& m) { return energy_cell(m.energy.made); },
       [](const Member& m) { return m.energy.made.has_value(); }},
      {false,
       {"own use", "自用"},
       [](const Member& m) { return energy_cell(m.energy.self_used); },
       [](const Member& m) { return m.energy.self_used.has_value(); }},
      {false,
       {"sold", "上网"},
       [](const Member& m) { return energy_cell(m.energy.sold); },
       [](const Member& m) { return m.energy.sold.has_value(); }},
      {true,
       {"bought", "购电"},
       [](const Member& m) { return energy_cell(m.energy.bought); },
       [](const Member& m) { return m.energy.bought.has_value(); }},
      {true,
       {"bill", "电费"},
       [](const Member& m) { return signed_yuan(m.bought); },
       [](const Member& m) { return m.bought != Money{}; }},
      {true,
       {"sale", "上网收入"},
       [](const Member& m) { return signed_yuan(m.sold); },
       [](const Member& m) { return m.sold != Money{}; }},
      {true,
       {"contracts", "合同往来"},
       [](const Member& m) { return signed_yuan(m.contracts); },
       [](const Member& m) { return m.contracts != Money{}; }},
      {true,
       {"earlier", "往月调整"},
       [](const Member& m) { return signed_yuan(m.adjustment); },
       [](const Member& m) { return m.adjustment != Money{}; }},
      {true,
       {"total", "合计"},
       [](const Member& m) { return signed_yuan(m.total); },
       [](const Member&) { return true; }}};
  return columns;
}

std::vector<MemberColumn> columns_for(const Sheet& sheet) {
  std::vector<MemberColumn> kept;
  for (const MemberColumn& column : all_columns()) {
    for (const Member& member : sheet.members) {
      if (column.has(member) && (shows_bills(sheet) || !column.is_private)) {
        kept.push_back(column);
        break;
      }
    }
  }
  return kept;
}

void write_cells(Pages& pages, const std::vector<ColumnPlace>& places,
                 const std::vector<std::string>& texts, Weight weight, Ink ink) {
  std::vector<Cell> cells;
  for (const std::string& text : texts) {
    cells.push_back({text, ink, weight});
  }
  pages.y += write_row(pages, places, cells, member_size) + 2.0;
}

void write_members(Pages& pages) {
  const std::vector<Member>& members = pages.sheet.members;
  if (members.empty()) {
    return;
  }
  const std::vector<MemberColumn> columns = columns_for(pages.sheet);
  constexpr double name_width = 112.0;
  const double width = (text_width - name_width) / static_cast<double>(columns.size());
  std::vector<ColumnPlace> places{{margin, name_width - 4.0, Side::left}};
  std::vector<std::string> heads{pages.in({"household", "农户"})};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    places.push_back({margin + name_width + static_cast<double>(i) * width, width, Side::right});
    heads.push_back(pages.in(columns[i].title));
  }
  const auto row_of = [&](const Member& member, const std::string& name) {
    std::vector<std::string> texts{name};
    for (const MemberColumn& column : columns) {
      texts.push_back(column.text(member));
    }
    return texts;
  };
  write_title(pages,
              pages.in({fmt::format("{} households (energy in kWh, money in yuan)", members.size()),
                        fmt::format("各户明细({} 户,电量:千瓦时,金额:元)", members.size())}));
  write_cells(pages, places, heads, Weight::bold, grey);
  bool is_shaded = false;
  for (const Member& member : members) {
    if (pages.need(18.0)) {
      write_cells(pages, places, heads, Weight::bold, grey);
    }
    if (is_shaded) {
      pages.paper.fill({margin, pages.y, text_width, member_size * 1.45 + 2.0}, ground);
    }
    is_shaded = !is_shaded;
    const std::string name = fmt::format("{} {}{}", member.party, pages.in(member.name),
                                         pages.in(mark_of(member.grade)));
    write_cells(pages, places, row_of(member, name), Weight::regular, black);
  }
  pages.need(20.0);
  pages.paper.rule(margin, pages.y, text_width, black);
  pages.y += 2.0;
  write_cells(pages, places, row_of(sum_of(members), pages.in({"All together", "合计"})),
              Weight::bold, black);
}

void write_member_marks(Pages& pages) {
  for (const readings::Grade grade : {readings::Grade::estimated, readings::Grade::edited,
                                      readings::Grade::missing, readings::Grade::refused}) {
    bool is_used = false;
    for (const Member& member : pages.sheet.members) {
      is_used = is_used || member.grade == grade;
    }
    if (is_used) {
      pages.need(16.0);
      pages.y += pages.paper.write(
          {margin, pages.y, text_width, 0.0},
          fmt::format("{} {}", pages.in(mark_of(grade)), pages.in(meaning_of(grade))),
          {.size = 9.5, .ink = grey});
    }
  }
}

}  // namespace

void write_party(Pages& pages) {
  write_head(pages);
  const auto figures = figures_of(pages.sheet);
  const bool has_energy = pages.sheet.statement.energy.made || pages.sheet.statement.energy.bought;
  std::string line;
  for (std::size_t i = has_energy ? 0 : figures.size() - 1; i < figures.size(); ++i) {
    line += fmt::format("{}{} {} {}", line.empty() ? "" : "    ", pages.in(figures[i].label),
                        figures[i].value, pages.in(figures[i].unit));
  }
  pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, line,
                               {.size = 12.0, .weight = Weight::bold, .ink = black}) +
             4.0;
  if (!pages.sheet.statement.lines.empty()) {
    write_lines(pages);
  }
  write_footnotes(pages);
  write_members(pages);
  write_member_marks(pages);
  write_proof(pages);
}

}  // namespace xiaoyuan::statement
