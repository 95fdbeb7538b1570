#include "sim/year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.hpp"
#include "base/random.hpp"
#include "plan/variation.hpp"
#include "tariff/day.hpp"
#include "weather/resample.hpp"

namespace xiaoyuan::sim {

namespace {

constexpr double least_use = 0.5;

/// The periods of the day of the plan's tariff over other times. What held first in the plan holds
/// before it too: a plan that begins with a new price knows no older one.
struct DayPeriods {
  std::vector<double> yuan_per_kwh;
  std::vector<tariff::PeriodKind> kinds;
};
Result<DayPeriods> periods_over(tariff::Tariff tariff, const std::vector<Civil>& times) {
  expects(!tariff.versions.empty());
  tariff.versions.front().valid_from = Date{std::chrono::year{1900} / 1 / 1};
  DayPeriods all;
  Date date{};
  tariff::DayTable table;
  for (const Civil& time : times) {
    if (time.date() != date) {
      date = time.date();
      TRY(table, tariff::day_table(tariff, date));
    }
    const tariff::Period& period = table.at(time.minute);
    all.yuan_per_kwh.push_back(period.price.yuan_per_kwh());
    all.kinds.push_back(period.kind);
  }
  return all;
}

readings::Rate rate_of(tariff::PeriodKind kind) {
  switch (kind) {
    case tariff::PeriodKind::critical_peak:
      return readings::Rate::critical_peak;
    case tariff::PeriodKind::peak:
      return readings::Rate::peak;
    case tariff::PeriodKind::valley:
      return readings::Rate::valley;
    case tariff::PeriodKind::deep_valley:
      return readings::Rate::deep_valley;
    case tariff::PeriodKind::flat:
      break;
  }
  return readings::Rate::flat;
}

Result<void> lay_prices(ActualYear& year) {
  plan::Inputs& inputs = year.inputs;
  TRY(DayPeriods buying, periods_over(inputs.buying.tariff, inputs.times));
  TRY(DayPeriods selling, periods_over(inputs.selling.tariff, inputs.times));
  inputs.buying.yuan_per_kwh = std::move(buying.yuan_per_kwh);
  inputs.selling.yuan_per_kwh = std::move(selling.yuan_per_kwh);
  const std::set<tariff::PeriodKind> kinds(buying.kinds.begin(), buying.kinds.end());
  for (std::size_t i = 0; kinds.size() > 1 && i < year.read.size; ++i) {
    year.rates.push_back(rate_of(buying.kinds[i]));
  }
  return {};
}

/// Another year of weather. A file's single year is laid on the axis before it is made brighter or
/// duller.
Result<weather::Weather> other_weather(plan::Inputs& inputs) {
  if (plan::weather_years(inputs) == plan::WeatherYears::scaled) {
    TRY(inputs.weather, weather::on_axis(inputs.source.file, inputs.village.axis));
  }
  return plan::drawn_weather(inputs, 0);
}

std::vector<double> drawn_use(const model::Village& village) {
  const double spread = village.assumptions.value("uncertainty.load_spread");
  std::vector<double> factors;
  for (const model::Household& home : village.households) {
    Random random(seed_of(home.id + " use", village.seed));
    factors.push_back(std::max(least_use, 1.0 + spread * random.normal()));
  }
  return factors;
}

}  // namespace

Instant begin_of(const Zone& zone, const YearWanted& wanted, int month) {
  return zone.instant(Date{(wanted.from + std::chrono::months{month}) / 1}, 0);
}

Result<ActualYear> actual_year(const plan::Inputs& planned, const YearWanted& wanted) {
  using std::chrono::hours;
  expects(wanted.months >= 1 && wanted.months <= 12);
  if (wanted.step <= std::chrono::seconds{0} || hours{1} % wanted.step != std::chrono::seconds{0}) {
    return fail(Fault::bad_input,
                {"expected a step that is a part of an hour", "步长应能整除一小时"},
                {"--step", 0, ""});
  }
  ActualYear year{.wanted = wanted,
                  .inputs = planned,
                  .read = {},
                  .month_of_step = {},
                  .rates = {},
                  .use_factors = {}};
  model::Village& village = year.inputs.village;
  const Instant start = begin_of(village.zone, wanted, 0);
  const auto steps_to = [&](int month) {
    return static_cast<std::size_t>((begin_of(village.zone, wanted, month) - start) / wanted.step);
  };
  village.axis = {start, wanted.step, steps_to(12)};
  village.seed = seed_of("the year that happened", wanted.seed);
  village.dispatch = model::Dispatch::self_consumption;
  year.inputs.times = village.zone.civil(village.axis);
  year.read = {start, wanted.step, steps_to(wanted.months)};
  for (int month = 0; month < wanted.months; ++month) {
    year.month_of_step.resize(steps_to(month + 1), month);
  }
  TRY(year.inputs.weather, other_weather(year.inputs));
  if (auto laid = lay_prices(year); !laid) {
    return std::unexpected(std::move(laid.error()));
  }
  year.use_factors = drawn_use(village);
  return year;
}

}  // namespace xiaoyuan::sim
