#include "ledger/book.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "ledger/refusal.hpp"

namespace xiaoyuan::ledger {

namespace {

std::string short_hex(const Digest& digest) { return hex(digest).substr(0, 12); }

/// Names both: what holds the key, and what wants it.
Text key_conflict(const Entry& wanted, const Command& command, const Record& holder,
                  const Entry& held) {
  const Text was = kind_name(holder.kind);
  const Text is = kind_name(command.index());
  const std::string dated = xiaoyuan::text_of(heading_of(command).dated);
  return {fmt::format("the key was taken with other content: entry {} is {} of {} with hash {}…, "
                      "this is {} of {} with hash {}…",
                      held.number, was.en, xiaoyuan::text_of(holder.dated), short_hex(held.hash),
                      is.en, dated, short_hex(wanted.hash)),
          fmt::format("该键已用于其他内容:第 {} 条为{}({},摘要 {}…),本次为{}({},摘要 {}…)",
                      held.number, was.zh, xiaoyuan::text_of(holder.dated), short_hex(held.hash),
                      is.zh, dated, short_hex(wanted.hash))};
}

}  // namespace

Applied Book::applied(Applied::Outcome outcome, Entry entry) const {
  const Record& record = records_[entry.number];
  Applied applied{.outcome = outcome,
                  .entry = std::move(entry),
                  .period = record.period,
                  .account = {},
                  .pool = {}};
  applied.account.number = record.opened;
  applied.pool.number = record.opened;
  return applied;
}

Result<Applied> Book::apply(const Command& command) {
  Errors wrong = errors_of_form(command);
  if (!wrong.empty()) {
    return std::unexpected(std::move(wrong));
  }
  const Heading& heading = heading_of(command);
  Entry entry{.number = size(), .key = heading.key, .bytes = bytes_of(command), .hash = {}};
  entry.hash = hash_of_entry(entry.bytes);
  if (const auto earlier = keys_.find(heading.key)) {
    if (log_.entry_hash(*earlier) != entry.hash) {
      const Entry held{*earlier, heading.key, {}, log_.entry_hash(*earlier)};
      return refused(heading, "key", key_conflict(entry, command, records_[*earlier], held),
                     Fault::conflict);
    }
    entry.number = *earlier;
    return applied(Applied::Outcome::repeated, std::move(entry));
  }
  TRY(Taken taken, std::visit([this](const auto& kind) { return take(kind); }, command));
  taken.record.kind = static_cast<std::uint8_t>(command.index());
  taken.record.dated = heading.dated;
  taken.record.first = transfers_.size();
  taken.record.transfers = static_cast<std::uint32_t>(taken.transfers.size());
  transfers_.insert(transfers_.end(), taken.transfers.begin(), taken.transfers.end());
  records_.push_back(taken.record);
  keys_.add(heading.key);
  log_.append(entry.hash);
  return applied(Applied::Outcome::taken, std::move(entry));
}

std::span<const Transfer> Book::transfers(std::uint64_t entry) const {
  const Record& record = records_[entry];
  return std::span(transfers_).subspan(record.first, record.transfers);
}

std::vector<std::uint64_t> Book::disputes(std::uint64_t entry) const {
  const auto found = disputes_.find(entry);
  return found == disputes_.end() ? std::vector<std::uint64_t>{} : found->second;
}

std::optional<AccountId> Book::account(std::string_view code) const {
  const auto entry = keys_.find(code);
  if (!entry || records_[*entry].kind != kind_of<OpenAccount>) {
    return std::nullopt;
  }
  return AccountId{records_[*entry].opened};
}

std::optional<PoolId> Book::pool(std::string_view code) const {
  const auto entry = keys_.find(code);
  if (!entry || records_[*entry].kind != kind_of<OpenPool>) {
    return std::nullopt;
  }
  return PoolId{records_[*entry].opened};
}

Period Book::period_for(const Date& dated) const {
  const Period own = Period::of(dated);
  return sealed_ && own <= *sealed_ ? sealed_->next() : own;
}

Result<std::uint64_t> Book::referred(const Heading& heading, const Reference& reference) const {
  const auto entry = keys_.find(reference.key);
  if (entry) {
    return *entry;
  }
  return refused(heading, reference.field,
                 {fmt::format("no entry has the key \"{}\"", reference.key),
                  fmt::format("没有键为“{}”的账目", reference.key)},
                 Fault::not_found);
}

Result<void> Book::check_accounts(const Heading& heading,
                                  std::span<const Transfer> transfers) const {
  Errors errors;
  for (std::size_t i = 0; i < transfers.size() && errors.size() < 20; ++i) {
    const Transfer& transfer = transfers[i];
    const auto wrong = [&](std::string_view field, Text what, Fault fault) {
      errors.push_back(
          refusal(heading, fmt::format("transfers[{}]{}", i, field), std::move(what), fault));
    };
    const std::uint32_t largest = std::max(transfer.debit.number, transfer.credit.number);
    if (largest >= balances_.size()) {
      wrong(transfer.debit.number == largest ? ".debit" : ".credit",
            {fmt::format("there is no account {}; the book has {}", largest, balances_.size()),
             fmt::format("没有 {} 号账户;账本现有 {} 个账户", largest, balances_.size())},
            Fault::not_found);
      continue;
    }
    const Account& debit = balances_.account(transfer.debit);
    const Account& credit = balances_.account(transfer.credit);
    if (debit.unit != credit.unit) {
      wrong("",
            {fmt::format("moves from {} to {}: both accounts must have one unit",
                         name_of(debit.unit).en, name_of(credit.unit).en),
             fmt::format("借方单位为{},贷方单位为{},二者应一致", name_of(debit.unit).zh,
                         name_of(credit.unit).zh)},
            Fault::bad_input);
    }
    if (debit.kind == AccountKind::environment || credit.kind == AccountKind::environment) {
      wrong("",
            {"environmental accounts move only with their energy: recognise, restate or claw back",
             "环境权益账户只能随电量变动:请用确认、状态变更或核减"},
            Fault::impossible);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

Result<void> Book::check_ordinary(const Heading& heading,
                                  std::span<const Transfer> transfers) const {
  if (auto sound = check_accounts(heading, transfers); !sound) {
    return sound;
  }
  for (std::size_t i = 0; i < transfers.size(); ++i) {
    if (balances_.account(transfers[i].debit).kind == AccountKind::dispute ||
        balances_.account(transfers[i].credit).kind == AccountKind::dispute) {
      return refused(heading, fmt::format("transfers[{}]", i),
                     {"dispute accounts move only with a dispute: open one or resolve it",
                      "争议账户只能随争议变动:请提出或处理争议"});
    }
  }
  return {};
}

Result<void> Book::make(const Heading& heading, const Change& change) {
  const std::optional<Refused> why = balances_.apply(change);
  if (!why) {
    return {};
  }
  const Account& account = balances_.account(why->account);
  if (why->why == Refused::Why::too_large) {
    return refused(
        heading, "transfers",
        {fmt::format("account {} ({}) would hold a sum larger than 64 bits", why->account.number,
                     account.name.en),
         fmt::format("{} 号账户({})累计数将超出 64 位整数", why->account.number, account.name.zh)});
  }
  const Text excess = amount_text(why->excess, account.unit);
  const bool debits = account.limit == Limit::debits_within_credits;
  return refused(
      heading, "transfers",
      {fmt::format("{} of account {} ({}) would exceed its {} by {}", debits ? "debits" : "credits",
                   why->account.number, account.name.en, debits ? "credits" : "debits", excess.en),
       fmt::format("{} 号账户({})的{}将超过{} {}", why->account.number, account.name.zh,
                   debits ? "借方" : "贷方", debits ? "贷方" : "借方", excess.zh)});
}

Book::Answer Book::post(const Heading& heading, std::vector<Transfer> transfers,
                        std::span<const Transfer> released) {
  Taken taken{{}, std::move(transfers)};
  if (!taken.transfers.empty()) {
    taken.record.period = period_for(heading.dated);
  }
  if (auto made = make(heading, {.released = released,
                                 .held = {},
                                 .posted = taken.transfers,
                                 .period = taken.record.period});
      !made) {
    return std::unexpected(std::move(made.error()));
  }
  return taken;
}

Book::Answer Book::hold(const Heading& heading, std::vector<Transfer> transfers) {
  Taken taken{{}, std::move(transfers)};
  taken.record.fate = Fate::open;
  if (auto made =
          make(heading, {.released = {}, .held = taken.transfers, .posted = {}, .period = {}});
      !made) {
    return std::unexpected(std::move(made.error()));
  }
  return taken;
}

void Book::end(std::uint64_t entry, Fate fate) {
  records_[entry].fate = fate;
  records_[entry].fate_entry = size();
}

}  // namespace xiaoyuan::ledger
