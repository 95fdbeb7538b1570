// How a statement writes numbers, days and grades: exact, the same on every page.
#pragma once
#include <string>

#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

/// "1,234.50", "-3.20"
std::string yuan_text(Money money);
/// "+1,234.50", "-3.20", "0.00"
std::string signed_yuan(Money money);
/// Exact, at least two decimals: "1,234.50", "0.000125"
std::string kwh_text(MeteredEnergy energy);
/// One decimal, half up: "1,234.5"; for figures at a glance.
std::string short_kwh(MeteredEnergy energy);
/// Exact, at least four decimals: "0.3598"
std::string price_text(Price price);
/// Exact, kilograms: "12.345"
std::string kg_text(std::int64_t grams);

/// Whole numbers without groups of three, for machines: "1234.5", "0.000125"
std::string decimal_text(std::int64_t number, int decimals, int least_decimals);

Text month_text(ledger::Period month);
/// "2026-10-01 00:00"; "" for an instant outside the years of the calendar.
std::string local_text(Instant instant, const Zone& zone);
/// The same without the time of day.
std::string local_day(Instant instant, const Zone& zone);

/// What stands beside a number that was not measured: "〔估〕"; "" for measured ones.
Text mark_of(readings::Grade grade);
/// What the mark means.
Text meaning_of(readings::Grade grade);

/// "李秀英 (H001)"; the party alone where it has no name.
std::string named(const Text& name, const std::string& party, Language language);
/// "2026年10月 电费与收益单"
Text title_of(const settle::Statement& statement);

}  // namespace xiaoyuan::statement
