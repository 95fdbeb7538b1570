// A quantity over a time axis: value i holds over the whole of step i, as its mean.
#pragma once
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/time_axis.hpp"
#include "base/units.hpp"

namespace xiaoyuan {

/// `values` are in the unit of Q (kW for Power, W/m² for Irradiance, …); kernels read them as
/// double. No NaN: whoever reads foreign data fills the holes and says how many.
template <class Q>
struct Series {
  TimeAxis axis;
  std::vector<double> values;

  Series() = default;
  explicit Series(const TimeAxis& over) : axis(over), values(over.size, 0.0) {}
  Series(const TimeAxis& over, std::vector<double> of) : axis(over), values(std::move(of)) {
    expects(values.size() == axis.size);
  }
  std::size_t size() const { return values.size(); }
  Q at(std::size_t i) const { return Q{values[i]}; }
};

/// Sum of the means times the step: the energy of a power series.
inline Energy total(const Series<Power>& power) {
  double sum_kw = 0.0;
  for (const double kw : power.values) {
    sum_kw += kw;
  }
  return Power{sum_kw} * power.axis.step_length();
}

/// `values` (means over the steps of `from`) as means over the steps of `to`, by overlap: what both
/// axes cover keeps its integral exactly. A finer axis repeats the mean, a coarser one averages.
/// Where `to` reaches beyond `from`, nothing is added (the caller checks coverage).
std::vector<double> resampled(const std::vector<double>& values, const TimeAxis& from,
                              const TimeAxis& to);

}  // namespace xiaoyuan
