// Accounts, postings, what is pending, reversals and seals.
#include <fmt/format.h>

#include "ledger/book.hpp"
#include "ledger/refusal.hpp"

namespace xiaoyuan::ledger {

namespace {

Text fate_text(const Record& record, std::string_view by) {
  switch (record.fate) {
    case Fate::standing:
      return {"stands", "有效"};
    case Fate::open:
      return {"is still open", "尚未了结"};
    case Fate::confirmed:
      return {fmt::format("was confirmed by \"{}\"", by), fmt::format("已由“{}”确认入账", by)};
    case Fate::voided:
      return {fmt::format("was voided by \"{}\"", by), fmt::format("已由“{}”作废", by)};
    case Fate::reversed:
      return {fmt::format("was reversed by \"{}\"", by), fmt::format("已由“{}”冲销", by)};
    case Fate::resolved:
      return {fmt::format("was resolved by \"{}\"", by), fmt::format("已由“{}”处理完毕", by)};
  }
  return {};
}

/// Confirmed amounts of pending transfers, those of zero left out.
Result<std::vector<Transfer>> confirmed(const Confirm& command, std::span<const Transfer> pending) {
  std::vector<Transfer> transfers(pending.begin(), pending.end());
  if (command.amounts.empty()) {
    return transfers;
  }
  if (command.amounts.size() != pending.size()) {
    return refused(command.heading, "amounts",
                   {fmt::format("expected {}, one for each pending transfer, found {}",
                                pending.size(), command.amounts.size()),
                    fmt::format("应有 {} 个金额,与待确认分录一一对应,实为 {} 个", pending.size(),
                                command.amounts.size())},
                   Fault::bad_input);
  }
  for (std::size_t i = 0; i < pending.size(); ++i) {
    transfers[i].amount = command.amounts[i];
    if (command.amounts[i] > pending[i].amount) {
      return refused(
          command.heading, fmt::format("amounts[{}]", i),
          {fmt::format("expected at most the {} that are pending, found {}", pending[i].amount,
                       command.amounts[i]),
           fmt::format("不得超过待确认的 {},实为 {}", pending[i].amount, command.amounts[i])});
    }
  }
  std::erase_if(transfers, [](const Transfer& transfer) { return transfer.amount == 0; });
  return transfers;
}

}  // namespace

Book::Answer Book::take(const OpenAccount& command) {
  Taken taken;
  taken.record.opened = balances_.open(command.account).number;
  return taken;
}

Book::Answer Book::take(const Post& command) {
  if (auto sound = check_ordinary(command.heading, command.transfers); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  if (command.stage == Stage::posted) {
    return post(command.heading, command.transfers);
  }
  return hold(command.heading, command.transfers);
}

Result<std::uint64_t> Book::open_pending(const Heading& heading, const std::string& key) const {
  TRY(const std::uint64_t entry, referred(heading, {"pending", key}));
  const Record& record = records_[entry];
  if (record.kind == kind_of<Post> && record.fate == Fate::open) {
    return entry;
  }
  if (record.kind == kind_of<OpenDispute>) {
    return refused(heading, "pending",
                   {fmt::format("\"{}\" is a dispute; resolve it", key),
                    fmt::format("“{}”是争议,请按争议处理", key)});
  }
  if (record.kind != kind_of<Post> || record.fate == Fate::standing ||
      record.fate == Fate::reversed) {
    return refused(heading, "pending",
                   {fmt::format("\"{}\" is {} and is not pending", key, kind_name(record.kind).en),
                    fmt::format("“{}”是{},并非待确认凭证", key, kind_name(record.kind).zh)});
  }
  const Text fate = fate_text(record, this->key(record.fate_entry));
  return refused(heading, "pending",
                 {fmt::format("\"{}\" {}", key, fate.en), fmt::format("“{}”{}", key, fate.zh)});
}

Book::Answer Book::take(const Confirm& command) {
  TRY(const std::uint64_t pending, open_pending(command.heading, command.pending));
  TRY(std::vector<Transfer> transfers, confirmed(command, this->transfers(pending)));
  TRY(Taken done, post(command.heading, std::move(transfers), this->transfers(pending)));
  done.record.about = pending;
  end(pending, Fate::confirmed);
  return done;
}

Book::Answer Book::take(const Void& command) {
  TRY(const std::uint64_t pending, open_pending(command.heading, command.pending));
  TRY(Taken done, post(command.heading, {}, transfers(pending)));
  done.record.about = pending;
  end(pending, Fate::voided);
  return done;
}

Result<void> Book::check_reversible(const Heading& heading, std::uint64_t entry) const {
  const Record& record = records_[entry];
  const std::string_view name = key(entry);
  if (record.kind == kind_of<Reverse>) {
    return refused(heading, "reversed",
                   {fmt::format("\"{}\" is a reversal itself; post what is right instead", name),
                    fmt::format("“{}”本身即为冲销,不得再冲;请另记正确凭证", name)});
  }
  if (record.fate == Fate::open) {
    return refused(heading, "reversed",
                   {fmt::format("\"{}\" is pending; void it", name),
                    fmt::format("“{}”尚待确认,请作废", name)});
  }
  if (record.fate != Fate::standing) {
    const Text fate = fate_text(record, key(record.fate_entry));
    return refused(heading, "reversed",
                   {fmt::format("\"{}\" {}", name, fate.en), fmt::format("“{}”{}", name, fate.zh)});
  }
  const bool ordinary = record.kind == kind_of<Post> || record.kind == kind_of<Confirm> ||
                        record.kind == kind_of<ResolveDispute>;
  if (!ordinary || record.transfers == 0) {
    return refused(heading, "reversed",
                   {fmt::format("\"{}\" is {} and posted nothing that can be reversed", name,
                                kind_name(record.kind).en),
                    fmt::format("“{}”是{},没有可冲销的分录", name, kind_name(record.kind).zh)});
  }
  for (const std::uint64_t dispute : disputes(entry)) {
    const Record& about = records_[dispute];
    const bool resolved = about.fate == Fate::resolved;
    if (!resolved || (records_[about.fate_entry].transfers > 0 &&
                      records_[about.fate_entry].fate == Fate::standing)) {
      return refused(heading, "reversed",
                     {fmt::format("\"{}\" is disputed by \"{}\", which {}", name, key(dispute),
                                  resolved ? "corrected it already" : "is open"),
                      fmt::format("“{}”有争议“{}”,{}", name, key(dispute),
                                  resolved ? "并已据此更正" : "尚未处理")});
    }
  }
  return {};
}

Book::Answer Book::take(const Reverse& command) {
  TRY(const std::uint64_t entry, referred(command.heading, {"reversed", command.reversed}));
  if (auto sound = check_reversible(command.heading, entry); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  std::vector<Transfer> back;
  for (const Transfer& transfer : transfers(entry)) {
    back.push_back({transfer.credit, transfer.debit, transfer.amount});
  }
  TRY(Taken done, post(command.heading, std::move(back)));
  done.record.about = entry;
  end(entry, Fate::reversed);
  return done;
}

Book::Answer Book::take(const Seal& command) {
  if (sealed_ && command.period != sealed_->next()) {
    const std::string next = text_of(sealed_->next());
    return refused(
        command.heading, "period",
        {fmt::format("the next period to seal is {}, found {}", next, text_of(command.period)),
         fmt::format("应依次封账:下一个是 {},实为 {}", next, text_of(command.period))});
  }
  sealed_ = command.period;
  Taken taken;
  taken.record.period = command.period;
  return taken;
}

}  // namespace xiaoyuan::ledger
