// households.xlsx: the plan as a spreadsheet for the village committee, with living totals.
#pragma once
#include <string>

#include "plan/study.hpp"

namespace xiaoyuan::report {

/// The bytes of the workbook: households, months, bill lines, money by year, batteries, sources.
/// Totals and ratios are formulas with their values beside them; the totals follow the filter. The
/// bytes depend on the plan and the language alone, never on the clock. An error when the system
/// gives no memory file or no temporary one.
Result<std::string> households_workbook(const plan::Inputs& inputs, const plan::Study& study,
                                        Language language);

}  // namespace xiaoyuan::report
