// What an agreement's parts must be to each other: names that exist, names that stand once, roofs
// leased once.
#pragma once
#include "settle/agreement.hpp"

namespace xiaoyuan::settle {

/// Adds what does not fit together; households are not known here (MonthFrame holds them).
void check_agreement(const Agreement& agreement, Errors& errors);

/// Every name in a contract that must be a party or a household, for one month's check.
struct NamedInContract {
  std::string_view field;
  std::string_view name;
  bool is_household = false;  ///< a household, and no party
};
std::vector<NamedInContract> names_in(const Contract& contract);

}  // namespace xiaoyuan::settle
