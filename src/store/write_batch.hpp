// Writing a batch, and filling an empty store: the one course of it for every keeper.
//
//   begin (alone among writers) → is the key known? → entries follow the book → rows → trail →
//   commit
//
// A keeper gives the steps: begin, commit, roll_back; find_batch(key), size(), is_empty();
// put(rows) for each kind of rows, which refuses the first that contradicts what is kept and skips
// what is the same; put(record).
#pragma once
#include <utility>

#include "store/batch.hpp"

namespace xiaoyuan::store {

/// Undoes what was begun, unless it was committed.
template <class Keeper>
class Transaction {
 public:
  explicit Transaction(Keeper& keeper) : keeper_(keeper) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) {
      keeper_.roll_back();
    }
  }
  Result<void> begin() {
    Result<void> begun = keeper_.begin();
    open_ = begun.has_value();
    return begun;
  }
  Result<void> commit() {
    Result<void> done = keeper_.commit();
    open_ = !done.has_value();
    return done;
  }

 private:
  Keeper& keeper_;
  bool open_ = false;
};

/// The first of the steps that fails; later ones are not taken.
template <class... Steps>
Result<void> in_turn(Steps&&... steps) {
  Result<void> done;
  static_cast<void>(((done = steps()).has_value() && ...));
  return done;
}

template <class Keeper>
Result<void> put_rows(Keeper& keeper, const Arranged& rows) {
  std::uint64_t next = 0;
  if (!rows.entries.empty()) {
    TRY(next, keeper.size());
  }
  for (const ledger::Entry* entry : rows.entries) {
    if (entry->number != next++) {
      return not_the_next(*entry, next - 1);
    }
  }
  return in_turn([&] { return keeper.put(rows.registers); }, [&] { return keeper.put(rows.days); },
                 [&] { return keeper.put(rows.entries); },
                 [&] { return keeper.put(rows.documents); });
}

template <class Keeper>
Result<Written> write_batch(Keeper& keeper, const Batch& batch) {
  TRY(const Arranged rows, arranged(batch));
  Transaction<Keeper> transaction(keeper);
  if (auto begun = transaction.begin(); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  TRY(const std::optional<BatchRecord> kept, keeper.find_batch(batch.key));
  if (kept && kept->content != rows.record.content) {
    return other_batch(*kept, rows.record);
  }
  if (kept) {
    return Written::before;
  }
  auto done =
      in_turn([&] { return put_rows(keeper, rows); }, [&] { return keeper.put(rows.record); },
              [&] { return transaction.commit(); });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  return Written::now;
}

template <class Keeper>
Result<void> fill_keeper(Keeper& keeper, const Portions& next) {
  Transaction<Keeper> transaction(keeper);
  if (auto begun = transaction.begin(); !begun) {
    return begun;
  }
  TRY(const bool empty, keeper.is_empty());
  if (!empty) {
    return not_empty();
  }
  while (true) {
    TRY(const std::optional<Portion> portion, next());
    if (!portion) {
      return transaction.commit();
    }
    TRY(const Arranged rows, arranged(*portion));
    if (auto done = put_rows(keeper, rows); !done) {
      return done;
    }
    for (const BatchRecord& record : portion->batches) {
      if (auto done = keeper.put(record); !done) {
        return done;
      }
    }
  }
}

}  // namespace xiaoyuan::store
