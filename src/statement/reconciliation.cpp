#include "statement/reconciliation.hpp"

namespace xiaoyuan::statement {

namespace {

Text reason_of(const settle::StatementLine& line, const Compared& compared) {
  const settle::Theirs& theirs = *line.theirs;
  if (compared.energy_difference && compared.energy_difference->mwh != 0) {
    return {"other energy", "电量不一致"};
  }
  if (theirs.price && line.price && *theirs.price != *line.price) {
    return {"other price", "单价不一致"};
  }
  const std::int64_t fen = compared.money_difference->fen;
  if (fen == 1 || fen == -1) {
    return {"a fen of rounding", "尾差一分"};
  }
  return {"same energy, other amount", "电量一致,金额不一致"};
}

Compared compared_of(const settle::StatementLine& line) {
  Compared compared{.line = &line,
                    .match = Match::theirs_missing,
                    .energy_difference = {},
                    .money_difference = {},
                    .reason = {"not on theirs", "对方缺项"}};
  if (!line.theirs || !line.theirs->amount) {
    return compared;
  }
  if (line.theirs->energy && line.energy) {
    compared.energy_difference = *line.theirs->energy - *line.energy;
  }
  compared.money_difference = *line.theirs->amount - *line.amount;
  const bool is_same = compared.money_difference->fen == 0 &&
                       compared.energy_difference.value_or(MeteredEnergy{}).mwh == 0;
  compared.match = is_same ? Match::same : Match::different;
  compared.reason = is_same ? Text{} : reason_of(line, compared);
  return compared;
}

}  // namespace

Reconciliation reconciliation_of(const settle::Statement& statement) {
  Reconciliation all;
  for (const settle::StatementLine& line : statement.lines) {
    if (!line.amount) {
      continue;
    }
    all.lines.push_back(compared_of(line));
    switch (all.lines.back().match) {
      case Match::same:
        ++all.same;
        break;
      case Match::different:
        ++all.different;
        break;
      case Match::theirs_missing:
        ++all.missing;
        continue;
    }
    all.ours += *line.amount;
    all.theirs += *line.theirs->amount;
  }
  return all;
}

}  // namespace xiaoyuan::statement
