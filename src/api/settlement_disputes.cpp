// Disputes: listed, opened by whoever may see the statement, resolved by the committee.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "api/asked_body.hpp"
#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "base/expected.hpp"
#include "office/dispute.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::size_t longest_reason = 900;  // bytes; the book takes 1,000
constexpr std::size_t longest_word = 200;

Result<const desk::DisputeView*> dispute_of(const Call& call, const desk::VillageView& view) {
  const desk::DisputeView* found = view.dispute(call["dispute"]);
  if (found == nullptr || !sight_of(call).sees(found->party)) {
    return fail(Fault::not_found,
                {fmt::format("there is no dispute \"{}\"", call["dispute"]),
                 fmt::format("没有争议“{}”", call["dispute"])},
                {"", 0, "dispute"});
  }
  return found;
}

/// The state that is asked for: "" for both.
Result<std::string> state_of(const Call& call) {
  std::string state(call.request.parameter("state").value_or(""));
  if (!state.empty() && state != "open" && state != "resolved") {
    return fail(Fault::bad_input, choice_expected({"open", "resolved"}, state), {"", 0, "state"});
  }
  return state;
}

/// The dispute with this key, as the view has it after the work that wrote it.
Result<SettlementJson> dispute_by_key(const desk::VillageView& view, const std::string& key) {
  const auto found = std::ranges::find(
      view.disputes, key,
      [](const desk::DisputeView& one) -> const std::string& { return one.note.key; });
  if (found == view.disputes.end()) {  // its store has just become unreadable
    return std::unexpected(view.errors);
  }
  return json_of(*found);
}

/// Works on the village's book as it is stored.
Result<void> with_book(const Call& call,
                       const std::function<Result<void>(store::Store&, ledger::Book&)>& work) {
  return desk_of(call)->work([&](desk::Table& table) -> Result<void> {
    if (auto own = desk::check_owner(table, office::Use::write, call.now); !own) {
      return own;
    }
    TRY(ledger::Book book, office::stored_book(table.store));
    return work(table.store, book);
  });
}

Result<office::DisputeOpening> opening_of(const Call& call) {
  AskedBody body(call.request.body);
  office::DisputeOpening opening{.statement = body.text("statement", longest_word),
                                 .line = body.text("line", longest_word),
                                 .amount = Money{body.whole("amount_fen")},
                                 .reason = body.text("reason", longest_reason)};
  if (auto done = body.finish(); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return opening;
}

}  // namespace

Result<http::Response> disputes(const Call& call) {
  TRY(const PageOf page, page_of(call));
  TRY(const std::string state, state_of(call));
  const auto view = desk_of(call)->view();
  const StatementSight sight = sight_of(call);
  const auto statement = call.request.parameter("statement");
  SettlementJson items = SettlementJson::array();
  SettlementJson next = nullptr;
  bool is_after = page.after.empty();
  for (const desk::DisputeView& one : std::views::reverse(view->disputes)) {
    const bool is_open = one.note.state == statement::DisputeState::open;
    const bool is_wanted = sight.sees(one.party) && (!statement || one.statement == *statement) &&
                           (state.empty() || (state == "open") == is_open);
    if (is_wanted && is_after && items.size() == page.limit) {
      next = items.back()["id"];
      break;
    }
    if (is_wanted && is_after) {
      items.push_back(json_of(one));
    }
    is_after = is_after || one.id == page.after;
  }
  return json_answer(call, bytes_of({{"items", std::move(items)}, {"next", std::move(next)}}));
}

Result<http::Response> dispute(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::DisputeView* const found, dispute_of(call, *view));
  return json_answer(call, bytes_of(json_of(*found)));
}

Result<http::Response> open_dispute(const Call& call) {
  TRY(const office::DisputeOpening opening, opening_of(call));
  const std::size_t slash = opening.statement.find('/');
  const bool is_whole = slash != std::string::npos;
  // Whoever may not see it hears the same as of one that is not there.
  if (!is_whole || !sight_of(call).sees(std::string_view(opening.statement).substr(slash + 1))) {
    return no_statement(opening.statement);
  }
  std::string key;
  auto opened = with_book(call, [&](store::Store& store, ledger::Book& book) -> Result<void> {
    TRY(key, office::open_dispute(store, book, opening, call.now));
    return {};
  });
  if (!opened) {
    return std::unexpected(for_request(std::move(opened.error())));
  }
  TRY(const SettlementJson json, dispute_by_key(*desk_of(call)->view(), key));
  const auto id = json["id"].get<std::string>();
  if (auto noted = note(call, {.what = "dispute.opened",
                               .on = "dispute/" + id,
                               .detail = bytes_of({{"amount_fen", opening.amount.fen}})});
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return made(fmt::format("/api/v1/villages/{}/disputes/{}", call["village"], id), bytes_of(json));
}

Result<http::Response> resolve_dispute(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::DisputeView* const found, dispute_of(call, *view));
  AskedBody body(call.request.body);
  const office::DisputeResolution resolution{
      .dispute = found->note.key,
      .correction = Money{body.whole_if("correction_fen").value_or(0)},
      .other = body.text_if("with", longest_word).value_or(""),
      .outcome = body.text("outcome", longest_reason)};
  if (auto done = body.finish(); !done) {
    return std::unexpected(std::move(done.error()));
  }
  auto resolved = with_book(call, [&](store::Store& store, ledger::Book& book) -> Result<void> {
    TRY(const std::string key, office::resolve_dispute(store, book, resolution, call.now));
    static_cast<void>(key);
    return {};
  });
  if (!resolved) {
    return std::unexpected(for_request(std::move(resolved.error())));
  }
  if (auto noted = note(call, {.what = "dispute.resolved",
                               .on = "dispute/" + found->id,
                               .detail = bytes_of({{"correction_fen", resolution.correction.fen},
                                                   {"with", resolution.other}})});
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  TRY(const SettlementJson json, dispute_by_key(*desk_of(call)->view(), found->note.key));
  return json_answer(call, bytes_of(json));
}

}  // namespace xiaoyuan::api
