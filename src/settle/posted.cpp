#include "settle/posted.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::settle {

void Net::add(ledger::AccountId debit, ledger::AccountId credit, std::int64_t amount) {
  if (amount == 0 || debit == credit) {
    return;
  }
  const bool turned = credit < debit;
  const auto place =
      pairs_.try_emplace(turned ? std::pair{credit, debit} : std::pair{debit, credit});
  place.first->second += turned ? -amount : amount;
  if (place.first->second == 0) {
    pairs_.erase(place.first);
  }
}

void Net::add(const Net& other, std::int64_t times) {
  for (const auto& [pair, amount] : other.pairs_) {
    add(pair.first, pair.second, amount * times);
  }
}

bool Net::is_zero() const { return pairs_.empty(); }

std::vector<ledger::Transfer> Net::transfers() const {
  std::vector<ledger::Transfer> transfers;
  for (const auto& [pair, amount] : pairs_) {
    transfers.push_back(amount > 0 ? ledger::Transfer{pair.first, pair.second, amount}
                                   : ledger::Transfer{pair.second, pair.first, -amount});
  }
  return transfers;
}

bool operator==(const Net& a, const Net& b) { return a.pairs_ == b.pairs_; }

std::string group_key(ledger::Period month, std::string_view group, int number) {
  return fmt::format("{}/{}/{}", ledger::text_of(month), group, number);
}

int entries_of(const BookView& view, ledger::Period month, std::string_view group) {
  int entries = 0;
  while (true) {
    const auto entry = view.book->find(group_key(month, group, entries + 1));
    if (!entry || *entry >= view.size) {
      return entries;
    }
    ++entries;
  }
}

PostedBefore posted_before(const BookView& view, ledger::Period month, const std::string& group) {
  const ledger::Book& book = *view.book;
  PostedBefore before;
  before.revisions = entries_of(view, month, group);
  const auto add = [&](Net& net, std::uint64_t entry) {
    for (const ledger::Transfer& transfer : book.transfers(entry)) {
      net.add(transfer.debit, transfer.credit, transfer.amount);
    }
  };
  const auto has_ended = [&](std::uint64_t entry, ledger::Fate fate) {
    const ledger::Record& record = book.record(entry);
    return record.fate == fate && record.fate_entry < view.size;
  };
  for (int number = 1; number <= before.revisions; ++number) {
    const std::uint64_t entry = *book.find(group_key(month, group, number));
    if (has_ended(entry, ledger::Fate::reversed)) {
      continue;
    }
    add(before.by_runs, entry);
    for (const std::uint64_t dispute : book.disputes(entry)) {
      if (dispute < view.size && has_ended(dispute, ledger::Fate::resolved)) {
        add(before.by_disputes, book.record(dispute).fate_entry);
      }
    }
  }
  return before;
}

std::vector<ledger::Transfer> difference(const Net& wanted, const PostedBefore& before) {
  Net left = wanted;
  left.add(before.by_runs, -1);
  if (left.is_zero()) {
    return {};
  }
  left.add(before.by_disputes, -1);
  return left.transfers();
}

std::string stretch_name(std::string_view household, ledger::PoolKind kind) {
  return fmt::format("{}/{}", household,
                     kind == ledger::PoolKind::tradable ? "exported" : "self_used");
}

std::map<ledger::PoolId, HeldWh> standing_stretch(const ledger::Book& book, const std::string& name,
                                                  Instant month_begin) {
  std::map<ledger::PoolId, HeldWh> standing;
  for (const ledger::Environment::Piece& piece : book.environment().pieces(name)) {
    if (piece.stretch.begin != month_begin) {
      continue;
    }
    const HeldWh here{piece.stretch.from_wh, piece.stretch.to_wh};
    HeldWh& held = standing.try_emplace(piece.pool, here).first->second;
    held.from_wh = std::min(held.from_wh, here.from_wh);
    held.to_wh = std::max(held.to_wh, here.to_wh);
  }
  return standing;
}

}  // namespace xiaoyuan::settle
