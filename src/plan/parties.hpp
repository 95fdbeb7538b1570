// Who pays and who gains: a plan's money told apart by party, as it is planned and as if every roof
// were owned in one form.
//
// Between parties money only changes hands: what one pays another receives. What leaves the circle
// goes to builders (capex, replacement), to whoever keeps the plants (operation) and to the tax
// office; what enters it is the energy that the grid company need not buy elsewhere.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "model/village.hpp"
#include "plan/economics.hpp"

namespace xiaoyuan::plan {

enum class Party { villagers, company, cooperative, grid_company, town, lender };
enum class Line {
  capex,
  subsidy,
  loan,
  loan_service,
  bill_saved,
  export_income,
  rent,
  dividend,
  operation,
  replacement,
  vat,
  lost_sales,       ///< the grid company sells less
  energy_received,  ///< and need not buy that energy, nor what is fed in
  export_payment
};
/// The three forms of 国能发新能规〔2025〕7号, beside the plan's own mixture.
enum class Form { as_planned, natural_person, company, cooperative };
const std::vector<std::string>& names_of(Party);
const std::vector<std::string>& names_of(Line);
const std::vector<std::string>& names_of(Form);

struct PartyLine {
  Line line = Line::capex;
  std::vector<double> yuan;  ///< by year from 0; what the party gains is positive
};

struct PartyMoney {
  Party party = Party::villagers;
  std::vector<PartyLine> lines;
  double npv_yuan = 0.0;
  double total_yuan = 0.0;  ///< without interest
  std::optional<double> irr;
  std::optional<double> payback_years;

  std::vector<double> cash() const;
};

struct FormMoney {
  Form form = Form::as_planned;
  std::vector<PartyMoney> parties;
};

/// A household's plant in one form of ownership.
struct Ownership {
  std::vector<YearOfMoney> years;
  std::vector<double> month_export_yuan;  ///< of the first year, for the VAT threshold
};

/// What the parties have agreed, from the assumptions.
struct Contracts {
  std::array<double, 3> loan_share{};  ///< of capex, by model::Owner
  double loan_rate = 0.0;
  int loan_years = 1;  ///< at most the plant's life is taken: what it earns must repay it
  double vat_rate = 0.0;
  double vat_threshold_yuan_per_month = 0.0;
  double dividend_share = 0.0;  ///< of a co-operative's surplus of a year
  double discount_rate = 0.0;
  /// What a kWh is worth to the grid company that it need not buy elsewhere.
  double grid_purchase_yuan_per_kwh = 0.0;
  double price_escalation = 0.0;
};
Contracts contracts_of(const model::Assumptions& assumptions, double grid_purchase_yuan_per_kwh);

/// Adds households up; the order of calls is the order of the sums.
class PartySums {
 public:
  /// `own`: as the villager's plant; `leased`: as somebody else's, every kWh sold. A household
  /// without PV has no `leased`. `planned` says which of the two the plan means, and whose.
  void add(model::Owner planned, const Ownership& own, const Ownership& leased);
  /// As planned, then the three forms, each with the years 0 to `life_years`; parties without money
  /// are left out, but for the grid company and the town.
  std::vector<FormMoney> forms(const Contracts& contracts, int life_years) const;

 private:
  std::array<Ownership, 3> planned_;  // by model::Owner
  Ownership all_own_;
  Ownership all_leased_;
};

}  // namespace xiaoyuan::plan
