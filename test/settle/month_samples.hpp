// A small village whose months are settled one after another, as an office does: registers and
// intervals that the test writes, each month's memory handed on to the next.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "settle/bills_samples.hpp"
#include "settle/month.hpp"
#include "settle/postings.hpp"

namespace xiaoyuan::settle::test {

/// The beginning of every agreement here: a company, a co-operative.
inline const std::string parties_text = R"(first_month = "2026-01"
whole_kwh = "exact"
[[party]]
id = "C1"
kind = "company"
name = { en = "company", zh = "公司" }
[[party]]
id = "COOP"
kind = "cooperative"
name = { en = "co-operative", zh = "合作社" }
)";

/// The heading of a contract.
inline std::string contract_text(const std::string& kind, const std::string& id,
                                 const std::string& lines) {
  return "[[" + kind + "]]\nid = \"" + id + "\"\nname = { en = \"" + id + "\", zh = \"合同\" }\n" +
         "document = \"contract " + id + "\"\nfirst_month = \"2026-01\"\n" + lines;
}

inline std::string words(const Errors& errors, Language language = Language::english) {
  std::string text;
  for (const Error& error : errors) {
    text += message(error, language) + '\n';
  }
  return text;
}

class SampleVillage {
 public:
  using Channel = readings::Channel;
  using Rate = readings::Rate;

