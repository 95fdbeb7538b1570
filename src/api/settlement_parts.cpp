#include "api/settlement_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/world.hpp"
#include "settle/agreement.hpp"

namespace xiaoyuan::api {

bool StatementSight::sees(std::string_view party) const {
  return all || std::ranges::find(holders, party) != holders.end();
}

StatementSight sight_of(const Call& call) {
  StatementSight sight;
  for (const people::Grant& grant : call.caller.grants) {
    if (grant.village != "*" && grant.village != call["village"]) {
      continue;
    }
    switch (grant.role) {
      case people::Role::committee:
        sight.all = true;
        break;
      case people::Role::villager:
      case people::Role::company:
        sight.holders.push_back(grant.holder);
        break;
      case people::Role::grid_company:
        sight.holders.emplace_back(settle::grid_company);
        break;
      case people::Role::town:
      case people::Role::researcher:
      case people::Role::administrator:
        break;
    }
  }
  return sight;
}

Result<const desk::MonthView*> month_of(const Call& call, const desk::VillageView& view) {
  const std::string_view text = call["month"];
  if (const desk::MonthView* month = view.month(text)) {
    return month;
  }
  return fail(
      Fault::not_found,
      {fmt::format("the month \"{}\" is not settled", text), fmt::format("“{}”尚未结算", text)},
      {"", 0, "month"});
}

std::unexpected<Errors> no_statement(const std::string& id) {
  return fail(Fault::not_found,
              {fmt::format("there is no statement \"{}\"", id), fmt::format("没有结算单“{}”", id)},
              {"", 0, "statement"});
}

Result<const desk::StatementView*> statement_of(const Call& call, const desk::VillageView& view) {
  TRY(const desk::MonthView* const month, month_of(call, view));
  const std::string_view holder = call["holder"];
  const desk::StatementView* statement = month->statement(holder);
  if (statement == nullptr || !sight_of(call).sees(holder)) {
    return no_statement(fmt::format("{}/{}", month->text, holder));
  }
  return statement;
}

Result<statement::Style> style_of(const Call& call, const desk::VillageView& view) {
  if (!view.plan) {
    return std::unexpected(view.errors);
  }
  return statement::Style{call.language, view.plan->village.zone};
}

Errors for_request(Errors errors) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> fields{
      {{"--amount", "amount_fen"},
       {"--correct", "correction_fen"},
       {"--with", "with"},
       {"month", "month"},
       {"mapping", "mapping"}}};
  for (Error& error : errors) {
    for (const auto& [word, field] : fields) {
      if (error.where.file == word) {
        error.where = {"", 0, std::string(field)};
      }
    }
  }
  return errors;
}

Result<void> note(const Call& call, const Told& told) {
  return call.note(told.what, fmt::format("village/{}/{}", call["village"], told.on), told.detail);
}

}  // namespace xiaoyuan::api
