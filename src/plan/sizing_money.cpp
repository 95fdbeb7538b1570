#include "plan/sizing_money.hpp"

#include <cmath>

#include "optimum/sizing_life.hpp"
#include "plan/plant_money.hpp"

namespace xiaoyuan::plan {

namespace {

class Counting {
 public:
  explicit Counting(const Inputs& inputs)
      : inputs_(inputs), assumptions_(inputs.village.assumptions) {}

  SizingMoney life(double inverter_kw_per_kwp) const;
  SizingMoney year(double inverter_kw_per_kwp) const;

 private:
  double value(std::string_view key) const { return assumptions_.value(key); }
  int years() const { return inputs_.village.life_years; }
  double rate() const { return value("money.discount_rate"); }
  double energy_of(int year) const {
    return std::pow(1.0 + value("money.price_escalation"), year - 1) *
           std::pow(1.0 + rate(), -year);
  }
  optimum::Life life_at(double escalation, std::string_view part_life) const {
    return {.years = years(),
            .rate = (1.0 + rate()) / (1.0 + escalation) - 1.0,
            .pv_first_year_loss = value("pv.first_year_loss"),
            .pv_yearly_loss = value("pv.yearly_loss"),
            .battery_years = static_cast<int>(value(part_life))};
  }
  /// Next inverters of a kWp, in today's money.
  double inverters_yuan(double kw_per_kwp) const {
    const auto counted = life_cost(life_at(0.0, "money.inverter_life_years"));
    return (counted.battery_counted - 1.0) * kw_per_kwp * value("money.inverter_yuan_per_kw");
  }
  double subsidised() const;
  std::vector<double> mean_sell() const;

  const Inputs& inputs_;
  const model::Assumptions& assumptions_;
};

double Counting::subsidised() const {
  double yuan = 0.0;
  for (int year = 1; year <= years() && year <= static_cast<int>(value("money.subsidy_years"));
       ++year) {
    yuan += module_yield(assumptions_, year) * std::pow(1.0 + rate(), -year);
  }
  return yuan * value("money.subsidy_yuan_per_kwh");
}

std::vector<double> Counting::mean_sell() const {
  std::vector<double> sell = inputs_.selling.yuan_per_kwh;
  if (!inputs_.selling_after_term) {
    return sell;
  }
  double within = 0.0;
  double after = 0.0;
  for (int year = 1; year <= years(); ++year) {
    const double weight = energy_of(year) * module_yield(assumptions_, year);
    (year <= inputs_.mechanism_years ? within : after) += weight;
  }
  for (std::size_t t = 0; t < sell.size(); ++t) {
    sell[t] =
        (within * sell[t] + after * inputs_.selling_after_term->yuan_per_kwh[t]) / (within + after);
  }
  return sell;
}

SizingMoney Counting::life(double inverter_kw_per_kwp) const {
  const double prices = value("money.price_escalation");
  const double operation = value("money.operation_escalation");
  SizingMoney money;
  money.years = life_cost(life_at(prices, "money.battery_life_years")).years;
  for (optimum::YearShare& share : money.years) {
    share.weight /= 1.0 + prices;
  }
  money.battery_counted = life_cost(life_at(0.0, "money.battery_life_years")).battery_counted;
  const double upkeep =
      life_cost(life_at(operation, "money.battery_life_years")).upkeep_counted / (1.0 + operation);
  money.upkeep_yuan =
      upkeep * value("money.operation_yuan_per_kwp") + inverters_yuan(inverter_kw_per_kwp);
  money.subsidised_yuan = subsidised();
  money.sell = mean_sell();
  money.yearly = optimum::annuity_of(rate(), years());
  return money;
}

SizingMoney Counting::year(double inverter_kw_per_kwp) const {
  const auto counted = annual_cost(life_at(0.0, "money.battery_life_years"));
  SizingMoney money;
  money.years = counted.years;
  money.pv_counted = counted.pv_counted;
  money.battery_counted = counted.battery_counted;
  money.upkeep_yuan = value("money.operation_yuan_per_kwp") +
                      counted.pv_counted * inverters_yuan(inverter_kw_per_kwp);
  money.subsidised_yuan = subsidised();
  money.sell = inputs_.selling.yuan_per_kwh;
  return money;
}

}  // namespace

SizingMoney sizing_money(const Inputs& inputs, model::SizingObjective objective,
                         double inverter_kw_per_kwp) {
  const Counting counting(inputs);
  return objective == model::SizingObjective::npv ? counting.life(inverter_kw_per_kwp)
                                                  : counting.year(inverter_kw_per_kwp);
}

double pv_subsidy_yuan(const Inputs& inputs, const SizingMoney& money, double kwh_per_kwp) {
  return inputs.village.assumptions.value("money.subsidy_yuan_per_kwp") +
         money.subsidised_yuan * kwh_per_kwp;
}

optimum::Purchase pv_purchase(const Inputs& inputs, const SizingMoney& money, double kwh_per_kwp) {
  const double price = inputs.village.assumptions.value("money.pv_yuan_per_kwp") -
                       pv_subsidy_yuan(inputs, money, kwh_per_kwp);
  return optimum::priced(price, money.pv_counted, money.upkeep_yuan);
}

optimum::Purchase battery_purchase(const Inputs& inputs, const SizingMoney& money) {
  return optimum::priced(inputs.village.assumptions.value("money.battery_yuan_per_kwh"),
                         money.battery_counted);
}

}  // namespace xiaoyuan::plan