  explicit SampleVillage(const std::string& agreement_text, bool has_factor = true) {
    auto agreement = read_agreement(agreement_text, "settlement.toml");
    EXPECT_TRUE(agreement) << (agreement ? "" : words(agreement.error()));
    if (agreement) {
      agreement_ = std::move(*agreement);
    }
    factor_ = {"mee-2023-north", {"North China 2023", "华北 2023"}, 636'100, "announcement"};
    buying_ = tariff::flat_tariff("buy", tariff::Direction::import_, 0.5, "price list");
    selling_ = tariff::flat_tariff("sell", tariff::Direction::export_, 0.3, "price list");
    has_factor_ = has_factor;
  }

  /// A household with meters of all three channels, read at 0 when the year began.
  Member& house(const std::string& id, std::int64_t capacity_wp = 5000) {
    Member member;
    member.id = id;
    member.name = {id, id};
    member.capacity_wp = capacity_wp;
    members_.push_back(std::move(member));
    for (const Channel channel : {Channel::imported, Channel::exported, Channel::generated}) {
      point(id, channel);
    }
    return members_.back();
  }
  void point(const std::string& household, Channel channel) {
    points_.push_back({.household = household,
                       .channel = channel,
                       .most_w = 1'000'000,
                       .services = {{.meter = meter(household, channel),
                                     .form = {.whole_digits = 6, .decimals = 3},
                                     .multiplier = 1,
                                     .from = period(0).from,
                                     .to = {}}}});
    read(household, channel, 0, {});
  }
  void gate() {
    point(agreement_.sharing.gate, Channel::imported);
    point(agreement_.sharing.gate, Channel::exported);
    has_gate_ = true;
  }
  void read(const std::string& household, Channel channel, int month, MeteredEnergy value,
            Rate rate = Rate::total) {
    readings_.push_back({.key = {meter(household, channel), channel, rate, period(month).from},
                         .value = value,
                         .quality = readings::Quality::measured,
                         .source = "test",
                         .recorded_at = Instant(std::chrono::seconds(++recorded_))});
  }
  /// Energy of a month, the registers going on from where they stand.
  void flow(const std::string& household, Channel channel, int month, MeteredEnergy energy,
            Rate rate = Rate::total) {
    MeteredEnergy& value = values_[{meter(household, channel), rate}];
    value += energy;
    read(household, channel, month + 1, value, rate);
  }
  void flows(const std::string& household, int month, const std::array<std::int64_t, 3>& kwh_of) {
    flow(household, Channel::imported, month, kwh(kwh_of[0]));
    flow(household, Channel::exported, month, kwh(kwh_of[1]));
    flow(household, Channel::generated, month, kwh(kwh_of[2]));
  }
  /// All energy of a month in the hours [at, at + Wh.size()) of it.
  void in_hours(const std::string& household, Channel channel, int month, std::size_t at,
                const std::vector<std::int64_t>& watt_hours) {
    auto all = readings::empty_intervals(
        household, channel, readings::month_axis(beijing(), when(month), std::chrono::hours{1}),
        {1000});
    std::ranges::fill(all.quality, readings::Quality::measured);
    std::ranges::copy(watt_hours, all.counts.begin() + static_cast<std::ptrdiff_t>(at));
    intervals_.push_back(std::move(all));
    flow(household, channel, month, readings::total(intervals_.back()));
  }

  MonthInputs inputs(int month) {
    registers_ = readings::Registers(readings_);
    settled_here_ = members_;
    for (Member& member : settled_here_) {
      member.import_tariff = laid_over(buying_, month);
      member.export_tariff = laid_over(selling_, month);
      const auto counted = counted_.find({member.id, month - 1});
      if (counted != counted_.end()) {
        member.counted_bought = counted->second;
      }
    }
    if (has_gate_) {
      settled_here_.push_back(
          gate_member(agreement_, laid_over(buying_, month), laid_over(selling_, month)));
    }
    MonthInputs inputs{.month = {2026 * 12 + month},
                       .zone = beijing(),
                       .village = {"village", "村"},
                       .known_at = Instant::max(),
                       .members = settled_here_,
                       .points = points_,
                       .registers = &registers_};
    inputs.intervals = intervals_;
    inputs.agreement = &agreement_;
    inputs.factor = has_factor_ ? &factor_ : nullptr;
    inputs.last_month = memory_[month - 1];
    inputs.pools_before = pools_[month - 1];
    inputs.earlier = earlier_;
    return inputs;
  }

  /// Settled and handed on, but not posted.
  Result<SettledMonth> settle(int month) { return settle(inputs(month)); }
  Result<SettledMonth> settle(const MonthInputs& of) {
    TRY(SettledMonth settled, settle_month(of));
    const int month = settled.month.month - 2026 * 12;
    memory_[month] = settled.memory;
    pools_[month] = settled.pools;
    std::ranges::copy(settled.memory, std::back_inserter(earlier_));
    for (const SettledMember& member : settled.members) {
      counted_[{member.statement.party, month}] = member.counted_bought;
    }
    return settled;
  }

  static readings::Period period(int month) { return readings::month_of(beijing(), when(month)); }
  static std::chrono::year_month when(int month) {
    return test::month(2026 + month / 12, static_cast<unsigned>(month % 12 + 1));
  }

  Agreement& agreement() { return agreement_; }
  std::vector<Member>& members() { return members_; }
  std::vector<readings::MeterPoint>& points() { return points_; }
  std::vector<readings::RegisterReading>& readings() { return readings_; }
  std::vector<readings::Intervals>& intervals() { return intervals_; }
  void buys_by(tariff::Tariff tariff) { buying_ = std::move(tariff); }

 private:
  static std::string meter(const std::string& household, Channel channel) {
    return household + "-" + readings::words_of(channel)[static_cast<std::size_t>(channel)];
  }
  const MonthTariff* laid_over(const tariff::Tariff& tariff, int month) {
    auto& kept = laid_[{tariff.id, month}];
    if (!kept) {
      kept = std::make_unique<MonthTariff>(laid(tariff, when(month)));
    }
    return kept.get();
  }

  Agreement agreement_;
  AvoidedFactor factor_;
  bool has_factor_ = true;
  bool has_gate_ = false;
  tariff::Tariff buying_;
  tariff::Tariff selling_;
  std::vector<Member> members_;
  std::vector<Member> settled_here_;
  std::vector<readings::MeterPoint> points_;
  std::vector<readings::RegisterReading> readings_;
  std::vector<readings::Intervals> intervals_;
  readings::Registers registers_;
  std::map<std::pair<std::string, Rate>, MeteredEnergy> values_;
  std::map<std::pair<std::string, int>, std::unique_ptr<MonthTariff>> laid_;
  std::map<int, std::vector<MonthMemory>> memory_;
  std::map<int, std::vector<PoolMonth>> pools_;
  std::map<std::pair<std::string, int>, tariff::Counted> counted_;
  std::vector<MonthMemory> earlier_;
  std::int64_t recorded_ = 0;
};

inline const Statement& statement_of(const SettledMonth& month, const std::string& party) {
  static const Statement nobodys;
  for (const SettledMember& member : month.members) {
    if (member.statement.party == party) {
      return member.statement;
    }
  }
  for (const Statement& statement : month.parties) {
    if (statement.party == party) {
      return statement;
    }
  }
  ADD_FAILURE() << "no statement of " << party;
  return nobodys;
}

inline const StatementLine& line_of(const Statement& statement, const std::string& id) {
  static const StatementLine none;
  for (const StatementLine& line : statement.lines) {
    if (line.id == id) {
      return line;
    }
  }
  ADD_FAILURE() << statement.id << " has no line " << id;
  return none;
}

/// "bought.flat -50.00 | contracts.lease 20.00": a statement's lines of money.
inline std::string money_of(const Statement& statement) {
  std::string text;
  for (const StatementLine& line : statement.lines) {
    if (line.amount) {
      text += (text.empty() ? "" : " | ") + line.id + " " + text_of(*line.amount);
    }
  }
  return text;
}

inline std::int64_t fen_on(const ledger::Book& book, const std::string& party) {
  const auto id = book.account(fen_account(party));
  return id ? book.balances().balance(*id).credit() : 0;
}

}  // namespace xiaoyuan::settle::test
