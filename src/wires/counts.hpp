// How often a quantity took which value: counts in bins, which several threads may add to.
#pragma once
#include <cstdint>
#include <vector>

namespace xiaoyuan::wires {

/// 101 values, falling: the k-th is passed in k % of the steps.
using Duration = std::vector<double>;
/// Of values that are all at hand.
Duration duration_of(std::vector<double> values);

/// Counts of several rows over the same bins. Values outside go to the first or last bin.
class Counts {
 public:
  Counts(std::size_t rows, double least, double most, double bin);
  /// May be called from several threads at once: whole counts do not care for the order.
  void add(std::size_t row, double value);
  /// Of one row, to half a bin; empty when nothing was counted.
  Duration duration(std::size_t row) const;
  /// A value that no more than 1 − `share` of what was counted passes, to half a bin.
  double percentile(std::size_t row, double share) const;

 private:
  double middle(std::size_t bin) const { return least_ + (static_cast<double>(bin) + 0.5) * bin_; }

  double least_;
  double bin_;
  std::size_t bins_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace xiaoyuan::wires
