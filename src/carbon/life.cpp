#include "carbon/life.hpp"

#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::carbon {

std::vector<YearAvoided> avoided_over_life(double first_year_kwh, const Factor& factor,
                                           const Life& life) {
  expects(fraction.holds(life.factor_decline_per_year) && fraction.holds(life.first_year_loss) &&
          fraction.holds(life.yearly_loss));
  std::vector<YearAvoided> years;
  for (int year = 1; year <= life.years; ++year) {
    const double worn =
        year == 1 ? 1.0 : (1.0 - life.first_year_loss) * std::pow(1.0 - life.yearly_loss, year - 2);
    YearAvoided one;
    one.year = year;
    one.kwh = first_year_kwh * worn;
    one.kg_per_kwh = factor.kg_per_kwh * std::pow(1.0 - life.factor_decline_per_year, year - 1);
    one.avoided_t = one.kwh * one.kg_per_kwh / 1000.0;
    years.push_back(one);
  }
  return years;
}

double total_t(const std::vector<YearAvoided>& years) {
  double total = 0.0;
  for (const YearAvoided& year : years) {
    total += year.avoided_t;
  }
  return total;
}

double decline_per_year(double earlier_kg_per_kwh, double later_kg_per_kwh, int years) {
  expects(earlier_kg_per_kwh > 0.0 && later_kg_per_kwh >= 0.0 && years > 0);
  return 1.0 - std::pow(later_kg_per_kwh / earlier_kg_per_kwh, 1.0 / years);
}

}  // namespace xiaoyuan::carbon
