// The energy of a month by slot of its tariff: from the registers of periods, or from intervals
// that are brought to sum to the registers. Only bills.cpp sees this.
#pragma once
#include <vector>

#include "settle/bills.hpp"

namespace xiaoyuan::settle {

/// What a bill's energies stand on.
struct Evidence {
  std::vector<Source> sources;
  std::vector<readings::RuleNote> rules;
  readings::Grade grade = readings::Grade::measured;
};

/// Adds the registers of a quantity to what energies stand on.
void stand_on(Evidence& evidence, readings::Channel channel, readings::Rate rate,
              const readings::Quantity& quantity);

/// The energy of one slot, and how it came about.
struct SlotEnergy {
  MeteredEnergy energy;
  bool from_intervals = false;
  Evidence evidence;
};

struct SlotEnergies {
  std::vector<SlotEnergy> slots;  ///< in the order of the schedule
  MeteredEnergy total;
  Evidence evidence;  ///< of the total

  std::vector<MeteredEnergy> energies() const;
};

Result<SlotEnergies> slot_energies(const BillInputs& inputs, readings::Channel channel);

/// "household H001: " before what is wrong with its bill.
std::unexpected<Errors> refused_bill(const std::string& household, const Text& what);

}  // namespace xiaoyuan::settle
