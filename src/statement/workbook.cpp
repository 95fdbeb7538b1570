#include "statement/workbook.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <variant>
#include <vector>

#include "statement/reconciliation.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

/// A file in memory that libxlsxwriter can open by name.
class WorkbookFile {
 public:
  WorkbookFile() : file_(memfd_create("statements.xlsx", MFD_CLOEXEC)) {}
  ~WorkbookFile() {
    if (file_ >= 0) {
      close(file_);
    }
  }
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  std::string name() const { return fmt::format("/proc/self/fd/{}", file_); }
  std::string bytes() const {
    std::string all;
    std::vector<char> part(1U << 16U);
    ssize_t count = 0;
    while ((count = pread(file_, part.data(), part.size(), static_cast<off_t>(all.size()))) > 0) {
      all.append(part.data(), static_cast<std::size_t>(count));
    }
    return count < 0 ? std::string() : all;
  }

 private:
  int file_;
};

SheetCell cell_of(const std::optional<MeteredEnergy>& energy) {
  return energy ? SheetCell(energy->kwh()) : SheetCell();
}
SheetCell cell_of(const std::optional<Money>& money) {
  return money ? SheetCell(money->yuan()) : SheetCell();
}
SheetCell cell_of(const std::optional<Price>& price) {
  return price ? SheetCell(price->yuan_per_kwh()) : SheetCell();
}
SheetCell cell_of(const std::optional<std::int64_t>& number) {
  return number ? SheetCell(static_cast<double>(*number)) : SheetCell();
}

SheetTable summary_table(std::span<const Sheet> sheets, Language language) {
  SheetTable table{{"Summary", "汇总"},
                   {{"statement", "编号"},
                    {"whose", "名称"},
                    {"kind", "类别"},
                    {"made (kWh)", "发电(千瓦时)"},
                    {"used (kWh)", "自用(千瓦时)"},
                    {"sold (kWh)", "上网(千瓦时)"},
                    {"bought (kWh)", "购电(千瓦时)"},
                    {"total (yuan)", "合计(元)"},
                    {"last month (yuan)", "上月(元)"}},
                   {}};
  for (const Sheet& sheet : sheets) {
    const settle::Statement& one = sheet.statement;
    table.rows.push_back({one.id, one.name.in(language), settle::name_of(one.holder).in(language),
                          cell_of(one.energy.made), cell_of(one.energy.self_used),
                          cell_of(one.energy.sold), cell_of(one.energy.bought), one.total().yuan(),
                          cell_of(one.last_month)});
  }
  return table;
}

SheetTable lines_table(std::span<const Sheet> sheets, Language language) {
  SheetTable table{{"Lines", "明细"},
                   {{"statement", "编号"},
                    {"line", "项目编号"},
                    {"section", "类别"},
                    {"label", "项目"},
                    {"energy (kWh)", "电量(千瓦时)"},
                    {"price (yuan/kWh)", "单价(元/千瓦时)"},
                    {"amount (yuan)", "金额(元)"},
                    {"CO2 avoided (g)", "减排量(克)"},
                    {"grade", "数据质量"},
                    {"document", "依据文件"},
                    {"data version", "数据版本"},
                    {"entry in the book", "账本分录"}},
                   {}};
  for (const Sheet& sheet : sheets) {
    for (const settle::StatementLine& line : sheet.statement.lines) {
      table.rows.push_back({sheet.statement.id, line.id, settle::name_of(line.section).in(language),
                            line.label.in(language), cell_of(line.energy), cell_of(line.price),
                            cell_of(line.amount), cell_of(line.gco2e),
                            readings::name_of(line.grade).in(language), line.document, line.version,
                            line.entry});
    }
  }
  return table;
}

SheetTable sources_table(std::span<const Sheet> sheets, const Style& style) {
  SheetTable table{{"Sources", "示数来源"},
                   {{"statement", "编号"},
                    {"line", "项目编号"},
                    {"meter", "电表"},
                    {"channel", "方向"},
                    {"rate", "时段"},
                    {"from", "起"},
                    {"to", "止"},
                    {"start (kWh)", "起码"},
                    {"end (kWh)", "止码"},
                    {"multiplier", "倍率"},
                    {"energy (kWh)", "电量(千瓦时)"},
                    {"quality", "质量"}},
                   {}};
  for (const Sheet& sheet : sheets) {
    for (const settle::StatementLine& line : sheet.statement.lines) {
      for (const settle::Source& source : line.sources) {
        const readings::Piece& piece = source.piece;
        table.rows.push_back(
            {sheet.statement.id, line.id, piece.meter,
             readings::name_of(source.channel).in(style.language),
             readings::name_of(source.rate).in(style.language),
             local_text(piece.period.from, style.zone), local_text(piece.period.to, style.zone),
             piece.start.kwh(), piece.end.kwh(), static_cast<double>(piece.multiplier),
             piece.energy.kwh(), readings::name_of(source.grade).in(style.language)});
      }
    }
  }
  return table;
}

