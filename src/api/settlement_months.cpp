// GET months: the village's totals, which whoever sees the village may see.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"

namespace xiaoyuan::api {

namespace {

SettlementJson settled_month_json(const desk::MonthView& month) {
  const office::RunRecord& run = month.runs.back();
  return {{"month", month.text},
          {"revision", run.revision},
          {"known_at_unix_s", run.known_at.time_since_epoch().count()},
          {"sealed", month.sealed},
          {"households", month.totals.households},
          {"estimated", month.totals.estimated},
          {"refused", run.refused.size()},
          {"open_disputes", month.totals.open_disputes},
          {"totals", json_of(month.totals)}};
}

SettlementJson settled_run_json(const office::RunRecord& run, const StatementSight& sight) {
  SettlementJson refused = SettlementJson::array();
  for (const std::string& household : run.refused) {
    if (sight.sees(household)) {
      refused.push_back(household);
    }
  }
  return {{"revision", run.revision},
          {"known_at_unix_s", run.known_at.time_since_epoch().count()},
          {"entries", run.book_after - run.book_before},
          {"refused", std::move(refused)}};
}

SettlementJson settled_or_null(const std::optional<ledger::Period>& month) {
  return month ? SettlementJson(text_of(*month)) : SettlementJson(nullptr);
}

}  // namespace

Result<http::Response> settled_months(const Call& call) {
  TRY(const PageOf page, page_of(call));
  const auto view = desk_of(call)->view();
  SettlementJson items = SettlementJson::array();
  SettlementJson next = nullptr;
  for (const desk::MonthView& month : std::views::reverse(view->months)) {
    if (!page.after.empty() && month.text >= page.after) {
      continue;
    }
    if (items.size() == page.limit) {
      next = items.back()["month"];
      break;
    }
    items.push_back(settled_month_json(month));
  }
  std::optional<ledger::Period> first;
  std::optional<ledger::Period> following;
  if (view->office) {
    first = view->office->agreement.first_month;
    following = view->months.empty() ? *first : view->months.back().month.next();
  }
  return json_answer(call, bytes_of({{"items", std::move(items)},
                                     {"next", std::move(next)},
                                     {"settles", view->office != nullptr},
                                     {"first_month", settled_or_null(first)},
                                     {"next_month", settled_or_null(following)}}));
}

Result<http::Response> settled_month(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::MonthView* const month, month_of(call, *view));
  const StatementSight sight = sight_of(call);
  SettlementJson json = settled_month_json(*month);
  json["runs"] = SettlementJson::array();
  for (const office::RunRecord& run : month->runs) {
    json["runs"].push_back(settled_run_json(run, sight));
  }
  json["parties"] = SettlementJson::array();
  for (const desk::StatementView& one : month->statements) {
    if (one.holder != settle::Holder::household) {
      const auto holder = static_cast<std::size_t>(one.holder);
      json["parties"].push_back({{"party", one.party},
                                 {"holder", settle::words_of(settle::Holder{})[holder]},
                                 {"name", json_of(one.name)}});
    }
  }
  return json_answer(call, bytes_of(json));
}

}  // namespace xiaoyuan::api
