// The money of one plant over its life, in its owner's eyes: capex and its parts, subsidies,
// benefit, upkeep, rent, replacements.
//
// Bill and income of a year lie on the line between the first year's and those of the last year's
// worn modules: both ends are computed, the years between them are not. Prices and upkeep rise by
// their escalation from the first year on.
#pragma once
#include <array>
#include <vector>

#include "plan/inputs.hpp"
#include "plan/parties.hpp"

namespace xiaoyuan::plan {

/// What a plant costs to build, yuan. `rest` is mounting, cables, labour and margin: what the whole
/// price leaves beside modules and inverter.
struct CapexParts {
  double modules_yuan = 0.0;
  double inverter_yuan = 0.0;
  double rest_yuan = 0.0;
  double battery_yuan = 0.0;
  double total_yuan() const { return modules_yuan + inverter_yuan + rest_yuan + battery_yuan; }
  CapexParts& operator+=(const CapexParts& other);
};
CapexParts capex_of(const model::Assumptions& assumptions, const model::Household& home,
                    double inverter_kw);

/// What changes as the modules wear.
struct FirstAndLast {
  double bill_saved_yuan = 0.0;
  double export_yuan = 0.0;
  double export_after_term_yuan = 0.0;  ///< when the mechanism has ended
  double export_kwh = 0.0;
  double saved_kwh = 0.0;
};

/// What modules yield in a year of their life (from 1), as a share of new ones.
double module_yield(const model::Assumptions& assumptions, int year);

class PlantMoney {
 public:
  PlantMoney(const Inputs& inputs, const model::Household& home, double inverter_kw);

  double yield(int year) const { return module_yield(assumptions_, year); }
  /// The years of the villager's own plant; `ends` are its first and last year, `made_kwh` what it
  /// makes in the first.
  std::vector<YearOfMoney> own(const std::array<FirstAndLast, 2>& ends, double made_kwh) const;
  /// The years of the same roofs as somebody else's, who sells every kWh and has no battery.
  std::vector<YearOfMoney> leased(const FirstAndLast& first, double made_kwh) const;

 private:
  enum class Battery { with, without };
  YearOfMoney base(int year, double made_kwh, Battery battery) const;
  double value(std::string_view key) const { return assumptions_.value(key); }

  const model::Assumptions& assumptions_;
  int life_years_;
  int mechanism_years_;
  double capacity_kwp_;
  double inverter_kw_;
  CapexParts capex_;
};

}  // namespace xiaoyuan::plan
