// A mapping file (TOML): which column of a foreign table is what, in which unit, with how many
// decimals, and how its times are written. With it every grid company's and every inverter portal's
// sheet is read by the same code.
//
//   kind = "registers"               # registers, intervals (a row a time), days (a row a day)
//   zone = "Asia/Shanghai"
//   sheet = "01"                     # of a workbook, or how its name begins
//   header_row = 3; date_order = "ymd"   # the line of the columns' names (1); ymd, dmy or mdy
//   meter = "电能表编号"                # the column; or meter_id = "100" for a file of one meter
//   household = "户号"; multiplier = "倍率"     # columns, where there are such; of intervals the
//   multiplier is applied, of registers it is held against the meter's
//   [[value]]                        # registers: one register and its time
//   column = "本期示数", time = "本期抄表日期", channel = "generated", rate = "total",
//   unit = "kWh", decimals = 2
//   [[stated]]                       # energy that the sheet itself states, to be held against ours
//   column = "发电量", channel = "generated", from = "上期抄表日期", to = "本期抄表日期", …
//   [[amount]]                       # money that the sheet states
//   column = "电费", name = "上网电费", from = …, to = …
//
// intervals: `time` of the file and time_is = "start" or "end" of a step of step_minutes; one
// [[value]] for each column. days: `date`, and [[value]] names the `first` of its columns, one for
// each step of the day, side by side. numbers = "binary" says that the program which wrote the file
// printed binary numbers (0.30000000000000004): they are read to the 15 digits they are good for,
// as those of workbooks are. Where intervals show the secondary side of a meter, `multiplier` names
// a column, or multiplier_is = 20 holds for the file; else it is in them already. `only = { column
// = …, is = … }` restricts a value to the rows whose cell says so.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readings/meter.hpp"
#include "readings/stamp.hpp"

namespace xiaoyuan::readings {

enum class TableKind : std::uint8_t { registers, intervals, days };
/// Energy, or mean power over the step (intervals only).
enum class ReadingUnit : std::uint8_t { wh, kwh, mega_wh, watt, kilowatt };
enum class NumberForm : std::uint8_t { decimal, binary };
enum class TimeIs : std::uint8_t { start, end };

/// A cell that must say something for a row to count.
struct OnlyWhere {
  std::string column;
  std::string is;
};

struct MappedValue {
  std::string column;  ///< days: the first of its columns
  std::string time;    ///< registers: the column of its time
  Channel channel = Channel::imported;
  Rate rate = Rate::total;
  ReadingUnit unit = ReadingUnit::kwh;
  int decimals = 2;
  std::optional<OnlyWhere> only;
};

struct MappedStatement {
  std::string column;
  std::string from;
  std::string to;
  std::optional<Channel> channel;  ///< of energy; nothing for money
  std::string name;                ///< of money
  ReadingUnit unit = ReadingUnit::kwh;
  int decimals = 2;
};

struct Mapping {
  std::string file;  ///< its own name, for messages
  TableKind kind = TableKind::registers;
  std::string sheet;
  int header_row = 1;
  Zone zone;
  DateOrder order = DateOrder::year_month_day;
  NumberForm numbers = NumberForm::decimal;
  std::string meter;  ///< the column, or
  std::string meter_id;
  std::string household;
  std::string multiplier;          ///< a column
  std::int64_t multiplier_is = 1;  ///< intervals without such a column
  std::string time;                ///< intervals: time; days: date
  TimeIs time_is = TimeIs::start;
  std::chrono::seconds step{0};
  std::vector<MappedValue> values;
  std::vector<MappedStatement> statements;
};

/// Errors: all that is wrong, by line and key.
Result<Mapping> read_mapping(std::string_view bytes, const std::string& name);

/// No meter has more.
inline constexpr std::int64_t most_multiplier = 1'000'000;

/// mWh of one unit of the last decimal; nothing where it is no whole number.
std::optional<std::int64_t> mwh_of_digit(ReadingUnit unit, int decimals, std::chrono::seconds step);

}  // namespace xiaoyuan::readings
