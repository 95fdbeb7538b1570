// Disputes: only what is disputed is frozen, and the trail stays.
#include <fmt/format.h>

#include "ledger/book.hpp"
#include "ledger/refusal.hpp"

namespace xiaoyuan::ledger {

namespace {

enum class Side : std::uint8_t { debit, credit };

/// What may still be frozen, by account and by the side on which the posting moved it.
class Room {
 public:
  void add(std::span<const Transfer> posted) {
    for (const Transfer& transfer : posted) {
      room_[{transfer.debit, Side::debit}] += transfer.amount;
      room_[{transfer.credit, Side::credit}] += transfer.amount;
    }
  }
  /// False when there is less. A debit freezes what was credited, a credit what was debited.
  bool take(AccountId account, Side frozen, std::int64_t amount) {
    std::int64_t& left = room_[{account, frozen == Side::debit ? Side::credit : Side::debit}];
    if (amount > left) {
      return false;
    }
    left -= amount;
    return true;
  }
  std::int64_t left(AccountId account, Side frozen) const {
    const auto found = room_.find({account, frozen == Side::debit ? Side::credit : Side::debit});
    return found == room_.end() ? 0 : found->second;
  }

 private:
  std::map<std::pair<AccountId, Side>, std::int64_t> room_;
};

}  // namespace

Result<void> Book::check_frozen(const OpenDispute& command, std::uint64_t disputed) const {
  Room room;
  room.add(transfers(disputed));
  const auto is_dispute = [this](AccountId id) {
    return balances_.account(id).kind == AccountKind::dispute;
  };
  for (const std::uint64_t dispute : disputes(disputed)) {
    if (records_[dispute].fate == Fate::open) {
      for (const Transfer& transfer : transfers(dispute)) {
        const bool debit = is_dispute(transfer.credit);
        room.take(debit ? transfer.debit : transfer.credit, debit ? Side::debit : Side::credit,
                  transfer.amount);
      }
    }
  }
  for (std::size_t i = 0; i < command.transfers.size(); ++i) {
    const Transfer& transfer = command.transfers[i];
    const std::string field = fmt::format("transfers[{}]", i);
    if (is_dispute(transfer.debit) == is_dispute(transfer.credit)) {
      return refused(command.heading, field,
                     {"expected one side to be a dispute account, and one only",
                      "借贷双方应有且仅有一方为争议账户"});
    }
    const Side side = is_dispute(transfer.credit) ? Side::debit : Side::credit;
    const AccountId account = side == Side::debit ? transfer.debit : transfer.credit;
    if (!room.take(account, side, transfer.amount)) {
      const Text left = amount_text(room.left(account, side), balances_.account(account).unit);
      return refused(
          command.heading, field,
          {fmt::format("of account {} ({}) only {} of \"{}\" can be frozen on the {} side",
                       account.number, balances_.account(account).name.en, left.en,
                       command.disputed, side == Side::debit ? "debit" : "credit"),
           fmt::format("{} 号账户({})在“{}”中{}方可冻结的只有 {}", account.number,
                       balances_.account(account).name.zh, command.disputed,
                       side == Side::debit ? "借" : "贷", left.zh)});
    }
  }
  return {};
}

Book::Answer Book::take(const OpenDispute& command) {
  const Heading& heading = command.heading;
  TRY(const std::uint64_t disputed, referred(heading, {"disputed", command.disputed}));
  const Record& record = records_[disputed];
  const bool ordinary = record.kind == kind_of<Post> || record.kind == kind_of<Confirm> ||
                        record.kind == kind_of<Reverse> || record.kind == kind_of<ResolveDispute>;
  if (!ordinary || record.fate != Fate::standing || record.transfers == 0) {
    return refused(
        heading, "disputed",
        {fmt::format("\"{}\" is {} that stands for nothing: only what was posted and "
                     "not reversed can be disputed",
                     command.disputed, kind_name(record.kind).en),
         fmt::format("“{}”是{},没有有效的已入账分录;只有已入账且未冲销的凭证可以提出争议",
                     command.disputed, kind_name(record.kind).zh)});
  }
  if (auto sound = check_accounts(heading, command.transfers); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  if (auto sound = check_frozen(command, disputed); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  TRY(Taken done, hold(heading, command.transfers));
  done.record.about = disputed;
  disputes_[disputed].push_back(size());
  return done;
}

Book::Answer Book::take(const ResolveDispute& command) {
  const Heading& heading = command.heading;
  TRY(const std::uint64_t dispute, referred(heading, {"dispute", command.dispute}));
  const Record& record = records_[dispute];
  if (record.kind != kind_of<OpenDispute>) {
    return refused(
        heading, "dispute",
        {fmt::format("\"{}\" is {} and not a dispute", command.dispute, kind_name(record.kind).en),
         fmt::format("“{}”是{},并非争议", command.dispute, kind_name(record.kind).zh)});
  }
  if (record.fate != Fate::open) {
    return refused(
        heading, "dispute",
        {fmt::format("\"{}\" was resolved by \"{}\"", command.dispute, key(record.fate_entry)),
         fmt::format("“{}”已由“{}”处理完毕", command.dispute, key(record.fate_entry))});
  }
  if (auto sound = check_ordinary(heading, command.transfers); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  TRY(Taken done, post(heading, command.transfers, transfers(dispute)));
  done.record.about = dispute;
  end(dispute, Fate::resolved);
  return done;
}

}  // namespace xiaoyuan::ledger
