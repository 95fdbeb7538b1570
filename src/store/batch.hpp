// What a batch is before it is kept: its rows in one order, checked by themselves, and the digest
// by which a batch that is sent again is known.
//
//   content = SHA-256 of key, registers, days (by their digest), entries (by their hash) and
//             documents (by SHA-256), as ledger/bytes.hpp writes them
//
// The order of registers, days and documents makes no difference, nor does a row that stands twice,
// nor recorded_at of the batch.
#pragma once
#include <span>
#include <vector>

#include "store/store.hpp"

namespace xiaoyuan::store {

template <class Row>
using Pointers = std::vector<const Row*>;

/// The rows of a batch: registers, days and documents in the order of their keys, each once. They
/// live as long as the batch.
struct Arranged {
  Pointers<readings::RegisterReading> registers;
  Pointers<StoredDay> days;
  Pointers<ledger::Entry> entries;
  Pointers<Document> documents;
  BatchRecord record;
};

/// Errors: conflict (two rows of one key with another content), bad_input (a digest that is not
/// that of the bytes, an instant outside the years 1970 to 9999, an empty name).
Result<Arranged> arranged(const Batch& batch);

/// What a portion brings by itself: the same checks.
Result<Arranged> arranged(const Portion& portion);

/// Where each row stands among its like: all of its key, and of when it became known.
bool before(const readings::RegisterReading& a, const readings::RegisterReading& b);
bool before(const StoredDay& a, const StoredDay& b);
bool before(const Document& a, const Document& b);

/// The conflicts of what is sent with what is kept; messages name both.
std::unexpected<Errors> other_batch(const BatchRecord& kept, const BatchRecord& sent);
std::unexpected<Errors> not_the_next(const ledger::Entry& sent, std::uint64_t book_size);
std::unexpected<Errors> contradicts(const readings::RegisterReading& kept,
                                    const readings::RegisterReading& sent);
std::unexpected<Errors> contradicts(const StoredDay& kept, const StoredDay& sent);
std::unexpected<Errors> contradicts(const Document& kept, const Document& sent);
std::unexpected<Errors> not_empty();

/// For a row that the store did not take because one of its place is there: conflict, unless that
/// one says the same.
template <class Row>
Result<void> check_same(const std::vector<Row>& kept, const Row& sent) {
  for (const Row& row : kept) {
    if (!before(row, sent) && !before(sent, row) && row != sent) {
      return contradicts(row, sent);
    }
  }
  return {};
}

}  // namespace xiaoyuan::store
