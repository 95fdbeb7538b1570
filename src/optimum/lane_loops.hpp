// The inner loops of optimum/lanes.hpp, each in two makes: for processors with AVX2 and for
// all others. The same operations in the same order: the same bits.
#pragma once
#include <cstddef>
#include <cstdint>

namespace xiaoyuan::optimum::lane_loops {

/// A year seen by the loops. Rows and the table are aligned to 64 bytes.
struct Walk {
  const double* zero_change;
  const std::uint8_t* pairs;
  const double* table;
  std::size_t lanes;  ///< 8, 16, 24 or 32
  double floor;
  double ceiling;
};

/// rows[t] from rows[t + 1], for t from `to` − 1 down to `from`.
void back(const Walk& walk, std::size_t from, std::size_t to, double* rows);
/// One row, walked from the beginning of step `from` to the end of step `to` − 1 at each lane's λ.
void forth(const Walk& walk, std::size_t from, std::size_t to, double* row);

struct Prices {
  const double* load;
  const double* pv;
  const double* buy;
  const double* sell;
  const double* zero_change;
  double addition;
};
struct Store {
  double charge_efficiency, discharge_efficiency, wear;
  double charge_kwh, discharge_kwh;  ///< stored side
  double floor, ceiling;
  double kept;  ///< 1 − standing loss of a step
};
/// Are all finite, and what is the least of them (0 where none is below)?
struct Range {
  bool is_finite;
  double least;
};
Range range_of(const double* values, std::size_t size);

/// PV less load: its extremes (with 0 among them), and the change of stored energy that leaves
/// nothing for the meter.
struct Surplus {
  double least;
  double most;
};
Surplus surplus(const double* load_kwh, const double* pv_kwh, std::size_t size,
                const Store& battery, double* zero_change);

struct Sums {
  double cost = 0.0;
  double bound = 0.0;  ///< without the year's two ends
  double without = 0.0;
  double imported = 0.0;
  double idle_imported = 0.0;
  double exported = 0.0;
};
/// Adds up what a schedule costs and what its values prove; no limit binds.
Sums add_up(const Prices& prices, const Store& store, std::size_t size, const double* changes,
            const double* values);

}  // namespace xiaoyuan::optimum::lane_loops
