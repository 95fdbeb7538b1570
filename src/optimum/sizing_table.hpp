// Reads a household's series for a sizing from CSV.
//
// Columns: load_kw, buy, sell (yuan/kWh); pv_kw_per_kwp (pv2_kw_per_kwp … pv4_kw_per_kwp for more
// roof planes), or pv_kw of a plant whose kWp are told; carbon_kg_per_kwh, import_limit_kw,
// export_limit_kw and time where wanted.
// All are means over the step. `time` is the beginning of a row's step, "2025-07-01 00:30".
#pragma once
#include <cstdint>
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
  std::vector<double> import_limits_kwh;         ///< the same
  std::vector<double> export_limits_kwh;         ///< the same
  /// Calendar months, counted from the first row's: by the time column, or of a year of 365 or 366
  /// days that begins on 1 January; empty where neither tells them.
  std::vector<std::uint16_t> month_of_step;
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
