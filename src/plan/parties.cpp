#include "plan/parties.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan::plan {

namespace {

constexpr std::array owners{model::Owner::natural_person, model::Owner::company,
                            model::Owner::cooperative};
constexpr std::size_t owner_count = owners.size();

/// Plants by who owns them.
using Plants = std::array<const Ownership*, owner_count>;

Party party_of(model::Owner owner) {
  switch (owner) {
    case model::Owner::company:
      return Party::company;
    case model::Owner::cooperative:
      return Party::cooperative;
    case model::Owner::natural_person:
      break;
  }
  return Party::villagers;
}

void add(Ownership& sum, const Ownership& other) {
  add_years(sum.years, other.years);
  sum.month_export_yuan.resize(
      std::max(sum.month_export_yuan.size(), other.month_export_yuan.size()));
  for (std::size_t i = 0; i < other.month_export_yuan.size(); ++i) {
    sum.month_export_yuan[i] += other.month_export_yuan[i];
  }
}

/// The books of one form while they are being written.
class Books {
 public:
  Books(const Contracts& contracts, std::size_t years) : contracts_(contracts), years_(years) {}

  void enter(const Plants& plants) {
    book(Party::grid_company, Line::export_payment, 0, 0.0);
    book(Party::town, Line::subsidy, 0, 0.0);
    for (const model::Owner owner : owners) {
      if (const Ownership* plant = plants[static_cast<std::size_t>(owner)]; plant != nullptr) {
        enter_plant(owner, *plant);
      }
    }
  }

  std::vector<PartyMoney> close() && {
    for (PartyMoney& money : parties_) {
      const std::vector<double> cash = money.cash();
      money.npv_yuan = net_present_value(cash, contracts_.discount_rate);
      money.total_yuan = std::accumulate(cash.begin(), cash.end(), 0.0);
      money.irr = internal_rate_of_return(cash).rate;
      const bool pays_in = !cash.empty() && cash.front() < 0.0;
      money.payback_years = pays_in ? payback(cash, 0.0) : std::nullopt;
    }
    std::ranges::sort(parties_, {}, &PartyMoney::party);
    return std::move(parties_);
  }

 private:
  void book(Party party, Line line, std::size_t year, double yuan) {
    auto money = std::ranges::find(parties_, party, &PartyMoney::party);
    if (money == parties_.end()) {
      parties_.emplace_back().party = party;
      money = std::prev(parties_.end());
    }
    auto entry = std::ranges::find(money->lines, line, &PartyLine::line);
    if (entry == money->lines.end()) {
      money->lines.push_back({line, std::vector<double>(years_, 0.0)});
      entry = std::prev(money->lines.end());
    }
    entry->yuan[year] += yuan;
  }
  /// One party pays another; nothing is written for nothing.
  void pay(Party from, Party to, std::array<Line, 2> lines, std::size_t year, double yuan) {
    if (yuan != 0.0) {
      book(from, lines[0], year, -yuan);
      book(to, lines[1], year, yuan);
    }
  }
  void spend(Party party, Line line, std::size_t year, double yuan) {
    if (yuan != 0.0) {
      book(party, line, year, -yuan);
    }
  }

  void enter_plant(model::Owner owner, const Ownership& plant);
  void enter_loan(model::Owner owner, double capex_yuan);
  double vat(const Ownership& plant, std::size_t year) const;
  double paid_by(Party party, std::size_t year) const;

