// Reads the table of a community that is to be cleared: what each member imported and exported in
// each interval.
//
// Wide, a row an interval: time, H1_import_kwh, H1_export_kwh, H2_import_kwh, …
// Long, a row a member and interval: time, member, import_kwh, export_kwh
//
// _wh in place of _kwh where it is Wh. A member may have one of the two columns alone. Times like
// "2026-10-01 00:15" (with "+02:00" behind them where clocks are put back) rise, and their dates
// are the settlement days; other words are names of intervals of one day.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "settle/sharing.hpp"

namespace xiaoyuan::settle {

/// What happens to digits beyond the mWh (six decimals of a kWh).
enum class BeyondMwh : std::uint8_t { refuse, round_half_up };

struct SharingFile {
  SharingTable table;              ///< counts of `mwh_per_count`
  std::vector<std::string> times;  ///< as written
  /// 1000: whole Wh. 1 where a cell has more digits: then everything is shared in mWh.
  std::int64_t mwh_per_count = 1000;
  std::size_t days = 0;     ///< settlement days; 0 where the times are no times
  std::size_t rounded = 0;  ///< cells that lost digits
};

/// Every wrong cell is an error with line and column; of many the first twenty are named.
Result<SharingFile> read_sharing_table(std::string_view bytes, const std::string& name,
                                       BeyondMwh beyond = BeyondMwh::refuse);

/// Weights of static shares, reduced to the smallest whole numbers.
struct SharingWeights {
  std::vector<std::int64_t> weights;  ///< one for each member, or a row for each interval
  std::int64_t whole = 0;             ///< of per cent; 0: parts of their sum
};

/// "50%,30%,20%" in the order of the members, or "H1=50%,H3=20%" (the others get nothing). With %
/// they are parts of 100 and may add up to less; without, parts of their sum.
Result<SharingWeights> weights_from(std::string_view words,
                                    const std::vector<std::string>& members);

/// The same from a table: member,weight with a row a member; or time, H1, H2, … with a row for each
/// interval of the file.
Result<SharingWeights> read_weights(std::string_view bytes, const std::string& name,
                                    const SharingFile& file);

/// Which members are served first: "H1,H7".
Result<std::vector<std::uint8_t>> first_from(std::string_view words,
                                             const std::vector<std::string>& members);
/// Those that export in any interval.
std::vector<std::uint8_t> producers_of(const SharingTable& table);

}  // namespace xiaoyuan::settle
