// Green certificates and the environmental value of energy on the book.
//
//   Wh on the account of a state  =  Σ lengths of the pool's stretches in that state
//   Wh issued                     =  1,000,000 · certificates issued
//   Wh sold + Wh owed on sold     =  1,000,000 · certificates sold;  cancelled alike
//
// A certificate is 1,000 kWh; what does not fill one stays carried (green certificate rules,
// bornforlove.cn/news/8189.html). Clawed back from issued energy, whole certificates are withdrawn
// and what else they held is carried again, the newest first. A certificate that was sold or
// cancelled cannot be withdrawn: what it lacks is made good from what is carried, and then from
// what is recognised next, before any other use.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.hpp"
#include "ledger/book.hpp"
#include "ledger/refusal.hpp"

namespace xiaoyuan::ledger {

namespace {

constexpr std::array<State, states> all_states{State::carried, State::claimed, State::issued,
                                               State::sold, State::cancelled};
constexpr std::array<State, 2> final_states{State::sold, State::cancelled};

std::int64_t& of(WhByState& wh, State state) { return wh[static_cast<std::size_t>(state)]; }
std::int64_t of(const WhByState& wh, State state) { return wh[static_cast<std::size_t>(state)]; }

bool is_certificate(State state) { return state != State::carried && state != State::claimed; }

struct Step {
  State from;
  State to;
};
constexpr std::array<Step, 6> allowed_steps{{{State::carried, State::claimed},
                                             {State::claimed, State::carried},
                                             {State::carried, State::issued},
                                             {State::issued, State::sold},
                                             {State::sold, State::issued},
                                             {State::issued, State::cancelled}}};

Text stretch_text(const Stretch& stretch) {
  const std::string begin = xiaoyuan::text_of(stretch.begin);
  const std::string end = xiaoyuan::text_of(stretch.end);
  return {fmt::format("meter {}, {} to {}, Wh {} to {}", stretch.meter, begin, end, stretch.from_wh,
                      stretch.to_wh),
          fmt::format("电表 {},{} 至 {},第 {} 至 {} Wh", stretch.meter, begin, end, stretch.from_wh,
                      stretch.to_wh)};
}

Text overlap_text(const Overlap& overlap) {
  if (!overlap.state) {
    const std::string begin = xiaoyuan::text_of(overlap.taken.begin);
    const std::string end = xiaoyuan::text_of(overlap.taken.end);
    return {fmt::format("overlaps the interval {} to {} of meter {} without being the same", begin,
                        end, overlap.taken.meter),
            fmt::format("与电表 {} 的时段 {} 至 {} 交叠但不一致", overlap.taken.meter, begin, end)};
  }
  const Text taken = stretch_text(overlap.taken);
  const Text state = name_of(*overlap.state);
  return {fmt::format("is on the book already: {}, {}", taken.en, state.en),
          fmt::format("已在账上:{},{}", taken.zh, state.zh)};
}

class Legs {
 public:
  void add(AccountId debit, AccountId credit, std::int64_t amount) {
    if (amount > 0) {
      transfers_.push_back({debit, credit, amount});
    }
  }
  std::vector<Transfer> take() { return std::move(transfers_); }

