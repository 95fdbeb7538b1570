#include "statement/html.hpp"

#include <fmt/format.h>

#include "statement/figures.hpp"
#include "statement/html_style.hpp"
#include "statement/html_text.hpp"
#include "statement/proof_text.hpp"
#include "statement/reconciliation.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

std::string paragraph(const Text& name, const std::string& what) {
  return what.empty() ? "" : fmt::format("<p><small>{}</small> {}</p>\n", both(name), what);
}

std::string tiles_html(const Sheet& sheet) {
  std::string html = "<div class=\"tiles\">\n";
  const auto figures = figures_of(sheet);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const bool is_money = i + 1 == figures.size();
    const char* kind = !is_money ? "" : total_of(sheet) < Money{} ? " pay" : " money";
    html += fmt::format("<div class=\"tile{}\">{}<b>{}</b><small>{}</small></div>\n", kind,
                        both(figures[i].label), escaped(figures[i].value), both(figures[i].unit));
  }
  return html + "</div>\n";
}

const char* class_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::made:
      return "made";
    case FlowKind::bought:
      return "bought";
    case FlowKind::shared_in:
      return "shared_in";
    case FlowKind::used:
      return "used";
    case FlowKind::sold:
      return "sold";
    case FlowKind::shared_out:
      return "shared_out";
    case FlowKind::open:
      return "open";
  }
  return "";
}

std::string bar_html(const std::vector<Flow>& flows) {
  std::string bar = "<div class=\"bar\">";
  std::string parts;
  for (const Flow& flow : flows) {
    const std::string told = both(name_of(flow.kind)) + " " + kwh_text(flow.energy);
    bar += fmt::format("<span class=\"{}\" style=\"flex:{} 1 0\">{}</span>", class_of(flow.kind),
                       flow.energy.mwh, told);
    parts += (parts.empty() ? "" : " + ") + told;
  }
  return fmt::format("{}</div><p class=\"parts\">{}</p>\n", bar, parts);
}

std::string balance_html(const settle::Statement& statement) {
  const auto balance = balance_of(statement.energy);
  if (!balance) {
    return "";
  }
  return fmt::format("<p class=\"soft\">{}</p>\n{}{}",
                     both({"In = Out (kWh)", "来电 = 去向(千瓦时)"}), bar_html(balance->in),
                     bar_html(balance->out));
}

std::string source_html(const settle::Source& source, const Zone& zone) {
  const readings::Piece& piece = source.piece;
  return fmt::format(
      "<tr><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>× {}</td><td>{}{}</td>"
      "<td>{}</td></tr>\n",
      both(readings::name_of(source.channel)), escaped(piece.meter),
      local_text(piece.period.from, zone), local_text(piece.period.to, zone), kwh_text(piece.start),
      kwh_text(piece.end), piece.multiplier, kwh_text(piece.energy),
      piece.rolled_over ? both({" (rolled over)", "(翻转)"}) : "",
      both(readings::name_of(source.grade)));
}

std::string sources_html(const settle::StatementLine& line, const Zone& zone) {
  if (line.sources.empty()) {
    return "";
  }
  std::string html = fmt::format(
      "<div class=\"wide\"><table><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th>"
      "<th>{}</th><th>kWh</th><th>{}</th></tr>\n",
      both({"meter", "电表"}), both({"from", "起"}), both({"to", "止"}), both({"start", "起码"}),
      both({"end", "止码"}), both({"multiplier", "倍率"}), both({"quality", "质量"}));
  for (const settle::Source& source : line.sources) {
    html += source_html(source, zone);
  }
  return html + "</table></div>\n";
}

std::string rules_html(const settle::StatementLine& line) {
  std::string html;
  for (const readings::RuleNote& note : line.rules) {
    html += fmt::format("<li>{}: {} <small>{}</small></li>\n", both(readings::name_of(note.rule)),
                        both(readings::name_of(note.outcome)), both(note.why));
  }
  return html.empty() ? "" : "<ul>" + html + "</ul>\n";
}

std::string theirs_html(const settle::StatementLine& line) {
  if (!line.theirs) {
    return "";
  }
  const settle::Theirs& theirs = *line.theirs;
  return paragraph({"their paper", "对方账单"},
                   fmt::format("{} {} kWh, {}", escaped(theirs.document),
                               theirs.energy ? kwh_text(*theirs.energy) : "—",
                               theirs.amount ? signed_yuan(*theirs.amount) : "—"));
}

