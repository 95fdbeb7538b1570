// The sets of open data: what they are called, who may have them, their columns, and their rows.
//
// Research sets are of consented households alone, under pseudonyms (desk/data_pseudonyms.hpp),
// without names, ids, meters or money. A set of fewer than five households is not given out at all,
// and a class of plants that fewer than five of them share is left blank.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "carbon/factor.hpp"
#include "desk/data_table.hpp"
#include "desk/energy_shelf.hpp"
#include "desk/households.hpp"

namespace xiaoyuan::desk {

enum class DataSet : std::uint8_t {
  village_months,
  tariffs,
  factors,
  research_months,
  research_days
};
/// "village-months", …
const std::vector<std::string>& words_of(DataSet);
inline constexpr std::size_t data_set_count = 5;
/// No set of research data, and no class in it, of fewer households.
inline constexpr std::size_t least_households = 5;

enum class DataAccess : std::uint8_t { open, villages, researchers };
const std::vector<std::string>& words_of(DataAccess);

struct DataSetTerms {
  Text name;
  Text text;  ///< what it is made of, and how
  DataAccess access = DataAccess::open;
  std::vector<Column> columns;
};
const DataSetTerms& terms_of(DataSet set);

DataTable village_months(std::span<const std::shared_ptr<const VillageView>> villages);
/// Errors: a tariff that does not read.
Result<DataTable> tariff_table(const Files& share);
DataTable factor_table(const carbon::FactorFile& factors);

struct ResearchTerms {
  int year = 0;
  std::string key;  ///< of the release
};
/// Errors: too few consented households.
Result<DataTable> research_months(const VillageFigures& figures, const ResearchTerms& terms);
Result<DataTable> research_days(const VillageFigures& figures, const ResearchTerms& terms);

/// The calendar years of which there are settled months.
std::vector<std::string> releases_of(const VillageView& view);

/// Every column of every set as a table.
DataTable dictionary_table();

}  // namespace xiaoyuan::desk
