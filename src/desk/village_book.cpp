#include "desk/village_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "office/dispute.hpp"
#include "plan/crew.hpp"
#include "statement/json.hpp"

namespace xiaoyuan::desk {

namespace {

using Names = std::vector<std::string>;

/// The book before, where nothing came to it.
Result<void> read_entries(store::Store& store, const VillageView* before, VillageView& view) {
  TRY(const std::uint64_t size, store.book_size());
  if (before != nullptr && before->book && before->book->size() == size) {
    view.book = before->book;
  } else {
    TRY(ledger::Book book, office::stored_book(store));
    view.book = std::make_shared<const ledger::Book>(std::move(book));
  }
  view.head = view.book->head();
  return {};
}

/// Of "statement/2026-10/H001/0002": the newest version of each statement, by month.
std::map<std::string, Names> newest_by_month(const Names& documents) {
  std::map<std::string, Names> months;
  std::string_view folder_before;
  for (const std::string& name : documents) {  // sorted: the newest version comes last
    const std::string_view folder = std::string_view(name).substr(0, name.rfind('/'));
    const std::size_t begin = std::string_view("statement/").size();
    Names& of_month = months[name.substr(begin, name.find('/', begin) - begin)];
    if (folder == folder_before) {
      of_month.back() = name;
    } else {
      of_month.push_back(name);
    }
    folder_before = folder;
  }
  return months;
}

Result<StatementView> statement_view(const std::string& name, std::string bytes) {
  TRY(settle::Statement statement, statement::read_json(bytes, name));
  const statement::Member sums = statement::member_of(statement);
  StatementView view{.id = statement.id,
                     .party = statement.party,
                     .holder = statement.holder,
                     .name = statement.name,
                     .revision = statement.revision,
                     .energy = statement.energy,
                     .bought = sums.bought,
                     .sold = sums.sold,
                     .contracts = sums.contracts,
                     .adjustment = sums.adjustment,
                     .total = sums.total,
                     .last_month = statement.last_month,
                     .changes = std::move(statement.changes),
                     .gco2e = {},
                     .estimated = sums.grade != readings::Grade::measured,
                     .open_disputes = 0,
                     .document = name,
                     .json = {}};
  for (const settle::StatementLine& line : statement.lines) {
    if (line.gco2e) {
      view.gco2e = view.gco2e.value_or(0) + *line.gco2e;
    }
  }
  view.json.etag = etag_of(bytes);
  view.json.bytes = std::make_shared<const std::string>(std::move(bytes));
  return view;
}

/// Statements that the view before does not have yet; read on this thread and made on all cores.
class NewStatements {
 public:
  Result<void> want(store::Store& store, const std::string& name, StatementView& into) {
    TRY(std::optional<store::Document> document, store.document(name));
    wanted_.push_back({name, document ? std::move(document->bytes) : "", &into, {}});
    return {};
  }
  Result<void> make() {
    plan::Crew crew(0);
    crew.each(wanted_.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
      Wanted& one = wanted_[i];
      auto made = statement_view(one.name, std::move(one.bytes));
      if (gather(made, one.errors)) {
        *one.into = std::move(*made);
      }
    });
    Errors errors;
    for (Wanted& one : wanted_) {
      std::ranges::move(one.errors, std::back_inserter(errors));
    }
    return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
  }

 private:
  struct Wanted {
    std::string name;
    std::string bytes;
    StatementView* into;
    Errors errors;
  };
  std::vector<Wanted> wanted_;
};

/// Both lists are of one month, the old one in the order of holders, so it is looked up by name.
Result<void> read_statements(store::Store& store, const Names& names, const MonthView* before,
                             MonthView& month, NewStatements& fresh) {
  std::map<std::string_view, const StatementView*> known;
  if (before != nullptr) {
    for (const StatementView& one : before->statements) {
      known.emplace(one.document, &one);
    }
  }
  month.statements.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const auto found = known.find(names[i]); found != known.end()) {
      month.statements[i] = *found->second;
    } else if (auto wanted = fresh.want(store, names[i], month.statements[i]); !wanted) {
      return wanted;
    }
  }
  return {};
}

Result<void> read_runs(store::Store& store, const MonthView* before, MonthView& month) {
  TRY(const Names names, store.documents("run/" + month.text + "/"));
  if (before != nullptr) {
    month.runs = before->runs;
  }
  for (std::size_t i = month.runs.size(); i < names.size(); ++i) {
    TRY(const std::optional<store::Document> document, store.document(names[i]));
    TRY(office::RunRecord record,
        office::read_run_record(document ? document->bytes : "", names[i]));
    month.runs.push_back(std::move(record));
  }
  if (month.runs.empty()) {
    return fail(Fault::unreadable,
                {"has statements and no run that made them", "有结算单,但缺少结算记录"},
                {month.text, 0, ""});
  }
  month.month = month.runs.back().month;
  return {};
}

