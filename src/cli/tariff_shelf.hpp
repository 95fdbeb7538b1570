// The tariffs and mechanisms that a name may mean, with the figures that the user gives.
#pragma once
#include "base/error.hpp"
#include "cli/tariff_views.hpp"

namespace xiaoyuan::cli {

/// All of them; where one is asked for, what is wrong in other files does not matter.
Result<TariffShelf> read_shelf(const std::string& village, const std::string& name);
std::vector<std::string> names_of(const TariffShelf& shelf);

/// From "key=value".
Result<tariff::Given> given_of(const std::vector<std::string>& words);

Result<tariff::Tariff> filled(const tariff::Tariff& one, const tariff::Given& given,
                              tariff::Missing missing);
Result<tariff::Mechanism> filled(const tariff::Mechanism& one, const tariff::Given& given,
                                 tariff::Missing missing);

}  // namespace xiaoyuan::cli
