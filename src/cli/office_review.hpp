// A review as it is told on the terminal.
#pragma once
#include <string>

#include "office/against_plan.hpp"

namespace xiaoyuan::cli {

/// The village's table, then the households and plants that differ most, then the notes.
std::string review_text(const office::Review& review, const office::Village& village,
                        Language language);

}  // namespace xiaoyuan::cli