void add_energy(std::optional<MeteredEnergy>& sum, const std::optional<MeteredEnergy>& part) {
  if (part) {
    sum = sum.value_or(MeteredEnergy{}) + *part;
  }
}

bool is_refused(const MonthView& month, const std::string& household) {
  const std::vector<std::string>& refused = month.runs.back().refused;
  return std::ranges::find(refused, household) != refused.end();
}

void add_to(MonthTotals& sum, const StatementView& one) {
  add_energy(sum.energy.made, one.energy.made);
  add_energy(sum.energy.self_used, one.energy.self_used);
  add_energy(sum.energy.sold, one.energy.sold);
  add_energy(sum.energy.bought, one.energy.bought);
  add_energy(sum.energy.shared_in, one.energy.shared_in);
  add_energy(sum.energy.shared_out, one.energy.shared_out);
  sum.bought += one.bought;
  sum.sold += one.sold;
  sum.contracts += one.contracts;
  sum.adjustment += one.adjustment;
  sum.total += one.total;
  if (one.gco2e) {
    sum.gco2e = sum.gco2e.value_or(0) + *one.gco2e;
  }
  ++sum.households;
  sum.estimated += one.estimated ? 1 : 0;
}

/// Disputes into the statements that they are about, then the sums.
void finish(VillageView& view) {
  for (MonthView& month : view.months) {
    std::ranges::stable_partition(month.statements, [](const StatementView& one) {
      return one.holder == settle::Holder::household;
    });
    for (StatementView& one : month.statements) {
      one.open_disputes = static_cast<std::size_t>(
          std::ranges::count_if(view.disputes, [&](const DisputeView& dispute) {
            return dispute.statement == one.id &&
                   dispute.note.state == statement::DisputeState::open;
          }));
      month.totals.open_disputes += one.open_disputes;
      if (one.holder == settle::Holder::household && !is_refused(month, one.party)) {
        add_to(month.totals, one);
      }
    }
    month.sealed = view.book->sealed() && *view.book->sealed() >= month.month;
  }
}

Result<void> read_months(store::Store& store, const VillageView* before, VillageView& view) {
  TRY(const Names documents, store.documents("statement/"));
  const std::map<std::string, Names> months = newest_by_month(documents);
  NewStatements fresh;
  view.months.reserve(months.size());  // what is wanted is put into its place later
  for (const auto& [text, names] : months) {
    const MonthView* month_before = before != nullptr ? before->month(text) : nullptr;
    MonthView& month = view.months.emplace_back();
    month.text = text;
    auto read = read_runs(store, month_before, month);
    if (read) {
      read = read_statements(store, names, month_before, month, fresh);
    }
    if (!read) {
      return read;
    }
  }
  return fresh.make();
}

std::string dispute_id(std::string key) {
  key.erase(0, std::string_view("dispute/").size());
  std::ranges::replace(key, '/', '~');
  return key;
}

/// A resolved dispute stays as it is; an open one may have been resolved since.
Result<void> read_disputes(store::Store& store, const VillageView* before, VillageView& view) {
  for (const std::string& key : office::dispute_keys(*view.book)) {
    const std::string id = dispute_id(key);
    const DisputeView* known = before != nullptr ? before->dispute(id) : nullptr;
    if (known != nullptr && known->note.state == statement::DisputeState::resolved) {
      view.disputes.push_back(*known);
      continue;
    }
    const std::vector<std::string_view> parts = parts_of(key, '/');
    if (parts.size() < 5) {
      continue;  // of another program: its key names no line
    }
    DisputeView dispute{.id = id,
                        .statement = fmt::format("{}/{}", parts[1], parts[2]),
                        .party = std::string(parts[2]),
                        .note = {}};
    TRY(dispute.note, office::dispute_note(store, *view.book, key));
    view.disputes.push_back(std::move(dispute));
  }
  return {};
}

}  // namespace

Result<void> read_book(store::Store& store, const VillageView* before, VillageView& view) {
  auto done = read_entries(store, before, view);
  if (done) {
    done = read_months(store, before, view);
  }
  if (done) {
    done = read_disputes(store, before, view);
  }
  if (done) {
    finish(view);
  }
  return done;
}

}  // namespace xiaoyuan::desk
