// The office of the settlement simulator: settles, settles again, closes, is disputed and paid, is
// rebuilt after a crash, and holds its book against the plain reckoning after every step.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "ledger/log.hpp"
#include "settle/postings.hpp"
#include "settle/simulator_agreement.hpp"
#include "settle/simulator_village.hpp"

namespace xiaoyuan::settle::test {

/// Everything a run was made from, so that it can be made again.
struct Pinned {
  int month = 0;
  Instant known_at;
  std::vector<PlainHouse> houses;
  std::set<std::string> present;
  PlainPrices prices;
  std::vector<MonthMemory> last;
  std::vector<PoolMonth> pools;
  std::uint64_t book_size = 0;
  std::string text;
};

struct Held {
  Pairs by_runs;
  std::map<std::string, std::int64_t> green;  // "x/H1", "s/H1", "g/H1"
  Pairs by_disputes;
};

class SettleOffice : public DrawnVillage {
 public:
  explicit SettleOffice(std::uint64_t seed) : DrawnVillage(seed) {
    auto agreement = read_agreement(simulated_agreement, "settlement.toml");
    if (!agreement) {
      ADD_FAILURE() << message(agreement.error().front(), Language::english);
      std::abort();
    }
    agreement_ = std::move(*agreement);
    factor_ = {"mee-2023-north", {"North China 2023", "华北 2023"}, 636'100, "announcement"};
  }

  /// "" when all agree after the step.
  std::string step() {
    ++now_;
    const std::uint64_t what = below(100);
    if (what < 8) {
      read_month();
    } else if (what < 14) {
      send_again();
    } else if (what < 24) {
      correct();
    } else if (what < 28) {
      supply();
    } else if (what < 31) {
      change_price();
    } else if (what < 34) {
      join_or_leave();
    } else if (what < 37) {
      close();
    } else if (what < 43) {
      dispute();
    } else if (what < 48) {
      pay();
    } else if (what < 50) {
      crash();
    } else if (what < 58) {
      as_known_then();
    } else {
      settle();
    }
    return wrong_.empty() ? compare() : wrong_;
  }

  ledger::Head head() const { return book_.head(); }

 private:
  void close() {
    const int next = book_.sealed() ? book_.sealed()->month + 1 : first_month;
    if (next < first_month + read_ - 2) {
      take(seal_of(ledger::Period{next}));
      counts["closed"] += 1;
    }
  }

  bool take(const ledger::Command& command) {
    auto applied = book_.apply(command);
    if (applied && applied->outcome == ledger::Applied::Outcome::taken) {
      entries_.push_back(applied->entry);
      return true;
    }
    return false;
  }

  ledger::AccountId account(const std::string& code, ledger::AccountKind kind) {
    if (!book_.account(code)) {
      take(ledger::OpenAccount{
          {.key = code,
           .dated = Date{std::chrono::year(2026), std::chrono::month(1), std::chrono::day(1)},
           .memo = ""},
          {.owner = code, .name = {code, code}, .unit = ledger::Unit::fen, .kind = kind}});
    }
    return *book_.account(code);
  }
  ledger::Heading heading(const std::string& word) {
    return {.key = word + std::to_string(now_),
            .dated = Date{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)},
            .memo = ""};
  }

  void dispute() {
    if (held_.empty()) {
      return;
    }
    auto place = held_.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(below(held_.size())));
    const auto& [key, held] = *place;
    const std::string household = key.substr(8);
    const auto first = book_.find(key + "/1");
    if (!first || household == "care" || !book_.disputes(*first).empty()) {
      return;
    }
    const auto h = *book_.account(fen_account(household));
    const auto grid = *book_.account(fen_account(grid_company));
    const auto frozen = account("dispute/" + household, ledger::AccountKind::dispute);
    std::int64_t owed = 0;
    for (const ledger::Transfer& transfer : book_.transfers(*first)) {
      owed += transfer.debit == h && transfer.credit == grid ? transfer.amount : 0;
    }
    const std::int64_t asked = std::min<std::int64_t>(owed, 137);
    if (asked <= 0) {
      return;
    }
    const ledger::Heading opened = heading("dispute");
    if (!take(ledger::OpenDispute{opened, key + "/1", {{frozen, h, asked}}})) {
      return;
    }
    std::vector<ledger::Transfer> correction;
    if (below(2) == 0) {
      correction.push_back({grid, h, asked});
    }
    if (take(ledger::ResolveDispute{heading("resolved"), opened.key, correction})) {
      counts["disputed"] += 1;
      if (!correction.empty()) {
        add(place->second.by_disputes, "grid", household, asked);
      }
    }
  }

