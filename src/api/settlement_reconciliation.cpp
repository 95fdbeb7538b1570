// What the imported sheets of the grid company state of a month, beside our bills.
#include <nlohmann/json.hpp>

#include "api/answers_json.hpp"
#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "office/reconciliation.hpp"
#include "office/written.hpp"

namespace xiaoyuan::api {

namespace {

const std::string& channel_word(readings::Channel channel) {
  return readings::words_of(channel)[static_cast<std::size_t>(channel)];
}

/// What a household pays is none of the grid company's business here, unless its own sheet says it.
SettlementJson our_money(const settle::Shadow& shadow, const StatementSight& sight) {
  const bool is_paid_by_it = shadow.channel != readings::Channel::imported;
  return sight.all || is_paid_by_it || shadow.stated_money ? SettlementJson(shadow.our_money.fen)
                                                           : SettlementJson(nullptr);
}

SettlementJson shadow_json(const settle::Shadow& shadow, const StatementSight& sight) {
  SettlementJson findings = SettlementJson::array();
  for (const settle::Finding& finding : shadow.findings) {
    const auto cause = static_cast<std::size_t>(finding.cause);
    findings.push_back({{"cause", settle::words_of(settle::Cause{})[cause]},
                        {"name", json_of(settle::name_of(finding.cause))},
                        {"why", json_of(finding.why)}});
  }
  return {{"household", shadow.household},
          {"channel", channel_word(shadow.channel)},
          {"our_energy_mWh", shadow.our_energy.mwh},
          {"stated_energy_mWh", mwh_or_null(shadow.stated_energy)},
          {"our_fen", our_money(shadow, sight)},
          {"stated_fen", fen_or_null(shadow.stated_money)},
          {"equal", shadow.is_equal()},
          {"findings", std::move(findings)}};
}

SettlementJson places_json(const std::vector<office::HouseholdChannel>& places) {
  SettlementJson list = SettlementJson::array();
  for (const office::HouseholdChannel& place : places) {
    list.push_back({{"household", place.household}, {"channel", channel_word(place.channel)}});
  }
  return list;
}

SettlementJson reconciled_json(const office::Reconciled& result, const StatementSight& sight,
                               const Zone& zone) {
  SettlementJson shadows = SettlementJson::array();
  for (const settle::Shadow& shadow : result.shadows) {
    shadows.push_back(shadow_json(shadow, sight));
  }
  SettlementJson refused = SettlementJson::array();
  for (const Error& error : office::in_local_time(result.refused, zone)) {
    refused.push_back(error_json(error));
  }
  return {{"month", text_of(result.month)},
          {"equal", result.is_equal()},
          {"shadows", std::move(shadows)},
          {"unstated", places_json(result.unstated)},
          {"not_settled", places_json(result.not_settled)},
          {"strangers", result.strangers},
          {"other_months", result.other_months},
          {"refused", std::move(refused)}};
}

}  // namespace

Result<http::Response> reconciliation(const Call& call) {
  const StatementSight sight = sight_of(call);
  std::string json;
  auto looked = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(const auto village, desk::office_of(table.view));
    TRY(const desk::MonthView* const month, month_of(call, table.view));
    TRY(const auto sheets, office::imported_sheets(table.store));
    TRY(office::Office office, office::Office::open(table.store, *village));
    TRY(const office::Reconciled result, office::reconcile(office, *village, month->month, sheets));
    json = bytes_of(reconciled_json(result, sight, village->zone()));
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  return json_answer(call, std::move(json));
}

}  // namespace xiaoyuan::api
