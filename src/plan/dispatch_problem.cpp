#include "plan/dispatch_problem.hpp"

namespace xiaoyuan::plan {

namespace {

/// What a kWh beyond the mechanism's quantity earns more than one within it.
double beyond_yuan(const tariff::Mechanism& mechanism, const MonthAxis& months) {
  double sum = 0.0;
  for (const MonthAxis::Month& month : months.months) {
    sum -= tariff::effective_yuan_per_kwh(mechanism, month.month, 0.0);
  }
  return sum / static_cast<double>(months.months.size());
}

}  // namespace

optimum::DispatchProblem dispatch_problem(const Inputs& inputs, const MonthAxis& months,
                                          const optimum::StoreYear& year) {
  optimum::DispatchProblem problem;
  problem.year = year;
  put_tiers(inputs, months, problem);
  const auto& mechanism = inputs.selling.mechanism;
  if (mechanism && mechanism->yearly_cap_kwh && mechanism->ratio > 0.0 && !months.months.empty()) {
    problem.export_cap_kwh = *mechanism->yearly_cap_kwh / mechanism->ratio;
    problem.export_beyond_yuan = beyond_yuan(*mechanism, months);
  }
  return problem;
}

}  // namespace xiaoyuan::plan