  static void add(Pairs& pairs, const std::string& payer, const std::string& payee,
                  std::int64_t fen) {
    const bool turned = payee < payer;
    pairs[turned ? Pair{payee, payer} : Pair{payer, payee}] += turned ? -fen : fen;
  }

  void pay() {
    const std::string household = "H" + std::to_string(1 + below(4));
    if (!book_.account(fen_account(household))) {
      return;
    }
    const auto till = account("fen/till", ledger::AccountKind::ordinary);
    const auto h = *book_.account(fen_account(household));
    const auto fen = static_cast<std::int64_t>(1 + below(9000));
    if (take(ledger::Post{heading("paid"), ledger::Stage::posted, {{till, h, fen}}})) {
      add(paid_, "till", household, fen);
      counts["paid"] += 1;
    }
  }

  void crash() {
    auto rebuilt = ledger::rebuilt(entries_);
    if (!rebuilt || rebuilt->head() != book_.head()) {
      wrong_ = "the rebuilt book is another";
      return;
    }
    book_ = std::move(*rebuilt);
    counts["crash"] += 1;
  }

  const MonthTariff* tariff(int month, const PlainPrices& prices, bool buys) {
    auto& kept = tariffs_[{month, buys ? prices.buy : -prices.sell}];
    if (!kept) {
      tariff::Tariff flat = tariff::flat_tariff(
          buys ? "buy" : "sell", buys ? tariff::Direction::import_ : tariff::Direction::export_,
          0.5, "document");
      flat.versions[0].seasons[0].periods[0].price = {buys ? prices.buy : prices.sell};
      if (buys) {
        flat.versions[0].tiers =
            tariff::Tiers{.period = tariff::TierPeriod::month,
                          .limits_kwh = {100.0, 200.0},
                          .additions = {{0}, {plain_additions[0]}, {plain_additions[1]}},
                          .order = tariff::TierOrder::added,
                          .base = {prices.buy}};
      }
      auto made = month_tariff(
          flat, zone_,
          std::chrono::year((first_month + month) / 12) /
              std::chrono::month(static_cast<unsigned>((first_month + month) % 12 + 1)));
      if (!made) {
        ADD_FAILURE() << message(made.error().front(), Language::english);
        std::abort();
      }
      kept = std::make_unique<MonthTariff>(std::move(*made));
    }
    return kept.get();
  }

  Result<SettledMonth> run(const Pinned& pinned) {
    std::vector<Member> members;
    std::vector<readings::MeterPoint> points;
    for (const PlainHouse& house : pinned.houses) {
      if (pinned.present.contains(house.id)) {
        Member member;
        member.id = house.id;
        member.name = {house.id, house.id};
        member.capacity_wp = house.capacity_wp;
        member.import_tariff = tariff(pinned.month, pinned.prices, true);
        member.export_tariff = tariff(pinned.month, pinned.prices, false);
        members.push_back(std::move(member));
        points.insert(points.end(), house.points.begin(), house.points.end());
      }
    }
    // Another order each time: nothing may depend on it.
    std::ranges::rotate(members,
                        members.begin() + static_cast<std::ptrdiff_t>(now_ % members.size()));
    std::ranges::rotate(points, points.begin() + static_cast<std::ptrdiff_t>(now_ % points.size()));
    MonthInputs inputs{.month = ledger::Period{first_month + pinned.month},
                       .zone = zone_,
                       .village = {"village", "村"},
                       .illustrative = true,
                       .known_at = pinned.known_at,
                       .members = members,
                       .points = points,
                       .registers = &registers()};
    inputs.agreement = &agreement_;
    inputs.factor = &factor_;
    inputs.last_month = pinned.last;
    inputs.pools_before = pinned.pools;
    return settle_month(inputs);
  }

