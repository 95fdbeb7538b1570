// The settled month of a village: registers → quantities → bills → sharing → contracts →
// statements.
//
//   self-use = generation − export;   statement of a party = Σ of its flows
//   Σ over all parties of what they gain = 0, because every flow has two ends
//
// Pure: the same inputs give the same bytes, in any order of members and points. A member whose
// quantity is refused says so on its own statement, is posted nothing, and stops nobody else.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "settle/agreement.hpp"
#include "settle/bills.hpp"
#include "settle/carbon.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::settle {

/// A household as its month is settled.
struct Member {
  std::string id;
  Text name;
  SaleTerms sale;
  std::int64_t capacity_wp = 0;                     ///< of its plant; 0: none
  std::optional<std::int64_t> roof_square_dm;       ///< area of the leased roof, dm²
  const MonthTariff* import_tariff = nullptr;       ///< null: it buys nothing that is settled here
  const MonthTariff* export_tariff = nullptr;       ///< null: it sells nothing
  std::optional<tariff::Counted> counted_bought{};  ///< of the year before this month
  std::optional<tariff::Counted> counted_sold{};
  Storage storage = Storage::none;
  MeteredEnergy sold_from_storage{};
};

/// What is remembered of a holder's month for "why different from last month".
struct LineMemory {
  std::string id;
  Section section = Section::energy;
  std::optional<MeteredEnergy> energy;
  std::optional<Price> price;
  Money amount;
};
struct MonthMemory {
  ledger::Period month;
  std::string party;
  Money total;
  MonthEnergy energy;
  std::vector<LineMemory> lines;
  Money surplus;  ///< of a party, before its dividends
};

/// What an earlier month was found to owe or to have earned after it was closed: posted already,
/// and shown on the statement of the month into which it was posted.
struct Adjustment {
  std::string party;
  ledger::Period month;
  Money amount;       ///< what the party gains
  std::string entry;  ///< of the book
};

struct MonthInputs {
  ledger::Period month;
  Zone zone;
  Text village;
  bool illustrative = false;
  Instant known_at = Instant::max();
  std::span<const Member> members;
  std::span<const readings::MeterPoint> points;
  const readings::Registers* registers = nullptr;
  /// Intervals by meter point, for prices that change within the month and for sharing.
  std::span<const readings::Intervals> intervals{};  ///< `meter` names the household
  const Agreement* agreement = nullptr;
  const AvoidedFactor* factor = nullptr;      ///< null: nothing is said of CO2
  std::span<const MonthMemory> last_month{};  ///< by party
  std::span<const MonthMemory> earlier{};     ///< parties' months that a dividend still waits for
  std::span<const PoolMonth> pools_before{};  ///< what certificates carry
  std::span<const Adjustment> adjustments{};  ///< by party
  /// Of the village's own meter, where it has one. Where the agreement names it, it is a member too
  /// (gate_member), and these are its registers' and need not be given.
  std::optional<MeteredEnergy> gate_import{};
  std::optional<MeteredEnergy> gate_export{};
};

/// The village's own meter as a member beside the households: it has the agreement's `gate` as id,
/// and the tariffs that the grid company bills it by, which count only in the modes that bill the
/// gate. The agreement names a gate.
Member gate_member(const Agreement& agreement, const MonthTariff* import_tariff,
                   const MonthTariff* export_tariff);

/// Money from one to another for one line of a household or a contract.
struct Flow {
  std::string group;  ///< the household, or the contract where it is between parties: one posting
  std::string line;   ///< id of the statement's line
  std::string payer;
  std::string payee;
  Money amount;  ///< below zero: it flows back
};

/// A household's month by itself.
struct SettledMember {
  Statement statement;
  std::vector<Flow> flows;
  Recognised recognised;
  tariff::Counted counted_bought;
  tariff::Counted counted_sold;
  Errors refused;  ///< why nothing of it is posted; empty: it is settled
  readings::Grade grade = readings::Grade::measured;

  bool is_settled() const { return refused.empty(); }
};

struct VillageTotals {
  MonthEnergy energy;
  Money bought;  ///< what households pay the grid company, below zero
  Money sold;    ///< what the grid company pays
  std::int64_t avoided_g = 0;
  std::int64_t settled = 0;
  std::int64_t refused = 0;
};

