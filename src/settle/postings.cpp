#include "settle/postings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/check.hpp"
#include "settle/posted.hpp"

namespace xiaoyuan::settle {

namespace {

using ledger::AccountId;
using ledger::AccountKind;
using ledger::Command;
using ledger::PoolKind;
using ledger::Unit;

Date last_day(ledger::Period month) {
  constexpr int year_months = 12;
  return std::chrono::year(month.month / year_months) /
         std::chrono::month(static_cast<unsigned>(month.month % year_months + 1)) /
         std::chrono::last;
}

Text account_name(std::string_view party, const Text& what) {
  return {fmt::format("{}: {}", party, what.en), fmt::format("{}:{}", party, what.zh)};
}

/// Accounts that the month needs, by code.
class Openings {
 public:
  Openings(const SettledMonth& month, const BookView& view) : month_(month), view_(view) {}

  std::vector<Command> run() {
    for (const Statement& party : month_.parties) {
      money(party.party, AccountKind::ordinary);
    }
    for (const SettledMember& member : month_.members) {
      if (member.is_settled()) {
        member_accounts(member);
      }
    }
    if (month_.conservation.unaccounted) {
      open(wh_account(grid_company), grid_company, Unit::wh, AccountKind::ordinary);
      open(wh_account(unaccounted_party), unaccounted_party, Unit::wh, AccountKind::unaccounted);
    }
    std::vector<Command> commands;
    for (auto& [code, command] : commands_) {
      commands.push_back(std::move(command));
    }
    return commands;
  }

 private:
  void member_accounts(const SettledMember& member) {
    const std::string& id = member.statement.party;
    money(id, AccountKind::ordinary);
    for (const Flow& flow : member.flows) {
      if (flow.payer == rounding_party || flow.payee == rounding_party) {
        money(rounding_party, AccountKind::rounding);
      }
    }
    if (id != month_.gate && (member.statement.energy.sold || member.statement.energy.bought)) {
      open(wh_account(id), id, Unit::wh, AccountKind::ordinary);
      open(wh_account(grid_company), grid_company, Unit::wh, AccountKind::ordinary);
    }
    if (member.recognised.avoided_g > 0) {
      open(carbon_account(id), id, Unit::gco2e, AccountKind::ordinary);
      open(carbon_account(avoided_party), avoided_party, Unit::gco2e, AccountKind::ordinary);
    }
    if (member.recognised.exported_wh > 0) {
      pool(member.recognised.owner, PoolKind::tradable);
    }
    if (member.recognised.self_used_wh > 0) {
      pool(member.recognised.owner, PoolKind::non_tradable);
    }
  }

  void money(std::string_view party, AccountKind kind) {
    open(fen_account(party), party, Unit::fen, kind);
  }

  bool is_open(const std::string& code) const {
    const auto entry = view_.book->find(code);
    return entry && *entry < view_.size;
  }

  void open(const std::string& code, std::string_view party, Unit unit, AccountKind kind) {
    if (!commands_.contains(code) && !is_open(code)) {
      commands_[code] =
          ledger::OpenAccount{.heading = {.key = code, .dated = last_day(month_.month), .memo = ""},
                              .account = {.owner = std::string(party),
                                          .name = account_name(party, ledger::name_of(unit)),
                                          .unit = unit,
                                          .kind = kind,
                                          .limit = ledger::Limit::none}};
    }
  }

  void pool(const std::string& owner, PoolKind kind) {
    const std::string code = pool_code(owner, kind);
    if (!commands_.contains(code) && !is_open(code)) {
      const Text name = kind == PoolKind::tradable ? Text{"tradable", "可交易绿证"}
                                                   : Text{"not tradable", "不可交易绿证"};
      commands_[code] =
          ledger::OpenPool{.heading = {.key = code, .dated = last_day(month_.month), .memo = ""},
                           .owner = owner,
                           .name = account_name(owner, name),
                           .kind = kind};
    }
  }

  const SettledMonth& month_;
  const BookView& view_;
  std::map<std::string, Command> commands_;
};

/// The difference of one group as a posting.
class Postings {
 public:
  Postings(const SettledMonth& month, const BookView& view) : month_(month), view_(view) {}

  Result<PostingPlan> run() {
    for (const SettledMember& member : month_.members) {
      if (member.is_settled()) {
        post_group(member.statement.party, wanted_of(member));
        recognise(member);
      }
    }
    std::map<std::string, Net> between;
    for (const Flow& flow : month_.party_flows) {
      add_flow(between[flow.group], flow);
    }
    for (const auto& [group, wanted] : between) {
      post_group(group, wanted);
    }
    if (month_.conservation.unaccounted) {
      post_unaccounted();
    }
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    std::ranges::sort(plan_.groups, {}, &PostedGroup::group);
    std::ranges::stable_sort(plan_.adjustments, {}, &Adjustment::party);
    return std::move(plan_);
  }

