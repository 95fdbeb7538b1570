#include "statement/explain.hpp"

#include <fmt/format.h>

#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

class Chain {
 public:
  explicit Chain(const Style& style) : style_(style) {}

  const std::string& in(const Text& text) const { return text.in(style_.language); }
  void line(const std::string& text) { text_ += text + "\n"; }
  void step(const Text& name, const std::string& what) {
    if (!what.empty()) {
      line(fmt::format("  {}: {}", in(name), what));
    }
  }
  const Zone& zone() const { return style_.zone; }
  std::string take() { return std::move(text_); }

 private:
  const Style& style_;
  std::string text_;
};

void explain_amount(Chain& chain, const settle::StatementLine& line) {
  if (!line.amount) {
    return;
  }
  const std::string yuan = signed_yuan(*line.amount);
  if (!line.energy || !line.price) {
    chain.step({"amount", "金额"}, chain.in({yuan + " yuan", yuan + " 元"}));
    return;
  }
  const Money product = amount(*line.energy, *line.price);
  const bool is_product = product == *line.amount || -product == *line.amount;
  const bool is_paid = is_product && product != *line.amount;
  const std::string sign = is_paid ? "-" : "";
  const std::string reckoned =
      fmt::format("{}({} kWh × {})", sign, kwh_text(*line.energy), price_text(*line.price));
  chain.step(
      {"amount", "金额"},
      is_product
          ? chain.in({fmt::format("{} yuan = {}, rounded once, half up to the fen", yuan, reckoned),
                      fmt::format("{} 元 = {},一次四舍五入到分", yuan, reckoned)})
          : chain.in({fmt::format("{} yuan, which is not {}: see the explanation", yuan, reckoned),
                      fmt::format("{} 元,并非 {} 直接相乘,见说明", yuan, reckoned)}));
}

void explain_source(Chain& chain, const settle::Source& source) {
  const readings::Piece& piece = source.piece;
  std::string text = fmt::format(
      "    {} {} {}, {} → {}: ({} − {}) × {} = {} kWh", chain.in({"meter", "电表"}), piece.meter,
      chain.in(readings::name_of(source.channel)), local_text(piece.period.from, chain.zone()),
      local_text(piece.period.to, chain.zone()), kwh_text(piece.end), kwh_text(piece.start),
      piece.multiplier, kwh_text(piece.energy));
  if (source.rate != readings::Rate::total) {
    text += ", " + chain.in(readings::name_of(source.rate));
  }
  if (piece.rolled_over) {
    text += chain.in({", the register rolled over", ",示数翻转"});
  }
  if (source.grade != readings::Grade::measured) {
    text += ", " + chain.in(readings::name_of(source.grade));
  }
  chain.line(text);
}

void explain_energy(Chain& chain, const settle::StatementLine& line) {
  if (!line.energy) {
    return;
  }
  chain.step({"energy", "电量"}, fmt::format("{} kWh, {}", kwh_text(*line.energy),
                                             chain.in(readings::name_of(line.grade))));
  MeteredEnergy sum;
  for (const settle::Source& source : line.sources) {
    explain_source(chain, source);
    sum += source.piece.energy;
  }
  if (!line.sources.empty() && sum != *line.energy) {
    chain.line(chain.in({fmt::format("    the registers give {} kWh; the line takes {} of it by "
                                     "its rule",
                                     kwh_text(sum), kwh_text(*line.energy)),
                         fmt::format("    以上示数合计 {} 千瓦时,本项按规则计 {} 千瓦时",
                                     kwh_text(sum), kwh_text(*line.energy))}));
  }
}

void explain_checks(Chain& chain, const settle::StatementLine& line) {
  for (const readings::RuleNote& note : line.rules) {
    const std::string& why = chain.in(note.why);
    chain.line(fmt::format("    {}: {}{}{}", chain.in(readings::name_of(note.rule)),
                           chain.in(readings::name_of(note.outcome)), why.empty() ? "" : " — ",
                           why));
  }
}

void explain_theirs(Chain& chain, const settle::StatementLine& line) {
  if (!line.theirs) {
    return;
  }
  const settle::Theirs& theirs = *line.theirs;
  chain.step(
      {"their paper", "对方账单"},
      fmt::format("{}: {} kWh, {} {}", theirs.document,
                  theirs.energy ? kwh_text(*theirs.energy) : "—",
                  theirs.amount ? signed_yuan(*theirs.amount) : "—", chain.in({"yuan", "元"})));
}

}  // namespace

Result<std::string> explain(const settle::Statement& statement, std::string_view line,
                            const Style& style) {
  std::vector<std::string> ids;
  for (const settle::StatementLine& one : statement.lines) {
    if (one.id != line) {
      ids.push_back(one.id);
      continue;
    }
    Chain chain(style);
    chain.line(fmt::format("{} {} — {}{}", statement.id, one.id, chain.in(one.label),
                           chain.in(mark_of(one.grade))));
    chain.step({"rule", "规则"}, chain.in(one.explanation));
    explain_amount(chain, one);
    explain_energy(chain, one);
    if (!one.rules.empty()) {
      chain.line(fmt::format("  {}:", chain.in({"checks", "校核"})));
      explain_checks(chain, one);
    }
    if (one.gco2e) {
      chain.step({"CO2 avoided", "减排量"}, kg_text(*one.gco2e) + " kg");
    }
    if (one.certificates) {
      chain.step({"certificates", "绿证"}, std::to_string(*one.certificates));
    }
    chain.step({"document", "依据文件"}, one.document);
    chain.step({"data version", "数据版本"}, one.version);
    explain_theirs(chain, one);
    chain.step({"entry in the book", "账本分录"}, one.entry);
    chain.step({"readings known on", "示数截至"}, local_text(statement.known_at, style.zone));
    return chain.take();
  }
  const std::string near = nearest(line, ids);
  const std::string all = joined(ids);
  return fail(Fault::not_found,
              {fmt::format("the statement has no line \"{}\"{}; it has {}", line,
                           near.empty() ? "" : fmt::format(", is \"{}\" meant?", near), all),
               fmt::format("结算单中没有“{}”项{};现有:{}", line,
                           near.empty() ? "" : fmt::format(",是否指“{}”", near), all)},
              {statement.id, 0, ""});
}

}  // namespace xiaoyuan::statement
