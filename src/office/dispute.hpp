// Disputes about a line of a statement: only the disputed amount is frozen, a resolution corrects
// it or lets it stand, and the trail stays on the book.
//
//   key of a dispute = "dispute/2026-10/H001/bought.tier1/1"
#pragma once
#include <string>
#include <vector>

#include "ledger/book.hpp"
#include "statement/sheet.hpp"
#include "store/store.hpp"

namespace xiaoyuan::office {

struct DisputeOpening {
  std::string statement;  ///< "2026-10/H001"
  std::string line;       ///< "bought.tier1"
  Money amount;           ///< above zero
  std::string reason;
};

struct DisputeResolution {
  std::string dispute;  ///< its key
  /// What the holder gains by the correction (below zero: loses) from `other`; zero: the line
  /// stands.
  Money correction;
  std::string other;  ///< the party that the correction is with; "" with none
  std::string outcome;
};

/// Opens or resolves a dispute in the book and the store, dated on a day. Gives its key. Errors: no
/// such statement or line (the nearest is named), a line that posted nothing, an amount beyond what
/// the entry moved, a dispute that is resolved already; those of the store.
Result<std::string> open_dispute(store::Store& store, ledger::Book& book,
                                 const DisputeOpening& opening, Instant now);
Result<std::string> resolve_dispute(store::Store& store, ledger::Book& book,
                                    const DisputeResolution& resolution, Instant now);

/// Those about the entries of a statement's lines, in the order in which they were opened.
Result<std::vector<statement::DisputeNote>> disputes_of(store::Store& store,
                                                        const ledger::Book& book,
                                                        const settle::Statement& statement);
/// One dispute by its key, which the book has.
Result<statement::DisputeNote> dispute_note(store::Store& store, const ledger::Book& book,
                                            const std::string& key);
/// Keys of all disputes of the book.
std::vector<std::string> dispute_keys(const ledger::Book& book);

}  // namespace xiaoyuan::office
