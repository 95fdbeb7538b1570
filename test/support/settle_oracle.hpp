// A slow, plain reckoning of a month in exact fractions: no code of settle/, no look-up that could
// be shared with it, every reading found by looking at all of them.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "readings/quantity.hpp"

namespace xiaoyuan::settle::test {

/// Prices of a month in 1e-8 yuan/kWh; tiers of the month at 100 and 200 kWh.
struct PlainPrices {
  std::int64_t buy = 48'830'000;
  std::int64_t sell = 35'980'000;
  friend bool operator==(const PlainPrices&, const PlainPrices&) = default;
  friend auto operator<=>(const PlainPrices&, const PlainPrices&) = default;
};
inline constexpr std::int64_t plain_limits[] = {100, 200};
inline constexpr std::int64_t plain_additions[] = {5'000'000, 30'000'000};

struct PlainHouse {
  std::string id;
  std::int64_t capacity_wp = 0;
  std::vector<readings::MeterPoint> points;  // imported, exported, generated
};

/// What the office knows when it settles.
struct PlainWorld {
  std::vector<PlainHouse> houses;
  std::map<std::string, std::vector<readings::RegisterReading>> readings;  // by meter
};

struct PlainMonth {
  readings::Period period;
  int number = 0;  // from the contracts' first month on, 0
  PlainPrices prices;
  Instant known_at;
  std::set<std::string> present;
};

using Pair = std::pair<std::string, std::string>;  // payer, payee; the smaller name first
using Pairs = std::map<Pair, std::int64_t>;        // what the first pays the second, fen

struct PlainResult {
  std::map<std::string, Pairs> groups;  // of those who are settled, and contracts between parties
  std::map<std::string, std::int64_t> exported_wh, self_used_wh, grams;
};

/// The contracts of settle_office.cpp's agreement, as plain as the rest.
PlainResult plain_month(const PlainWorld& world, const PlainMonth& month);

}  // namespace xiaoyuan::settle::test
