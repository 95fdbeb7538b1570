// Statements as they were kept, with what stands around them: months before, disputes, proofs.
#pragma once
#include <string>
#include <vector>

#include "ledger/book.hpp"
#include "settle/agreement.hpp"
#include "statement/sheet.hpp"
#include "store/store.hpp"

namespace xiaoyuan::office {

/// The newest version of a statement ("2026-10/H001"). Error: there is none; the nearest id.
Result<settle::Statement> statement_of(store::Store& store, const std::string& id);

/// The newest versions of a month's statements: households, then parties. Error: the month is not
/// settled.
Result<std::vector<settle::Statement>> month_statements(store::Store& store, ledger::Period month);

/// What papers are made from; store and book are only read.
struct Shelf {
  store::Store& store;
  const ledger::Book& book;
  const settle::Agreement& agreement;
};

/// One statement with its history, disputes, members and the proof of its first entry.
Result<statement::Sheet> sheet_of(const Shelf& shelf, const std::string& id);
/// All statements of a month: households, then parties. Error: the month is not settled.
Result<std::vector<statement::Sheet>> sheets_of(const Shelf& shelf, ledger::Period month);

}  // namespace xiaoyuan::office