  void settle() {
    if (read_ == 0) {
      return;
    }
    const int month = static_cast<int>(below(4)) == 0
                          ? static_cast<int>(below(static_cast<std::uint64_t>(read_)))
                          : std::max(0, read_ - 1 - static_cast<int>(below(2)));
    const auto m = static_cast<std::size_t>(month);
    Pinned pinned{.month = month,
                  .known_at = now(),
                  .houses = world_.houses,
                  .present = present_[m],
                  .prices = prices_[m],
                  .last = memory_[month - 1],
                  .pools = pools_[month - 1],
                  .book_size = book_.size(),
                  .text = ""};
    auto settled = run(pinned);
    if (!settled) {
      wrong_ = message(settled.error().front(), Language::english);
      return;
    }
    auto posted = post_month(book_, *settled);
    if (!posted) {
      wrong_ = message(posted.error().front(), Language::english);
      return;
    }
    entries_.insert(entries_.end(), posted->entries.begin(), posted->entries.end());
    counts[posted->entries.empty() ? "nothing new" : "posted"] += 1;
    counts["refused"] += static_cast<int>(settled->totals.refused);
    memory_[month] = settled->memory;
    pools_[month] = settled->pools;
    hold(pinned, *settled);
    rerun(pinned, *settled);
    pinned.text = dump(*settled);
    runs_.push_back(std::move(pinned));
  }

  void rerun(const Pinned& pinned, const SettledMonth& settled) {
    ++now_;
    auto again = run(pinned);
    const ledger::Head before = book_.head();
    auto posted = post_month(book_, *again);
    if (!posted || !posted->entries.empty() || book_.head() != before ||
        dump(*again) != dump(settled)) {
      wrong_ = "a run made again is another";
    }
  }

  void as_known_then() {
    if (runs_.empty()) {
      return;
    }
    const Pinned& pinned = runs_[below(runs_.size())];
    auto then = run(pinned);
    const BookView view{&book_, pinned.book_size};
    auto plan = postings(*then, view);
    if (!plan) {
      wrong_ = message(plan.error().front(), Language::english);
      return;
    }
    mark(*then, *plan);
    if (dump(*then) != pinned.text) {
      wrong_ = "as known then it is another\n" + dump(*then) + "\n---\n" + pinned.text;
    }
    counts["as known"] += 1;
  }

  /// The same flows, whatever the book makes of them.
  void compare_flows(const PlainResult& plain, const SettledMonth& settled) {
    std::map<std::string, Pairs> groups;
    const auto count = [&](const Flow& flow) {
      add(groups[flow.group], flow.payer, flow.payee, flow.amount.fen);
    };
    for (const SettledMember& member : settled.members) {
      std::ranges::for_each(member.flows, count);
    }
    std::ranges::for_each(settled.party_flows, count);
    for (auto& [group, pairs] : groups) {
      const auto wanted = plain.groups.find(group);
      for (const auto& [pair, fen] : pairs) {
        const auto place = wanted == plain.groups.end() ? pairs.cend() : wanted->second.find(pair);
        if (wanted == plain.groups.end() || place == wanted->second.end() || place->second != fen) {
          wrong_ = group + ": " + pair.first + " to " + pair.second + " " + std::to_string(fen) +
                   (wanted != plain.groups.end() && place != wanted->second.end()
                        ? " not " + std::to_string(place->second)
                        : " and nothing in the plain reckoning");
        }
      }
    }
    if (groups.size() != plain.groups.size()) {
      wrong_ = "other households are refused";
    }
  }

