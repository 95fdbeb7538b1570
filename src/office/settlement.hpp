// The settlement office of a village: registers and book from the store, a month settled and
// posted, its statements kept.
//
//   settle(m): registers known now → settle::settle_member on all cores → settle::join →
//              settle::post_month → one batch: entries, statements, record of the run
//
// A run that changes nothing writes nothing. Months are settled in their order; a late correction
// of an earlier month is posted as a difference when that month is settled again.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "office/run_record.hpp"
#include "settle/postings.hpp"
#include "store/store.hpp"

namespace xiaoyuan::office {

enum class Effect {
  settled,    ///< entries or a record were written
  unchanged,  ///< everything stood in the book already
  looked      ///< as known at an instant: nothing is written
};

struct Run {
  settle::SettledMonth month;
  RunRecord record;
  CarriedOver carried;
  Effect effect = Effect::settled;
  std::size_t entries = 0;  ///< that it added to the book
  ledger::Head head;        ///< of the book after it
};

/// The book of the stored entries. Errors: they do not hold together.
Result<ledger::Book> stored_book(store::Store& store);

class Office {
 public:
  /// Store and village live longer. Errors: the stored book does not hold together.
  static Result<Office> open(store::Store& store, const Village& village, unsigned threads = 0);

  /// Settles a month with all that is known. Errors: the month before is not settled, no household
  /// can be, those of the month, those of the store; nothing was written then, and this office is
  /// to be thrown away.
  Result<Run> settle(ledger::Period month, Instant now);
  /// The month as it would have been, or was, settled with what was known at an instant.
  Result<Run> as_known_at(ledger::Period month, Instant known_at);
  /// Lends the month's inputs as they were when it was last settled. Errors: it is not settled.
  Result<void> look_into(ledger::Period month,
                         const std::function<void(const settle::MonthFrame&)>& look);
  /// Closes a settled month: what changes later is posted into the next open one.
  Result<ledger::Head> seal(ledger::Period month, Instant now);

  const ledger::Book& book() const { return book_; }
  /// When the newest reading became known; the earliest instant where there is none.
  Instant known_at() const { return known_at_; }

 private:
  Office(store::Store& store, const Village& village, unsigned threads)
      : store_(&store), village_(&village), threads_(threads) {}
  struct View {
    Instant known_at;
    std::uint64_t book_size = 0;  ///< the book as it was then
  };
  Result<settle::SettledMonth> settled(ledger::Period month, const View& view);
  Result<void> with_frame(ledger::Period month, const View& view,
                          const std::function<Result<void>(const settle::MonthFrame&)>& use);
  Result<std::vector<RunRecord>> records(ledger::Period month);
  /// Of the newest run of a month that the view knows; nothing where there is none.
  Result<std::optional<CarriedOver>> carried_from(ledger::Period month, const View& view);
  Result<std::optional<CarriedOver>> month_before(ledger::Period month, const View& view);
  Result<std::vector<settle::MonthMemory>> earlier(ledger::Period month, const View& view);
  /// What settling earlier months again has changed since the month before was first settled.
  Result<std::vector<settle::Adjustment>> adjustments_for(ledger::Period month, const View& view);
  Result<void> keep(Run& run, std::vector<ledger::Entry> entries, Instant now);

  store::Store* store_;
  const Village* village_;
  unsigned threads_;
  ledger::Book book_;
  readings::Registers registers_;
  Instant known_at_ = Instant::min();
};

/// "statement/2026-10/H001/": the versions of a statement lie below it, the newest last.
std::string statement_folder(std::string_view id);

}  // namespace xiaoyuan::office
