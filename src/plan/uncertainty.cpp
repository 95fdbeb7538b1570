#include "plan/uncertainty.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr std::size_t measure_count = 5;
constexpr double never = std::numeric_limits<double>::infinity();

/// The village's first year, all owners together.
struct FirstYear {
  double pv_kwh = 0.0;
  double served_kwh = 0.0;  ///< less what was curtailed
  double bill_saved_yuan = 0.0;
  double export_yuan = 0.0;
  double after_term_yuan = 0.0;  ///< the same export at the market's price alone
  double light = 1.0;            ///< of the sun, over the plan's

  void add(const HouseholdPlan& home) {
    pv_kwh += home.sums.pv_kwh;
    served_kwh += home.sums.pv_kwh - home.sums.curtailed_kwh;
    bill_saved_yuan += (home.bill_without_pv - home.bill_with_pv).yuan();
    export_yuan += home.export_income.yuan();
    after_term_yuan += home.after_term_income_yuan;
  }
  double benefit_yuan() const { return bill_saved_yuan + export_yuan; }
};

Result<FirstYear> first_year(const Inputs& inputs, unsigned threads) {
  FirstYear sum;
  const auto take = [&sum](const model::Household&, HouseholdYear&& year) { sum.add(year.plan); };
  if (auto all = every_household(inputs, Depth::first_year, {threads, {}}, take); !all) {
    return std::unexpected(std::move(all.error()));
  }
  return sum;
}

double ratio(double part, double whole) { return whole != 0.0 ? part / whole : 1.0; }

/// A plan's money, and how it changes with its first year.
class Money {
 public:
  Money(const Inputs& inputs, const Study& study)
      : years_(study.finance.years),
        mechanism_years_(inputs.selling_after_term ? inputs.mechanism_years
                                                   : static_cast<int>(years_.size())),
        rate_(inputs.village.assumptions.value("money.discount_rate")) {
    for (const HouseholdPlan& home : study.households) {
      base_.add(home);
    }
  }

  const FirstYear& base() const { return base_; }
  double rate() const { return rate_; }
  const std::vector<YearOfMoney>& years() const { return years_; }
  Finance with(const FirstYear& drawn) const {
    std::vector<YearOfMoney> years = years_;
    const double life = std::max(1.0, static_cast<double>(years.size()) - 1.0);
    const double lasting = (1.0 + (drawn.light - 1.0) / std::sqrt(life)) / drawn.light;
    const double served = lasting * ratio(drawn.served_kwh, base_.served_kwh);
    const double saved = lasting * ratio(drawn.bill_saved_yuan, base_.bill_saved_yuan);
    const double exported = lasting * ratio(drawn.export_yuan, base_.export_yuan);
    const double after_term = lasting * ratio(drawn.after_term_yuan, base_.after_term_yuan);
    for (std::size_t y = 1; y < years.size(); ++y) {
      years[y].bill_saved_yuan *= saved;
      years[y].export_yuan *= static_cast<int>(y) <= mechanism_years_ ? exported : after_term;
      years[y].subsidy_yuan *= served;
      years[y].energy_kwh *= served;
    }
    return finance_of(std::move(years), rate_);
  }

 private:
  std::vector<YearOfMoney> years_;
  int mechanism_years_;
  double rate_;
  FirstYear base_;
};

/// The draws of every measure, in the order of the enum.
struct Draws {
  std::array<std::vector<double>, measure_count> values;
  void add(const FirstYear& year, const Finance& finance, double capacity_kwp) {
    values[0].push_back(capacity_kwp > 0.0 ? year.pv_kwh / capacity_kwp : 0.0);
    values[1].push_back(year.pv_kwh);
    values[2].push_back(year.benefit_yuan());
    values[3].push_back(finance.npv_yuan);
    values[4].push_back(finance.payback_years.value_or(never));
  }
};

std::optional<double> finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Spread spread_of(Measure measure, double base, std::vector<double> values) {
  std::ranges::sort(values);
  const bool more_is_better = measure != Measure::payback_years;
  const double low = quantile(values, 0.1);
  const double high = quantile(values, 0.9);
  Spread spread{.measure = measure,
                .base = finite(base),
                .p10 = finite(more_is_better ? high : low),
                .p50 = finite(quantile(values, 0.5)),
                .p90 = finite(more_is_better ? low : high),
                .values = {}};
  std::ranges::copy_if(values, std::back_inserter(spread.values),
                       [](double value) { return std::isfinite(value); });
  return spread;
}

/// Counts what is done, draws and the runs of the tornado alike.
class Steps {
 public:
  Steps(const Workers& workers, std::size_t all) : workers_(workers), all_(all) {}
  /// False when the work is to stop.
  bool next() { return !workers_.on_progress || workers_.on_progress(++done_, all_); }

 private:
  const Workers& workers_;
  std::size_t all_;
  std::size_t done_ = 0;
};

