#include "plan/variation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.hpp"
#include "weather/resample.hpp"
#include "weather/variation.hpp"
#include "weather/years.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double least_factor = 0.2;

void scale(tariff::Schedule& schedule, double factor) {
  for (double& price : schedule.yuan_per_kwh) {
    price *= factor;
  }
  for (tariff::Slot& slot : schedule.slots) {
    slot.price = Price::of(slot.price.yuan_per_kwh() * factor);
  }
  if (schedule.mechanism) {  // the mechanism's own price is fixed by contract; the market moves
    for (Price& reference : schedule.mechanism->reference) {
      reference = Price::of(reference.yuan_per_kwh() * factor);
    }
    for (std::size_t t = 0; t < schedule.slot.size(); ++t) {
      const tariff::Slot& slot = schedule.slots[schedule.slot[t]];
      schedule.yuan_per_kwh[t] = tariff::effective_yuan_per_kwh(*schedule.mechanism, slot.month,
                                                                slot.price.yuan_per_kwh());
    }
  }
  if (schedule.tiers) {
    for (Price& addition : schedule.tiers->additions) {
      addition = Price::of(addition.yuan_per_kwh() * factor);
    }
  }
}

Random chance(const model::Village& village, std::size_t draw, const char* of) {
  return Random(seed_of(fmt::format("{}-{}", of, draw), village.seed));
}

/// A typical year as a whole brighter or duller.
weather::Weather brightened(weather::Weather weather, double factor) {
  for (auto* light : {&weather.ghi_w_m2, &weather.dni_w_m2, &weather.dhi_w_m2}) {
    for (double& value : *light) {
      value *= factor;
    }
  }
  return weather;
}

}  // namespace

Inputs varied(const Inputs& inputs, const Variation& variation) {
  Inputs drawn = inputs;
  drawn.generation_factor = variation.performance * variation.light;
  drawn.measured_factor = variation.light;
  drawn.load_factor = variation.load;
  scale(drawn.buying, variation.buy_price);
  scale(drawn.selling, variation.sell_price);
  if (drawn.selling_after_term) {
    scale(*drawn.selling_after_term, variation.sell_price);
  }
  return drawn;
}

Variation drawn_variation(const model::Village& village, std::size_t draw) {
  const model::Assumptions& assumptions = village.assumptions;
  Random random = chance(village, draw, "variation");
  const auto around = [&random](double mean, double spread) {
    return std::max(least_factor, mean + spread * random.normal());
  };
  const double least = assumptions.value("uncertainty.performance_least");
  const double most = assumptions.value("uncertainty.performance_most");
  const double price = assumptions.value("uncertainty.price_spread");
  Variation variation;
  variation.performance = around((least + most) / 2.0, (most - least) / 2.0 / one_in_ten);
  variation.load = around(1.0, assumptions.value("uncertainty.load_spread"));
  variation.buy_price = around(1.0, price);
  variation.sell_price = around(1.0, price);
  return variation;
}

const std::vector<std::string>& names_of(WeatherYears) {
  static const std::vector<std::string> names{"synthetic", "measured", "scaled"};
  return names;
}

WeatherYears weather_years(const Inputs& inputs) {
  if (inputs.source.climate) {
    return WeatherYears::synthetic;
  }
  return inputs.source.years.size() > 1 ? WeatherYears::measured : WeatherYears::scaled;
}

Result<weather::Weather> drawn_weather(const Inputs& inputs, std::size_t draw) {
  const model::Village& village = inputs.village;
  const double spread = village.assumptions.value("uncertainty.yearly_light_spread");
  const auto seed = seed_of(fmt::format("weather-{}", draw), village.seed);
  const WeatherSource& source = inputs.source;
  const WeatherYears years = weather_years(inputs);
  if (years == WeatherYears::synthetic) {
    const weather::Climate climate = weather::varied(*source.climate, spread, seed);
    TRY(const weather::Weather year,
        weather::synthetic_year(climate, inputs.times.front().year, seed));
    return weather::on_axis(year, village.axis);
  }
  if (years == WeatherYears::measured) {
    const int year = source.years[draw % source.years.size()];
    return weather::on_axis(weather::year_of(source.file, year), village.axis);
  }
  Random random = chance(village, draw, "light");
  return brightened(inputs.weather, std::max(least_factor, 1.0 + spread * random.normal()));
}

}  // namespace xiaoyuan::plan
