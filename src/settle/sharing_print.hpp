// The answer of a cleared community: each member and interval as CSV, the totals for a terminal.
#pragma once
#include <string>

#include "settle/sharing_table.hpp"

namespace xiaoyuan::settle {

/// time,member,import_wh,received_wh,from_grid_wh,export_wh,sold_wh,to_grid_wh; Wh with up to three
/// decimals, exact.
std::string sharing_csv(const SharingFile& file, const SharedMonth& month);

/// A line a member, in kWh, and their sum.
std::string sharing_text(const SharingFile& file, const SharedMonth& month, const SharingRule& rule,
                         Language language);

}  // namespace xiaoyuan::settle