  /// What the book has to hold after the run.
  void hold(const Pinned& pinned, const SettledMonth& settled) {
    PlainWorld world{.houses = pinned.houses, .readings = {}};
    world.readings = world_.readings;
    const PlainResult plain = plain_month(world, {.period = period(pinned.month),
                                                  .number = pinned.month,
                                                  .prices = pinned.prices,
                                                  .known_at = pinned.known_at,
                                                  .present = pinned.present});
    compare_flows(plain, settled);
    for (const auto& [group, wanted] : plain.groups) {
      Held& held = held_[ledger::text_of(ledger::Period{first_month + pinned.month}) + "/" + group];
      const auto at = [](const Pairs& pairs, const Pair& pair) {
        const auto place = pairs.find(pair);
        return place == pairs.end() ? 0 : place->second;
      };
      std::set<Pair> all;
      for (const Pairs* pairs : {&wanted, static_cast<const Pairs*>(&held.by_runs)}) {
        for (const auto& [pair, fen] : *pairs) {
          all.insert(pair);
        }
      }
      std::map<std::string, std::int64_t> green;
      if (plain.grams.contains(group)) {
        green = {{"x", plain.exported_wh.at(group)},
                 {"s", plain.self_used_wh.at(group)},
                 {"g", plain.grams.at(group)}};
      }
      bool same = held.green == green;
      for (const Pair& pair : all) {
        same = same && at(wanted, pair) == at(held.by_runs, pair);
      }
      if (!same) {
        for (const Pair& pair : all) {
          held.by_runs[pair] = at(wanted, pair) - at(held.by_disputes, pair);
        }
      }
      held.green = green;
    }
  }

  std::string compare() {
    std::map<std::string, std::int64_t> gains;
    std::map<std::string, std::int64_t> green;
    const auto count = [&](const Pairs& pairs) {
      for (const auto& [pair, fen] : pairs) {
        gains[pair.first] -= fen;
        gains[pair.second] += fen;
      }
    };
    for (const auto& [key, held] : held_) {
      count(held.by_runs);
      count(held.by_disputes);
      for (const auto& [kind, amount] : held.green) {
        const std::string household = key.substr(8);
        green[kind + "/" + (kind != "g" && household == "H2" ? "C1" : household)] += amount;
      }
    }
    count(paid_);
    if (!book_.balances().is_conserved()) {
      return "debits are not credits";
    }
    for (const auto& [party, fen] : gains) {
      const auto id = book_.account(fen_account(party));
      const std::int64_t there = id ? book_.balances().balance(*id).credit() : 0;
      if (there != fen) {
        return party + ": " + std::to_string(there) + " not " + std::to_string(fen);
      }
    }
    for (const auto& [code, amount] : green) {
      const std::string owner = code.substr(2);
      std::int64_t there = 0;
      if (code[0] == 'g') {
        const auto id = book_.account(carbon_account(owner));
        there = id ? book_.balances().balance(*id).credit() : 0;
      } else {
        const auto kind =
            code[0] == 'x' ? ledger::PoolKind::tradable : ledger::PoolKind::non_tradable;
        const auto pool = book_.pool(pool_code(owner, kind));
        there = pool ? book_.balances().balance(book_.accounts_of(*pool).source()).credit() : 0;
      }
      if (there != amount) {
        return code + ": " + std::to_string(there) + " not " + std::to_string(amount);
      }
    }
    return "";
  }

  Agreement agreement_;
  AvoidedFactor factor_;
  std::map<std::pair<int, std::int64_t>, std::unique_ptr<MonthTariff>> tariffs_;
  std::map<int, std::vector<MonthMemory>> memory_;
  std::map<int, std::vector<PoolMonth>> pools_;
  ledger::Book book_;
  std::vector<ledger::Entry> entries_;
  std::map<std::string, Held> held_;
  Pairs paid_;
  std::vector<Pinned> runs_;
};

}  // namespace xiaoyuan::settle::test
