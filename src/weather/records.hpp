// What the readers of weather files share: errors counted, rows laid on a nominal year, short gaps
// filled.
//
// A row stands at the *end* of its hour: hour h of a day (1–24) covers (h−1, h] in local standard
// time. Months of different years stand side by side, so the rows are laid on the nominal year
// 2001, which has no 29 February.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "weather/weather.hpp"

namespace xiaoyuan::weather {

inline constexpr int nominal_year = 2001;
/// Gaps of up to this length in irradiance and temperature are filled on a straight line.
inline constexpr std::size_t longest_gap_h = 6;

/// What is wrong in one file: the first twenty errors are kept, the others counted.
class Complaints {
 public:
  explicit Complaints(std::string file) : file_(std::move(file)) {}
  void add(int line, std::string field, Text what);
  /// A number of a cell; complains and returns range.least when it is none or out of range.
  double number(const CsvRow& row, std::size_t index, const std::string& field, const Range& range);
  bool empty() const { return errors_.empty(); }
  /// All errors; the last one says how many more there were.
  Errors take();
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  Errors errors_;
  int more_ = 0;
};

/// A column of a weather file. A value outside (missing_to, missing_from) means "not measured".
struct ColumnRule {
  std::string name;       ///< as the format calls it, for messages
  std::size_t index = 0;  ///< place in the row, from 0
  Range range;            ///< allowed values in the file's unit
  double missing_to = -9900.0;
  double missing_from = 1e9;
  double factor = 1.0;  ///< our unit per unit of the file
};

/// The columns that the planner needs, in the order of Weather's fields.
struct RowFormat {
  std::array<ColumnRule, 6> columns;  ///< GHI, DNI, DHI, temperature, wind, pressure
  int records_per_hour = 1;
};

/// Which hour a row says that it is for.
struct Stamp {
  int month = 1;
  int day = 1;
  int hour = 1;  ///< 1–24
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// The rows of a file on the slots of a leap year.
class NominalYear {
 public:
  NominalYear(RowFormat format, Complaints& complaints);
  /// Complains when the row is out of order, too short or holds no number.
  void add(const CsvRow& row, const Stamp& stamp);
  /// Fills the gaps and gives `head` (place, offset, source) its axis, values and notes.
  Result<Weather> finish(Weather head);

 private:
  std::size_t slot_of(const Stamp& stamp, int part) const;
  std::string stamp_of(std::size_t slot) const;
  void check_order(const CsvRow& row, std::size_t slot);
  void check_end();
  void drop_leap_day(Weather& weather);
  void fill(std::size_t column, Weather& weather);

  RowFormat format_;
  Complaints* complaints_;
  std::array<std::vector<double>, 6> values_;  ///< NaN where not measured; gone after finish()
  std::vector<int> lines_;
  Stamp last_stamp_{0, 0, 0};
  int last_part_ = 0;
  std::size_t next_slot_ = 0;
  int last_line_ = 0;
};

}  // namespace xiaoyuan::weather
