// How sure a plan is: the same village under many years of weather, loads and prices, and which of
// its inputs matters most.
//
// Each draw d takes a year of weather and factors on performance, use and prices; every household's
// first year is planned anew with them. The years of the plan's cash flow are then moved as their
// first year moved:  c_y(d) = c_y · c_1(d) / c_1, for bills saved, export income with and without a
// mechanism, and subsidies each. Weather alone does not stay: with w the year's light over the
// plan's, the n years of the plant have  1 + (w − 1)/√n  of it on average, so they are moved by
// that over w.
//
// P90 is what nine draws of ten reach: the 10 % quantile of what is better when larger, the 90 %
// quantile of the payback.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plan/study.hpp"
#include "plan/variation.hpp"

namespace xiaoyuan::plan {

enum class Measure { yield_kwh_per_kwp, generation_kwh, benefit_yuan, npv_yuan, payback_years };
const std::vector<std::string>& names_of(Measure);

struct Spread {
  Measure measure = Measure::generation_kwh;
  std::optional<double> base;  ///< of the plan itself; no payback: never
  std::optional<double> p10, p50, p90;
  std::vector<double> values;  ///< of the draws, rising; paybacks that never come are left out
};

/// What an input between its bounds does to the net present value, all else as planned.
struct Swing {
  std::string factor;  ///< performance, weather, load, buy_price, sell_price, capex, …
  std::string unit;
  double low = 0.0;
  double high = 0.0;
  double low_npv_yuan = 0.0;
  double high_npv_yuan = 0.0;
};

struct Uncertainty {
  std::size_t draws = 0;
  WeatherYears weather = WeatherYears::synthetic;
  std::vector<Spread> measures;
  double base_npv_yuan = 0.0;
  std::vector<Swing> tornado;  ///< the widest first
};

/// `study` is the plan's own. `workers.on_progress` counts draws, and then the tornado's runs.
Result<Uncertainty> uncertainty(const Inputs& inputs, const Study& study, std::size_t draws,
                                const Workers& workers);

/// The value below which a share of `sorted` lies, on a line between neighbours; `sorted` is not
/// empty.
double quantile(const std::vector<double>& sorted, double share);

}  // namespace xiaoyuan::plan
