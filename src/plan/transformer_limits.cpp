#include "plan/transformer_limits.hpp"

#include <algorithm>
#include <functional>

#include "hosting/dlt2041.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double rounding_kw = 1e-9;

void add_step(Beyond& beyond, double kw, double limit_kw, std::size_t step, double hours) {
  if (kw > beyond.peak_kw) {
    beyond.peak_kw = kw;
    beyond.peak_step = step;
  }
  if (kw > limit_kw + rounding_kw) {
    beyond.hours += hours;
    beyond.kwh += (kw - limit_kw) * hours;
  }
}

}  // namespace

TransformerLimits limits_of(const model::Transformer& transformer,
                            const model::Assumptions& assumptions) {
  const double kw =
      transformer.rating_kva * transformer.in_parallel * assumptions.value("grid.power_factor");
  const double rate = hosting::allowed_reverse_rate(assumptions.value("grid.reverse_load_rate"),
                                                    transformer.in_parallel);
  return {transformer.import_limit_kw.value_or(kw),
          transformer.export_limit_kw.value_or(
              std::max(0.0, rate * kw - transformer.other_generation_kw))};
}

BeyondLimits beyond(const TransformerLimits& limits, std::span<const double> net_kwh,
                    double step_hours) {
  BeyondLimits year;
  for (std::size_t t = 0; t < net_kwh.size(); ++t) {
    const double kw = net_kwh[t] / step_hours;
    add_step(year.import, kw, limits.import_kw, t, step_hours);
    add_step(year.exported, -kw, limits.export_kw, t, step_hours);
  }
  return year;
}

std::vector<double> duration_kw(std::vector<double> net_kwh, double step_hours) {
  std::ranges::sort(net_kwh, std::greater{});
  std::vector<double> percentiles;
  for (std::size_t percent = 0; percent <= 100; ++percent) {
    percentiles.push_back(net_kwh[(net_kwh.size() - 1) * percent / 100] / step_hours);
  }
  return percentiles;
}

}  // namespace xiaoyuan::plan
