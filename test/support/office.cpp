#include "support/office.hpp"

#include "support/plain_book.hpp"

namespace xiaoyuan::ledger::test {

namespace {

constexpr std::int64_t block = PlainBook::block_wh;

}  // namespace

Office::Office(std::uint64_t seed) : random_(seed) {}

std::uint64_t Office::below(std::uint64_t n) {
  return static_cast<std::uint64_t>(random_.uniform() * static_cast<double>(n));
}

Heading Office::heading(const std::string& word) {
  const int month = month_ - static_cast<int>(below(4)) + 1;  // often late, sometimes early
  return {word + "/" + std::to_string(count_++),
          std::chrono::year(month / 12) / (month % 12 + 1) / static_cast<int>(1 + below(28)), ""};
}

AccountId Office::account() {
  return chance(2) ? AccountId{static_cast<std::uint32_t>(below(accounts_ + 3))}
                   : plain_[below(plain_.size())];
}

std::int64_t Office::amount() {
  if (chance(1)) {
    return static_cast<std::int64_t>(below(3)) - 1;
  }
  if (chance(1)) {  // too large sooner or later
    return std::int64_t{1} << (58 + below(5));
  }
  return 1 + static_cast<std::int64_t>(below(1000));
}

std::vector<Transfer> Office::transfers(std::uint64_t most) {
  std::vector<Transfer> transfers(1 + below(most));
  for (Transfer& transfer : transfers) {
    transfer = {account(), account(), amount()};
    for (int i = 0; i < 8 && (transfer.debit == transfer.credit ||
                              (transfer.credit.number < units_.size() &&
                               transfer.debit.number < units_.size() &&
                               units_[transfer.debit.number] != units_[transfer.credit.number]));
         ++i) {
      transfer.credit = account();
    }
  }
  return transfers;
}

const std::string& Office::any(const std::vector<std::string>& keys) {
  static const std::string nobody = "nobody";
  if (keys.empty() || chance(3)) {
    return nobody;
  }
  const std::uint64_t recent = chance(70) ? std::min<std::uint64_t>(keys.size(), 12) : keys.size();
  return keys[keys.size() - 1 - below(recent)];
}

Stretch Office::stretch() {
  static const std::vector<std::string> meters{"pv-h002", "pv-h001", "pv-h010"};
  const std::int64_t length = chance(97) ? 86'400 : 3'600;
  const std::int64_t begin = 1'790'000'000 + static_cast<std::int64_t>(below(12)) * 86'400;
  const std::int64_t from = static_cast<std::int64_t>(below(40));
  const std::int64_t to = from + 1 + static_cast<std::int64_t>(below(chance(50) ? 30 : 3));
  return {meters[below(meters.size())], Instant(std::chrono::seconds(begin)),
          Instant(std::chrono::seconds(begin + length)), from * block, to * block};
}

Command Office::money() {
  if (plain_.size() < 12 || chance(1)) {
    static const std::vector<AccountKind> kinds{AccountKind::ordinary,    AccountKind::ordinary,
                                                AccountKind::ordinary,    AccountKind::rounding,
                                                AccountKind::unaccounted, AccountKind::dispute};
    Account account{
        "owner", {"n", "n"}, static_cast<Unit>(count_ % 2), kinds[count_ % 6], Limit::none};
    if (account.kind == AccountKind::ordinary) {
      account.limit = chance(50) ? Limit::none : static_cast<Limit>(below(3));
    }
    (account.kind == AccountKind::dispute ? frozen_ : plain_).push_back({accounts_++});
    units_.push_back(account.unit);
    return OpenAccount{heading("account"), account};
  }
  const Stage stage = chance(30) ? Stage::pending : Stage::posted;
  Post post{heading("post"), stage, transfers(5)};
  (stage == Stage::pending ? pendings_ : postings_).push_back(post.heading.key);
  if (stage == Stage::posted) {
    posted_.push_back(post.transfers);
  }
  return post;
}

Command Office::freeze() {
  OpenDispute dispute{heading("dispute"), "nobody", {}};
  if (!postings_.empty() && !frozen_.empty()) {
    const std::uint64_t i =
        postings_.size() - 1 - below(std::min<std::uint64_t>(postings_.size(), 20));
    dispute.disputed = postings_[i];
    for (const Transfer& transfer : posted_[i]) {
      const AccountId pot = frozen_[below(frozen_.size())];
      const std::int64_t part =
          std::max<std::int64_t>(1, transfer.amount / (1 + static_cast<std::int64_t>(below(3))));
      dispute.transfers.push_back(chance(50) ? Transfer{transfer.credit, pot, part}
                                             : Transfer{pot, transfer.debit, part});
      if (chance(50)) {
        break;
      }
    }
  }
  disputes_.push_back(dispute.heading.key);
  return dispute;
}

Command Office::trail() {
  switch (below(8)) {
    case 0:
    case 1: {
      Confirm confirm{heading("confirm"), any(pendings_), {}};
      for (std::uint64_t i = chance(50) ? 1 + below(4) : 0; i > 0; --i) {
        confirm.amounts.push_back(static_cast<std::int64_t>(below(600)));
      }
      postings_.push_back(confirm.heading.key);
      posted_.push_back(transfers(2));
      return confirm;
    }
    case 2:
      return Void{heading("void"), any(pendings_)};
    case 3:
    case 4:
      return Reverse{heading("reverse"), any(chance(95) ? postings_ : pendings_)};
    case 5:
    case 6:
      return freeze();
    default: {
      ResolveDispute resolve{heading("resolve"), any(disputes_), {}};
      if (chance(60)) {
        resolve.transfers = transfers(2);
      }
      postings_.push_back(resolve.heading.key);
      posted_.push_back(resolve.transfers);
      return resolve;
    }
  }
}

Command Office::green() {
  if (pools_ < 3) {
    const PoolKind kind = pools_ == 1 ? PoolKind::non_tradable : PoolKind::tradable;
    ++pools_;
    accounts_ += 10;
    for (int i = 0; i < 10; ++i) {
      units_.push_back(i < 6 ? Unit::wh : Unit::certificate);
    }
    return OpenPool{heading("pool"), "owner", {"n", "n"}, kind};
  }
  const PoolId pool{static_cast<std::uint32_t>(chance(98) ? below(2) : below(5))};
  switch (below(5)) {
    case 0:
    case 1:
      return Recognise{heading("recognise"), pool, stretch()};
    case 2:
      return ClawBack{heading("claw"), pool, stretch()};
    default: {
      static const std::vector<std::pair<State, State>> steps{
          {State::carried, State::issued},  {State::carried, State::issued},
          {State::issued, State::sold},     {State::issued, State::cancelled},
          {State::carried, State::claimed}, {State::claimed, State::carried},
          {State::sold, State::issued}};
      const auto [from, to] =
          chance(96) ? steps[below(steps.size())]
                     : std::pair{static_cast<State>(below(5)), static_cast<State>(below(5))};
      const bool whole = to != State::claimed && from != State::claimed;
      const std::int64_t blocks = whole && chance(95)
                                      ? 40 * (1 + static_cast<std::int64_t>(below(2)))
                                      : 1 + static_cast<std::int64_t>(below(20));
      return Restate{heading("restate"), pool, from, to, blocks * block};
    }
  }
}

Command Office::fresh() {
  if (plain_.size() < 12) {
    return money();
  }
  if (chance(1) && chance(30)) {
    return Seal{heading("seal"), {chance(90) ? month_++ : month_ + 2}};
  }
  const std::uint64_t kind = below(10);
  return kind < 4 ? money() : kind < 7 ? trail() : green();
}

/// Another content under the same key.
Command Office::changed(Command command) {
  std::visit([](auto& kind) { kind.heading.memo += "!"; }, command);
  return command;
}

Command Office::next() {
  if (!sent_.empty() && chance(8)) {
    const Command& again = sent_[below(sent_.size())];
    return chance(60) ? again : changed(again);
  }
  if (!delayed_.empty() && chance(10)) {
    Command late = delayed_.front();
    delayed_.pop_front();
    return late;
  }
  Command command = fresh();
  const bool numbered = std::holds_alternative<OpenAccount>(command) ||
                        std::holds_alternative<OpenPool>(command) ||
                        std::holds_alternative<Seal>(command);
  if (!numbered && chance(5)) {
    delayed_.push_back(command);
    command = fresh();
  }
  sent_.push_back(command);
  return command;
}

}  // namespace xiaoyuan::ledger::test
