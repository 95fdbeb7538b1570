#include "api/settlement_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace xiaoyuan::api {

namespace {

std::string day_text(const Date& day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

SettlementJson grams_or_null(const std::optional<std::int64_t>& grams) {
  return grams ? SettlementJson(*grams) : SettlementJson(nullptr);
}

SettlementJson changes_json(const std::vector<settle::Change>& changes) {
  SettlementJson list = SettlementJson::array();
  for (const settle::Change& change : changes) {
    list.push_back({{"label", json_of(change.label)},
                    {"explanation", json_of(change.explanation)},
                    {"difference_fen", change.difference.fen}});
  }
  return list;
}

}  // namespace

std::string bytes_of(const SettlementJson& json) {
  return json.dump(-1, ' ', false, SettlementJson::error_handler_t::replace);
}

SettlementJson json_of(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

SettlementJson fen_or_null(const std::optional<Money>& money) {
  return money ? SettlementJson(money->fen) : SettlementJson(nullptr);
}

SettlementJson mwh_or_null(const std::optional<MeteredEnergy>& energy) {
  return energy ? SettlementJson(energy->mwh) : SettlementJson(nullptr);
}

SettlementJson json_of(const settle::MonthEnergy& energy) {
  return {{"made_mWh", mwh_or_null(energy.made)},
          {"self_used_mWh", mwh_or_null(energy.self_used)},
          {"sold_mWh", mwh_or_null(energy.sold)},
          {"bought_mWh", mwh_or_null(energy.bought)},
          {"shared_in_mWh", mwh_or_null(energy.shared_in)},
          {"shared_out_mWh", mwh_or_null(energy.shared_out)}};
}

SettlementJson json_of(const desk::MonthTotals& totals) {
  return {{"energy", json_of(totals.energy)},
          {"bought_fen", totals.bought.fen},
          {"sold_fen", totals.sold.fen},
          {"contracts_fen", totals.contracts.fen},
          {"adjustment_fen", totals.adjustment.fen},
          {"total_fen", totals.total.fen},
          {"gco2e", grams_or_null(totals.gco2e)}};
}

SettlementJson json_of(const desk::StatementView& statement, const std::string& month) {
  return {
      {"id", statement.id},
      {"month", month},
      {"party", statement.party},
      {"holder", settle::words_of(settle::Holder{})[static_cast<std::size_t>(statement.holder)]},
      {"name", json_of(statement.name)},
      {"revision", statement.revision},
      {"energy", json_of(statement.energy)},
      {"bought_fen", statement.bought.fen},
      {"sold_fen", statement.sold.fen},
      {"contracts_fen", statement.contracts.fen},
      {"adjustment_fen", statement.adjustment.fen},
      {"total_fen", statement.total.fen},
      {"last_month_fen", fen_or_null(statement.last_month)},
      {"changes", changes_json(statement.changes)},
      {"gco2e", grams_or_null(statement.gco2e)},
      {"estimated", statement.estimated},
      {"open_disputes", statement.open_disputes}};
}

SettlementJson json_of(const desk::DisputeView& dispute) {
  const statement::DisputeNote& note = dispute.note;
  const bool is_open = note.state == statement::DisputeState::open;
  return {{"id", dispute.id},
          {"statement", dispute.statement},
          {"party", dispute.party},
          {"line", note.line},
          {"amount_fen", note.frozen.fen},
          {"reason", note.reason.zh},
          {"state", is_open ? "open" : "resolved"},
          {"opened", day_text(note.opened)},
          {"resolved", is_open ? SettlementJson(nullptr) : SettlementJson(day_text(note.resolved))},
          {"outcome", is_open ? SettlementJson(nullptr) : SettlementJson(note.outcome.zh)}};
}

SettlementJson head_json(const desk::VillageView& view) {
  const ledger::Head head = view.head.value_or(ledger::Book{}.head());
  const auto sealed = view.book ? view.book->sealed() : std::nullopt;
  return {{"head", text_of(head)},
          {"size", head.size},
          {"root", hex(head.root)},
          {"sealed", sealed ? SettlementJson(text_of(*sealed)) : SettlementJson(nullptr)}};
}

}  // namespace xiaoyuan::api
