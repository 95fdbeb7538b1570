// Reads points.toml: the committee's rules by which energy earns points at the civility bank
// (文明银行). What a kWh is worth there is the committee's decision, so nothing has a usual value.
//
//   version = "2026-1"
//   decided_on = 2026-03-01
//   document = "decision of the villagers' representatives no. …"
//   [[rule]]
//   id = "noon"; name = { en = "…", zh = "…" }
//   what = "self_used"                    # or made, used
//   from_hour = 10; to_hour = 14          # local; without them the whole day
//   points_per_kwh = …                    # at most six decimals
//   most_points = …                       # of a household and month; 0: no limit
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::desk {

enum class PointsFor : std::uint8_t { self_used, made, used };
const std::vector<std::string>& words_of(PointsFor);

struct PointsRule {
  std::string id;
  Text name;
  PointsFor what = PointsFor::self_used;
  int from_hour = 0;
  int to_hour = 24;
  std::int64_t points_e6_per_kwh = 0;
  std::int64_t most_points = 0;  ///< 0: no limit
};

struct PointsRules {
  std::string version;
  Date decided_on{};
  std::string document;
  Digest digest;  ///< of the file
  std::vector<PointsRule> rules;
};

/// All that is wrong at once.
Result<PointsRules> read_points_rules(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::desk
