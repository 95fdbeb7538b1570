// Avoided emissions over the life of a plant: modules age and the grid grows cleaner.
//
//   E_y = E_1 · a_y,   a_1 = 1,   a_y = (1 − l_1)·(1 − l)^(y−2) for y ≥ 2
//   f_y = f · (1 − d)^(y−1)
//   t_y = E_y · f_y / 1000
//
//   E_y energy used or sold in year y (kWh), l_1 and l the modules' loss after the first and in
//   each later year, f the chosen factor (kg/kWh), d its yearly decline, t_y tonnes of CO2.
//
// Year 1 takes the factor as it was published, as the yearly figure does, so that the two agree;
// the years between the factor's data and the plan's first year are not counted into the decline.
#pragma once
#include <vector>

#include "carbon/factor.hpp"

namespace xiaoyuan::carbon {

struct Life {
  int years = 25;
  double factor_decline_per_year = 0.0;  ///< d
  double first_year_loss = 0.0;          ///< l_1
  double yearly_loss = 0.0;              ///< l
};

struct YearAvoided {
  int year = 1;  ///< from 1
  double kwh = 0.0;
  double kg_per_kwh = 0.0;
  double avoided_t = 0.0;
};

/// Year by year, from the energy used or sold in the first.
std::vector<YearAvoided> avoided_over_life(double first_year_kwh, const Factor& factor,
                                           const Life& life);
double total_t(const std::vector<YearAvoided>& years);

/// The mean yearly decline between two published factors: 1 − (later/earlier)^(1/years).
double decline_per_year(double earlier_kg_per_kwh, double later_kg_per_kwh, int years);

}  // namespace xiaoyuan::carbon
