// What a settled month puts on the book: accounts, one posting for each household and contract, the
// recognised energy, the certificates. The book says what was posted before, and only the
// difference is posted: a run without a change posts nothing.
//
//   difference(a, b) = Σ flows a→b − Σ flows b→a − (the same of what the month has posted)
//
// Keys: "2026-10/H001/1", the next revision "/2"; accounts "fen/H001", "wh/H001", "gco2e/H001";
// pools "pool/H001/tradable". A household is debited what it buys and the grid company credited;
// what the grid company buys the other way round; rent debits the tenant. Wh are credited to who
// gives. Energy on the book is whole Wh, what is below one is left out.
//
// A dispute that was resolved with a correction stays: the run posts nothing while its figures are
// those that were posted; once they change, the correction counts as posted.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/book.hpp"
#include "settle/month.hpp"

namespace xiaoyuan::settle {

/// The book as it was when it had `size` entries: with the size before a run, the run as known then
/// gives the statements of then, bytes and all.
struct BookView {
  const ledger::Book* book = nullptr;
  std::uint64_t size = 0;
  static BookView of(const ledger::Book& book) { return {&book, book.size()}; }
};

/// Which entry of the book holds what a holder's lines say.
struct PostedGroup {
  std::string group;  ///< household or contract
  int revision = 1;
  std::string entry;  ///< its key; "" when nothing had to be posted
};

struct PostingPlan {
  std::vector<ledger::Command> commands;  ///< in the order in which the book takes them
  std::vector<PostedGroup> groups;        ///< by group
  std::vector<Adjustment> adjustments;    ///< by party: what a month settled again changes
};

/// Accounts and pools that the month needs and the book lacks; sorted, whatever the members' order.
std::vector<ledger::Command> openings(const SettledMonth& month, const BookView& view);
/// The postings, and energy recognised or clawed back; after the openings were taken.
Result<PostingPlan> postings(const SettledMonth& month, const BookView& view);
/// Certificates that the carried energy fills; after the postings were taken.
std::vector<ledger::Command> certificates(const SettledMonth& month, const BookView& view);

/// Puts revision and entries into the statements of the month.
void mark(SettledMonth& month, const PostingPlan& plan);

struct PostedMonth {
  std::vector<ledger::Entry> entries;  ///< the book's next, to be stored
  std::vector<Adjustment> adjustments;
};

/// All of it on a book: openings, postings, certificates, marks. Nothing is taken by halves: the
/// book is to be thrown away when this fails.
Result<PostedMonth> post_month(ledger::Book& book, SettledMonth& month);

/// Closes the month of the book.
ledger::Command seal_of(ledger::Period month);

std::string fen_account(std::string_view party);
std::string wh_account(std::string_view party);
std::string carbon_account(std::string_view party);
std::string pool_code(std::string_view owner, ledger::PoolKind kind);
inline constexpr std::string_view rounding_party = "rounding";
inline constexpr std::string_view unaccounted_party = "unaccounted";
inline constexpr std::string_view avoided_party = "avoided";

}  // namespace xiaoyuan::settle
