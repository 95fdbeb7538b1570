// Money over the years: cash flow, net present value, internal rate of return, payback, LCOE.
//
//   NPV = Σ_y c_y / (1 + r)^y;   IRR: the r at which NPV = 0
//   LCOE = Σ_y cost_y / (1 + r)^y ÷ Σ_y kWh_y / (1 + r)^y, of the PV alone: no battery
//   break-even price = (Σ_y export income_y / (1 + r)^y − NPV) ÷ Σ_y exported kWh_y / (1 + r)^y
//
//   c_y net cash of year y (yuan; year 0 is the day of building), r discount rate.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "base/text.hpp"

namespace xiaoyuan::plan {

/// A year of whoever owns a plant: yuan and kWh, all of them positive as named.
struct YearOfMoney {
  double capex_yuan = 0.0;
  double subsidy_yuan = 0.0;     ///< received
  double bill_saved_yuan = 0.0;  ///< the owner's own bill without the plant, less the bill with it
  double export_yuan = 0.0;      ///< paid by the grid company
  double operation_yuan = 0.0;
  double rent_yuan = 0.0;         ///< paid for the roof
  double replacement_yuan = 0.0;  ///< inverter, battery
  double storage_yuan = 0.0;      ///< the battery's part of capex and replacement
  double energy_kwh = 0.0;        ///< made and not curtailed
  double export_kwh = 0.0;
  double saved_kwh = 0.0;  ///< bought less than without the plant

  double benefit_yuan() const { return bill_saved_yuan + export_yuan + subsidy_yuan; }
  double net_yuan() const {
    return benefit_yuan() - capex_yuan - operation_yuan - rent_yuan - replacement_yuan;
  }
  YearOfMoney& operator+=(const YearOfMoney& other);
};

/// Adds year by year; the longer of the two says how many years there are.
void add_years(std::vector<YearOfMoney>& sum, std::span<const YearOfMoney> years);

struct Finance {
  std::vector<YearOfMoney> years;  ///< from year 0
  double npv_yuan = 0.0;
  std::optional<double> irr;
  Text irr_note;  ///< why there is none, or why it is one of several
  std::optional<double> payback_years;
  std::optional<double> discounted_payback_years;
  std::optional<double> lcoe_yuan_per_kwh;
  /// The export price at which the plant is worth nothing, all else unchanged; none without export.
  std::optional<double> break_even_yuan_per_kwh;
  double capex_yuan() const { return years.empty() ? 0.0 : years.front().capex_yuan; }
};

double net_present_value(std::span<const double> cash, double rate);

struct Irr {
  std::optional<double> rate;
  Text note;
};
/// The rate at which the cash is worth nothing. None, with the reason, when the cash never changes
/// its sign; where it does so more than once, the least root not below 0 and a note, or none when
/// the cash does not pay back.
Irr internal_rate_of_return(std::span<const double> cash);

/// When the running sum (discounted at `rate`) first stays at or above zero to the end, in years,
/// counted on a line within the year; nothing when it never does.
std::optional<double> payback(std::span<const double> cash, double rate);

/// The figures of a cash flow.
Finance finance_of(std::vector<YearOfMoney> years, double rate);

/// Yearly payment that repays 1 yuan over `years` at `rate`.
double annuity(double rate, double years);

}  // namespace xiaoyuan::plan
