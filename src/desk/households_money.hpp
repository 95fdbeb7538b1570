// What a kept statement says of money and energy with the grid: the two figures that lists show
// beside its total. Read once from each statement's bytes and known by their mark afterwards.
#pragma once
#include <map>
#include <string>

#include "desk/village_view.hpp"

namespace xiaoyuan::desk {

struct GridMoney {
  Money earned;  ///< for energy sold, with the mechanism's difference
  Money paid;    ///< for energy bought, above zero
  friend bool operator==(const GridMoney&, const GridMoney&) = default;
};

/// By the mark of the statement's bytes.
using MoneyByMark = std::map<std::string, GridMoney, std::less<>>;

/// Of all statements of a view; what `before` knows already is not read again. Errors: a statement
/// that does not read.
Result<MoneyByMark> money_of(const VillageView& view, const MoneyByMark& before);

/// Zero where the statement is not known.
GridMoney money_of(const MoneyByMark& all, const StatementView& statement);

}  // namespace xiaoyuan::desk
