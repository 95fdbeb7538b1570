// What a village avoided, by which factor, and in which account each kWh stands, of settled months
// and of the plan's first year (carbon/accounting.hpp).
//
// Tonnes of settled months are those of the statements. Their accounts are reckoned over the whole
// period at once: certificates of 1,000 kWh from its sums, nothing carried in, none sold.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "carbon/accounting.hpp"
#include "desk/households.hpp"

namespace xiaoyuan::desk {

struct CarbonMonth {
  std::string month;
  std::optional<MeteredEnergy> made{};
  std::int64_t gco2e = 0;
};

struct SettledCarbon {
  std::string from;
  std::string to;
  std::int64_t gco2e = 0;
  std::array<carbon::StateRow, 4> states{};
  std::int64_t tradable_certificates = 0;
  std::int64_t non_tradable_certificates = 0;
};

struct VillageCarbon {
  carbon::Factor factor;  ///< of the statements; of the plan where none is settled
  std::vector<CarbonMonth> months{};
  std::optional<SettledCarbon> settled{};
};
/// Of a calendar year.
VillageCarbon carbon_of(const VillageView& view, int year);

/// By which the village's statements reckon; the plan's where it does not settle.
const carbon::Factor& factor_of(const VillageView& view);

Text name_of(carbon::State state);

}  // namespace xiaoyuan::desk
