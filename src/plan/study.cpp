#include "plan/study.hpp"

#include <algorithm>
#include <numeric>

namespace xiaoyuan::plan {

namespace {

/// What the grid company pays for a kWh fed in, the mean over the year: what another kWh from a
/// power station would cost it too, as the feed-in price is the benchmark price of coal power.
double mean_export_price(const Inputs& inputs) {
  const std::vector<double>& prices = inputs.selling.yuan_per_kwh;
  return std::accumulate(prices.begin(), prices.end(), 0.0) / static_cast<double>(prices.size());
}

}  // namespace

Result<Study> study(const Inputs& inputs, const StudyOptions& options) {
  Study study;
  VillageSums sums(inputs);
  const auto take = [&](const model::Household& home, HouseholdYear&& year) {
    sums.add(home, year);
    if (options.on_household) {
      options.on_household(home, year);
    }
    std::ranges::copy(year.plan.notes, std::back_inserter(study.notes));
    study.households.push_back(std::move(year.plan));
  };
  if (auto planned = every_household(inputs, Depth::full, options.workers, take); !planned) {
    return std::unexpected(std::move(planned.error()));
  }
  study.energy = sums.energy;
  study.flows = sums.flows;
  study.hourly_matched_share = sums.hourly_matched_share();
  study.months = sums.months;
  study.typical_days = sums.typical_days();
  study.net_power_kw = sums.net_power_kw();
  study.transformers = sums.transformers();
  study.finance = finance_of(sums.money, inputs.village.assumptions.value("money.discount_rate"));
  study.capex = sums.capex;
  study.parties =
      sums.parties.forms(contracts_of(inputs.village.assumptions, mean_export_price(inputs)));
  study.carbon = carbon_year(inputs, sums);
  study.waterfall = sums.waterfall;
  return study;
}

}  // namespace xiaoyuan::plan
