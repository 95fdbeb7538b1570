// Readers of foreign tables by a mapping: registers with what a sheet states, and intervals. What a
// row gets wrong is refused with its line and reason, and the rest of the file is taken.
#pragma once
#include <map>

#include "readings/intervals.hpp"
#include "readings/mapping.hpp"

namespace xiaoyuan::readings {

/// What became of a file's rows.
struct ImportReport {
  std::string file;
  std::size_t rows = 0;      ///< below the header
  std::size_t readings = 0;  ///< cells that became readings
  std::size_t empty = 0;     ///< cells of readings that hold nothing
  std::size_t repeated = 0;  ///< readings that the file itself repeats with the same value
  Errors refused;            ///< with line, column, and why
  std::vector<std::string> ignored_columns;
};

/// What a sheet says was the energy of a period, or the money.
struct Statement {
  std::string meter;
  std::string household;
  Instant from;
  Instant to;
  std::optional<Channel> channel;  ///< nothing: money
  std::string name;
  MeteredEnergy energy;
  Money money;
  int line = 0;
};

/// The multiplier that a sheet names for a meter.
struct StatedMultiplier {
  std::string meter;
  std::int64_t multiplier = 1;
  int line = 0;
  friend auto operator<=>(const StatedMultiplier&, const StatedMultiplier&) = default;
};

struct RegisterFile {
  std::vector<RegisterReading> readings;  ///< in the order of the file
  std::vector<Statement> statements;
  std::vector<StatedMultiplier> multipliers;
  ImportReport report;
};

/// Errors of the whole file: no table, no such sheet, a mapped column that is not there, another
/// kind of mapping. `recorded_at` is when the readings became known.
Result<RegisterFile> read_registers(std::string_view bytes, const std::string& name,
                                    const Mapping& mapping, Instant recorded_at);

struct IntervalFile {
  std::vector<Intervals> days;  ///< by meter, channel and local day of the mapping's zone
  ImportReport report;
};

/// Times must fall on the steps; a time that is there twice with another value is refused both
/// times.
Result<IntervalFile> read_intervals(std::string_view bytes, const std::string& name,
                                    const Mapping& mapping);

}  // namespace xiaoyuan::readings
