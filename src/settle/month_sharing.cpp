// Sharing as part of a settled month.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "readings/shares.hpp"
#include "settle/month_parts.hpp"
#include "settle/postings.hpp"
#include "settle/sharing_gate.hpp"

namespace xiaoyuan::settle {

namespace {

constexpr std::int64_t mwh_of_shared_wh = 1000;

struct Sharers {
  std::vector<std::size_t> index;  ///< of members who take part
  SharingTable table;
  std::vector<MemberRegisters> registers;
  TimeAxis axis;
};

/// Those who are settled and recorded by interval, with one axis for all.
Result<Sharers> sharers_of(const MonthFrame& frame, const std::vector<SettledMember>& members) {
  Sharers sharers;
  Errors errors;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i == frame.gate()) {
      continue;
    }
    for (const auto channel : {readings::Channel::imported, readings::Channel::exported}) {
      const readings::Intervals* intervals = frame.intervals(i, channel);
      if (intervals == nullptr || !members[i].is_settled()) {
        continue;
      }
      if (sharers.index.empty()) {
        sharers.axis = intervals->axis;
      }
      if (sharers.index.empty() || sharers.index.back() != i) {
        sharers.index.push_back(i);
        sharers.table.members.push_back(frame.member(i).id);
      }
      if (!(intervals->axis == sharers.axis)) {
        errors.push_back(sharing_error(
            frame, {fmt::format("the intervals of {} are on other times", frame.member(i).id),
                    fmt::format("{} 的分时电量与其他成员时段不一致", frame.member(i).id)}));
      }
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return sharers;
}

/// Columns of a table of rows by interval. As many go at once as lie in a line of the cache, or
/// every number would fetch its own.
void fill_columns(const MonthFrame& frame, const Sharers& sharers, readings::Channel channel,
                  std::vector<std::int64_t>& table) {
  constexpr std::size_t at_once = 8;
  const std::size_t columns = sharers.index.size();
  table.assign(columns * sharers.axis.size, 0);
  for (std::size_t first = 0; first < columns; first += at_once) {
    const std::size_t end = std::min(columns, first + at_once);
    std::array<const readings::Intervals*, at_once> together{};
    for (std::size_t column = first; column < end; ++column) {
      together[column - first] = frame.intervals(sharers.index[column], channel);
    }
    for (std::size_t t = 0; t < sharers.axis.size; ++t) {
      for (std::size_t column = first; column < end; ++column) {
        if (const readings::Intervals* intervals = together[column - first]) {
          table[t * columns + column] = intervals->at(t).mwh / mwh_of_shared_wh;
        }
      }
    }
  }
}

/// What the registers of a point leave out at most: a last digit at each end of every piece.
MeteredEnergy register_step(const readings::MeterPoint& point) {
  MeteredEnergy step;
  for (const readings::Service& service : point.services) {
    const auto digit = readings::times(service.form.last_digit(), service.multiplier);
    step += digit.value_or(MeteredEnergy{});
  }
  return step;
}

/// Intervals are finer than registers: where a column is off by less than the registers show, it is
/// brought to their quantity by largest remainder. More than that stays, and is refused later.
void anchor(const MonthFrame& frame, const Sharers& sharers, readings::Channel channel,
            std::vector<std::int64_t>& table) {
  const std::size_t columns = sharers.index.size();
  std::vector<std::int64_t> column(sharers.axis.size);
  for (std::size_t i = 0; i < columns; ++i) {
    const MemberRegisters& registers = sharers.registers[i];
    const auto& quantity =
        channel == readings::Channel::imported ? registers.imported : registers.exported;
    const readings::MeterPoint* point = frame.point(sharers.index[i], channel);
    if (!quantity || point == nullptr) {
      continue;
    }
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < column.size(); ++t) {
      column[t] = table[t * columns + i];
      sum += column[t];
    }
    const std::int64_t wanted = quantity->mwh / mwh_of_shared_wh;
    const std::int64_t step = register_step(*point).mwh / mwh_of_shared_wh;
    if (sum == wanted || wanted < 0 || std::abs(sum - wanted) > step ||
        std::ranges::any_of(column, [](std::int64_t wh) { return wh < 0; })) {
      continue;
    }
    const std::vector<std::int64_t> anchored = readings::shares(wanted, column);
    for (std::size_t t = 0; t < column.size(); ++t) {
      table[t * columns + i] = anchored[t];
    }
  }
}

void fill_table(const MonthFrame& frame, const std::vector<SettledMember>& members,
                Sharers& sharers) {
  SharingTable& table = sharers.table;
  fill_columns(frame, sharers, readings::Channel::imported, table.imported_wh);
  fill_columns(frame, sharers, readings::Channel::exported, table.exported_wh);
  for (const std::size_t i : sharers.index) {
    const MonthEnergy& energy = members[i].statement.energy;
    sharers.registers.push_back({.imported = energy.bought, .exported = energy.sold});
  }
  anchor(frame, sharers, readings::Channel::imported, table.imported_wh);
  anchor(frame, sharers, readings::Channel::exported, table.exported_wh);
  const std::vector<Civil> times = frame.inputs().zone.civil(sharers.axis);
  for (std::size_t t = 0; t < sharers.axis.size; ++t) {
    table.intervals.push_back(sharers.axis.at(t).time_since_epoch().count());
    if (t == 0 || times[t].day != times[t - 1].day) {
      table.days.push_back(t);
    }
  }
}

SharingRule rule_of(const SharingAgreement& agreement, const std::vector<std::string>& members) {
  constexpr std::int64_t all_parts = 1'000'000;
  SharingRule rule;
  rule.key = agreement.key;
  const bool by_weights = agreement.key == SharingKey::static_weights ||
                          agreement.key == SharingKey::static_offered_again;
  rule.whole = by_weights ? all_parts : 0;
  for (const std::string& member : members) {
    const auto place = std::ranges::find(agreement.members, member);
    const bool is_named = place != agreement.members.end();
    if (by_weights) {
      const auto at = static_cast<std::size_t>(place - agreement.members.begin());
      rule.weights.push_back(is_named ? agreement.weights[at] : 0);
    } else if (agreement.key == SharingKey::prosumer_first) {
      rule.first.push_back(is_named ? 1 : 0);
    }
  }
  return rule;
}

class SharedLines {
 public:
  SharedLines(const MonthFrame& frame, SettledMember& member, const std::string& owner)
      : agreement_(frame.inputs().agreement->sharing), member_(member), owner_(owner) {}

