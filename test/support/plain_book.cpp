#include "support/plain_book.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace xiaoyuan::ledger::test {

namespace {

const std::string& key_of(const Command& command) {
  return std::visit([](const auto& kind) -> const std::string& { return kind.heading.key; },
                    command);
}

template <class Kind>
const Kind* as(const Command& command) {
  return std::get_if<Kind>(&command);
}

int month_of(const Date& date) {
  return static_cast<int>(date.year()) * 12 +
         static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

}  // namespace

Verdict PlainBook::apply(const Command& command) {
  if (const auto earlier = find(key_of(command))) {
    return log_[*earlier] == command ? Verdict::repeated : Verdict::conflict;
  }
  if (!std::visit([this](const auto& kind) { return take(kind); }, command)) {
    return Verdict::refused;
  }
  keys_[key_of(command)] = log_.size();
  log_.push_back(command);
  return Verdict::taken;
}

std::optional<std::size_t> PlainBook::find(const std::string& key) const {
  const auto found = keys_.find(key);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<PlainBalance> PlainBook::balances_of(const std::vector<Line>& lines) const {
  std::vector<PlainBalance> balances(accounts_.size());
  for (const Line& line : lines) {
    if (line.phase == Phase::posted) {
      balances[line.transfer.debit.number].debits += line.transfer.amount;
      balances[line.transfer.credit.number].credits += line.transfer.amount;
    } else if (line.phase == Phase::pending) {
      balances[line.transfer.debit.number].debits_pending += line.transfer.amount;
      balances[line.transfer.credit.number].credits_pending += line.transfer.amount;
    }
  }
  return balances;
}

bool PlainBook::fits(const std::vector<Line>& lines) const {
  constexpr Huge most = std::numeric_limits<std::int64_t>::max();
  const std::vector<PlainBalance> balances = balances_of(lines);
  for (std::size_t i = 0; i < balances.size(); ++i) {
    const PlainBalance& b = balances[i];
    if (b.debits + b.debits_pending > most || b.credits + b.credits_pending > most) {
      return false;
    }
    const Limit limit = accounts_[i].limit;
    if ((limit == Limit::debits_within_credits && b.debits + b.debits_pending > b.credits) ||
        (limit == Limit::credits_within_debits && b.credits + b.credits_pending > b.debits)) {
      return false;
    }
  }
  return true;
}

bool PlainBook::is_sound(const std::vector<Transfer>& transfers, bool with_dispute) const {
  return std::ranges::all_of(transfers, [&](const Transfer& t) {
    if (t.amount <= 0 || t.debit == t.credit || t.debit.number >= accounts_.size() ||
        t.credit.number >= accounts_.size()) {
      return false;
    }
    const Account& debit = accounts_[t.debit.number];
    const Account& credit = accounts_[t.credit.number];
    const bool green =
        debit.kind == AccountKind::environment || credit.kind == AccountKind::environment;
    const bool first = debit.kind == AccountKind::dispute;
    const bool second = credit.kind == AccountKind::dispute;
    return debit.unit == credit.unit && !green &&
           (with_dispute ? first != second : !first && !second);
  });
}

bool PlainBook::adopt(std::vector<Line> lines) {
  if (!fits(lines)) {
    return false;
  }
  lines_ = std::move(lines);
  return true;
}

int PlainBook::month_for(const Date& dated) const {
  return sealed_ ? std::max(month_of(dated), *sealed_ + 1) : month_of(dated);
}

void PlainBook::add(std::vector<Line>& lines, const std::vector<Transfer>& transfers, Phase phase,
                    const Date& dated) const {
  for (const Transfer& transfer : transfers) {
    lines.push_back({log_.size(), transfer, phase, month_for(dated)});
  }
}

void PlainBook::drop(std::vector<Line>& lines, std::size_t entry) {
  for (Line& line : lines) {
    if (line.entry == entry && line.phase == Phase::pending) {
      line.phase = Phase::gone;
    }
  }
}

std::vector<Transfer> PlainBook::moved_by(std::size_t entry, Phase phase) const {
  std::vector<Transfer> transfers;
  for (const Line& line : lines_) {
    if (line.entry == entry && line.phase == phase) {
      transfers.push_back(line.transfer);
    }
  }
  return transfers;
}

PlainBalance PlainBook::turnover(std::uint32_t account, int month) const {
  PlainBalance sum;
  for (const Line& line : lines_) {
    if (line.phase == Phase::posted && line.month == month) {
      sum.debits += line.transfer.debit.number == account ? line.transfer.amount : 0;
      sum.credits += line.transfer.credit.number == account ? line.transfer.amount : 0;
    }
  }
  return sum;
}

bool PlainBook::take(const OpenAccount& command) {
  if (command.account.kind == AccountKind::environment ||
      (command.account.kind != AccountKind::ordinary && command.account.limit != Limit::none)) {
    return false;
  }
  accounts_.push_back(command.account);
  return true;
}

bool PlainBook::take(const Post& command) {
  if (command.transfers.empty() || !is_sound(command.transfers, false)) {
    return false;
  }
  std::vector<Line> lines = lines_;
  add(lines, command.transfers, command.stage == Stage::pending ? Phase::pending : Phase::posted,
      command.heading.dated);
  return adopt(std::move(lines));
}

bool PlainBook::take(const Confirm& command) {
  const auto pending = find(command.pending);
  const Post* post = pending ? as<Post>(log_[*pending]) : nullptr;
  if (post == nullptr || post->stage != Stage::pending || is_over(*pending)) {
    return false;
  }
  std::vector<Transfer> transfers = post->transfers;
  if (!command.amounts.empty()) {
    if (command.amounts.size() != transfers.size()) {
      return false;
    }
    std::vector<Transfer> some;
    for (std::size_t i = 0; i < transfers.size(); ++i) {
      if (command.amounts[i] < 0 || command.amounts[i] > transfers[i].amount) {
        return false;
      }
      if (command.amounts[i] > 0) {
        some.push_back({transfers[i].debit, transfers[i].credit, command.amounts[i]});
      }
    }
    if (some.empty()) {
      return false;
    }
    transfers = some;
  }
  std::vector<Line> lines = lines_;
  drop(lines, *pending);
  add(lines, transfers, Phase::posted, command.heading.dated);
  if (!adopt(std::move(lines))) {
    return false;
  }
  over_[*pending] = log_.size();
  return true;
}

bool PlainBook::take(const Void& command) {
  const auto pending = find(command.pending);
  const Post* post = pending ? as<Post>(log_[*pending]) : nullptr;
  if (post == nullptr || post->stage != Stage::pending || is_over(*pending)) {
    return false;
  }
  drop(lines_, *pending);
  over_[*pending] = log_.size();
  return true;
}

bool PlainBook::take(const Reverse& command) {
  const auto entry = find(command.reversed);
  if (!entry || is_over(*entry)) {
    return false;
  }
  const Command& what = log_[*entry];
  if (as<Post>(what) == nullptr && as<Confirm>(what) == nullptr &&
      as<ResolveDispute>(what) == nullptr) {
    return false;
  }
  for (std::size_t i = 0; i < log_.size(); ++i) {
    const OpenDispute* dispute = as<OpenDispute>(log_[i]);
    if (dispute != nullptr && dispute->disputed == command.reversed) {
      if (!is_over(i)) {
        return false;
      }
      const std::size_t resolution = over_.at(i);
      if (!as<ResolveDispute>(log_[resolution])->transfers.empty() && !is_over(resolution)) {
        return false;
      }
    }
  }
  std::vector<Transfer> back;
  for (const Transfer& transfer : moved_by(*entry, Phase::posted)) {
    back.push_back({transfer.credit, transfer.debit, transfer.amount});
  }
  std::vector<Line> lines = lines_;
  add(lines, back, Phase::posted, command.heading.dated);
  if (back.empty() || !adopt(std::move(lines))) {
    return false;
  }
  over_[*entry] = log_.size();
  return true;
}

bool PlainBook::take(const Seal& command) {
  if (sealed_ && command.period.month != *sealed_ + 1) {
    return false;
  }
  sealed_ = command.period.month;
  return true;
}

bool PlainBook::take(const OpenDispute& command) {
  const auto entry = find(command.disputed);
  if (!entry || is_over(*entry) || command.transfers.empty() ||
      !is_sound(command.transfers, true)) {
    return false;
  }
  const Command& what = log_[*entry];
  if (as<Post>(what) == nullptr && as<Confirm>(what) == nullptr && as<Reverse>(what) == nullptr &&
      as<ResolveDispute>(what) == nullptr) {
    return false;
  }
  // Frozen on each side of each account, earlier disputes with it, within what was moved.
  std::vector<Transfer> frozen = command.transfers;
  for (std::size_t i = 0; i < log_.size(); ++i) {
    const OpenDispute* other = as<OpenDispute>(log_[i]);
    if (other != nullptr && other->disputed == command.disputed && !is_over(i)) {
      frozen.insert(frozen.end(), other->transfers.begin(), other->transfers.end());
    }
  }
  const std::vector<Transfer> moved = moved_by(*entry, Phase::posted);
  for (std::uint32_t id = 0; id < accounts_.size(); ++id) {
    if (accounts_[id].kind == AccountKind::dispute) {
      continue;
    }
    Huge debited = 0, credited = 0;
    for (const Transfer& transfer : moved) {
      debited += transfer.debit.number == id ? transfer.amount : 0;
      credited += transfer.credit.number == id ? transfer.amount : 0;
    }
    for (const Transfer& transfer : frozen) {
      credited -= transfer.debit.number == id ? transfer.amount : 0;
      debited -= transfer.credit.number == id ? transfer.amount : 0;
    }
    if (debited < 0 || credited < 0) {
      return false;
    }
  }
  std::vector<Line> lines = lines_;
  add(lines, command.transfers, Phase::pending, command.heading.dated);
  return adopt(std::move(lines));
}

bool PlainBook::take(const ResolveDispute& command) {
  const auto dispute = find(command.dispute);
  if (!dispute || as<OpenDispute>(log_[*dispute]) == nullptr || is_over(*dispute) ||
      !is_sound(command.transfers, false)) {
    return false;
  }
  std::vector<Line> lines = lines_;
  drop(lines, *dispute);
  add(lines, command.transfers, Phase::posted, command.heading.dated);
  if (!adopt(std::move(lines))) {
    return false;
  }
  over_[*dispute] = log_.size();
  return true;
}

bool PlainBook::take(const OpenPool& command) {
  pools_.push_back({command.kind, accounts_.size(), {}});
  for (int i = 0; i < 10; ++i) {
    accounts_.push_back({command.owner,
                         {"", ""},
                         i < 6 ? Unit::wh : Unit::certificate,
                         AccountKind::environment,
                         Limit::none});
  }
  return true;
}

std::int64_t PlainBook::count(std::uint32_t pool, State state) const {
  return std::ranges::count_if(
      blocks_, [&](const Block& block) { return block.pool == pool && block.state == state; });
}

std::vector<PlainBook::Block*> PlainBook::in_order(std::uint32_t pool, State state) {
  std::vector<Block*> blocks;
  for (Block& block : blocks_) {
    if (block.pool == pool && block.state == state) {
      blocks.push_back(&block);
    }
  }
  std::ranges::sort(blocks, {}, [](const Block* block) {
    return std::tie(block->begin, block->meter, block->index);
  });
  return blocks;
}

void PlainBook::make_good(std::uint32_t pool) {
  for (const State state : {State::sold, State::cancelled}) {
    while (count(pool, state) < blocks_per_certificate * pools_[pool].certificates[state] &&
           count(pool, State::carried) > 0) {
      in_order(pool, State::carried).front()->state = state;
    }
  }
}

bool PlainBook::take(const Recognise& command) {
  const Stretch& s = command.stretch;
  if (command.pool.number >= pools_.size() || s.from_wh >= s.to_wh || s.begin >= s.end) {
    return false;
  }
  const std::int64_t begin = s.begin.time_since_epoch().count();
  const std::int64_t end = s.end.time_since_epoch().count();
  for (const Block& block : blocks_) {
    if (block.meter != s.meter || block.end <= begin || end <= block.begin) {
      continue;
    }
    const bool same = block.begin == begin && block.end == end;
    if (!same || (block.index >= s.from_wh / block_wh && block.index < s.to_wh / block_wh)) {
      return false;
    }
  }
  for (std::int64_t i = s.from_wh / block_wh; i < s.to_wh / block_wh; ++i) {
    blocks_.push_back({s.meter, begin, end, i, command.pool.number, State::carried});
  }
  make_good(command.pool.number);
  return true;
}

bool PlainBook::take(const Restate& command) {
  if (command.pool.number >= pools_.size() || command.wh <= 0) {
    return false;
  }
  const std::uint32_t id = command.pool.number;
  Pool& pool = pools_[id];
  const std::int64_t blocks = command.wh / block_wh;
  const State from = command.from;
  const State to = command.to;
  const bool plain = (from == State::carried && to == State::claimed) ||
                     (from == State::claimed && to == State::carried);
  const bool green =
      (from == State::carried && to == State::issued) ||
      (from == State::issued && to == State::sold && pool.kind == PoolKind::tradable) ||
      (from == State::sold && to == State::issued) ||
      (from == State::issued && to == State::cancelled);
  if ((!plain && !green) || count(id, from) < blocks ||
      (green && blocks % blocks_per_certificate != 0)) {
    return false;
  }
  if (from == State::sold &&
      count(id, from) < blocks_per_certificate * pool.certificates[State::sold]) {
    return false;
  }
  const std::vector<Block*> oldest = in_order(id, from);
  for (std::int64_t i = 0; i < blocks; ++i) {
    oldest[static_cast<std::size_t>(i)]->state = to;
  }
  if (green) {
    pool.certificates[to] += blocks / blocks_per_certificate;
    pool.certificates[from] -= from == State::carried ? 0 : blocks / blocks_per_certificate;
  }
  return true;
}

bool PlainBook::take(const ClawBack& command) {
  const Stretch& s = command.stretch;
  if (command.pool.number >= pools_.size() || s.from_wh >= s.to_wh || s.begin >= s.end) {
    return false;
  }
  const std::uint32_t id = command.pool.number;
  const auto is_meant = [&](const Block& block) {
    return block.meter == s.meter && block.begin == s.begin.time_since_epoch().count() &&
           block.end == s.end.time_since_epoch().count() && block.pool == id &&
           block.index >= s.from_wh / block_wh && block.index < s.to_wh / block_wh;
  };
  if (std::ranges::count_if(blocks_, is_meant) != (s.to_wh - s.from_wh) / block_wh) {
    return false;
  }
  std::erase_if(blocks_, is_meant);
  Pool& pool = pools_[id];
  while (blocks_per_certificate * pool.certificates[State::issued] > count(id, State::issued)) {
    --pool.certificates[State::issued];
  }
  while (count(id, State::issued) > blocks_per_certificate * pool.certificates[State::issued]) {
    in_order(id, State::issued).back()->state = State::carried;
  }
  make_good(id);
  return true;
}

}  // namespace xiaoyuan::ledger::test