SheetTable changes_table(std::span<const Sheet> sheets, Language language) {
  SheetTable table{{"Changes", "与上月相比"},
                   {{"statement", "编号"},
                    {"reason", "原因"},
                    {"explanation", "说明"},
                    {"difference (yuan)", "差额(元)"}},
                   {}};
  for (const Sheet& sheet : sheets) {
    for (const settle::Change& change : sheet.statement.changes) {
      table.rows.push_back({sheet.statement.id, change.label.in(language),
                            change.explanation.in(language), change.difference.yuan()});
    }
  }
  return table;
}

SheetTable reconciliation_table(std::span<const Sheet> sheets, Language language) {
  SheetTable table{{"Reconciliation", "对账"},
                   {{"household", "户号"},
                    {"line", "项目"},
                    {"ours (kWh)", "我方电量"},
                    {"theirs (kWh)", "对方电量"},
                    {"ours (yuan)", "我方金额"},
                    {"theirs (yuan)", "对方金额"},
                    {"difference (yuan)", "差额(元)"},
                    {"why", "说明"}},
                   {}};
  for (const Sheet& sheet : sheets) {
    if (sheet.statement.holder != settle::Holder::grid_company) {
      continue;
    }
    for (const Compared& one : reconciliation_of(sheet.statement).lines) {
      const settle::Theirs theirs = one.line->theirs.value_or(settle::Theirs{});
      table.rows.push_back({one.line->party, one.line->label.in(language),
                            cell_of(one.line->energy), cell_of(theirs.energy),
                            cell_of(one.line->amount), cell_of(theirs.amount),
                            cell_of(one.money_difference), one.reason.in(language)});
    }
  }
  return table;
}

void put_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const SheetCell& cell) {
  if (const double* number = std::get_if<double>(&cell)) {
    worksheet_write_number(sheet, row, column, *number, nullptr);
  } else if (const std::string* text = std::get_if<std::string>(&cell)) {
    worksheet_write_string(sheet, row, column, text->c_str(), nullptr);
  }
}

void put_table(lxw_workbook* book, lxw_format* head, const SheetTable& table, Language language) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, table.name.in(language).c_str());
  if (!sheet) {
    return;
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, 16.0, nullptr);
    worksheet_write_string(sheet, 0, column, table.columns[i].in(language).c_str(), head);
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t i = 0; i < table.rows[row].size(); ++i) {
      put_cell(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i),
               table.rows[row][i]);
    }
  }
  worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                       static_cast<lxw_col_t>(table.columns.size() - 1));
  worksheet_freeze_panes(sheet, 1, 1);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
}

/// The first day after the month: the date that stands in the file.
Instant workbook_created(const settle::Statement& statement) {
  const ledger::Period next = statement.month.next();
  const std::chrono::year_month_day day{
      std::chrono::year{next.month / 12},
      std::chrono::month(static_cast<unsigned>(next.month % 12 + 1)), std::chrono::day{1}};
  return std::chrono::sys_days(day);
}

}  // namespace

Result<std::string> workbook_of(std::span<const SheetTable> tables, Language language,
                                Instant created) {
  const WorkbookFile file;
  lxw_workbook* book = workbook_new(file.name().c_str());
  lxw_doc_properties properties{};
  properties.created = std::chrono::system_clock::to_time_t(created);
  workbook_set_properties(book, &properties);
  lxw_format* head = workbook_add_format(book);
  format_set_bold(head);
  format_set_text_wrap(head);
  format_set_bg_color(head, 0xE8F0E4);
  for (const SheetTable& table : tables) {
    put_table(book, head, table, language);
  }
  const lxw_error error = workbook_close(book);
  std::string bytes = file.bytes();
  if (error != LXW_NO_ERROR || bytes.empty()) {
    const char* why = lxw_strerror(error);
    return fail(Fault::unwritable, {fmt::format("the workbook cannot be made: {}", why),
                                    fmt::format("无法生成工作簿:{}", why)});
  }
  return bytes;
}

Result<std::string> workbook(std::span<const Sheet> sheets, const Style& style) {
  if (sheets.empty()) {
    return fail(Fault::not_found, {"there is no statement to write", "没有可导出的结算单"});
  }
  std::vector<SheetTable> tables{summary_table(sheets, style.language),
                                 lines_table(sheets, style.language), sources_table(sheets, style),
                                 changes_table(sheets, style.language)};
  if (SheetTable compared = reconciliation_table(sheets, style.language); !compared.rows.empty()) {
    tables.push_back(std::move(compared));
  }
  return workbook_of(tables, style.language, workbook_created(sheets.front().statement));
}

}  // namespace xiaoyuan::statement