 private:
  AccountId account(const std::string& code) {
    const auto id = view_.book->account(code);
    if (!id) {
      errors_.push_back({.fault = Fault::not_found,
                         .what = {fmt::format("the book has no account {}", code),
                                  fmt::format("账本没有账户 {}", code)},
                         .where = {"", 0, code}});
    }
    return id.value_or(AccountId{});
  }

  void add_flow(Net& net, const Flow& flow) {
    net.add(account(fen_account(flow.payer)), account(fen_account(flow.payee)), flow.amount.fen);
  }

  Net wanted_of(const SettledMember& member) {
    constexpr std::int64_t mwh_of_posted_wh = 1000;
    const std::string& id = member.statement.party;
    const MonthEnergy& energy = member.statement.energy;
    Net net;
    for (const Flow& flow : member.flows) {
      add_flow(net, flow);
    }
    if (id == month_.gate) {
      return net;  // its energy is that of the members and of `unaccounted`
    }
    if (energy.bought) {
      net.add(account(wh_account(id)), account(wh_account(grid_company)),
              energy.bought->mwh / mwh_of_posted_wh);
    }
    if (energy.sold) {
      net.add(account(wh_account(grid_company)), account(wh_account(id)),
              energy.sold->mwh / mwh_of_posted_wh);
    }
    if (member.recognised.avoided_g > 0) {
      net.add(account(carbon_account(avoided_party)), account(carbon_account(id)),
              member.recognised.avoided_g);
    }
    return net;
  }

  void post_unaccounted() {
    constexpr std::int64_t mwh_of_posted_wh = 1000;
    Net net;
    net.add(account(wh_account(unaccounted_party)), account(wh_account(grid_company)),
            month_.conservation.unaccounted->mwh / mwh_of_posted_wh);
    post_group(std::string(unaccounted_party), net);
  }

  void post_group(const std::string& group, const Net& wanted) {
    const PostedBefore before = posted_before(view_, month_.month, group);
    PostedGroup posted{.group = group, .revision = std::max(before.revisions, 1), .entry = ""};
    if (before.revisions > 0) {
      posted.entry = group_key(month_.month, group, before.revisions);
    }
    const std::vector<ledger::Transfer> transfers = difference(wanted, before);
    if (!transfers.empty()) {
      posted.revision = before.revisions + 1;
      posted.entry = group_key(month_.month, group, posted.revision);
      plan_.commands.emplace_back(ledger::Post{
          .heading = {.key = posted.entry,
                      .dated = last_day(month_.month),
                      .memo = fmt::format("{} {}", ledger::text_of(month_.month), group)},
          .stage = ledger::Stage::posted,
          .transfers = transfers});
      if (before.revisions > 0) {
        note_adjustments(transfers, posted.entry);
      }
    }
    plan_.groups.push_back(std::move(posted));
  }

  void note_adjustments(const std::vector<ledger::Transfer>& transfers, const std::string& entry) {
    std::map<std::string, Money> gains;
    for (const ledger::Transfer& transfer : transfers) {
      const ledger::Account& debit = view_.book->balances().account(transfer.debit);
      const ledger::Account& credit = view_.book->balances().account(transfer.credit);
      if (debit.unit == Unit::fen) {
        gains[debit.owner] += Money{-transfer.amount};
        gains[credit.owner] += Money{transfer.amount};
      }
    }
    for (const auto& [party, amount] : gains) {
      if (amount != Money{}) {
        plan_.adjustments.push_back(
            {.party = party, .month = month_.month, .amount = amount, .entry = entry});
      }
    }
  }

  void recognise(const SettledMember& member) {
    const Recognised& value = member.recognised;
    recognise_part({&member, PoolKind::tradable, value.exported_wh});
    recognise_part({&member, PoolKind::non_tradable, value.self_used_wh});
  }

  struct Part {
    const SettledMember* member = nullptr;
    PoolKind kind = PoolKind::tradable;
    std::int64_t wh = 0;
  };

  /// Growth is a further stretch, what shrank is clawed back from the end. What stands in another
  /// owner's pool goes back and is recognised anew.
  void recognise_part(const Part& part) {
    const std::string name = stretch_name(part.member->statement.party, part.kind);
    const ledger::Stretch month = stretch(name, 0, 0);
    int number = entries_of(view_, month_.month, name);
    const auto heading = [&] {
      ++number;
      return ledger::Heading{.key = group_key(month_.month, name, number),
                             .dated = last_day(month_.month),
                             .memo = ""};
    };
    const auto pool = view_.book->pool(pool_code(part.member->recognised.owner, part.kind));
    std::int64_t stands = 0;
    for (const auto& [holder, held] : standing_stretch(*view_.book, name, month.begin)) {
      const bool is_ours = pool && holder == *pool && held.from_wh == 0;
      const std::int64_t keep = is_ours ? std::min(held.to_wh, part.wh) : held.from_wh;
      stands = is_ours ? keep : stands;
      if (keep < held.to_wh) {
        plan_.commands.emplace_back(ledger::ClawBack{
            .heading = heading(), .pool = holder, .stretch = stretch(name, keep, held.to_wh)});
      }
    }
    if (part.wh > stands && pool) {
      plan_.commands.emplace_back(ledger::Recognise{
          .heading = heading(), .pool = *pool, .stretch = stretch(name, stands, part.wh)});
    }
  }

