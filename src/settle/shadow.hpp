// The shadow bill: our bill of a household's month beside what the grid company states, equal to
// the fen, or a report that names the cause where arithmetic can tell it.
//
//   difference = stated − ours
//
// A cause is named only where it reproduces the stated figure exactly; several may, and each is
// named. Where none does, the difference stands alone.
#pragma once
#include "readings/import.hpp"
#include "settle/bills.hpp"

namespace xiaoyuan::settle {

enum class Cause : std::uint8_t {
  whole_kwh,      ///< whole kWh against all digits of the readings
  missing_meter,  ///< one meter's piece of the month is left out
  multiplier,     ///< a piece without its multiplier
  from_energy,    ///< our prices, but its energy
  price,          ///< another tariff or version
  one_rounding,   ///< the bill rounded once, ours line by line
  tier_year,      ///< the tiers counted as if the year began with this month
  unexplained
};
const std::vector<std::string>& words_of(Cause);
Text name_of(Cause cause);

struct Finding {
  Cause cause = Cause::unexplained;
  Text why;  ///< with the figures
};

/// One household and channel.
struct Shadow {
  std::string household;
  readings::Channel channel = readings::Channel::imported;
  MeteredEnergy our_energy;
  std::optional<MeteredEnergy> stated_energy;
  Money our_money;  ///< as the sheet states it: what was bought is above zero
  std::optional<Money> stated_money;
  std::vector<Finding> findings;  ///< empty where all that is stated is equal
  bool is_equal() const { return findings.empty(); }
};

/// What is held beside each other.
struct ShadowInputs {
  const BillInputs* inputs = nullptr;  ///< what the bill was made of
  const MonthBill* bill = nullptr;     ///< by bought() or sold()
  SaleTerms terms;                     ///< of what was sold
  std::optional<MeteredEnergy> stated_energy;
  std::optional<Money> stated_money;  ///< above zero: what was bought costs, what was sold earns
  /// The month under other tariffs or versions, to tell a price that is not ours.
  std::vector<const MonthTariff*> other_tariffs;
};

Shadow shadow(const ShadowInputs& inputs);

/// What sheets state of a household's month; the energies of several meters are added up. Nothing
/// where they state none. `money_name` is the mapping's name of the money meant.
struct Stated {
  std::optional<MeteredEnergy> energy;
  std::optional<Money> money;
};
struct StatedOf {
  std::string household;
  readings::Channel channel = readings::Channel::imported;
  std::string money_name;
  readings::Period month;
};
Stated stated_of(std::span<const readings::Statement> statements, const StatedOf& asked);

/// Lines for the grid company's reconciliation statement: one for all that is equal, one for each
/// household and channel that is not. `amount` is stated − ours.
std::vector<StatementLine> shadow_lines(std::span<const Shadow> shadows);

}  // namespace xiaoyuan::settle