 private:
  std::vector<Transfer> transfers_;
};

void add_mending(Legs& legs, const PoolAccounts& pool, const WhByState& mending) {
  for (const State state : final_states) {
    legs.add(pool.wh(state), pool.wh(State::carried), of(mending, state));
  }
}

}  // namespace

std::int64_t Book::pool_wh(PoolId pool, State state) const {
  return -balances_.balance(pools_[pool.number].wh(state)).credit();
}

std::int64_t Book::owed_wh(PoolId pool, State state) const {
  expects(state == State::sold || state == State::cancelled);
  const AccountId certificates = pools_[pool.number].certificates(state);
  return -balances_.balance(certificates).credit() * certificate_wh - pool_wh(pool, state);
}

WhByState Book::mending(PoolId pool, const WhByState& added) const {
  WhByState mending{};
  std::int64_t carried = pool_wh(pool, State::carried) + of(added, State::carried);
  for (const State state : final_states) {
    of(mending, state) = std::min(carried, owed_wh(pool, state) - of(added, state));
    carried -= of(mending, state);
  }
  return mending;
}

void Book::mend(PoolId pool, const WhByState& mending) {
  for (const State state : final_states) {
    environment_.move(pool, {.from = State::carried, .to = state, .wh = of(mending, state)});
  }
}

Result<void> Book::check_pool(const Heading& heading, PoolId pool) const {
  if (pool.number < pools_.size()) {
    return {};
  }
  return refused(heading, "pool",
                 {fmt::format("there is no pool {}; the book has {}", pool.number, pools_.size()),
                  fmt::format("没有 {} 号权益池;账本现有 {} 个", pool.number, pools_.size())},
                 Fault::not_found);
}

Book::Answer Book::take(const OpenPool& command) {
  const auto open = [&](const Text& part, Unit unit, Limit limit) {
    return balances_.open(
        {.owner = command.owner,
         .name = {fmt::format("{}: {}, {}", command.name.en, part.en, name_of(unit).en),
                  fmt::format("{}:{}({})", command.name.zh, part.zh, name_of(unit).zh)},
         .unit = unit,
         .kind = AccountKind::environment,
         .limit = limit});
  };
  PoolAccounts accounts{.kind = command.kind, .first = 0};
  accounts.first = open({"recognised", "已确认"}, Unit::wh, Limit::none).number;
  for (const State state : all_states) {
    open(name_of(state), Unit::wh, Limit::credits_within_debits);
  }
  open({"registry", "核发登记"}, Unit::certificate, Limit::none);
  for (const State state : {State::issued, State::sold, State::cancelled}) {
    open(name_of(state), Unit::certificate, Limit::credits_within_debits);
  }
  pools_.push_back(accounts);
  Taken taken;
  taken.record.opened = environment_.open().number;
  return taken;
}

Book::Answer Book::take(const Recognise& command) {
  if (auto sound = check_pool(command.heading, command.pool); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  if (const auto overlap = environment_.overlap(command.stretch)) {
    return refused(command.heading, "stretch", overlap_text(*overlap));
  }
  const PoolAccounts& pool = pools_[command.pool.number];
  const std::int64_t wh = command.stretch.to_wh - command.stretch.from_wh;
  const Balance& source = balances_.balance(pool.source());
  WhByState mending{};
  if (wh <= std::numeric_limits<std::int64_t>::max() - source.credits) {  // or else refused below
    mending = this->mending(command.pool, {wh});
  }
  Legs legs;
  legs.add(pool.wh(State::carried), pool.source(), wh);
  add_mending(legs, pool, mending);
  TRY(Taken done, post(command.heading, legs.take()));
  environment_.insert(command.pool, command.stretch);
  mend(command.pool, mending);
  return done;
}

Result<void> Book::check_step(const Restate& command) const {
  const auto is_asked = [&](Step step) {
    return step.from == command.from && step.to == command.to;
  };
  const bool tradable = pools_[command.pool.number].kind == PoolKind::tradable;
  if (std::ranges::none_of(allowed_steps, is_asked) || (command.to == State::sold && !tradable)) {
    return refused(
        command.heading, "to",
        {fmt::format("what is {} in a {} pool cannot become {}", name_of(command.from).en,
                     tradable ? "tradable" : "non-tradable", name_of(command.to).en),
         fmt::format("{}权益池中“{}”的电量不能变更为“{}”", tradable ? "可交易" : "不可交易",
                     name_of(command.from).zh, name_of(command.to).zh)});
  }
  if (is_certificate(command.to) && command.wh % certificate_wh != 0) {
    return refused(command.heading, "wh",
                   {fmt::format("a certificate is {} Wh; found {}", certificate_wh, command.wh),
                    fmt::format("一张绿证为 {} Wh,实为 {}", certificate_wh, command.wh)});
  }
  const std::int64_t there = pool_wh(command.pool, command.from);
  if (command.wh > there) {
    return refused(
        command.heading, "wh",
        {fmt::format("{} Wh are {}, found {}", there, name_of(command.from).en, command.wh),
         fmt::format("“{}”的电量为 {} Wh,实为 {}", name_of(command.from).zh, there, command.wh)});
  }
  const std::int64_t owed = owed_wh(command.pool, State::sold);
  if (command.from == State::sold && owed > 0) {
    return refused(command.heading, "from",
                   {fmt::format("certificates that were sold lack {} Wh since a claw-back", owed),
                    fmt::format("已售绿证因核减尚缺 {} Wh", owed)});
  }
  return {};
}

Book::Answer Book::take(const Restate& command) {
  if (auto sound = check_pool(command.heading, command.pool); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  if (auto sound = check_step(command); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  const PoolAccounts& pool = pools_[command.pool.number];
  Legs legs;
  legs.add(pool.wh(command.to), pool.wh(command.from), command.wh);
  if (is_certificate(command.to)) {
    legs.add(pool.certificates(command.to),
             is_certificate(command.from) ? pool.certificates(command.from) : pool.registry(),
             command.wh / certificate_wh);
  }
  TRY(Taken done, post(command.heading, legs.take()));
  environment_.move(command.pool, {.from = command.from, .to = command.to, .wh = command.wh});
  return done;
}

Book::Answer Book::take(const ClawBack& command) {
  if (auto sound = check_pool(command.heading, command.pool); !sound) {
    return std::unexpected(std::move(sound.error()));
  }
  const std::optional<WhByState> held = environment_.held(command.pool, command.stretch);
  if (!held) {
    const Text stretch = stretch_text(command.stretch);
    return refused(command.heading, "stretch",
                   {fmt::format("is not wholly in the pool: {}", stretch.en),
                    fmt::format("并非全部在该权益池内:{}", stretch.zh)});
  }
  const PoolAccounts& pool = pools_[command.pool.number];
  const std::int64_t issued = of(*held, State::issued);
  const std::int64_t withdrawn = issued / certificate_wh + (issued % certificate_wh > 0 ? 1 : 0);
  const std::int64_t freed = withdrawn * certificate_wh - issued;
  WhByState added{};
  Legs legs;
  for (const State state : all_states) {
    of(added, state) = -of(*held, state);
    legs.add(pool.source(), pool.wh(state), of(*held, state));
  }
  legs.add(pool.registry(), pool.certificates(State::issued), withdrawn);
  legs.add(pool.wh(State::carried), pool.wh(State::issued), freed);
  of(added, State::carried) += freed;
  const WhByState mending = this->mending(command.pool, added);
  add_mending(legs, pool, mending);
  TRY(Taken done, post(command.heading, legs.take()));
  environment_.remove(command.stretch);
  environment_.move(command.pool, {.from = State::issued,
                                   .to = State::carried,
                                   .wh = freed,
                                   .order = Environment::Order::newest_first});
  mend(command.pool, mending);
  return done;
}

}  // namespace xiaoyuan::ledger
