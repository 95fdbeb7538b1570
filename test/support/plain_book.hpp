// A slow and obvious book: every transfer in one list, every balance a sum over it, every Wh in a
// block of its own. The oracle of the simulator; it shares no code with the book but the words of
// its commands.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/command.hpp"

namespace xiaoyuan::ledger::test {

__extension__ typedef __int128 Huge;

enum class Verdict { taken, repeated, conflict, refused };

struct PlainBalance {
  Huge debits = 0, credits = 0, debits_pending = 0, credits_pending = 0;
};

class PlainBook {
 public:
  static constexpr std::int64_t block_wh = 25'000;
  static constexpr std::int64_t blocks_per_certificate = 40;

  Verdict apply(const Command& command);

  std::size_t accounts() const { return accounts_.size(); }
  const Account& account(std::size_t id) const { return accounts_[id]; }
  /// By account; those of pools are left zero.
  std::vector<PlainBalance> balances() const { return balances_of(lines_); }
  PlainBalance turnover(std::uint32_t account, int month) const;
  int month_for(const Date& dated) const;
  std::size_t size() const { return log_.size(); }

  struct Block {
    std::string meter;
    std::int64_t begin = 0, end = 0, index = 0;
    std::uint32_t pool = 0;
    State state = State::carried;
  };
  const std::vector<Block>& blocks() const { return blocks_; }
  struct Pool {
    PoolKind kind = PoolKind::tradable;
    std::size_t first_account = 0;
    std::map<State, std::int64_t> certificates;
  };
  const std::vector<Pool>& pools() const { return pools_; }
  std::int64_t count(std::uint32_t pool, State state) const;

 private:
  enum class Phase { posted, pending, gone };
  struct Line {
    std::size_t entry = 0;
    Transfer transfer;
    Phase phase = Phase::posted;
    int month = 0;
  };
  std::vector<PlainBalance> balances_of(const std::vector<Line>& lines) const;
  bool fits(const std::vector<Line>& lines) const;
  bool is_sound(const std::vector<Transfer>& transfers, bool with_dispute) const;
  bool adopt(std::vector<Line> lines);
  void add(std::vector<Line>& lines, const std::vector<Transfer>& transfers, Phase phase,
           const Date& dated) const;
  static void drop(std::vector<Line>& lines, std::size_t entry);
  std::vector<Transfer> moved_by(std::size_t entry, Phase phase) const;
  std::optional<std::size_t> find(const std::string& key) const;
  bool is_over(std::size_t entry) const { return over_.contains(entry); }

  bool take(const OpenAccount& command);
  bool take(const Post& command);
  bool take(const Confirm& command);
  bool take(const Void& command);
  bool take(const Reverse& command);
  bool take(const Seal& command);
  bool take(const OpenDispute& command);
  bool take(const ResolveDispute& command);
  bool take(const OpenPool& command);
  bool take(const Recognise& command);
  bool take(const Restate& command);
  bool take(const ClawBack& command);
  std::vector<Block*> in_order(std::uint32_t pool, State state);
  void make_good(std::uint32_t pool);

  std::vector<Command> log_;
  std::map<std::string, std::size_t> keys_;
  std::vector<Account> accounts_;
  std::vector<Line> lines_;
  std::map<std::size_t, std::size_t> over_;  // confirmed, voided, reversed or resolved by
  std::optional<int> sealed_;
  std::vector<Block> blocks_;
  std::vector<Pool> pools_;
};

}  // namespace xiaoyuan::ledger::test
