#include "plan/plant_money.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::plan {

CapexParts& CapexParts::operator+=(const CapexParts& other) {
  modules_yuan += other.modules_yuan;
  inverter_yuan += other.inverter_yuan;
  rest_yuan += other.rest_yuan;
  battery_yuan += other.battery_yuan;
  return *this;
}

CapexParts capex_of(const model::Assumptions& assumptions, const model::Household& home,
                    double inverter_kw) {
  const double capacity_kwp = home.capacity_kwp();
  const double whole = capacity_kwp * assumptions.value("money.pv_yuan_per_kwp");
  CapexParts parts;
  parts.modules_yuan =
      std::min(whole, capacity_kwp * assumptions.value("money.module_yuan_per_kwp"));
  if (home.makes_energy()) {
    parts.inverter_yuan = std::min(whole - parts.modules_yuan,
                                   inverter_kw * assumptions.value("money.inverter_yuan_per_kw"));
  }
  parts.rest_yuan = whole - parts.modules_yuan - parts.inverter_yuan;
  parts.battery_yuan = home.battery.energy_kwh * assumptions.value("money.battery_yuan_per_kwh");
  return parts;
}

PlantMoney::PlantMoney(const Inputs& inputs, const model::Household& home, double inverter_kw)
    : assumptions_(inputs.village.assumptions),
      life_years_(inputs.village.life_years),
      mechanism_years_(inputs.selling_after_term ? inputs.mechanism_years : life_years_),
      capacity_kwp_(home.capacity_kwp()),
      inverter_kw_(home.makes_energy() ? inverter_kw : 0.0),
      capex_(capex_of(assumptions_, home, inverter_kw)) {}

double module_yield(const model::Assumptions& assumptions, int year) {
  return year <= 1 ? 1.0
                   : (1.0 - assumptions.value("pv.first_year_loss")) *
                         std::pow(1.0 - assumptions.value("pv.yearly_loss"), year - 2);
}

/// All but what the energy brings.
YearOfMoney PlantMoney::base(int year, double made_kwh, Battery battery) const {
  YearOfMoney money;
  const double battery_yuan = battery == Battery::with ? capex_.battery_yuan : 0.0;
  if (year == 0) {
    money.capex_yuan = capex_.total_yuan() - capex_.battery_yuan + battery_yuan;
    money.storage_yuan = battery_yuan;
    money.subsidy_yuan = capacity_kwp_ * value("money.subsidy_yuan_per_kwp");
    return money;
  }
  money.energy_kwh = made_kwh * yield(year);
  money.operation_yuan = capacity_kwp_ * value("money.operation_yuan_per_kwp") *
                         std::pow(1.0 + value("money.operation_escalation"), year - 1);
  if (year <= static_cast<int>(value("money.subsidy_years"))) {
    money.subsidy_yuan = money.energy_kwh * value("money.subsidy_yuan_per_kwh");
  }
  const auto is_replaced = [&](std::string_view life) {
    return year % static_cast<int>(value(life)) == 0 && year < life_years_;
  };
  if (is_replaced("money.inverter_life_years")) {
    money.replacement_yuan += inverter_kw_ * value("money.inverter_yuan_per_kw");
  }
  if (is_replaced("money.battery_life_years")) {
    money.replacement_yuan += battery_yuan;
    money.storage_yuan += battery_yuan;
  }
  return money;
}

std::vector<YearOfMoney> PlantMoney::own(const std::array<FirstAndLast, 2>& ends,
                                         double made_kwh) const {
  const auto& [first, end] = ends;
  const double last = yield(life_years_);
  std::vector<YearOfMoney> years{base(0, made_kwh, Battery::with)};
  for (int year = 1; year <= life_years_; ++year) {
    const double share = last == 1.0 ? 0.0 : (1.0 - yield(year)) / (1.0 - last);
    const auto between = [share](double from, double to) { return from + share * (to - from); };
    const double prices = std::pow(1.0 + value("money.price_escalation"), year - 1);
    YearOfMoney money = base(year, made_kwh, Battery::with);
    money.bill_saved_yuan = prices * between(first.bill_saved_yuan, end.bill_saved_yuan);
    money.export_yuan =
        prices * (year <= mechanism_years_
                      ? between(first.export_yuan, end.export_yuan)
                      : between(first.export_after_term_yuan, end.export_after_term_yuan));
    money.export_kwh = between(first.export_kwh, end.export_kwh);
    money.saved_kwh = between(first.saved_kwh, end.saved_kwh);
    years.push_back(money);
  }
  return years;
}

std::vector<YearOfMoney> PlantMoney::leased(const FirstAndLast& first, double made_kwh) const {
  std::vector<YearOfMoney> years{base(0, made_kwh, Battery::without)};
  for (int year = 1; year <= life_years_; ++year) {
    YearOfMoney money = base(year, made_kwh, Battery::without);
    money.export_kwh = made_kwh * yield(year);
    const double new_modules =
        year <= mechanism_years_ ? first.export_yuan : first.export_after_term_yuan;
    money.export_yuan =
        new_modules * yield(year) * std::pow(1.0 + value("money.price_escalation"), year - 1);
    money.rent_yuan = capacity_kwp_ * value("money.roof_rent_yuan_per_kwp");
    years.push_back(money);
  }
  return years;
}

}  // namespace xiaoyuan::plan
