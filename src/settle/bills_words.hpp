// The sentences of a bill's lines: which kWh, by which rule. Only bills.cpp and shadow.cpp see
// this.
#pragma once
#include "settle/bills_energy.hpp"

namespace xiaoyuan::settle {

/// "0.4883": a price in yuan/kWh without zeros at its end.
std::string price_text(Price price);
/// "201.97": an energy in kWh without zeros at its end.
std::string short_kwh(MeteredEnergy energy);

/// What a line stands in.
struct BilledMonth {
  const tariff::Schedule& schedule;
  const SlotEnergies& energies;
  tariff::Counted before;
};

Text explained(const BilledMonth& month, const tariff::BillLine& line);
/// The document that fixes its price.
std::string document_of(const BilledMonth& month, const tariff::BillLine& line);
/// "beijing-residential from 2026-01-01"
std::string version_of(const BilledMonth& month, const tariff::BillLine& line);

}  // namespace xiaoyuan::settle
