// Decimal numbers of foreign files as whole numbers of their last digit, without a detour through
// floating point: "1234.5" with two decimals is 123450.
#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace xiaoyuan::readings {

enum class DecimalFault : std::uint8_t { no_number, too_many_decimals, too_large };

/// Digits with a sign before and a point among them; zeros beyond the last decimal are nothing,
/// other digits there are an error. Up to 15 digits in all, so that no later product overflows.
std::expected<std::int64_t, DecimalFault> parse_decimal(std::string_view text, int decimals);

/// What to tell the user.
Text decimal_expected(std::string_view found, int decimals, DecimalFault fault);

/// A number of a workbook as plain digits. Workbooks keep binary numbers, 1234.56 may stand there
/// as 1234.5599999999999 or 1.23456E3; they show 15 digits of it, and so do we. Text that is no
/// number stays as it is.
std::string as_shown(std::string_view number);

}  // namespace xiaoyuan::readings
