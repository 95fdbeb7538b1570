// Reads a household's measured load, and its measured generation where there is one, from CSV.
//
// Columns: load_kw or load_kwh; pv_kw or pv_kwh where PV is measured; time where the rows do not
// simply begin with the plan and cover it evenly. `time` is the beginning of a row's step, as
// "2011-07-01 00:30" in the village's local time, as Excel writes it back ("2011/7/1 0:30"), or
// with an offset ("2011-06-30T14:30Z").
#pragma once
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/series.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::demand {

struct LoadFile {
  Series<Power> load;
  Series<Power> pv;  ///< empty when the file has none
  std::vector<Text> notes;
  bool has_pv() const { return !pv.values.empty(); }
};

/// The series over `axis` (means; any step of the file, energy conserved). Up to two empty cells in
/// a row are filled on a line and counted in a note; more than 200,000 kWh a year is doubted in a
/// note, for the unit may be wrong. Errors: a row that is not a number or negative, an uneven step,
/// too many holes, an axis that the file does not cover.
Result<LoadFile> read_load(std::string_view bytes, const std::string& name, const TimeAxis& axis,
                           const Zone& zone);

}  // namespace xiaoyuan::demand
