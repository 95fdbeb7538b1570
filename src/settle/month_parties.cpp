// The parties' statements: every flow of the month at its other end, added up line by line.
#include <fmt/format.h>

#include <algorithm>

#include "settle/against_plan.hpp"
#include "settle/month_lines.hpp"
#include "settle/month_parts.hpp"

namespace xiaoyuan::settle {

namespace {

void add_energy(std::optional<MeteredEnergy>& sum, const std::optional<MeteredEnergy>& energy) {
  if (energy) {
    sum = sum.value_or(MeteredEnergy{}) + *energy;
  }
}

/// One party's lines while they are added up.
struct PartyLines {
  struct Sum {
    StatementLine line;
    std::size_t households = 0;
  };
  std::map<std::string, Sum> sums;  ///< by id
  MonthEnergy energy;
};

class PartyRun {
 public:
  PartyRun(const MonthFrame& frame, const std::vector<SettledMember>& members)
      : frame_(frame), members_(members) {
    for (const Party& party : frame.inputs().agreement->parties) {
      lines_[party.id];
    }
  }

  void add_members() {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      const SettledMember& member = members_[i];
      refused_ += member.is_settled() ? 0 : 1;
      if (i != frame_.gate()) {
        add_month(village_, member.statement.energy);
      }
      if (const auto owner = lines_.find(frame_.plant_owner(i)); owner != lines_.end()) {
        MonthEnergy plant = member.statement.energy;
        plant.bought.reset();
        add_month(owner->second.energy, plant);
      }
      for (const Flow& flow : member.flows) {
        const auto line = std::ranges::find(member.statement.lines, flow.line, &StatementLine::id);
        add(flow.payer, *line, -flow.amount);
        add(flow.payee, *line, flow.amount);
      }
    }
  }

  void add_contracts(const PartyContracts& between) {
    for (const auto& [line, at] : between.lines) {
      const Flow& flow = between.flows[at];
      for (const bool pays : {true, false}) {
        PartyLines::Sum& sum = lines_[pays ? flow.payer : flow.payee].sums[line.id];
        sum.line = line;
        sum.line.amount = pays ? -flow.amount : flow.amount;
      }
    }
  }

  std::vector<Statement> statements(const std::vector<PoolMonth>& pools) {
    std::vector<Statement> all;
    for (const Party& party : frame_.inputs().agreement->parties) {
      Statement statement = head(party);
      const PartyLines& lines = lines_[party.id];
      const bool whole_village =
          party.kind == Holder::committee || party.kind == Holder::grid_company;
      statement.energy = whole_village ? village_ : lines.energy;
      for (const auto& [id, sum] : lines.sums) {
        statement.lines.push_back(finished(sum));
      }
      if (whole_village && refused_ > 0) {
        statement.lines.push_back(refused_line());
      }
      for (const PoolMonth& pool : pools) {
        if (pool.owner == party.id) {
          statement.lines.push_back(certificate_line(pool));
        }
      }
      order_lines(statement);
      all.push_back(std::move(statement));
    }
    return all;
  }

 private:
  void add(const std::string& holder, const StatementLine& line, Money gain) {
    const auto party = lines_.find(holder);
    if (party == lines_.end()) {
      return;
    }
    PartyLines::Sum& sum = party->second.sums[line.id];
    ++sum.households;
    if (sum.households == 1) {
      sum.line = line;
      sum.line.sources.clear();
      sum.line.rules.clear();
      sum.line.amount = gain;
      return;
    }
    StatementLine& kept = sum.line;
    add_energy(kept.energy, line.energy);
    kept.amount = *kept.amount + gain;
    kept.grade = worse(kept.grade, line.grade);
    if (kept.price != line.price) {
      kept.price.reset();
    }
    if (kept.document != line.document) {
      kept.document.clear();
    }
    if (kept.version != line.version) {
      kept.version.clear();
    }
  }

  static StatementLine finished(const PartyLines::Sum& sum) {
    StatementLine line = sum.line;
    if (sum.households > 0) {
      line.explanation = {fmt::format("sum of the statements of {} households", sum.households),
                          fmt::format("{} 户结算单合计", sum.households)};
    }
    return line;
  }

