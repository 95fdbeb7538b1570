#include "desk/village_works.hpp"

#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "office/against_plan.hpp"
#include "office/papers.hpp"
#include "office/review_json.hpp"
#include "office/settle_through.hpp"
#include "office/written.hpp"

namespace xiaoyuan::desk {

namespace {

using WorkJson = nlohmann::ordered_json;

Instant settling_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Result<std::shared_ptr<VillageDesk>> desk_of_job(const Villages& villages, const Job& job) {
  if (auto desk = villages.find(job.village)) {
    return desk;
  }
  std::vector<std::string> known;
  for (const auto& desk : villages.all()) {
    known.push_back(desk->name());
  }
  return fail(Fault::not_found, unknown_name(job.village, known), {"", 0, "village"});
}

/// "" where the request does not say it.
std::string request_text(const Job& job, const char* name) {
  const WorkJson request = WorkJson::parse(job.request, nullptr, false);
  const bool is_there = request.is_object() && request.contains(name) && request[name].is_string();
  return is_there ? request[name].get<std::string>() : "";
}

WorkJson settle_refused_json(const settle::SettledMember& member, const Zone& zone) {
  WorkJson why = WorkJson::array();
  for (const Error& error : member.refused) {
    const Text text = office::in_local_time(
        Text{message(error, Language::english), message(error, Language::chinese)}, zone);
    why.push_back({{"en", text.en}, {"zh", text.zh}});
  }
  return {{"household", member.statement.party}, {"why", std::move(why)}};
}

WorkJson settle_run_json(const office::Run& run, const Zone& zone) {
  WorkJson refused = WorkJson::array();
  for (const settle::SettledMember& member : run.month.members) {
    if (!member.is_settled()) {
      refused.push_back(settle_refused_json(member, zone));
    }
  }
  return {{"month", text_of(run.month.month)},
          {"revision", run.record.revision},
          {"effect", run.effect == office::Effect::settled ? "settled" : "unchanged"},
          {"entries", run.entries},
          {"households", run.month.members.size()},
          {"refused", std::move(refused)}};
}

Result<std::string> settle_months(Table& table, const Bench& bench) {
  TRY(const std::shared_ptr<const office::Village> village, office_of(table.view));
  TRY(const ledger::Period month,
      office::settled_month(request_text(bench.job, "month"), *village, "month"));
  if (auto own = check_owner(table, office::Use::write, settling_now()); !own) {
    return std::unexpected(std::move(own.error()));
  }
  TRY(office::Office office, office::Office::open(table.store, *village));
  WorkJson months = WorkJson::array();
  const auto on_run = [&](const office::Run& run, std::size_t done, std::size_t all) {
    if (run.month.month == month || run.effect == office::Effect::settled) {
      months.push_back(settle_run_json(run, village->zone()));
    }
    return bench.on_progress({"settling", "结算"}, done, all) || done == all;
  };
  if (auto done = office::settle_through(office, *village,
                                         {.last = month, .now = settling_now, .on_run = on_run});
      !done) {
    return std::unexpected(std::move(done.error()));
  }
  return WorkJson{{"months", std::move(months)}, {"head", text_of(office.book().head())}}.dump();
}

Result<std::optional<office::ReasonsByHousehold>> reasons_of(const Bench& bench,
                                                             const office::Village& village,
                                                             ledger::Period month) {
  const std::string table = request_text(bench.job, "reasons");
  if (table.empty()) {
    return std::nullopt;
  }
  office::ReasonsWanted wanted{.month = month, .households = {}};
  for (const model::Household& home : village.model().households) {
    wanted.households.push_back(home.id);
  }
  TRY(office::ReasonsByHousehold known, office::read_reasons(table, "reasons", wanted));
  return std::optional(std::move(known));
}

/// The statements are read as of one moment; the planning holds nothing up.
Result<std::string> review_month(const VillageDesk& desk, const Bench& bench) {
  const std::shared_ptr<const VillageView> view = desk.view();
  TRY(const std::shared_ptr<const office::Village> village, office_of(*view));
  TRY(const ledger::Period month, office::month_from(request_text(bench.job, "month"), "month"));
  TRY(const auto known, reasons_of(bench, *village, month));
  std::vector<settle::Statement> statements;
  auto looked = desk.look([&](Table& table) -> Result<void> {
    TRY(statements, office::month_statements(table.store, month));
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  TRY(const office::PlannedMonth planned,
      office::planned_month(*village, month, {0, [&](std::size_t done, std::size_t all) {
                                                return bench.on_progress({"planning", "规划"}, done,
                                                                         all);
                                              }}));
  const office::ActualMonth settled = office::actual_month(*village, statements);
  return office::json(office::review({.month = month,
                                      .planned = &planned,
                                      .settled = &settled,
                                      .known = known ? &*known : nullptr}));
}

}  // namespace

Work settle_work(Villages& villages) {
  return [&villages](const Bench& bench) -> Result<std::string> {
    TRY(const auto desk, desk_of_job(villages, bench.job));
    std::string result;
    auto worked = desk->work([&](Table& table) -> Result<void> {
      TRY(result, settle_months(table, bench));
      return {};
    });
    if (!worked) {
      return std::unexpected(std::move(worked.error()));
    }
    return result;
  };
}

Work review_work(Villages& villages) {
  return [&villages](const Bench& bench) -> Result<std::string> {
    TRY(const auto desk, desk_of_job(villages, bench.job));
    return review_month(*desk, bench);
  };
}

std::string json(const SettleRequest& request) { return WorkJson{{"month", request.month}}.dump(); }

std::string json(const ReviewRequest& request) {
  WorkJson json{{"month", request.month}};
  if (!request.reasons.empty()) {
    json["reasons"] = request.reasons;
  }
  return json.dump();
}

}  // namespace xiaoyuan::desk
