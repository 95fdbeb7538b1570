// Lays the rows of files with calendar dates on their time line: order, doubles and holes checked.
//
// A row's stamp is a time on the file's own clock. Values of whole steps hold from their stamp on.
// Values of moments hold at their stamp: their steps begin where the clock has whole steps, 10
// minutes before 20160101:0010. A 29 February that a file of real years leaves out (as NSRDB's may)
// shows the 28th.
#pragma once
#include <optional>

#include "weather/channels.hpp"
#include "weather/read_options.hpp"

namespace xiaoyuan::weather {

/// The nominal year of typical years; it has no 29 February.
inline constexpr int nominal_year = 2001;

/// Whether months of different years may stand side by side.
enum class Years { real, typical, as_rows_tell };

/// What a row's values hold for.
enum class Holds { whole_step, moment };

/// How a format tells time.
struct Timing {
  /// The file's clock minus UTC.
  std::chrono::seconds clock{0};
  Years years = Years::real;
  Holds holds = Holds::whole_step;
  /// How much later than its stamp a row's light was seen.
  std::chrono::seconds light_after_stamp{0};
};

class TimeLine {
 public:
  TimeLine(ColumnRules rules, Complaints& complaints)
      : rules_(std::move(rules)), complaints_(&complaints) {}
  /// `stamp` is on the file's clock.
  void add(int line, Instant stamp, const Values& values);
  /// Fills the gaps and gives `head` (place, offset, source) its axis, values and notes.
  Result<Weather> finish(Weather head, const Timing& timing, Splitting splitting);

 private:
  struct Row {
    int line = 0;
    Instant stamp;
    Values values{};
  };
  /// Whether the rows' years jump: a typical year.
  bool has_mixed_years() const;
  void lay_on_nominal_year(Weather& head);
  bool find_step();
  Channels laid(Weather& head);
  /// The steps between two rows: a left-out leap day, a gap to fill, or an error.
  void add_hole(const Row& before, const Row& behind, Channels& channels, Weather& head);
  /// `first` is the beginning of the axis on the file's clock.
  void check_length(const Weather& head, Instant first);

  ColumnRules rules_;
  Complaints* complaints_;
  std::vector<Row> rows_;
  std::chrono::seconds step_{3600};
};

}  // namespace xiaoyuan::weather
