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

/// The bills of the axis, month by month. The tier year is the axis itself: it begins at zero.
/// `before` is what the tier year has already seen.
std::vector<Bill> bills(const Schedule& schedule, std::span<const double> kwh_by_slot,
                        MeteredEnergy before = {});

/// Sum of the totals.
Money total(std::span<const Bill> bills);

/// The lines of a year: those of the months that share label, price and explanation, added up.
/// Amounts are sums of the months' rounded ones.
std::vector<BillLine> year_lines(std::span<const Bill> bills);

/// What the tiers of a schedule add to a year's import, yuan; for planning, not for bills.
double tier_additions_yuan(const Tiers& tiers, double year_kwh);

}  // namespace xiaoyuan::tariff