  const Contracts& contracts_;
  std::size_t years_;
  std::vector<PartyMoney> parties_;
};

/// Small taxpayers are free of VAT in months below the threshold; above it the whole month's
/// income, tax included, is charged.
double Books::vat(const Ownership& plant, std::size_t year) const {
  const double first = plant.years.size() > 1 ? plant.years[1].export_yuan : 0.0;
  if (first <= 0.0 || year == 0) {
    return 0.0;
  }
  const double change = plant.years[year].export_yuan / first;
  double taxed = 0.0;
  for (const double month : plant.month_export_yuan) {
    taxed += month * change > contracts_.vat_threshold_yuan_per_month ? month * change : 0.0;
  }
  return taxed * contracts_.vat_rate / (1.0 + contracts_.vat_rate);
}

void Books::enter_loan(model::Owner owner, double capex_yuan) {
  const double loan = capex_yuan * contracts_.loan_share[static_cast<std::size_t>(owner)];
  const Party borrower = party_of(owner);
  pay(Party::lender, borrower, {Line::loan, Line::loan}, 0, loan);
  const auto last = std::min(years_ - 1, static_cast<std::size_t>(contracts_.loan_years));
  const double service = loan * annuity(contracts_.loan_rate, static_cast<double>(last));
  for (std::size_t year = 1; year <= last; ++year) {
    pay(borrower, Party::lender, {Line::loan_service, Line::loan_service}, year, service);
  }
}

double Books::paid_by(Party party, std::size_t year) const {
  const auto money = std::ranges::find(parties_, party, &PartyMoney::party);
  return money == parties_.end() ? 0.0 : money->cash()[year];
}

void Books::enter_plant(model::Owner owner, const Ownership& plant) {
  const Party party = party_of(owner);
  if (!plant.years.empty()) {
    enter_loan(owner, plant.years.front().capex_yuan);
  }
  for (std::size_t year = 0; year < plant.years.size(); ++year) {
    const YearOfMoney& money = plant.years[year];
    spend(party, Line::capex, year, money.capex_yuan);
    spend(party, Line::operation, year, money.operation_yuan);
    spend(party, Line::replacement, year, money.replacement_yuan);
    pay(Party::town, party, {Line::subsidy, Line::subsidy}, year, money.subsidy_yuan);
    pay(Party::grid_company, party, {Line::lost_sales, Line::bill_saved}, year,
        money.bill_saved_yuan);
    pay(Party::grid_company, party, {Line::export_payment, Line::export_income}, year,
        money.export_yuan);
    const double purchase_yuan_per_kwh =
        contracts_.grid_purchase_yuan_per_kwh *
        std::pow(1.0 + contracts_.price_escalation, static_cast<double>(year) - 1.0);
    spend(Party::grid_company, Line::energy_received, year,
          -(money.saved_kwh + money.export_kwh) * purchase_yuan_per_kwh);
    if (party != Party::villagers) {
      pay(party, Party::villagers, {Line::rent, Line::rent}, year, money.rent_yuan);
      spend(party, Line::vat, year, vat(plant, year));
    }
    if (party == Party::cooperative && year > 0) {
      const double surplus = std::max(0.0, paid_by(party, year));
      pay(party, Party::villagers, {Line::dividend, Line::dividend}, year,
          surplus * contracts_.dividend_share);
    }
  }
}

}  // namespace

const std::vector<std::string>& names_of(Party) {
  static const std::vector<std::string> names{"villagers",    "company", "cooperative",
                                              "grid_company", "town",    "lender"};
  return names;
}
const std::vector<std::string>& names_of(Line) {
  static const std::vector<std::string> names{
      "capex",           "subsidy",       "loan", "loan_service",
      "bill_saved",      "export_income", "rent", "dividend",
      "operation",       "replacement",   "vat",  "lost_sales",
      "energy_received", "export_payment"};
  return names;
}
const std::vector<std::string>& names_of(Form) {
  static const std::vector<std::string> names{"as_planned", "natural_person", "company",
                                              "cooperative"};
  return names;
}

std::vector<double> PartyMoney::cash() const {
  std::vector<double> cash(lines.empty() ? 0 : lines.front().yuan.size(), 0.0);
  for (const PartyLine& line : lines) {
    for (std::size_t year = 0; year < cash.size(); ++year) {
      cash[year] += line.yuan[year];
    }
  }
  return cash;
}

Contracts contracts_of(const model::Assumptions& assumptions, double grid_purchase_yuan_per_kwh) {
  return {.loan_share = {assumptions.value("loan.natural_person_share"),
                         assumptions.value("loan.company_share"),
                         assumptions.value("loan.cooperative_share")},
          .loan_rate = assumptions.value("loan.rate"),
          .loan_years = static_cast<int>(assumptions.value("loan.years")),
          .vat_rate = assumptions.value("tax.vat_rate"),
          .vat_threshold_yuan_per_month = assumptions.value("tax.vat_threshold_yuan_per_month"),
          .dividend_share = assumptions.value("money.dividend_share"),
          .discount_rate = assumptions.value("money.discount_rate"),
          .grid_purchase_yuan_per_kwh = grid_purchase_yuan_per_kwh,
          .price_escalation = assumptions.value("money.price_escalation")};
}

void PartySums::add(model::Owner planned, const Ownership& own, const Ownership& leased) {
  const bool is_own = planned == model::Owner::natural_person;
  plan::add(planned_[static_cast<std::size_t>(planned)], is_own ? own : leased);
  plan::add(all_own_, own);
  plan::add(all_leased_, leased);
}

std::vector<FormMoney> PartySums::forms(const Contracts& contracts, int life_years) const {
  const std::array<std::pair<Form, Plants>, 4> all{{
      {Form::as_planned, {&planned_[0], &planned_[1], &planned_[2]}},
      {Form::natural_person, {&all_own_, nullptr, nullptr}},
      {Form::company, {nullptr, &all_leased_, nullptr}},
      {Form::cooperative, {nullptr, nullptr, &all_leased_}},
  }};
  const auto years = static_cast<std::size_t>(life_years) + 1;
  std::vector<FormMoney> forms;
  for (const auto& [form, plants] : all) {
    Books books(contracts, years);
    books.enter(plants);
    forms.push_back({form, std::move(books).close()});
  }
  return forms;
}

}  // namespace xiaoyuan::plan
