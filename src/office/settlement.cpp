#include "office/settlement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ledger/log.hpp"
#include "office/month_intervals.hpp"
#include "plan/crew.hpp"
#include "settle/contracts.hpp"
#include "statement/json.hpp"

namespace xiaoyuan::office {

namespace {

std::string record_folder(ledger::Period month) { return "run/" + text_of(month) + "/"; }

std::string carried_folder(ledger::Period month) { return "carried/" + text_of(month) + "/"; }

std::string version_name(int version) { return fmt::format("{:04}", version); }

/// Puts what the year has counted of each household before the month.
void count_on(std::vector<settle::Member>& members, const std::optional<CarriedOver>& before) {
  if (!before) {
    return;
  }
  for (settle::Member& member : members) {
    const auto counted =
        std::ranges::lower_bound(before->counted, member.id, {}, &CountedSoFar::household);
    if (counted != before->counted.end() && counted->household == member.id) {
      member.counted_bought = counted->bought;
      member.counted_sold = counted->sold;
    }
  }
}

Error not_settled(ledger::Period month, ledger::Period before) {
  return {Fault::impossible,
          {fmt::format("{} is not settled yet, and {} goes on from it", text_of(before),
                       text_of(month)),
           fmt::format("{} 尚未结算,{} 须接续其结果", text_of(before), text_of(month))},
          {}};
}

}  // namespace

std::string statement_folder(std::string_view id) { return fmt::format("statement/{}/", id); }

Result<ledger::Book> stored_book(store::Store& store) {
  TRY(const std::uint64_t size, store.book_size());
  TRY(const std::vector<ledger::Entry> entries, store.entries(0, size));
  return ledger::rebuilt(entries);
}

Result<Office> Office::open(store::Store& store, const Village& village, unsigned threads) {
  Office office(store, village, threads);
  TRY(office.book_, stored_book(store));
  TRY(auto versions, store.registers({}));
  for (const readings::RegisterReading& reading : versions) {
    office.known_at_ = std::max(office.known_at_, reading.recorded_at);
  }
  office.registers_ = readings::Registers(std::move(versions));
  TRY(const std::vector<store::BatchRecord> batches, store.batches());
  for (const store::BatchRecord& batch : batches) {
    if (batch.days > 0) {  // a day of intervals may be corrected when no register is
      office.known_at_ = std::max(office.known_at_, batch.recorded_at);
    }
  }
  return office;
}

Result<std::vector<RunRecord>> Office::records(ledger::Period month) {
  TRY(const std::vector<std::string> names, store_->documents(record_folder(month)));
  std::vector<RunRecord> all;
  for (const std::string& name : names) {
    TRY(const std::optional<store::Document> document, store_->document(name));
    TRY(RunRecord record, read_run_record(document->bytes, name));
    all.push_back(std::move(record));
  }
  return all;
}

Result<std::optional<CarriedOver>> Office::carried_from(ledger::Period month, const View& view) {
  TRY(std::vector<RunRecord> all, records(month));
  std::erase_if(all, [&](const RunRecord& each) { return each.book_after > view.book_size; });
  if (all.empty()) {
    return std::nullopt;
  }
  const std::string name = carried_folder(month) + version_name(all.back().revision);
  TRY(const std::optional<store::Document> document, store_->document(name));
  TRY(CarriedOver carried, read_carried_over(document ? document->bytes : "", name));
  return std::optional(std::move(carried));
}

Result<std::optional<CarriedOver>> Office::month_before(ledger::Period month, const View& view) {
  if (month <= village_->agreement.first_month) {
    return std::nullopt;
  }
  const ledger::Period before{month.month - 1};
  TRY(std::optional<CarriedOver> carried, carried_from(before, view));
  if (!carried) {
    return std::unexpected(Errors{not_settled(month, before)});
  }
  return carried;
}

/// Only dividends that are given out by the quarter or the year look further back than a month.
Result<std::vector<settle::MonthMemory>> Office::earlier(ledger::Period month, const View& view) {
  std::vector<settle::MonthMemory> all;
  int reach = 0;
  for (const settle::Contract& contract : village_->agreement.contracts) {
    if (const auto* dividend = std::get_if<settle::Dividend>(&contract.terms)) {
      reach = std::max(reach, settle::months_given_out(contract, *dividend, month) - 1);
    }
  }
  for (int back = 1; back <= reach; ++back) {
    TRY(std::optional<CarriedOver> carried, carried_from({month.month - back}, view));
    if (!carried) {
      break;
    }
    for (settle::MonthMemory& memory : carried->memory) {
      if (settle::party_of(village_->agreement, memory.party) != nullptr) {
        all.push_back(std::move(memory));
      }
    }
  }
  return all;
}

Result<std::vector<settle::Adjustment>> Office::adjustments_for(ledger::Period month,
                                                                const View& view) {
  std::vector<settle::Adjustment> told;
  const ledger::Period first = village_->agreement.first_month;
  std::vector<std::vector<RunRecord>> runs;
  for (ledger::Period each = first; each <= month; each = each.next()) {
    TRY(std::vector<RunRecord> all, records(each));
    std::erase_if(all, [&](const RunRecord& run) { return run.book_after > view.book_size; });
    runs.push_back(std::move(all));
  }
  for (std::size_t about = 0; about + 1 < runs.size(); ++about) {
    for (const RunRecord& run : runs[about]) {
      std::size_t teller = about + 1;
      while (teller + 1 < runs.size() && !runs[teller].empty() &&
             runs[teller].front().book_before < run.book_after) {
        ++teller;
      }
      const bool is_after =
          runs[teller].empty() || runs[teller].front().book_before >= run.book_after;
      if (teller + 1 == runs.size() && is_after) {
        told.insert(told.end(), run.adjustments.begin(), run.adjustments.end());
      }
    }
  }
  std::ranges::stable_sort(told, {}, &settle::Adjustment::party);
  return told;
}

Result<void> Office::with_frame(ledger::Period month, const View& view,
                                const std::function<Result<void>(const settle::MonthFrame&)>& use) {
  TRY(const MonthPrices prices, prices_of(*village_, month));
  TRY(const std::optional<CarriedOver> before, month_before(month, view));
  TRY(const std::vector<settle::MonthMemory> waiting, earlier(month, view));
  std::vector<settle::Member> members = members_of(*village_, prices);
  if (!village_->agreement.sharing.gate.empty()) {
    members.push_back(settle::gate_member(village_->agreement, &prices.buying, &prices.selling));
  }
  count_on(members, before);
  TRY(const std::vector<readings::Intervals> intervals,
      month_intervals(*store_, *village_, prices, {month, view.known_at, &registers_, threads_}));
  settle::MonthInputs inputs{.month = month,
                             .zone = village_->zone(),
                             .village = village_->model().name,
                             .illustrative = village_->model().illustrative,
                             .known_at = view.known_at,
                             .members = members,
                             .points = village_->points,
                             .registers = &registers_,
                             .intervals = intervals,
                             .agreement = &village_->agreement,
                             .factor = &village_->factor};
  if (before) {
    inputs.last_month = before->memory;
    inputs.pools_before = before->pools;
  }
  inputs.earlier = waiting;
  TRY(const std::vector<settle::Adjustment> adjustments, adjustments_for(month, view));
  inputs.adjustments = adjustments;
  TRY(const settle::MonthFrame frame, settle::MonthFrame::of(inputs));
  return use(frame);
}

Result<settle::SettledMonth> Office::settled(ledger::Period month, const View& view) {
  settle::SettledMonth joined;
  const auto settle_all = [&](const settle::MonthFrame& frame) -> Result<void> {
    std::vector<settle::SettledMember> settled(frame.members());
    plan::Crew crew(threads_);
    crew.each(settled.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
      settled[i] = settle::settle_member(frame, i);
    });
    TRY(joined, settle::join(frame, std::move(settled)));
    return {};
  };
  if (auto done = with_frame(month, view, settle_all); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return joined;
}

Result<void> Office::look_into(ledger::Period month,
                               const std::function<void(const settle::MonthFrame&)>& look) {
  TRY(const std::vector<RunRecord> all, records(month));
  if (all.empty()) {
    return fail(Fault::not_found,
                {fmt::format("{} is not settled: `xiaoyuan settle` does it", text_of(month)),
                 fmt::format("{} 尚未结算,请先运行 xiaoyuan settle", text_of(month))},
                {"--month", 0, ""});
  }
  const View view{all.back().known_at, all.back().book_before};
  return with_frame(month, view, [&](const settle::MonthFrame& frame) -> Result<void> {
    look(frame);
    return {};
  });
}

namespace {

RunRecord record_of(const settle::SettledMonth& month, const Village& village) {
  RunRecord record{.month = month.month,
                   .revision = 1,
                   .known_at = month.known_at,
                   .book_before = 0,
                   .book_after = 0,
                   .pins = village.pins,
                   .refused = {},
                   .adjustments = {}};
  for (const settle::SettledMember& member : month.members) {
    if (!member.is_settled()) {
      record.refused.push_back(member.statement.party);
    }
  }
  return record;
}

CarriedOver carried_over(const settle::SettledMonth& month) {
  CarriedOver carried{.counted = {}, .pools = month.pools, .memory = month.memory};
  for (const settle::SettledMember& member : month.members) {
    if (member.is_settled()) {
      carried.counted.push_back(
          {member.statement.party, member.counted_bought, member.counted_sold});
    }
  }
  return carried;
}

/// A month of which nothing is known is a wrong month or a forgotten import, and not a settled one.
Error nobody_settled(const settle::SettledMonth& month) {
  const Errors& first = month.members.front().refused;
  const auto why = [&](Language language) {
    return first.empty() ? std::string() : message(first.front(), language);
  };
  return {Fault::impossible,
          {fmt::format("{}: no household can be settled; `xiaoyuan import` takes in what is "
                       "missing. The first: {}",
                       text_of(month.month), why(Language::english)),
           fmt::format("{}:没有一户可以结算,请先用 xiaoyuan import 导入所缺数据。首项:{}",
                       text_of(month.month), why(Language::chinese))},
          {}};
}

}  // namespace

Result<Run> Office::settle(ledger::Period month, Instant now) {
  Run run;
  TRY(run.month, settled(month, {known_at_, book_.size()}));
  TRY(const std::vector<RunRecord> before, records(month));
  run.record = record_of(run.month, *village_);
  if (before.empty() && !run.month.members.empty() &&
      run.record.refused.size() == run.month.members.size()) {
    return std::unexpected(Errors{nobody_settled(run.month)});
  }
  run.carried = carried_over(run.month);
  run.record.revision = static_cast<int>(before.size()) + 1;
  run.record.book_before = book_.size();
  TRY(settle::PostedMonth posted, settle::post_month(book_, run.month));
  run.record.book_after = book_.size();
  run.record.adjustments = std::move(posted.adjustments);
  run.entries = posted.entries.size();
  run.head = book_.head();
  if (posted.entries.empty() && !before.empty() && before.back().refused == run.record.refused) {
    run.effect = Effect::unchanged;
    run.record = before.back();
    return run;
  }
  if (auto kept = keep(run, std::move(posted.entries), now); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  return run;
}

Result<void> Office::keep(Run& run, std::vector<ledger::Entry> entries, Instant now) {
  const std::string name = record_folder(run.record.month) + version_name(run.record.revision);
  store::Batch batch{.key = "settle/" + name, .recorded_at = now};
  batch.entries = std::move(entries);
  batch.documents.push_back({name, json(run.record)});
  batch.documents.push_back(
      {carried_folder(run.record.month) + version_name(run.record.revision), json(run.carried)});
  std::vector<const settle::Statement*> statements;
  for (const settle::SettledMember& member : run.month.members) {
    statements.push_back(&member.statement);
  }
  for (const settle::Statement& party : run.month.parties) {
    statements.push_back(&party);
  }
  const std::size_t first = batch.documents.size();
  batch.documents.resize(first + statements.size());
  plan::Crew(threads_).each(statements.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
    batch.documents[first + i] = {
        statement_folder(statements[i]->id) + version_name(run.record.revision),
        statement::json(*statements[i])};
  });
  TRY(const store::Written written, store_->write(batch));
  static_cast<void>(written);
  return {};
}

Result<Run> Office::as_known_at(ledger::Period month, Instant known_at) {
  TRY(const std::vector<RunRecord> all, records(month));
  View view{known_at, all.empty() ? book_.size() : all.front().book_before};
  for (const RunRecord& record : all) {
    if (record.known_at <= known_at) {
      view.book_size = record.book_before;
    }
  }
  Run run;
  TRY(run.month, settled(month, view));
  run.record = record_of(run.month, *village_);
  run.record.book_before = view.book_size;
  const settle::BookView then{&book_, view.book_size};
  TRY(const settle::PostingPlan plan, settle::postings(run.month, then));
  settle::mark(run.month, plan);
  run.effect = Effect::looked;
  run.head = book_.log().head(view.book_size);
  return run;
}

Result<ledger::Head> Office::seal(ledger::Period month, Instant now) {
  TRY(const std::vector<RunRecord> all, records(month));
  if (all.empty()) {
    return fail(Fault::impossible,
                {fmt::format("{} is not settled, so it cannot be sealed", text_of(month)),
                 fmt::format("{} 尚未结算,不能封账", text_of(month))});
  }
  TRY(ledger::Applied applied, book_.apply(settle::seal_of(month)));
  if (applied.outcome == ledger::Applied::Outcome::taken) {
    store::Batch batch{.key = "seal/" + text_of(month), .recorded_at = now};
    batch.entries.push_back(std::move(applied.entry));
    TRY(const store::Written written, store_->write(batch));
    static_cast<void>(written);
  }
  return book_.head();
}

}  // namespace xiaoyuan::office
