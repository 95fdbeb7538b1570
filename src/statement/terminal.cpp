#include "statement/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "statement/figures.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

using Row = std::array<std::string, 4>;

/// Columns of a terminal: East Asian characters and their brackets take two.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    const bool continues = (byte & 0xC0U) == 0x80U;
    columns += continues ? 0 : byte >= 0xE3 ? 2 : 1;
  }
  return columns;
}

std::string padding(std::size_t wanted, std::string_view text) {
  const std::size_t taken = columns_of(text);
  return std::string(wanted > taken ? wanted - taken : 0, ' ');
}

/// The first column to the left, the others to the right.
std::string aligned(const std::vector<Row>& rows) {
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns_of(row[i]));
    }
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line = "  " + row[0] + padding(widths[0], row[0]);
    for (std::size_t i = 1; i < row.size(); ++i) {
      line += "  " + padding(widths[i], row[i]) + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

Row row_of(const settle::StatementLine& line, Language language) {
  return {
      fmt::format("  {}{}  {}", line.label.in(language), mark_of(line.grade).in(language), line.id),
      line.energy ? kwh_text(*line.energy) : "", line.price ? price_text(*line.price) : "",
      line.amount  ? signed_yuan(*line.amount)
      : line.gco2e ? kg_text(*line.gco2e) + " kg"
                   : ""};
}

std::string lines_text(const settle::Statement& statement, Language language) {
  std::vector<Row> rows{{"", Text{"kWh", "千瓦时"}.in(language),
                         Text{"yuan/kWh", "元/千瓦时"}.in(language),
                         Text{"yuan", "元"}.in(language)}};
  for (const SectionLines& section : sections_of(statement)) {
    rows.push_back({settle::name_of(section.section).in(language), "", "", ""});
    for (const settle::StatementLine* line : section.lines) {
      rows.push_back(row_of(*line, language));
    }
  }
  rows.push_back({Text{"Total", "合计"}.in(language), "", "", signed_yuan(statement.total())});
  return aligned(rows);
}

std::string changes_text(const settle::Statement& statement, Language language) {
  if (!statement.last_month || statement.lines.empty()) {
    return "";
  }
  std::string text = Text{"Compared with last month", "与上月相比"}.in(language) + "\n";
  std::vector<Row> rows{
      {Text{"last month", "上月"}.in(language), "", "", signed_yuan(*statement.last_month)}};
  for (const settle::Change& change : statement.changes) {
    rows.push_back({change.label.in(language), "", "", signed_yuan(change.difference)});
  }
  rows.push_back({Text{"this month", "本月"}.in(language), "", "", signed_yuan(statement.total())});
  return text + aligned(rows);
}

std::string members_text(const Sheet& sheet, Language language) {
  if (sheet.members.empty()) {
    return "";
  }
  const bool has_money = shows_bills(sheet);
  std::vector<Row> rows{{Text{"Households", "各户"}.in(language), Text{"made", "发电"}.in(language),
                         Text{"sold", "上网"}.in(language),
                         has_money ? Text{"yuan", "合计(元)"}.in(language) : ""}};
  const auto cell = [](const std::optional<MeteredEnergy>& energy) {
    return energy ? short_kwh(*energy) : std::string("-");
  };
  const auto add = [&](const std::string& name, const Member& member) {
    rows.push_back({name, cell(member.energy.made), cell(member.energy.sold),
                    has_money ? signed_yuan(member.total) : ""});
  };
  for (const Member& member : sheet.members) {
    add(fmt::format("{} {}{}", member.party, member.name.in(language),
                    mark_of(member.grade).in(language)),
        member);
  }
  add(Text{"All together", "合计"}.in(language), sum_of(sheet.members));
  return aligned(rows);
}

std::string disputes_text(const Sheet& sheet, Language language) {
  std::string text;
  for (const DisputeNote& dispute : sheet.disputes) {
    const bool is_open = dispute.state == DisputeState::open;
    text += fmt::format("{} {} ({}): {}\n", Text{"Dispute", "争议"}.in(language), dispute.key,
                        is_open ? Text{fmt::format("{} yuan frozen", yuan_text(dispute.frozen)),
                                       fmt::format("冻结 {} 元", yuan_text(dispute.frozen))}
                                      .in(language)
                                : Text{"resolved", "已办结"}.in(language),
                        dispute.reason.in(language));
  }
  return text;
}

}  // namespace

std::string terminal(const Sheet& sheet, const Style& style) {
  const settle::Statement& statement = sheet.statement;
  const Language language = style.language;
  std::string text = fmt::format(
      "{} · {} · {}{}\n", statement.village.in(language),
      named(statement.name, statement.party, language), title_of(statement).in(language),
      statement.illustrative ? Text{" (example)", "(示例)"}.in(language) : "");
  std::string glance;
  for (const Figure& figure : figures_of(sheet)) {
    if (figure.value != "—") {
      glance += fmt::format("  {} {} {}", figure.label.in(language), figure.value,
                            figure.unit.in(language));
    }
  }
  text += glance + "\n";
  if (!statement.lines.empty()) {
    text += lines_text(statement, language);
  }
  for (const readings::Grade grade : grades_of(statement)) {
    text += fmt::format("  {} {}\n", mark_of(grade).in(language), meaning_of(grade).in(language));
  }
  text += changes_text(statement, language) + members_text(sheet, language) +
          disputes_text(sheet, language);
  if (statement.proof) {
    text += fmt::format("{} {}\n", Text{"Proof: head of the book", "入账证明:账本头"}.in(language),
                        ledger::text_of(statement.proof->head));
  }
  return text;
}

}  // namespace xiaoyuan::statement