std::string line_html(const settle::StatementLine& line, const Style& style) {
  std::string reckoned;
  if (line.energy) {
    reckoned = kwh_text(*line.energy) + " kWh";
  }
  if (line.price) {
    reckoned += " × " + price_text(*line.price);
  }
  const std::string amount = line.amount  ? signed_yuan(*line.amount)
                             : line.gco2e ? kg_text(*line.gco2e) + " kg"
                                          : "";
  const bool is_minus = line.amount && *line.amount < Money{};
  return fmt::format(
      "<details id=\"{}\"><summary><span class=\"label\">{}{}</span><span class=\"reckoned\">{}"
      "</span><span class=\"amount{}\">{}</span></summary><div class=\"why\">\n{}{}{}{}{}{}{}"
      "</div></details>\n",
      escaped(line.id), both(line.label), both(mark_of(line.grade)), reckoned,
      is_minus ? " minus" : "", amount, paragraph({"rule", "规则"}, both(line.explanation)),
      sources_html(line, style.zone), rules_html(line),
      paragraph({"document", "依据文件"}, escaped(line.document)),
      paragraph({"data version", "数据版本"}, escaped(line.version)), theirs_html(line),
      paragraph({"entry in the book", "账本分录"}, escaped(line.entry)));
}

std::string lines_html(const settle::Statement& statement, const Style& style) {
  if (statement.lines.empty()) {
    return "";
  }
  std::string html = fmt::format("<h2>{}</h2>\n", both({"Line by line", "明细"}));
  for (const SectionLines& section : sections_of(statement)) {
    html += fmt::format("<h3>{}</h3>\n", both(settle::name_of(section.section)));
    for (const settle::StatementLine* line : section.lines) {
      html += line_html(*line, style);
    }
  }
  html +=
      fmt::format("<div class=\"total\"><span>{}</span><span>{} {}</span></div>\n",
                  both({"Total", "合计"}), signed_yuan(statement.total()), both({"yuan", "元"}));
  for (const readings::Grade grade : grades_of(statement)) {
    html +=
        fmt::format("<p class=\"soft\">{} {}</p>\n", both(mark_of(grade)), both(meaning_of(grade)));
  }
  return html;
}

std::string changes_html(const settle::Statement& statement) {
  if (!statement.last_month || statement.lines.empty()) {
    return "";
  }
  std::string html =
      fmt::format("<h2>{}</h2>\n<div class=\"wide\"><table>\n<tr><td>{}</td><td>{}</td></tr>\n",
                  both({"Compared with last month", "与上月相比"}), both({"last month", "上月"}),
                  signed_yuan(*statement.last_month));
  for (const settle::Change& change : statement.changes) {
    html += fmt::format("<tr><td>{} <small>{}</small></td><td>{}</td></tr>\n", both(change.label),
                        both(change.explanation), signed_yuan(change.difference));
  }
  return html + fmt::format("<tr><td>{}</td><td>{}</td></tr></table></div>\n",
                            both({"this month", "本月"}), signed_yuan(statement.total()));
}

std::string disputes_html(const Sheet& sheet) {
  std::string html;
  for (const DisputeNote& dispute : sheet.disputes) {
    const bool is_open = dispute.state == DisputeState::open;
    const std::string amount = yuan_text(dispute.frozen);
    html +=
        fmt::format("<li>{} <b>{}</b> {} <small>{}</small></li>\n", both(dispute.reason),
                    both(is_open ? Text{amount + " yuan frozen since " + text_of(dispute.opened),
                                        text_of(dispute.opened) + " 起冻结 " + amount + " 元"}
                                 : Text{"resolved on " + text_of(dispute.resolved),
                                        text_of(dispute.resolved) + " 已办结"}),
                    both(dispute.outcome), escaped(dispute.key));
  }
  return html.empty()
             ? ""
             : fmt::format("<h2>{}</h2>\n<ul>{}</ul>\n", both({"Disputes", "争议处理"}), html);
}

std::string member_html(const std::string& name, const Member& member, const Sheet& sheet) {
  const auto cell = [](const std::optional<MeteredEnergy>& energy) {
    return "<td>" + (energy ? short_kwh(*energy) : std::string("—")) + "</td>";
  };
  std::string html =
      fmt::format("<tr><td>{}</td>{}{}", name, cell(member.energy.made), cell(member.energy.sold));
  if (shows_bills(sheet)) {
    html += fmt::format("{}<td>{}</td>", cell(member.energy.bought), signed_yuan(member.total));
  }
  return html + "</tr>\n";
}

