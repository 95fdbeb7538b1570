#include "plan/study.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <thread>

namespace xiaoyuan::plan {

namespace {

/// Plans households [first, first + slots.size()) on `threads` threads. The one place where work is
/// spread over cores.
void plan_batch(const Shared& shared, std::size_t first, unsigned threads,
                std::vector<std::optional<Result<HouseholdYear>>>& slots) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < slots.size(); i = next++) {
      slots[i] = plan_household(shared, shared.inputs.village.households[first + i]);
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads; ++i) {
    helpers.emplace_back(work);
  }
  work();
}

/// What the grid company pays for a kWh fed in, the mean over the year: what another kWh from a power
/// station would cost it too, as the feed-in price is the benchmark price of coal power.
double mean_export_price(const Inputs& inputs) {
  const std::vector<double>& prices = inputs.selling.yuan_per_kwh;
  return std::accumulate(prices.begin(), prices.end(), 0.0) / static_cast<double>(prices.size());
}

Errors interrupted() {
  return {{Fault::interrupted,
           {"stopped before the end; nothing was written", "已中止;未写出任何文件"},
           {}}};
}

}  // namespace

Result<Study> study(const Inputs& inputs, const StudyOptions& options) {
  const Shared shared = share(inputs);
  const auto& homes = inputs.village.households;
  const unsigned threads =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t batch_size = 16 * static_cast<std::size_t>(threads);
  Study study;
  VillageSums sums(inputs);
  Errors errors;
  for (std::size_t first = 0; first < homes.size(); first += batch_size) {
    std::vector<std::optional<Result<HouseholdYear>>> slots(
        std::min(batch_size, homes.size() - first));
    plan_batch(shared, first, threads, slots);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (gather(*slots[i], errors) && errors.empty()) {
        HouseholdYear& year = **slots[i];
        sums.add(homes[first + i], year);
        if (options.on_household) {
          options.on_household(homes[first + i], year);
        }
        std::ranges::copy(year.plan.notes, std::back_inserter(study.notes));
        study.households.push_back(std::move(year.plan));
      }
    }
    if (options.on_progress &&
        !options.on_progress(std::min(first + batch_size, homes.size()), homes.size())) {
      return std::unexpected(interrupted());
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  study.energy = sums.energy;
  study.flows = sums.flows;
  study.hourly_matched_share = sums.hourly_matched_share();
  study.months = sums.months;
  study.typical_days = sums.typical_days();
  study.transformers = sums.transformers();
  study.net_power_kw = sums.net_power_kw();
  study.finance =
      finance_of(sums.money, inputs.village.assumptions.value("money.discount_rate"));
  study.capex = sums.capex;
  study.parties = sums.parties.forms(
      contracts_of(inputs.village.assumptions, mean_export_price(inputs)));
  study.avoided_kwh = sums.energy.pv_kwh - sums.energy.curtailed_kwh - sums.energy.battery_loss_kwh;
  return study;
}

}  // namespace xiaoyuan::plan
