// Where readings, the book and the documents of a village are kept: one seam, three keepers
// (memory, SQLite, PostgreSQL). Everything is written in batches: all of a batch is kept or
// nothing, and what `write` has acknowledged survives a crash of the machine.
//
//   batch = key + readings + days of intervals + entries of the book + documents
//
// The key is claimed in the same transaction: a batch that is sent again does nothing, another one
// under its key is a conflict. Nothing is ever changed or removed: a correction is a newer version.
// A store object is used by one thread at a time; others open the same place for themselves.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "ledger/book.hpp"
#include "readings/reading.hpp"

namespace xiaoyuan::store {

/// A day of one channel of a meter, packed (readings/packed.hpp), that became known at an instant.
struct StoredDay {
  std::string meter;
  readings::Channel channel = readings::Channel::imported;
  Instant start;  ///< of its axis
  Instant recorded_at;
  std::string source;  ///< the file or device that said so
  std::string packed;
  Digest digest;  ///< readings::digest_of(meter, packed)
  friend bool operator==(const StoredDay&, const StoredDay&) = default;
};

/// A result that is kept as it was made: a run, a statement, an import's report.
struct Document {
  std::string name;   ///< "run/2026-10/1", unique
  std::string bytes;  ///< stored compressed
  friend bool operator==(const Document&, const Document&) = default;
};

struct Batch {
  std::string key;
  Instant recorded_at;  ///< when it was written, for the trail; no part of what makes it the same
  std::vector<readings::RegisterReading> registers{};
  std::vector<StoredDay> days{};
  std::vector<ledger::Entry> entries{};  ///< the book's next
  std::vector<Document> documents{};
};

enum class Written { now, before };

/// What the trail knows of a batch.
struct BatchRecord {
  std::string key;
  Digest content;  ///< store/batch.hpp
  Instant recorded_at;
  std::uint64_t registers = 0, days = 0, entries = 0, documents = 0;  ///< that it brought
  friend bool operator==(const BatchRecord&, const BatchRecord&) = default;
};

enum class Versions { newest, all };

/// Which readings: of meters (none: all), whose instant or start lies in [from, to], known at an
/// instant.
struct Asked {
  std::vector<std::string> meters;
  Instant from = Instant::min();
  Instant to = Instant::max();
  Instant known_at = Instant::max();
  Versions versions = Versions::newest;  ///< of days; of registers all versions are given
};

/// A part of all that a store holds, on the way from one store to another.
struct Portion {
  std::vector<BatchRecord> batches;
  std::vector<readings::RegisterReading> registers;
  std::vector<StoredDay> days;
  std::vector<ledger::Entry> entries;
  std::vector<Document> documents;
};
/// Gives portion after portion, and then nothing.
using Portions = std::function<Result<std::optional<Portion>>()>;

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// A reading, day or document that is kept already, the same in all, is kept once.
  /// Errors: conflict (the key stands for another batch; an entry that is not the book's next; a
  /// document's name that stands for other bytes; a reading or day of the same key and recorded_at
  /// with another content), bad_input (a day or entry whose digest is not that of its bytes),
  /// unwritable (disk full, read-only, locked), with nothing of the batch kept.
  virtual Result<Written> write(const Batch& batch) = 0;

  /// All versions known at the instant, in the order of key and of recorded_at.
  virtual Result<std::vector<readings::RegisterReading>> registers(const Asked& asked) = 0;
  /// The days known at the instant, newest versions or all, in the order of meter, channel, start
  /// and recorded_at. Streaming: `each` returns false to stop, and asks this store for nothing.
  virtual Result<void> days(const Asked& asked,
                            const std::function<bool(const StoredDay&)>& each) = 0;
  virtual Result<std::uint64_t> book_size() = 0;
  /// Entries [from, to) of the book.
  virtual Result<std::vector<ledger::Entry>> entries(std::uint64_t from, std::uint64_t to) = 0;
  virtual Result<std::optional<Document>> document(const std::string& name) = 0;
  /// Names that begin so, sorted.
  virtual Result<std::vector<std::string>> documents(const std::string& prefix) = 0;
  /// In the order in which they were written.
  virtual Result<std::vector<BatchRecord>> batches() = 0;
  virtual Result<std::optional<BatchRecord>> batch(const std::string& key) = 0;

  /// What `read` asks of this store is answered as of one moment, whatever others write meanwhile.
  /// It writes nothing.
  virtual Result<void> at_one_moment(const std::function<Result<void>()>& read) = 0;
  /// Fills an empty store: all portions or, where one of them is an error, nothing. Conflict where
  /// the store is not empty. store/backup.hpp checks what comes in here.
  virtual Result<void> fill(const Portions& next) = 0;
};

}  // namespace xiaoyuan::store
