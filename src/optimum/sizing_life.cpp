#include "optimum/sizing_life.hpp"

#include <cmath>

namespace xiaoyuan::optimum {

namespace {

double module_share(const Life& life, int year) {
  return year <= 1
             ? 1.0
             : (1.0 - life.pv_first_year_loss) * std::pow(1.0 - life.pv_yearly_loss, year - 2);
}

double battery_share(const Life& life, int year) {
  return std::pow(1.0 - life.battery_yearly_loss, (year - 1) % life.battery_years);
}

double position(const Life& life, int year) {
  const double last = module_share(life, life.years);
  return last < 1.0 ? (1.0 - module_share(life, year)) / (1.0 - last)
                    : static_cast<double>(year - 1) / std::max(1, life.years - 1);
}

}  // namespace

double annuity_of(double rate, int years) {
  return rate == 0.0 ? 1.0 / years : rate / (1.0 - std::pow(1.0 + rate, -years));
}

CountedLife annual_cost(const Life& life) {
  return {{{}}, annuity_of(life.rate, life.years), annuity_of(life.rate, life.battery_years), 1.0};
}

CountedLife life_cost(const Life& life) {
  YearShare first{0.0, 1.0, 0.0};
  YearShare last{0.0, module_share(life, life.years), 0.0};
  CountedLife counted;
  counted.upkeep_counted = 0.0;
  for (int year = 1; year <= life.years; ++year) {
    const double discount = std::pow(1.0 + life.rate, -year);
    const double late = discount * position(life, year);
    const double capacity = battery_share(life, year);
    first.weight += discount - late;
    first.capacity_share += (discount - late) * capacity;
    last.weight += late;
    last.capacity_share += late * capacity;
    counted.upkeep_counted += discount;
    if (year % life.battery_years == 0 && year < life.years) {
      counted.battery_counted += life.replacement_share * discount;
    }
  }
  for (YearShare* one : {&first, &last}) {
    if (one->weight > 0.0) {
      one->capacity_share /= one->weight;
      counted.years.push_back(*one);
    }
  }
  return counted;
}

}  // namespace xiaoyuan::optimum
