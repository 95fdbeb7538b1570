// Long work on a month asked for as jobs: settling it, holding it against the plan; and its seal.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/events.hpp"
#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "api/world.hpp"
#include "desk/village_works.hpp"
#include "office/settle_through.hpp"

namespace xiaoyuan::api {

namespace {

Result<http::Response> ask_job(const Call& call, desk::NewJob wanted) {
  wanted.village = std::string(call["village"]);
  wanted.account = call.caller.account;
  TRY(const desk::Job job, call.world.jobs->ask(wanted, call.now));
  const Told told{.what = fmt::format("month.{}.asked", wanted.kind),
                  .on = fmt::format("month/{}", call["month"]),
                  .detail = bytes_of({{"job", job.id}})};
  if (auto noted = note(call, told); !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return accepted(job.id, job_json(job));
}

/// The month of a review's request; "" where it names none.
std::string month_asked(const desk::Job& job) {
  const SettlementJson request = SettlementJson::parse(job.request, nullptr, false);
  const bool is_there =
      request.is_object() && request.contains("month") && request["month"].is_string();
  return is_there ? request["month"].get<std::string>() : "";
}

}  // namespace

Result<http::Response> settle_month(const Call& call) {
  TRY(const auto village, desk::office_of(*desk_of(call)->view()));
  const std::string text(call["month"]);
  if (auto month = office::settled_month(text, *village, "month"); !month) {
    return std::unexpected(for_request(std::move(month.error())));
  }
  return ask_job(call, {.kind = "settle",
                        .village = {},
                        .account = {},
                        .request = desk::json(desk::SettleRequest{.month = text})});
}

Result<http::Response> seal_month(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::MonthView* const month, month_of(call, *view));
  auto sealed = desk_of(call)->work([&](desk::Table& table) -> Result<void> {
    TRY(const auto village, desk::office_of(table.view));
    if (auto own = desk::check_owner(table, office::Use::write, call.now); !own) {
      return own;
    }
    TRY(office::Office office, office::Office::open(table.store, *village));
    TRY(const ledger::Head head, office.seal(month->month, call.now));
    static_cast<void>(head);
    return {};
  });
  if (!sealed) {
    return std::unexpected(std::move(sealed.error()));
  }
  const SettlementJson head = head_json(*desk_of(call)->view());
  if (auto noted = note(call, {.what = "month.sealed",
                               .on = "month/" + month->text,
                               .detail = bytes_of({{"head", head["head"]}})});
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return json_answer(call, bytes_of(head));
}

Result<http::Response> review_of_month(const Call& call) {
  for (const desk::Job& job : call.world.jobs->all()) {  // the newest first
    if (job.kind == "review" && job.state == desk::JobState::done &&
        job.village == call["village"] && month_asked(job) == call["month"]) {
      return json_answer(call, job.result);
    }
  }
  return fail(Fault::not_found,
              {"this month has not been reviewed yet; ask for a review first",
               "该月尚未做计划对照分析,请先发起"},
              {"", 0, "month"});
}

Result<http::Response> review_month(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const auto village, desk::office_of(*view));
  static_cast<void>(village);
  TRY(const desk::MonthView* const month, month_of(call, *view));
  if (!is_utf8(call.request.body)) {
    return fail(Fault::bad_input, {"the table is not UTF-8 text", "表格不是 UTF-8 文本"},
                {"reasons", 0, ""});
  }
  return ask_job(call, {.kind = "review",
                        .village = {},
                        .account = {},
                        .request = desk::json(desk::ReviewRequest{.month = month->text,
                                                                  .reasons = call.request.body})});
}

}  // namespace xiaoyuan::api
