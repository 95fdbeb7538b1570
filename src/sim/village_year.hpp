// A year of readings of a planned village, made by the plan's own models, with faults: the files
// that its meters and its office would have left behind.
#pragma once
#include <string>
#include <vector>

#include "plan/crew.hpp"
#include "sim/raw.hpp"

namespace xiaoyuan::sim {

struct VillageYear {
  ActualYear year;
  std::vector<HomeYear> homes;  ///< by household
  std::vector<Metering> meters;
  RawYear raw;
};
/// The same inputs, year and seed give the same readings on any number of threads.
Result<VillageYear> village_year(const plan::Inputs& planned, const YearWanted& wanted,
                                 const plan::Workers& workers);

struct NamedBytes {
  std::string name;  ///< "readings/registers.csv"
  std::string bytes;
};
/// meters.csv and what stands in readings/: registers.csv, corrections-<month>.csv,
/// intervals.xyr (readings/archive.hpp), resent.csv, contradicting.csv, truth.csv, faults.csv.
std::vector<NamedBytes> files_of(const VillageYear& village);

}  // namespace xiaoyuan::sim
