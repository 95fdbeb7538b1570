// What the optimiser is told of a mechanism, against the bill that counts it.
#include "plan/dispatch_problem.hpp"

#include <gtest/gtest.h>

#include "tariff/bill.hpp"

namespace xiaoyuan::plan {
namespace {

/// Three months of ten steps at a market price of 0.30, under a mechanism for 80 % of what is sold.
struct Quarter {
  Inputs inputs;
  MonthAxis months;
  std::vector<double> sold = std::vector<double>(30, 20.0);

  Quarter(double mechanism_yuan, std::optional<double> cap_kwh) {
    tariff::Mechanism mechanism;
    mechanism.price = Price::of(mechanism_yuan);
    mechanism.ratio = 0.8;
    mechanism.yearly_cap_kwh = cap_kwh;
    mechanism.reference.fill(Price::of(0.29));
    inputs.selling.mechanism = mechanism;
    for (int t = 0; t < 30; ++t) {
      const int month = 1 + t / 10;
      inputs.times.push_back({.year = 2026, .month = static_cast<std::int8_t>(month)});
      inputs.selling.yuan_per_kwh.push_back(tariff::effective_yuan_per_kwh(mechanism, month, 0.30));
    }
    months = months_of(inputs.times);
  }

  double billed() const {
    const std::vector<double> market(30, 0.30);
    return tariff::total(
               tariff::market_bills(*inputs.selling.mechanism, {inputs.times, sold, market}))
        .yuan();
  }
  double told() const {
    optimum::StoreYear year;
    year.sell = inputs.selling.yuan_per_kwh;
    const optimum::DispatchProblem problem = dispatch_problem(inputs, months, year);
    double income = 0.0;
    double sum = 0.0;
    for (std::size_t t = 0; t < sold.size(); ++t) {
      income += year.sell[t] * sold[t];
      sum += sold[t];
    }
    return income + (problem.has_export_cap()
                         ? problem.export_beyond_yuan * std::max(0.0, sum - problem.export_cap_kwh)
                         : 0.0);
  }
};

TEST(DispatchProblem, EarnsWhatTheBillSaysOnBothSidesOfTheMechanismsCap) {
  for (const double mechanism_yuan : {0.3598, 0.20}) {
    for (const double cap : {100.0, 400.0, 1000.0}) {
      const Quarter quarter(mechanism_yuan, cap);
      EXPECT_NEAR(quarter.told(), quarter.billed(), 0.03) << mechanism_yuan << " " << cap;
    }
    const Quarter quarter(mechanism_yuan, std::nullopt);
    EXPECT_NEAR(quarter.told(), quarter.billed(), 0.03);
  }
}

}  // namespace
}  // namespace xiaoyuan::plan
