// Bills: energy by slot of a tariff → itemised lines in whole fen, each explaining itself.
#pragma once
#include <span>
#include <vector>

#include "base/money.hpp"
#include "tariff/schedule.hpp"

namespace xiaoyuan::tariff {

/// What a line of a bill is: energy at a period's price, what that price adds to the flat one, a
/// tier at its whole price, what it adds, a period within a tier; a subsidy; the market's energy
/// and a mechanism's difference.
enum class BillPart : std::uint8_t {
  period,
  period_addition,
  tier,
  tier_addition,
  period_in_tier,
  subsidy,
  market,
  difference
};

struct BillLine {
  Text label;        ///< "Tier 2", "valley"
  Text explanation;  ///< which kWh these are, and by which rule
  MeteredEnergy energy;
  Price price;
  Money amount;  ///< energy × price, rounded once
  BillPart part = BillPart::period;
  std::size_t slot = 0;  ///< of the schedule: the period's; of other lines the month's first
  std::size_t tier = 0;  ///< from 0 on
};

/// One month's bill; its total is the sum of its lines.
struct Bill {
  int year = 0;
  int month = 1;
  std::vector<BillLine> lines;
  Money total() const;
  MeteredEnergy energy;  ///< each kWh once, whatever the number of lines it stands in
};

/// Energy by slot of a schedule, kWh, from energy by step.
std::vector<double> energy_by_slot(const Schedule& schedule, std::span<const double> kwh);

/// What earlier bills have counted and the next one goes on from.
struct Counted {
  MeteredEnergy tier_period;   ///< of the tiers' year
  MeteredEnergy subsidised;    ///< of the subsidy's season
  MeteredEnergy in_mechanism;  ///< of the mechanism's year
  friend bool operator==(const Counted&, const Counted&) = default;
};

/// The bill of a schedule that covers one month, to the fen from whole mWh; `counted` is moved on.
Bill month_bill(const Schedule& schedule, std::span<const MeteredEnergy> by_slot, Counted& counted);

/// The bills of the axis, month by month. The tier year, and the year of a mechanism's cap, is the
/// axis itself: it begins at zero. `before` is what the tier year has already seen.
///
/// Lines by the order of the tiers. added and tou_then_tier: each period at its price, then what
/// the tiers add. tier_then_tou: each tier at the flat price and what it adds, then what each
/// period adds to the flat price or takes off; the sum is the same. Where tiers have a table each:
/// each period's energy shared among the tiers of the month in proportion, period by period or tier
/// by tier. A subsidy is a line of its own, below zero; a mechanism's difference is one too.
std::vector<Bill> bills(const Schedule& schedule, std::span<const double> kwh_by_slot,
                        MeteredEnergy before = {});

/// Sum of the totals.
Money total(std::span<const Bill> bills);

/// The lines of a year: those of the months that share label, price and explanation, added up.
/// Amounts are sums of the months' rounded ones.
std::vector<BillLine> year_lines(std::span<const Bill> bills);

}  // namespace xiaoyuan::tariff
