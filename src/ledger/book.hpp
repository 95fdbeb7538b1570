// The book: accounts, postings, disputes and environmental value, as a log that only grows.
//
//   book = the entries taken so far, in order;  head = Merkle root over their bytes
//
// `apply` takes a command or refuses it and changes nothing. The same commands give the same book
// and the same head on every machine. Who keeps the log writes the entries of a batch in one
// transaction and acknowledges them after it; a book whose write failed is thrown away and rebuilt
// from what was written (ledger/log.hpp).
//
// Periods: an entry goes into the month of its date, or where that is sealed into the first that is
// open. It keeps its date.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/balances.hpp"
#include "ledger/command.hpp"
#include "ledger/environment.hpp"
#include "ledger/key_index.hpp"
#include "ledger/merkle.hpp"

namespace xiaoyuan::ledger {

/// One line of the log, as it is stored. Bytes alone make the rest.
struct Entry {
  std::uint64_t number = 0;  ///< from 0
  std::string key;
  std::string bytes;  ///< ledger/codec.hpp
  Digest hash;        ///< of the entry, a leaf of the tree
  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Applied {
  enum class Outcome {
    taken,
    repeated  ///< the same command was taken before; nothing changed
  };
  Outcome outcome = Outcome::taken;
  Entry entry;
  Period period;      ///< into which it was posted, or that it sealed; {} for others
  AccountId account;  ///< that OpenAccount opened
  PoolId pool;        ///< that OpenPool opened
};

/// What became of an entry.
enum class Fate : std::uint8_t { standing, open, confirmed, voided, reversed, resolved };

/// An entry as the book remembers it.
struct Record {
  std::uint8_t kind = 0;  ///< index of the alternative of Command
  Fate fate = Fate::standing;
  Date dated;
  Period period;                 ///< into which it was posted, or that it sealed
  std::uint32_t opened = 0;      ///< account or pool
  std::uint32_t transfers = 0;   ///< how many
  std::uint64_t first = 0;       ///< the first of them
  std::uint64_t fate_entry = 0;  ///< the entry that ended it, unless standing or open
  std::uint64_t about = 0;  ///< the entry that it confirms, voids, reverses, disputes, resolves
};

inline constexpr std::int64_t certificate_wh = 1'000'000;

/// The accounts of a pool, which the book opens with it.
struct PoolAccounts {
  PoolKind kind = PoolKind::tradable;
  std::uint32_t first = 0;
  AccountId source() const { return {first}; }  ///< credited with all that was recognised
  AccountId wh(State state) const { return {first + 1 + static_cast<std::uint32_t>(state)}; }
  AccountId registry() const { return {first + 6}; }  ///< credited with all certificates
  /// In issued, sold or cancelled.
  AccountId certificates(State state) const {
    return {first + 5 + static_cast<std::uint32_t>(state)};
  }
};

class Book {
 public:
  Result<Applied> apply(const Command& command);

  std::uint64_t size() const { return log_.size(); }
  Head head() const { return log_.head(); }
  const MerkleLog& log() const { return log_; }

  std::optional<std::uint64_t> find(std::string_view key) const { return keys_.find(key); }
  std::string_view key(std::uint64_t entry) const { return keys_.key(entry); }
  const Record& record(std::uint64_t entry) const { return records_[entry]; }
  /// What the entry posted or holds pending.
  std::span<const Transfer> transfers(std::uint64_t entry) const;
  /// The disputes about an entry, in the order in which they were opened.
  std::vector<std::uint64_t> disputes(std::uint64_t entry) const;

  std::optional<AccountId> account(std::string_view code) const;
  std::optional<PoolId> pool(std::string_view code) const;
  const Balances& balances() const { return balances_; }
  const Environment& environment() const { return environment_; }
  const PoolAccounts& accounts_of(PoolId pool) const { return pools_[pool.number]; }
  /// Wh that certificates in this state (sold or cancelled) lack since energy was clawed back; what
  /// is recognised next makes them good.
  std::int64_t owed_wh(PoolId pool, State state) const;

  /// Nothing before the first seal.
  std::optional<Period> sealed() const { return sealed_; }
  Period period_for(const Date& dated) const;

 private:
  struct Taken {
    Record record;
    std::vector<Transfer> transfers;
  };
  using Answer = Result<Taken>;

  // book_postings.cpp
  Answer take(const OpenAccount& command);
  Answer take(const Post& command);
  Answer take(const Confirm& command);
  Answer take(const Void& command);
  Answer take(const Reverse& command);
  Answer take(const Seal& command);
  // book_disputes.cpp
  Answer take(const OpenDispute& command);
  Answer take(const ResolveDispute& command);
  // book_environment.cpp
  Answer take(const OpenPool& command);
  Answer take(const Recognise& command);
  Answer take(const Restate& command);
  Answer take(const ClawBack& command);

  struct Reference {
    std::string_view field;
    const std::string& key;
  };
  Result<std::uint64_t> referred(const Heading& heading, const Reference& reference) const;
  Result<std::uint64_t> open_pending(const Heading& heading, const std::string& key) const;
  Result<void> check_accounts(const Heading& heading, std::span<const Transfer> transfers) const;
  Result<void> check_reversible(const Heading& heading, std::uint64_t entry) const;
  Result<void> check_frozen(const OpenDispute& command, std::uint64_t disputed) const;
  Result<void> check_step(const Restate& command) const;
  Result<void> check_pool(const Heading& heading, PoolId pool) const;
  Result<void> check_ordinary(const Heading& heading, std::span<const Transfer> transfers) const;
  /// Posts the transfers into the period of the date, and lets go of what was pending.
  Answer post(const Heading& heading, std::vector<Transfer> transfers,
              std::span<const Transfer> released = {});
  /// Holds them pending.
  Answer hold(const Heading& heading, std::vector<Transfer> transfers);
  Result<void> make(const Heading& heading, const Change& change);
  void end(std::uint64_t entry, Fate fate);
  std::int64_t pool_wh(PoolId pool, State state) const;
  /// What of the energy carried, with `added` to each state first, makes good what is owed.
  WhByState mending(PoolId pool, const WhByState& added) const;
  void mend(PoolId pool, const WhByState& mending);

  Applied applied(Applied::Outcome outcome, Entry entry) const;

  KeyIndex keys_;
  MerkleLog log_;
  std::vector<Record> records_;
  std::vector<Transfer> transfers_;
  std::map<std::uint64_t, std::vector<std::uint64_t>> disputes_;
  Balances balances_;
  Environment environment_;
  std::vector<PoolAccounts> pools_;
  std::optional<Period> sealed_;
};

}  // namespace xiaoyuan::ledger
