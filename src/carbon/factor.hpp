// What a kWh of the grid emits, by region, year and method; and what a kWh of PV therefore avoids.
// "1,130 t" has no single meaning: every result names the factor it used.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/fields.hpp"

namespace xiaoyuan::carbon {

/// How a factor was made. Averages answer "what did a kWh emit", marginal ones "what does one kWh
/// less avoid"; press conventions reproduce published claims, and are named as such; life-cycle
/// ones count fuel, plant and losses, in CO2e.
enum class Kind { average, average_without_traded, fossil, marginal, reporting, press, lifecycle };
const std::vector<std::string>& names_of(Kind);
/// What a kind is called where people read it.
Text title_of(Kind kind);

struct Factor {
  std::string id;
  Text name;
  std::string region;
  int year = 0;  ///< of the data
  Kind kind = Kind::average;
  double kg_per_kwh = 0.0;
  Date valid_from;
  std::optional<Date> valid_to;
  std::string document;
  std::string source;
  std::string confidence;
};

/// A value that circulates as something that it is not.
struct WrongValue {
  std::string id;
  double kg_per_kwh = 0.0;
  Text claimed;               ///< what it is said to be
  std::optional<Text> truth;  ///< what it is, where that is known
  std::string published;      ///< id of the factor of what it is said to be; may be empty
  std::string source;
  std::string confidence;
};

struct FactorFile {
  std::vector<Factor> factors;     ///< of the grid: what PV replaces
  std::vector<Factor> footprints;  ///< of a kind of generation: what making a kWh emits
  std::vector<WrongValue> wrong_values;
};

/// Reads a file of [[factor]], [[footprint]] and [[wrong_value]] tables.
Result<FactorFile> read_factor_file(std::string_view bytes, const std::string& name);
/// The factors of such a file alone.
Result<std::vector<Factor>> read_factors(std::string_view bytes, const std::string& name);

/// "0.7204 circulates as North China 2023; the published value is 0.6361 (mee-2023-north)"
Text sentence_of(const WrongValue& wrong, std::span<const Factor> factors);

/// w·OM + (1 − w)·BM of a grid, kg/kWh: 0.75 for PV and wind, 0.5 for the rest (the tool of the
/// baseline factors' document).
double combined_margin_kg_per_kwh(double operating, double build, double operating_weight);

/// Tonnes of CO2 that `kwh` of PV avoid when each replaces a kWh of the grid: method
/// "generation × factor". Nothing is counted for storage losses and curtailed energy: the caller
/// passes what was used or sold.
double avoided_t(double kwh, const Factor& factor);

/// What that method says of itself.
Text avoided_method();

}  // namespace xiaoyuan::carbon
