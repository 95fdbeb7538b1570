// [sizing]: which of PV and battery the planner is to size, for whom, within what, and to what end.
//
//   [sizing]
//   objective = "npv"
//   budget_yuan = 40000
//   catalogue = [{ kwh = 5, kw = 2.5 }, { kwh = 10 }]
//
// Prices are those of the assumptions (money.*), so that plan and sizes count alike.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/fields.hpp"

namespace xiaoyuan::model {

struct Village;

/// What the sizes are to make least: the cost over the plant's life, or that of a year.
enum class SizingObjective { npv, annual };
enum class SizingAim { cheapest, least_import, least_carbon };

/// A battery that is sold as it is.
struct BatteryProduct {
  double kwh = 0.0;
  double kw = 0.0;             ///< 0: as [sizing] allows for its kWh
  std::optional<double> yuan;  ///< none: by the price of a kWh
};

struct SizingChoice {
  bool pv = true;       ///< PV is to be sized; else it stands as planned
  bool battery = true;  ///< the same
  SizingObjective objective = SizingObjective::npv;
  SizingAim aim = SizingAim::cheapest;
  std::optional<double> budget_yuan;  ///< of each household
  std::optional<double> most_kwh;     ///< none: the energy of the largest day
  double kw_per_kwh = 0.5;            ///< most power of the battery for a kWh of it
  double module_kwp = 0.0;            ///< above 0: whole modules only
  std::vector<BatteryProduct> catalogue;
  double gap = 1e-4;  ///< to be proved
  bool apply = false;
  std::vector<std::string> households;  ///< ids; empty: all
  std::string front;                    ///< id; empty: the first that was sized
  int front_points = 9;                 ///< 0: no front
  Where households_where;
  Where front_where;
};

/// Reads [sizing] where the file has it.
std::optional<SizingChoice> read_sizing(Fields& root);

/// Holds the ids of [sizing] against the households of the village.
void check_sizing(const Village& village, Errors& errors);

const std::vector<std::string>& names_of(SizingObjective);
const std::vector<std::string>& names_of(SizingAim);

}  // namespace xiaoyuan::model
