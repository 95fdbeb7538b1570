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

/// The tiers of the tariff, for a dispatch or a sizing.
template <class Problem>
void put_tiers(const Inputs& inputs, const MonthAxis& months, Problem& problem) {
  const auto& tiers = inputs.buying.tiers;
  if (!tiers) {
    return;
  }
  if (tiers->period == tariff::TierPeriod::month) {
    problem.tier_period_of_step = months.of_step;
  }
  problem.tier_limits_kwh = tiers->limits_kwh;
  for (const Price& addition : tiers->additions) {
    problem.tier_additions_yuan.push_back(addition.yuan_per_kwh());
  }
}

/// All is copied but the series that `year` points at.
optimum::DispatchProblem dispatch_problem(const Inputs& inputs, const MonthAxis& months,
                                          const optimum::StoreYear& year);

}  // namespace xiaoyuan::plan