  void take(std::int64_t wh, Money paid) {
    member_.statement.energy.shared_in = MeteredEnergy{wh * mwh_of_shared_wh};
    if (wh > 0) {
      add(line("shared.taken", {"Taken from neighbours", "取自邻户"}, wh), -paid,
          {member_.statement.party, std::string(rounding_party)});
    }
  }
  void give(std::int64_t wh, Money earned) {
    member_.statement.energy.shared_out = MeteredEnergy{wh * mwh_of_shared_wh};
    if (wh > 0) {
      add(line("shared.given", {"Given to neighbours", "供给邻户"}, wh), earned,
          {std::string(rounding_party), owner_});
    }
  }

 private:
  struct Ends {
    std::string payer;
    std::string payee;
  };
  StatementLine line(std::string id, Text label, std::int64_t wh) const {
    StatementLine line;
    line.id = std::move(id);
    line.section = Section::shared;
    line.label = std::move(label);
    const Text key = name_of(agreement_.key);
    line.explanation = {"shared interval by interval: " + key.en, "逐时段分配:" + key.zh};
    line.energy = MeteredEnergy{wh * mwh_of_shared_wh};
    line.price = agreement_.price;
    line.document = agreement_.document;
    return line;
  }
  void add(StatementLine line, Money gain, const Ends& ends) {
    const bool is_own =
        ends.payer == member_.statement.party || ends.payee == member_.statement.party;
    if (is_own) {
      line.amount = gain;
    }
    member_.flows.push_back({.group = member_.statement.party,
                             .line = line.id,
                             .payer = ends.payer,
                             .payee = ends.payee,
                             .amount = gain.fen < 0 ? -gain : gain});
    member_.statement.lines.push_back(std::move(line));
  }

  const SharingAgreement& agreement_;
  SettledMember& member_;
  const std::string& owner_;
};

}  // namespace

Error sharing_error(const MonthFrame& frame, Text what) {
  const Agreement& agreement = *frame.inputs().agreement;
  return {.fault = Fault::bad_input,
          .what = std::move(what),
          .where = {agreement.file, agreement.sharing.line, "sharing"}};
}

Result<void> share_month(const MonthFrame& frame, std::vector<SettledMember>& members) {
  const SharingAgreement& agreement = frame.inputs().agreement->sharing;
  if (agreement.mode == SharingMode::off) {
    return {};
  }
  TRY(Sharers sharers, sharers_of(frame, members));
  if (sharers.index.empty()) {
    return std::unexpected(
        Errors{sharing_error(frame, {"sharing needs the members' intervals; none are there",
                                     "共享结算需要各户分时电量,但没有"})});
  }
  fill_table(frame, members, sharers);
  if (auto sums = check_registers(sharers.table, sharers.registers); !sums) {
    return std::unexpected(std::move(sums.error()));
  }
  TRY(const SharedMonth shared, share(sharers.table, rule_of(agreement, sharers.table.members)));
  const std::vector<MemberTotal> totals = member_totals(sharers.table, shared);
  const SharedMoney money = shared_money(sharers.table.members, totals, agreement.price);
  for (std::size_t column = 0; column < sharers.index.size(); ++column) {
    const std::size_t i = sharers.index[column];
    SharedLines lines(frame, members[i], frame.plant_owner(i));
    lines.take(totals[column].received_wh, money.paid[column]);
    lines.give(totals[column].sold_wh, money.earned[column]);
  }
  if (bills_gate(agreement.mode)) {
    return split_gate(frame, {sharers.index, sharers.table.members, totals}, members);
  }
  return {};
}

}  // namespace xiaoyuan::settle
