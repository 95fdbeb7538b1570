// Lays the rows of EPW and TMY3 files on a nominal year.
//
// A row stands at the *end* of its hour: hour h of a day (1–24) covers (h−1, h] in local standard
// time. Months of different years stand side by side, so the rows are laid on the nominal year
// 2001, which has no 29 February.
#pragma once
#include <string>
#include <vector>

#include "weather/channels.hpp"
#include "weather/read_options.hpp"
#include "weather/time_line.hpp"

namespace xiaoyuan::weather {

/// The columns of a file and how many of its rows make an hour.
struct RowFormat {
  ColumnRules columns;
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
  Result<Weather> finish(Weather head, Splitting splitting);

 private:
  std::size_t slot_of(const Stamp& stamp, int part) const;
  std::string stamp_of(std::size_t slot) const;
  void check_order(const CsvRow& row, std::size_t slot);
  void check_end();
  void drop_leap_day(Weather& weather);

  RowFormat format_;
  Complaints* complaints_;
  Channels channels_;  ///< gone after finish()
  Stamp last_stamp_{0, 0, 0};
  int last_part_ = 0;
  std::size_t next_slot_ = 0;
  int last_line_ = 0;
};

}  // namespace xiaoyuan::weather
