// The month's bill of one household as customer of the grid company, bought and sold, to the fen.
//
//   amount of a line = energy × price, rounded once, half up
//   difference of Document 136 = Q_mech · (P_mech − P_ref), collected where it is below zero
//
// Energy comes from registers. Where a price changes within the month, the registers of that day
// divide it; where they were not read, intervals do; without either there is no bill. Source: notes
// in facts settle.* and rule136.*; the rules of lines: tariff/bill.hpp.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "readings/intervals.hpp"
#include "readings/quantity.hpp"
#include "settle/statement.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::settle {

/// A stretch of a month with one version and one season. `slots` says where in the schedule the
/// energy of each register of a period belongs: nothing where its hours have several prices.
struct PriceStretch {
  struct RateSlot {
    readings::Rate rate = readings::Rate::flat;
    std::optional<std::size_t> slot;
  };
  readings::Period period;
  Date first_day;
  std::vector<RateSlot> slots;          ///< in the order of rates
  std::optional<std::size_t> one_slot;  ///< where all its hours have one price
};

/// A tariff laid over one month, once for all its customers.
struct MonthTariff {
  tariff::Schedule schedule;  ///< by minute of the month
  readings::Period month;
  std::vector<PriceStretch> stretches;  ///< in the order of time; they cover the month

  int year() const { return schedule.slots.front().year; }
  int month_number() const { return schedule.slots.front().month; }
};

/// Errors: those of tariff::schedule, tiers that change within the month.
Result<MonthTariff> month_tariff(const tariff::Tariff& tariff, const Zone& zone,
                                 std::chrono::year_month month);
/// The market's price of the month, with the difference of a mechanism.
Result<MonthTariff> month_tariff(const tariff::Mechanism& mechanism, const Zone& zone,
                                 std::chrono::year_month month);

/// The registers of periods that a bill under this tariff asks for beside the total; empty where
/// the total is enough. One of them may be missing: it is the total less the others.
std::vector<readings::Rate> rates_of(const MonthTariff& tariff);

/// Whether the bill goes on from what earlier months of the year have counted.
bool counts_on(const MonthTariff& tariff);

/// What the registers of a point say of a stretch of the month.
struct RateQuantity {
  readings::Rate rate = readings::Rate::flat;
  readings::Quantity quantity;
};
struct Metered {
  readings::Period period;
  readings::Quantity total;
  std::vector<RateQuantity> by_rate;  ///< any order; empty where only the total is read
  /// Whether the periods sum to the total (readings::quantities); where it passed, what the
  /// registers leave out goes to the flat period, or to the peak where there is none.
  readings::RuleNote sum{
      readings::Rule::rates_sum, readings::Outcome::skipped, {"not compared", "未核对"}};
};

struct BillInputs {
  std::string household;  ///< for messages
  const MonthTariff* tariff = nullptr;
  /// In the order of time; together they are the month. One is enough, unless a price changes
  /// within the month: then one for each stretch of the tariff, or intervals.
  std::vector<Metered> metered;
  /// The same point by interval, over the month at least; null where nobody recorded them.
  const readings::Intervals* intervals = nullptr;
  /// What the year has counted before this month; nothing where it is not known. January begins
  /// again by itself.
  std::optional<tariff::Counted> counted;
};

struct MonthBill {
  std::vector<StatementLine> lines;  ///< bought below zero, sold above
  MeteredEnergy energy;
  tariff::Counted counted;  ///< for the next month
  readings::Grade grade = readings::Grade::measured;
  Money total() const;
};

/// How a plant may send to the grid (rule 7, 国能发新能规〔2025〕7号).
enum class ExportMode { full_export, self_use, self_use_surplus };

struct SaleTerms {
  ExportMode mode = ExportMode::self_use_surplus;
  std::optional<Date> connected;  ///< asked for where the price holds for some plants only
};

/// "bought.tier1.peak": which line of a statement a bill's line is, the same in every month.
std::string line_id(const tariff::Schedule& schedule, const tariff::BillLine& line);

/// Errors, each naming the household and what is missing: registers of a day on which the price
/// changed, registers of periods without intervals, missing intervals, periods that do not sum to
/// the total, what the year has counted.
Result<MonthBill> bought(const BillInputs& inputs);
/// What the grid company pays. Nothing is paid in self_use: the energy stands in a line
/// without money.
Result<MonthBill> sold(const BillInputs& inputs, const SaleTerms& terms);

/// gross = net + vat; net = gross / (1 + rate), rounded half up; the tax is what is left.
struct VatSplit {
  Money net;
  Money vat;
};
VatSplit vat_split(Money gross, std::int64_t rate_ppm);

}  // namespace xiaoyuan::settle