/// Sums that must close, as numbers for whoever checks them.
struct Conservation {
  Money flows;                                 ///< Σ of what all gain and pay: 0
  MeteredEnergy shared_difference;             ///< Σ given − Σ taken by neighbours: 0
  std::optional<MeteredEnergy> unaccounted{};  ///< gate (import − export) − Σ members'
};

struct SettledMonth {
  ledger::Period month;
  readings::Period period;
  Instant known_at;
  std::vector<SettledMember> members;  ///< by id
  std::vector<Statement> parties;      ///< by id: grid company, companies, co-operatives, lenders …
  std::vector<Flow> party_flows;       ///< between parties, by group and line
  std::vector<PoolMonth> pools;
  std::string gate{};  ///< id of the member that is the village's own meter; "": none
  VillageTotals totals;
  Conservation conservation;
  std::vector<MonthMemory> memory;  ///< of this month, for the next
};

/// The inputs held together: members by id with the points that are theirs. It looks into the
/// inputs, which live longer. Errors: members twice, points of nobody, contracts with unknown
/// households, a month before the agreement's first.
class MonthFrame {
 public:
  static Result<MonthFrame> of(const MonthInputs& inputs);

  const MonthInputs& inputs() const { return inputs_; }
  const readings::Period& period() const { return period_; }
  std::size_t members() const { return rows_.size(); }
  const Member& member(std::size_t i) const { return *rows_[i].member; }
  const readings::MeterPoint* point(std::size_t i, readings::Channel channel) const {
    return rows_[i].points[static_cast<std::size_t>(channel)];
  }
  const readings::Intervals* intervals(std::size_t i, readings::Channel channel) const {
    return rows_[i].intervals[static_cast<std::size_t>(channel)];
  }
  /// Whose plant stands on the roof: the tenant of its lease, else the household.
  const std::string& plant_owner(std::size_t i) const { return *rows_[i].plant_owner; }
  /// The contracts of the month that name a member, by id.
  const std::vector<const Contract*>& contracts(std::size_t i) const { return rows_[i].contracts; }
  /// Index of a member by id; the number of members when it is none.
  std::size_t find(std::string_view id) const;
  /// Index of the village's own meter; the number of members when none is named.
  std::size_t gate() const { return gate_; }
  /// Whether the grid company has a bill with the member: with all, or with the gate alone.
  bool is_billed(std::size_t i) const {
    return bills_gate(inputs_.agreement->sharing.mode) == (i == gate_);
  }

 private:
  struct Row {
    const Member* member = nullptr;
    std::array<const readings::MeterPoint*, 3> points{};
    std::array<const readings::Intervals*, 3> intervals{};
    const std::string* plant_owner = nullptr;
    std::vector<const Contract*> contracts;
  };
  void place_points(Errors& errors);
  void place_contracts(Errors& errors);
  void check_month(Errors& errors) const;
  void place_gate(Errors& errors);
  MonthInputs inputs_;
  readings::Period period_;
  std::vector<Row> rows_;
  std::size_t gate_ = 0;
};

/// One household of the frame; needs nothing of the others, so callers may spread them over cores.
SettledMember settle_member(const MonthFrame& frame, std::size_t i);

/// A bill with what it was made of, for whoever holds it against another's.
struct MadeBill {
  BillInputs inputs;
  MonthBill bill;
};
struct MemberBills {
  std::string household;
  SaleTerms terms;
  std::optional<MadeBill> bought;
  std::optional<MadeBill> sold;
  std::optional<MadeBill> made;  ///< its energy alone, of the plant's own meter
};
/// The bills of a household again, with their inputs, which look into the frame. None where it is
/// refused.
MemberBills member_bills(const MonthFrame& frame, std::size_t i);

/// Sharing, contracts between members and parties, the parties' statements. `members` in the
/// frame's order.
Result<SettledMonth> join(const MonthFrame& frame, std::vector<SettledMember> members);

/// All of it, one after another.
Result<SettledMonth> settle_month(const MonthInputs& inputs);

}  // namespace xiaoyuan::settle
