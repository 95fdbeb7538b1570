// A district as data: what all its households share (prices, battery terms, shapes of load and
// roofs) and the row that tells one household from the next.
//
//   load_t = load_kwh · shape_t / Σ shape,      pv_t = pv_kwp · roof_t · Δ
//
// load_kwh a year's use (the energy over all steps of the shapes), shape a load shape in any unit,
// roof the power of one kWp on a class of roofs (kW/kWp), Δ the step.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "base/files.hpp"
#include "district/dispatch_answer.hpp"

namespace xiaoyuan::district {

/// Series with names, all of one length.
struct Shapes {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
};

struct District {
  double step_hours = 1.0;
  StoreTerms store;  ///< capacity and power are each household's own
  std::vector<double> tier_limits_kwh;
  std::vector<double> tier_additions_yuan;
  std::vector<double> buy;        ///< yuan/kWh
  std::vector<double> sell;       ///< yuan/kWh
  Shapes loads;                   ///< kWh a step for 1 kWh over all steps
  Shapes roofs;                   ///< kWh a step for 1 kWp
  std::uint64_t fingerprint = 0;  ///< of the bytes of its files

  std::size_t steps() const { return buy.size(); }
};

/// One row of district.csv.
struct Household {
  std::string id;
  std::uint32_t load_shape = 0;
  std::uint32_t roof = 0;
  double load_kwh = 0.0;
  double pv_kwp = 0.0;
  double battery_kwh = 0.0;
  double battery_kw = 0.0;
  double import_limit_kw = -1.0;  ///< below 0: none
  double export_limit_kw = -1.0;
  int line = 0;
};

/// Columns of numbers with names of their own: every column of the table is a shape.
Result<Shapes> read_shapes(std::string_view bytes, const std::string& name, const Range& range);

/// Reads district.toml, shapes/loads.csv, shapes/roofs.csv and shapes/prices.csv; all errors at
/// once.
Result<District> read_district(const Files& files);

/// Part of a table whose first line in the file is `first_line`.
struct RowsText {
  std::string_view header;  ///< the table's first line
  std::string_view rows;
  int first_line = 2;
};

/// The households of some rows of district.csv, checked against the district; all errors at once.
Result<std::vector<Household>> read_households(const RowsText& text, const District& district);

}  // namespace xiaoyuan::district
