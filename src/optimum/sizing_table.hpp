// Reads a household's series for a sizing from CSV.
//
// Columns: load_kw, buy, sell (yuan/kWh); pv_kw_per_kwp (pv2_kw_per_kwp … pv4_kw_per_kwp for more
// roof planes), or pv_kw of a plant whose kWp are told; carbon_kg_per_kwh and time where wanted.
// All are means over the step. `time` is the beginning of a row's step, "2025-07-01 00:30".
#pragma once
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::optimum {

struct SizingTable {
  double step_hours = 1.0;
  std::vector<double> load_kwh;
  std::vector<double> buy;
  std::vector<double> sell;
  std::vector<std::vector<double>> kwh_per_kwp;  ///< by roof plane
  std::vector<double> carbon_kg_per_kwh;         ///< empty when the file has none
  /// Years that the series cover.
  double years() const { return static_cast<double>(load_kwh.size()) * step_hours / 8760.0; }
};

struct TableOptions {
  double step_minutes = 0.0;  ///< 0: by the time column, or a year's number of rows
  double pv_kwp = 0.0;        ///< of the plant that pv_kw is of; 0: none told
};

Result<SizingTable> read_sizing_table(std::string_view bytes, const std::string& name,
                                      const TableOptions& options);

}  // namespace xiaoyuan::optimum
