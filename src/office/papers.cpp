#include "office/papers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/expected.hpp"
#include "office/dispute.hpp"
#include "office/settlement.hpp"
#include "statement/json.hpp"

namespace xiaoyuan::office {

namespace {

constexpr int months_shown = 11;

/// The newest document of each statement below a month or an id, by id.
Result<std::map<std::string, std::string>> newest(store::Store& store, const std::string& below) {
  TRY(const std::vector<std::string> names, store.documents("statement/" + below + "/"));
  std::map<std::string, std::string> by_id;
  for (const std::string& name : names) {  // sorted: the newest version comes last
    const std::size_t version = name.rfind('/');
    const std::size_t folder = std::string_view("statement/").size();
    by_id[name.substr(folder, version - folder)] = name;
  }
  return by_id;
}

Result<settle::Statement> read(store::Store& store, const std::string& name) {
  TRY(const std::optional<store::Document> document, store.document(name));
  return statement::read_json(document ? document->bytes : "", name);
}

std::string month_of_id(const std::string& id) { return id.substr(0, id.find('/')); }

std::unexpected<Errors> no_statement(const std::string& id, const std::vector<std::string>& known) {
  if (known.empty()) {
    return fail(Fault::not_found,
                {fmt::format("{} is not settled: `xiaoyuan settle` does it", month_of_id(id)),
                 fmt::format("{} 尚未结算,请先运行 xiaoyuan settle", month_of_id(id))},
                {id, 0, ""});
  }
  return fail(Fault::not_found, unknown_name(id, known), {"statement", 0, ""});
}

std::vector<std::string> ids_of(const std::map<std::string, std::string>& by_id) {
  std::vector<std::string> ids;
  for (const auto& [id, name] : by_id) {
    ids.push_back(id);
  }
  return ids;
}

/// The proof of the first entry that the statement's lines name, in today's book.
void prove(settle::Statement& statement, const ledger::Book& book) {
  for (const settle::StatementLine& line : statement.lines) {
    const auto entry = line.entry.empty() ? std::nullopt : book.find(line.entry);
    if (entry) {
      statement.proof = {.key = line.entry,
                         .entry_hash = book.log().entry_hash(*entry),
                         .head = book.head(),
                         .proof = book.log().inclusion(*entry, book.size())};
      return;
    }
  }
}

/// Whose households stand in the table of a party: all for the committee, the roofs it leases or
/// the members of its dividend for a company or a co-operative.
std::set<std::string> households_of(const settle::Agreement& agreement, const std::string& party) {
  std::set<std::string> households;
  for (const settle::Contract& contract : agreement.contracts) {
    if (const auto* lease = std::get_if<settle::RoofLease>(&contract.terms)) {
      if (lease->tenant == party) {
        households.insert(lease->households.begin(), lease->households.end());
      }
    } else if (const auto* dividend = std::get_if<settle::Dividend>(&contract.terms)) {
      if (dividend->party == party) {
        households.insert(dividend->members.begin(), dividend->members.end());
      }
    }
  }
  return households;
}

class Papers {
 public:
  Papers(const Shelf& shelf, ledger::Period month) : shelf_(shelf), month_(month) {}

  /// Of one party, or of all with "".
  Result<void> read_history(const std::string& party) {
    for (int back = months_shown; back >= 1; --back) {
      const ledger::Period before{month_.month - back};
      TRY(const auto by_id,
          newest(shelf_.store, text_of(before) + (party.empty() ? "" : "/") + party));
      for (const auto& [id, name] : by_id) {
        TRY(const settle::Statement statement, read(shelf_.store, name));
        history_[statement.party].push_back({before, statement.total()});
      }
    }
    return {};
  }

  Result<statement::Sheet> sheet(settle::Statement statement,
                                 const std::vector<settle::Statement>& households) const {
    statement::Sheet sheet{.statement = std::move(statement)};
    const std::string& party = sheet.statement.party;
    if (const auto past = history_.find(party); past != history_.end()) {
      sheet.history = past->second;
    }
    TRY(sheet.disputes, disputes_of(shelf_.store, shelf_.book, sheet.statement));
    prove(sheet.statement, shelf_.book);
    const settle::Holder holder = sheet.statement.holder;
    const bool shows_all = holder == settle::Holder::committee;
    if (shows_all || holder == settle::Holder::company || holder == settle::Holder::cooperative) {
      const std::set<std::string> shown = households_of(shelf_.agreement, party);
      for (const settle::Statement& household : households) {
        if (shows_all || shown.contains(household.party)) {
          sheet.members.push_back(statement::member_of(household));
        }
      }
    }
    return sheet;
  }

 private:
  const Shelf& shelf_;
  ledger::Period month_;
  std::map<std::string, std::vector<statement::PastMonth>> history_;
};

Result<std::vector<settle::Statement>> statements_of(
    store::Store& store, const std::map<std::string, std::string>& by_id) {
  std::vector<settle::Statement> all;
  for (const auto& [id, name] : by_id) {
    TRY(settle::Statement statement, read(store, name));
    all.push_back(std::move(statement));
  }
  std::ranges::stable_partition(
      all, [](const settle::Statement& each) { return each.holder == settle::Holder::household; });
  return all;
}

std::vector<settle::Statement> households_among(const std::vector<settle::Statement>& all) {
  std::vector<settle::Statement> households;
  std::ranges::copy_if(all, std::back_inserter(households), [](const settle::Statement& each) {
    return each.holder == settle::Holder::household;
  });
  return households;
}

}  // namespace

Result<settle::Statement> statement_of(store::Store& store, const std::string& id) {
  TRY(const auto by_id, newest(store, month_of_id(id)));
  const auto place = by_id.find(id);
  if (place == by_id.end()) {
    return no_statement(id, ids_of(by_id));
  }
  return read(store, place->second);
}

Result<statement::Sheet> sheet_of(const Shelf& shelf, const std::string& id) {
  TRY(settle::Statement wanted, statement_of(shelf.store, id));
  Papers papers(shelf, wanted.month);
  if (auto done = papers.read_history(wanted.party); !done) {
    return std::unexpected(std::move(done.error()));
  }
  std::vector<settle::Statement> households;
  if (wanted.holder != settle::Holder::household) {
    TRY(const auto by_id, newest(shelf.store, text_of(wanted.month)));
    TRY(const auto all, statements_of(shelf.store, by_id));
    households = households_among(all);
  }
  return papers.sheet(std::move(wanted), households);
}

Result<std::vector<settle::Statement>> month_statements(store::Store& store, ledger::Period month) {
  TRY(const auto by_id, newest(store, text_of(month)));
  if (by_id.empty()) {
    return no_statement(text_of(month), {});
  }
  return statements_of(store, by_id);
}

Result<std::vector<statement::Sheet>> sheets_of(const Shelf& shelf, ledger::Period month) {
  TRY(std::vector<settle::Statement> all, month_statements(shelf.store, month));
  Papers papers(shelf, month);
  if (auto done = papers.read_history(""); !done) {
    return std::unexpected(std::move(done.error()));
  }
  const std::vector<settle::Statement> households = households_among(all);
  std::vector<statement::Sheet> sheets;
  for (settle::Statement& statement : all) {
    TRY(statement::Sheet sheet, papers.sheet(std::move(statement), households));
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

}  // namespace xiaoyuan::office