Result<Draws> draws_of(const Inputs& inputs, const Money& money, std::size_t count,
                       const Workers& workers, Steps& steps) {
  Draws draws;
  for (std::size_t draw = 0; draw < count; ++draw) {
    Inputs drawn = varied(inputs, drawn_variation(inputs.village, draw));
    TRY(drawn.weather, drawn_weather(inputs, draw));
    drawn.measured_factor = ratio(sum(drawn.weather.ghi_w_m2), sum(inputs.weather.ghi_w_m2));
    TRY(FirstYear year, first_year(drawn, workers.threads));
    year.light = drawn.measured_factor;
    draws.add(year, money.with(year), inputs.village.capacity_kwp());
    if (!steps.next()) {
      return std::unexpected(interrupted());
    }
  }
  return draws;
}

/// Swings whose ends need the village planned anew.
struct Factor {
  const char* name;
  double low;
  double high;
  double Variation::* of;
};

/// The weather is that of the plant's life on average, not of a single year.
std::vector<Factor> planned_factors(const model::Village& village) {
  const model::Assumptions& assumptions = village.assumptions;
  const auto around = [](const char* name, double spread, double Variation::* of) {
    return Factor{name, 1.0 - one_in_ten * spread, 1.0 + one_in_ten * spread, of};
  };
  const double price = assumptions.value("uncertainty.price_spread");
  return {{"performance", assumptions.value("uncertainty.performance_least"),
           assumptions.value("uncertainty.performance_most"), &Variation::performance},
          around("weather",
                 assumptions.value("uncertainty.yearly_light_spread") /
                     std::sqrt(static_cast<double>(village.life_years)),
                 &Variation::light),
          around("load", assumptions.value("uncertainty.load_spread"), &Variation::load),
          around("buy_price", price, &Variation::buy_price),
          around("sell_price", price, &Variation::sell_price)};
}
constexpr std::size_t planned_runs = 10;  // two for each of these

Result<std::vector<Swing>> planned_swings(const Inputs& inputs, const Money& money,
                                          unsigned threads, Steps& steps) {
  std::vector<Swing> swings;
  for (const Factor& factor : planned_factors(inputs.village)) {
    Swing swing{factor.name, "-", factor.low, factor.high, 0.0, 0.0};
    for (const auto& [value, npv] : {std::pair{factor.low, &swing.low_npv_yuan},
                                     std::pair{factor.high, &swing.high_npv_yuan}}) {
      Variation variation;
      variation.*factor.of = value;
      TRY(const FirstYear year, first_year(varied(inputs, variation), threads));
      *npv = money.with(year).npv_yuan;
      if (!steps.next()) {
        return std::unexpected(interrupted());
      }
    }
    swings.push_back(std::move(swing));
  }
  return swings;
}

/// Swings of money alone: the flows of energy stay as they are.
void add_money_swings(const model::Assumptions& assumptions, const Money& money,
                      std::vector<Swing>& swings) {
  const double cost = assumptions.value("uncertainty.cost_spread");
  const auto npv_with = [&](double YearOfMoney::* part, double factor) {
    std::vector<YearOfMoney> years = money.years();
    for (YearOfMoney& year : years) {
      year.*part *= factor;
    }
    return finance_of(std::move(years), money.rate()).npv_yuan;
  };
  for (const auto& [name, part] : {std::pair{"capex", &YearOfMoney::capex_yuan},
                                   std::pair{"operation", &YearOfMoney::operation_yuan}}) {
    swings.push_back({name, "-", 1.0 - cost, 1.0 + cost, npv_with(part, 1.0 - cost),
                      npv_with(part, 1.0 + cost)});
  }
  const double spread = assumptions.value("uncertainty.rate_spread");
  const double low = std::max(0.0, money.rate() - spread);
  const double high = money.rate() + spread;
  swings.push_back({"discount_rate", "1/a", low, high, finance_of(money.years(), low).npv_yuan,
                    finance_of(money.years(), high).npv_yuan});
}

}  // namespace

const std::vector<std::string>& names_of(Measure) {
  static const std::vector<std::string> names{"yield_kwh_per_kwp", "generation_kwh", "benefit_yuan",
                                              "npv_yuan", "payback_years"};
  return names;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = place - static_cast<double>(below);
  // Two that never come must not become 0 · ∞.
  return weight == 0.0 ? sorted[below] : sorted[below] * (1.0 - weight) + sorted[above] * weight;
}

Result<Uncertainty> uncertainty(const Inputs& inputs, const Study& study, std::size_t draws,
                                const Workers& workers) {
  expects(draws > 0);
  const Money money(inputs, study);
  Steps steps(workers, draws + planned_runs);
  TRY(const Draws drawn, draws_of(inputs, money, draws, workers, steps));
  Draws base;
  base.add(money.base(), study.finance, inputs.village.capacity_kwp());
  Uncertainty result{.draws = draws,
                     .weather = weather_years(inputs),
                     .measures = {},
                     .base_npv_yuan = study.finance.npv_yuan,
                     .tornado = {}};
  for (std::size_t i = 0; i < measure_count; ++i) {
    result.measures.push_back(
        spread_of(static_cast<Measure>(i), base.values[i].front(), drawn.values[i]));
  }
  TRY(result.tornado, planned_swings(inputs, money, workers.threads, steps));
  add_money_swings(inputs.village.assumptions, money, result.tornado);
  std::ranges::stable_sort(result.tornado, std::greater{}, [](const Swing& swing) {
    return std::abs(swing.high_npv_yuan - swing.low_npv_yuan);
  });
  return result;
}

}  // namespace xiaoyuan::plan
