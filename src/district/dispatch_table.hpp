// A CSV table of one meter, as the dispatch takes it: load, PV and the two prices of every step,
// and what heat and loads that may wait there are beside them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::district {

/// Values hold over a step, as its mean; row i is step i.
struct DispatchTable {
  std::vector<double> load_kw;
  std::vector<double> pv_kw;
  std::vector<double> buy;         ///< yuan/kWh
  std::vector<double> sell;        ///< yuan/kWh
  std::vector<std::string> times;  ///< as written; empty without the column
  // Empty without their columns.
  std::vector<double> heat_kw;             ///< drawn from a tank, heat
  std::vector<double> cop;                 ///< heat for a kWh of the heater's electricity
  std::vector<double> shift_kw;            ///< a load that may wait, as it runs unplanned
  std::vector<std::string> shift_windows;  ///< rows on end with one name are one window

  std::size_t size() const { return load_kw.size(); }
};

/// Columns load_kw, pv_kw, buy and sell, in any order, and `time`, `heat_kw` with `cop`, `shift_kw`
/// with `shift_window` if one likes. Powers are 0 or more; a price may be below 0. Every wrong cell
/// is an error with its line; of many the first twenty are named and the rest counted.
Result<DispatchTable> read_dispatch_table(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::district
