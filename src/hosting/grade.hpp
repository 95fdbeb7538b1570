// The grade of a transformer's area by DL/T 2041 with the checks that need a power flow.
//
// The formulas of hosting/dlt2041.hpp look at the transformer alone. The standard also asks that
// voltage, short-circuit current and harmonics stay allowed (2019: red when a check fails). Here
// the checks are those of the present network over the whole year: voltage at every house,
// unbalance, lines, the transformer both ways. A check that fails makes the grade red; else the
// formula's grade holds. Short circuits and harmonics are not checked (`checks_not_made`).
#pragma once
#include <vector>

#include "hosting/dlt2041.hpp"
#include "wires/assessment.hpp"

namespace xiaoyuan::hosting {

/// One check of an area: the hardest use of one kind of limit.
struct GradeCheck {
  wires::LimitUse use;
  bool is_kept() const { return use.used <= 1.0; }
};

/// The checks of what every transformer feeds, in the order of LimitKind; a limit that nothing
/// there uses has a use of 0. `terminals` are those that were assessed.
std::vector<std::vector<GradeCheck>> checks_by_area(const wires::Assessment& assessment,
                                                    const wires::Network& network,
                                                    const std::vector<wires::Terminal>& terminals,
                                                    const wires::Limits& limits);

/// The formula's grade, or red where a check fails.
Grade checked(Grade by_formula, const std::vector<GradeCheck>& checks);

/// What the standard asks and this program does not compute.
std::vector<Text> checks_not_made();

}  // namespace xiaoyuan::hosting
