// The months by which a book is closed.
#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "base/zone.hpp"

namespace xiaoyuan::ledger {

/// Months since January of year 0; 2026-10 is 2026 · 12 + 9.
struct Period {
  std::int32_t month = 0;
  friend auto operator<=>(Period, Period) = default;
  Period next() const { return {month + 1}; }
  static Period of(const Date& date);
  static Period of(int year, unsigned month) {
    return {year * 12 + static_cast<std::int32_t>(month) - 1};
  }
};

/// A date of the calendar in the years that a book may have, 1 to 9999.
bool is_datable(const Date& date);

/// "2026-10"
std::string text_of(Period period);

}  // namespace xiaoyuan::ledger
