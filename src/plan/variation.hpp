// One draw of what a plan cannot know: another year of weather, other loads, prices and losses.
#pragma once
#include "plan/inputs.hpp"

namespace xiaoyuan::plan {

/// Factors on what a plan takes as given.
struct Variation {
  double performance = 1.0;  ///< of real roofs against the model
  double light = 1.0;        ///< of the sun, beside the weather
  double load = 1.0;
  double buy_price = 1.0;
  double sell_price = 1.0;
};

/// The same village with its series and prices scaled.
Inputs varied(const Inputs& inputs, const Variation& variation);

/// How far a draw of the standard normal distribution lies where one in ten lies beyond.
inline constexpr double one_in_ten = 1.2815515655446004;

/// The factors of draw number `draw`; the same seed gives the same draws.
Variation drawn_variation(const model::Village& village, std::size_t draw);

/// Where the weather of a draw comes from: synthetic years of the climate, the measured years of a
/// file that holds several, or its one year brighter and duller as a whole.
enum class WeatherYears { synthetic, measured, scaled };
const std::vector<std::string>& names_of(WeatherYears);
WeatherYears weather_years(const Inputs& inputs);

/// The weather of draw number `draw`; measured years come in turn.
Result<weather::Weather> drawn_weather(const Inputs& inputs, std::size_t draw);

}  // namespace xiaoyuan::plan
