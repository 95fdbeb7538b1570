// A village of seven households that send a January by the hour, from a seed: what its doors say is
// held against the drawn hours themselves.
//
// H1 and H4 to H7 sell what is left over, H2 only buys, H3's roof is leased by the company C1. One
// hour of H2 never came. Registers are frozen at both ends of the month and agree with the hours.
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "desk/village_desk.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::test {

inline constexpr std::size_t seven = 7;
inline constexpr std::size_t january_hours = 31 * 24;
/// Of H2's import; 05:00 of January 10.
inline constexpr std::size_t lost_hour = 9 * 24 + 5;

/// What truly flowed in an hour, in units of 10 Wh.
struct TrueHour {
  std::int64_t generated = 0;
  std::int64_t exported = 0;
  std::int64_t imported = 0;
};

struct SevenHomes {
  TemporaryFolder folder;
  std::unique_ptr<desk::Villages> villages;
  std::array<std::vector<TrueHour>, seven> hours;

  std::shared_ptr<desk::VillageDesk> desk() const { return villages->find("seven"); }
};

/// With its readings imported and January settled. Throws where that cannot be.
std::unique_ptr<SevenHomes> seven_homes();

/// 00:00 of January 1 in the village.
Instant january();

}  // namespace xiaoyuan::test