std::string members_html(const Sheet& sheet) {
  if (sheet.members.empty()) {
    return "";
  }
  std::string html =
      fmt::format("<h2>{}</h2>\n<div class=\"wide\"><table><tr><th>{}</th><th>{}</th><th>{}</th>",
                  both({"Households", "各户"}), both({"household", "农户"}),
                  both({"made kWh", "发电"}), both({"sold kWh", "上网"}));
  if (shows_bills(sheet)) {
    html += fmt::format("<th>{}</th><th>{}</th>", both({"bought kWh", "购电"}),
                        both({"yuan", "合计(元)"}));
  }
  html += "</tr>\n";
  for (const Member& member : sheet.members) {
    html += member_html(fmt::format("{} {}{}", escaped(member.party), both(member.name),
                                    both(mark_of(member.grade))),
                        member, sheet);
  }
  html +=
      member_html("<b>" + both({"All together", "合计"}) + "</b>", sum_of(sheet.members), sheet);
  return html + "</table></div>\n";
}

std::string reconciliation_html(const settle::Statement& statement) {
  if (statement.holder != settle::Holder::grid_company) {
    return "";
  }
  const Reconciliation all = reconciliation_of(statement);
  std::string html = fmt::format(
      "<h2>{}</h2>\n<div class=\"wide\"><table><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th>"
      "<th>{}</th></tr>\n",
      both({fmt::format("{} agree, {} differ, {} not on their paper", all.same, all.different,
                        all.missing),
            fmt::format("一致 {} 项,不一致 {} 项,对方缺 {} 项", all.same, all.different,
                        all.missing)}),
      both({"line", "项目"}), both({"ours", "我方"}), both({"theirs", "对方"}),
      both({"differ", "差额"}), both({"why", "说明"}));
  for (const Compared& compared : all.lines) {
    if (compared.match == Match::same) {
      continue;
    }
    const bool has_theirs = compared.money_difference.has_value();
    html += fmt::format(
        "<tr class=\"differs\"><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        escaped(compared.line->party), both(compared.line->label),
        signed_yuan(*compared.line->amount),
        has_theirs ? signed_yuan(*compared.line->theirs->amount) : "—",
        has_theirs ? signed_yuan(*compared.money_difference) : "—", both(compared.reason));
  }
  return html + "</table></div>\n";
}

std::string head_html(const settle::Statement& statement, const Style& style) {
  const bool is_chinese = style.language == Language::chinese;
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>{} · {}</title>\n<style>{}</style></head>\n<body>\n"
      "<input class=\"language\" type=\"radio\" name=\"language\" id=\"zh\"{}>\n"
      "<input class=\"language\" type=\"radio\" name=\"language\" id=\"en\"{}>\n"
      "<nav><label for=\"zh\">中文</label><label for=\"en\">English</label></nav>\n",
      is_chinese ? "zh-CN" : "en", escaped(title_of(statement).in(style.language)),
      escaped(statement.name.in(style.language)), html_style(), is_chinese ? " checked" : "",
      is_chinese ? "" : " checked");
}

}  // namespace

std::string html(const Sheet& sheet, const Style& style) {
  const settle::Statement& statement = sheet.statement;
  std::string page = head_html(statement, style) + "<main>\n";
  if (statement.illustrative) {
    page += fmt::format("<span class=\"example\">{}</span>", both({"example", "示例数据"}));
  }
  page += fmt::format("<p class=\"soft\">{}</p>\n<h1>{}</h1>\n<p class=\"who\">{} ({})</p>\n",
                      both(statement.village), both(title_of(statement)), both(statement.name),
                      escaped(statement.party));
  page += tiles_html(sheet) + balance_html(statement) + reconciliation_html(statement) +
          members_html(sheet) + lines_html(statement, style) + changes_html(statement) +
          disputes_html(sheet);
  if (statement.proof) {
    page += fmt::format(
        "<h2>{}</h2>\n<p>{} <code>xiaoyuan verify proof.txt</code></p>\n"
        "<p class=\"proof\">{}</p>\n",
        both({"Proof that it is in the book", "入账证明"}),
        both({"Save this text and check it offline:", "保存以下文本,可离线核验:"}),
        escaped(proof_text(*statement.proof)));
  }
  const std::string known = local_text(statement.known_at, style.zone);
  page += fmt::format("<p class=\"soft\">{} · {} {}{}</p>\n</main></body></html>\n",
                      escaped(statement.id), both({"settlement", "第"}), statement.revision,
                      both({known.empty() ? "" : ", readings as known on " + known,
                            " 次结算" + (known.empty() ? "" : ",示数截至 " + known)}));
  return page;
}

}  // namespace xiaoyuan::statement
