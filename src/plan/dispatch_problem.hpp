// A household's year as the exact optimiser takes it: the village's tiers, and the year's cap of a
// mechanism (Document 136).
//
// The mechanism settles ratio · Q of the energy Q sold, up to a yearly quantity: so a cap of
// quantity / ratio on what is sold at the effective price, and beyond it the market alone,
//
//   β = −ratio · (P_mech − P_ref)        yuan/kWh more than within the cap
//
// The bill counts month by month. Where P_ref changes by month β is its mean over the year's
// months: exact where it does not change, and near it otherwise.
#pragma once
#include "optimum/dispatch.hpp"
#include "plan/inputs.hpp"
#include "plan/months.hpp"

namespace xiaoyuan::plan {

/// All is copied but the series that `year` points at.
optimum::DispatchProblem dispatch_problem(const Inputs& inputs, const MonthAxis& months,
                                          const optimum::StoreYear& year);

}  // namespace xiaoyuan::plan