  ledger::Stretch stretch(const std::string& name, std::int64_t from, std::int64_t to) const {
    return {.meter = name,
            .begin = month_.period.from,
            .end = month_.period.to,
            .from_wh = from,
            .to_wh = to};
  }

  const SettledMonth& month_;
  const BookView& view_;
  PostingPlan plan_;
  Errors errors_;
};

}  // namespace

std::string fen_account(std::string_view party) { return fmt::format("fen/{}", party); }
std::string wh_account(std::string_view party) { return fmt::format("wh/{}", party); }
std::string carbon_account(std::string_view party) { return fmt::format("gco2e/{}", party); }
std::string pool_code(std::string_view owner, PoolKind kind) {
  return fmt::format("pool/{}/{}", owner, kind == PoolKind::tradable ? "tradable" : "non_tradable");
}

std::vector<Command> openings(const SettledMonth& month, const BookView& view) {
  return Openings(month, view).run();
}

Result<PostingPlan> postings(const SettledMonth& month, const BookView& view) {
  return Postings(month, view).run();
}

std::vector<Command> certificates(const SettledMonth& month, const BookView& view) {
  std::vector<Command> commands;
  for (const PoolMonth& pool : month.pools) {
    const std::string code = pool_code(pool.owner, pool.kind);
    const auto id = view.book->pool(code);
    if (!id) {
      continue;
    }
    const ledger::PoolAccounts& accounts = view.book->accounts_of(*id);
    const std::int64_t carried =
        -view.book->balances().balance(accounts.wh(ledger::State::carried)).credit();
    const std::int64_t whole = carried / ledger::certificate_wh * ledger::certificate_wh;
    if (whole > 0) {
      const std::string group = "issued/" + code;
      const int number = entries_of(view, month.month, group) + 1;
      commands.emplace_back(
          ledger::Restate{.heading = {.key = group_key(month.month, group, number),
                                      .dated = last_day(month.month),
                                      .memo = ""},
                          .pool = *id,
                          .from = ledger::State::carried,
                          .to = ledger::State::issued,
                          .wh = whole});
    }
  }
  return commands;
}

void mark(SettledMonth& month, const PostingPlan& plan) {
  const auto posted = [&](const std::string& group) {
    const auto place = std::ranges::lower_bound(plan.groups, group, {}, &PostedGroup::group);
    return place != plan.groups.end() && place->group == group ? &*place : nullptr;
  };
  for (SettledMember& member : month.members) {
    const PostedGroup* group = posted(member.statement.party);
    if (group == nullptr) {
      continue;
    }
    member.statement.revision = group->revision;
    for (StatementLine& line : member.statement.lines) {
      const bool is_others =
          member.statement.party == month.gate && line.section == Section::shared;
      if (line.section != Section::adjustment && !is_others && (line.amount || line.gco2e)) {
        line.entry = group->entry;
      }
    }
  }
  int newest = 1;
  for (const PostedGroup& group : plan.groups) {
    newest = std::max(newest, group.revision);
  }
  for (Statement& party : month.parties) {
    party.revision = newest;
    for (const Flow& flow : month.party_flows) {
      const PostedGroup* group = posted(flow.group);
      const auto line = std::ranges::find(party.lines, flow.line, &StatementLine::id);
      if (group != nullptr && line != party.lines.end()) {
        line->entry = group->entry;
      }
    }
  }
}

Result<PostedMonth> post_month(ledger::Book& book, SettledMonth& month) {
  PostedMonth posted;
  Errors errors;
  const auto apply = [&](const std::vector<Command>& commands) {
    for (const Command& command : commands) {
      auto applied = book.apply(command);
      if (!gather(applied, errors)) {
        return false;
      }
      if (applied->outcome == ledger::Applied::Outcome::taken) {
        posted.entries.push_back(std::move(applied->entry));
      }
    }
    return true;
  };
  if (!apply(openings(month, BookView::of(book)))) {
    return std::unexpected(std::move(errors));
  }
  TRY(PostingPlan plan, postings(month, BookView::of(book)));
  if (!apply(plan.commands) || !apply(certificates(month, BookView::of(book)))) {
    return std::unexpected(std::move(errors));
  }
  expects(book.balances().is_conserved());
  mark(month, plan);
  posted.adjustments = std::move(plan.adjustments);
  return posted;
}

Command seal_of(ledger::Period month) {
  return ledger::Seal{.heading = {.key = fmt::format("seal/{}", ledger::text_of(month)),
                                  .dated = last_day(month),
                                  .memo = ""},
                      .period = month};
}

}  // namespace xiaoyuan::settle
