// The words of settlement's answers that several doors use; the schemas are those of openapi.yaml.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "desk/village_view.hpp"

namespace xiaoyuan::api {

using SettlementJson = nlohmann::ordered_json;

/// As bytes; what is no UTF-8 becomes U+FFFD.
std::string bytes_of(const SettlementJson& json);

SettlementJson json_of(const Text& text);
SettlementJson json_of(const settle::MonthEnergy& energy);
SettlementJson json_of(const desk::MonthTotals& totals);
/// StatementSummary
SettlementJson json_of(const desk::StatementView& statement, const std::string& month);
/// Dispute
SettlementJson json_of(const desk::DisputeView& dispute);
/// BookHead
SettlementJson head_json(const desk::VillageView& view);

/// null where there is nothing.
SettlementJson fen_or_null(const std::optional<Money>& money);
SettlementJson mwh_or_null(const std::optional<MeteredEnergy>& energy);

}  // namespace xiaoyuan::api
