// What a kWh of the grid emits, by region, year and method; and what a kWh of PV therefore avoids.
// "1,130 t" has no single meaning: every result names the factor it used.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/fields.hpp"

namespace xiaoyuan::carbon {

/// How a factor was made. Averages answer "what did a kWh emit", marginal ones "what does one kWh
/// less avoid"; press conventions reproduce published claims, and are named as such.
enum class Kind { average, average_without_traded, fossil, marginal, reporting, press };
const std::vector<std::string>& names_of(Kind);

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

/// Reads a file of [[factor]] tables.
Result<std::vector<Factor>> read_factors(std::string_view bytes, const std::string& name);

/// Tonnes of CO2 that `kwh` of PV avoid when each replaces a kWh of the grid: method
/// "generation × factor". Nothing is counted for storage losses and curtailed energy: the caller
/// passes what was used or sold.
double avoided_t(double kwh, const Factor& factor);

/// What that method says of itself.
Text avoided_method();

}  // namespace xiaoyuan::carbon
