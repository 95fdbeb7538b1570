// Bills: energy by slot of a tariff → itemised lines in whole fen, each explaining itself.
#pragma once
#include <span>
#include <vector>

#include "base/money.hpp"
#include "tariff/schedule.hpp"

namespace xiaoyuan::tariff {

struct BillLine {
  Text label;        ///< "Tier 2", "valley"
  Text explanation;  ///< which kWh these are, and by which rule
  MeteredEnergy energy;
  Price price;
  Money amount;  ///< energy × price, rounded once
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
