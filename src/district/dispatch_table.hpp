// A CSV table of one meter, as the dispatch takes it: load, PV and the two prices of every step.
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

  std::size_t size() const { return load_kw.size(); }
};

/// Columns load_kw, pv_kw, buy and sell, in any order, and `time` if one likes. Load and PV are 0
/// or more; a price may be below 0. Every wrong cell is an error with its line; of many the first
/// twenty are named and the rest counted.
Result<DispatchTable> read_dispatch_table(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::district