  StatementLine refused_line() const {
    StatementLine line;
    line.id = "refused";
    line.section = Section::energy;
    line.label = {"Households not settled yet", "暂不能结算的农户"};
    std::string names;
    for (const SettledMember& member : members_) {
      if (!member.is_settled()) {
        names += (names.empty() ? "" : ", ") + member.statement.party;
      }
    }
    line.explanation = {fmt::format("{}: {}", refused_, names),
                        fmt::format("{} 户:{}", refused_, names)};
    line.grade = readings::Grade::refused;
    return line;
  }

  Statement head(const Party& party) const {
    const MonthInputs& inputs = frame_.inputs();
    Statement statement;
    statement.id = statement_id(inputs.month, party.id);
    statement.holder = party.kind;
    statement.party = party.id;
    statement.name = party.name;
    statement.village = inputs.village;
    statement.illustrative = inputs.illustrative;
    statement.month = inputs.month;
    statement.known_at = inputs.known_at;
    return statement;
  }

  const MonthFrame& frame_;
  const std::vector<SettledMember>& members_;
  std::map<std::string, PartyLines> lines_;
  MonthEnergy village_;
  std::int64_t refused_ = 0;
};

/// What comparing asks for, without the prices.
ComparedMonth compared(const MonthMemory& memory) {
  ComparedMonth month;
  month.made = memory.energy.made.value_or(memory.energy.sold.value_or(MeteredEnergy{}));
  month.sold = std::min(memory.energy.sold.value_or(MeteredEnergy{}), month.made);
  month.bought = memory.energy.bought.value_or(MeteredEnergy{});
  for (const LineMemory& line : memory.lines) {
    if (line.section == Section::sold || line.section == Section::mechanism) {
      month.earned += line.amount;
    } else if (line.section == Section::bought) {
      month.paid += -line.amount;
    }
  }
  month.other = memory.total - month.earned + month.paid;
  return month;
}

std::vector<PricedLine> priced_lines(const MonthMemory& memory, Section section) {
  std::vector<PricedLine> lines;
  for (const LineMemory& line : memory.lines) {
    if (line.section == section && line.energy && line.price && is_base_price(line.id)) {
      lines.push_back({line.id, *line.energy, *line.price});
    }
  }
  return lines;
}

Comparison since_last_month(const MonthMemory& last, const MonthMemory& current) {
  ComparedMonth before = compared(last);
  ComparedMonth now = compared(current);
  const auto means = [&](Section section) {
    return mean_prices(priced_lines(last, section), priced_lines(current, section));
  };
  const MeanPrices sell = means(Section::sold);
  const MeanPrices buy = means(Section::bought);
  before.sell = sell.before;
  now.sell = sell.now;
  before.buy = buy.before;
  now.buy = buy.now;
  return compare(before, now, {}, Against::last_month);
}

}  // namespace

void add_month(MonthEnergy& sum, const MonthEnergy& energy) {
  add_energy(sum.made, energy.made);
  add_energy(sum.self_used, energy.self_used);
  add_energy(sum.sold, energy.sold);
  add_energy(sum.bought, energy.bought);
  add_energy(sum.shared_in, energy.shared_in);
  add_energy(sum.shared_out, energy.shared_out);
}

std::vector<Statement> party_statements(const MonthFrame& frame,
                                        const std::vector<SettledMember>& members,
                                        const PartyContracts& between,
                                        const std::vector<PoolMonth>& pools) {
  PartyRun run(frame, members);
  run.add_members();
  run.add_contracts(between);
  return run.statements(pools);
}

MonthMemory memory_of(const Statement& statement) {
  MonthMemory memory;
  memory.month = statement.month;
  memory.party = statement.party;
  memory.total = statement.total();
  memory.energy = statement.energy;
  for (const StatementLine& line : statement.lines) {
    if (line.amount) {
      memory.lines.push_back({.id = line.id,
                              .section = line.section,
                              .energy = line.energy,
                              .price = line.price,
                              .amount = *line.amount});
    }
  }
  return memory;
}

void explain_change(Statement& statement, std::span<const MonthMemory> last_month) {
  const auto before =
      std::ranges::lower_bound(last_month, statement.party, {}, &MonthMemory::party);
  if (before == last_month.end() || before->party != statement.party) {
    return;
  }
  statement.last_month = before->total;
  if (statement.holder == Holder::household) {
    statement.changes = changes_of(since_last_month(*before, memory_of(statement)));
  }
}

}  // namespace xiaoyuan::settle
