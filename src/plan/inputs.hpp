// Everything a plan needs, read and checked: the village, its weather on the plan's axis, its
// tariffs laid over the year, its factors and profile, its wires.
#pragma once
#include <vector>

#include "base/files.hpp"
#include "carbon/factor.hpp"
#include "demand/calendar.hpp"
#include "demand/profile.hpp"
#include "model/village.hpp"
#include "plan/roofs.hpp"
#include "plan/wires_input.hpp"
#include "tariff/schedule.hpp"
#include "weather/climate.hpp"

namespace xiaoyuan::plan {

/// A figure's document, for the report: "versions of every figure".
struct UsedVersion {
  std::string kind;  ///< tariff, factor, weather, climate, profile, wires …
  std::string id;
  Text name;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  std::string document;
  std::string source;
  std::string confidence;
};

/// Where more years of weather come from than the one that is planned.
struct WeatherSource {
  std::optional<weather::Climate> climate;
  weather::Weather file;   ///< as it was read; empty with a climate
  std::vector<int> years;  ///< whole calendar years of a measured file
};

struct Inputs {
  model::Village village;
  WeatherSource source;
  weather::Weather weather;  ///< on village.axis
  std::vector<Civil> times;  ///< local time of each step's beginning
  tariff::Schedule buying;
  tariff::Schedule selling;
  /// Where a mechanism ends before the plant does: what the market alone pays then.
  std::optional<tariff::Schedule> selling_after_term;
  int mechanism_years = 0;
  std::vector<carbon::Factor> factors;
  std::size_t chosen_factor = 0;
  demand::Profile profile;
  demand::Calendar calendar;
  PvModels pv;
  std::optional<WiresInput> wires;  ///< none with [network] source = "none"
  std::vector<UsedVersion> versions;
  std::vector<Text> warnings;
  double generation_factor = 1.0;  ///< of a draw (variation.hpp): on modelled roofs
  double measured_factor = 1.0;    ///< of a draw: on measured PV, which knows no model
  double load_factor = 1.0;        ///< of a draw
  /// The village's folder, for load files: they are read household by household.
  Files folder;

  const carbon::Factor& factor() const { return factors[chosen_factor]; }
  double step_hours() const { return village.axis.step_hours(); }
};

/// Reads a village folder with the help of share/, as it is planned or as one of its scenarios. All
/// errors at once.
Result<Inputs> read_inputs(const Files& village, const Files& share,
                           const std::string& scenario = "");

/// Reads every load file once and throws it away: what `check` does and `plan` does on its way.
Errors check_loads(const Inputs& inputs);

}  // namespace xiaoyuan::plan
