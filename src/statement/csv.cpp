#include "statement/csv.hpp"

#include <fmt/format.h>

#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr std::string_view csv_head =
    "\xEF\xBB\xBFstatement,revision,month,holder,party,name_en,name_zh,line,section,label_en,"
    "label_zh,energy_kwh,price_yuan_per_kwh,amount_yuan,avoided_gco2e,certificates,grade,document,"
    "version,entry,line_party,their_energy_kwh,their_amount_yuan,sources\r\n";

class CsvRow {
 public:
  CsvRow& text(std::string_view cell) {
    begin();
    const bool is_reckoned = !cell.empty() && std::string_view("=+-@\t\r").contains(cell.front());
    if (!is_reckoned && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
      row_ += cell;
      return *this;
    }
    row_ += is_reckoned ? "\"'" : "\"";
    for (const char character : cell) {
      row_ += character;
      if (character == '"') {
        row_ += '"';
      }
    }
    row_ += '"';
    return *this;
  }
  CsvRow& number(const std::string& cell) {
    begin();
    row_ += cell;
    return *this;
  }
  std::string take() { return std::move(row_) + "\r\n"; }

 private:
  void begin() {
    if (!is_first_) {
      row_ += ',';
    }
    is_first_ = false;
  }
  std::string row_;
  bool is_first_ = true;
};

std::string kwh_cell(const std::optional<MeteredEnergy>& energy) {
  return energy ? decimal_text(energy->mwh, 6, 0) : "";
}
std::string yuan_cell(const std::optional<Money>& money) {
  return money ? decimal_text(money->fen, 2, 2) : "";
}
std::string whole_cell(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

/// "D-88102:99921..99998*1; …": meter, start, end, multiplier of every piece.
std::string sources_cell(const settle::StatementLine& line) {
  std::string text;
  for (const settle::Source& source : line.sources) {
    text += fmt::format("{}{}:{}..{}*{}", text.empty() ? "" : "; ", source.piece.meter,
                        decimal_text(source.piece.start.mwh, 6, 0),
                        decimal_text(source.piece.end.mwh, 6, 0), source.piece.multiplier);
  }
  return text;
}

std::string row_text(const settle::Statement& statement, const settle::StatementLine& line) {
  const settle::Theirs theirs = line.theirs.value_or(settle::Theirs{});
  CsvRow row;
  row.text(statement.id)
      .number(std::to_string(statement.revision))
      .text(ledger::text_of(statement.month))
      .text(settle::words_of(statement.holder)[static_cast<std::size_t>(statement.holder)])
      .text(statement.party)
      .text(statement.name.en)
      .text(statement.name.zh)
      .text(line.id)
      .text(settle::words_of(line.section)[static_cast<std::size_t>(line.section)])
      .text(line.label.en)
      .text(line.label.zh)
      .number(kwh_cell(line.energy))
      .number(line.price ? decimal_text(line.price->units, 8, 0) : "")
      .number(yuan_cell(line.amount))
      .number(whole_cell(line.gco2e))
      .number(whole_cell(line.certificates))
      .text(readings::name_of(line.grade).en)
      .text(line.document)
      .text(line.version)
      .text(line.entry)
      .text(line.party)
      .number(kwh_cell(theirs.energy))
      .number(yuan_cell(theirs.amount))
      .text(sources_cell(line));
  return row.take();
}

}  // namespace

std::string csv(std::span<const Sheet> sheets) {
  std::string text(csv_head);
  for (const Sheet& sheet : sheets) {
    for (const settle::StatementLine& line : sheet.statement.lines) {
      text += row_text(sheet.statement, line);
    }
  }
  return text;
}

}  // namespace xiaoyuan::statement
