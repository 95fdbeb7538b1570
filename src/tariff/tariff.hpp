// The price of a kWh bought or sold: dated versions, seasons, times of day and tiers.
//
// With time of use and tiers together the price of a kWh is p(season, time of day) + a(tier): the
// tiers *add* (Beijing, Shandong), whatever the order in which a bill prints them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::tariff {

enum class Direction { import_, export_ };
enum class TierPeriod { year, month };

/// Minutes of the day [from, to); from > to runs across midnight, from == to is the whole day.
struct Window {
  int from_minute = 0;
  int to_minute = 0;
  bool holds(int minute) const;
};

/// One price of the day: peak (峰), flat (平), valley (谷) …
struct Period {
  std::string name;
  Text label;
  Price price;
  std::vector<Window> windows;
};

/// From one day of the year to another, both included, across the new year where `from` is later.
struct Season {
  std::string name;
  std::chrono::month_day from;
  std::chrono::month_day to;
  std::vector<Period> periods;
  bool holds(const Civil& time) const;
};

/// What the consumption of a period adds to the price beyond each limit (阶梯).
struct Tiers {
  TierPeriod period = TierPeriod::year;
  std::vector<double> limits_kwh;  ///< rising; empty while they are a required input
  std::vector<Price> additions;    ///< one more than limits; the first is 0
  friend bool operator==(const Tiers&, const Tiers&) = default;
};

/// What held between two days, and the document that says so.
struct Version {
  Date valid_from;
  std::optional<Date> valid_to;  ///< the last day; nothing while it holds until replaced
  std::string document;
  std::string source;
  std::string confidence;
  /// A feed-in price may hold only for PV connected before a day (Document 136).
  std::optional<Date> connected_before;
  std::vector<Season> seasons;
  std::optional<Tiers> tiers;
};

struct Tariff {
  std::string id;
  Text name;
  std::string region;
  std::string customer;  ///< residential, commercial, …
  Direction direction = Direction::import_;
  std::vector<Version> versions;  ///< by valid_from
  Text note;
};

/// Reads a tariff file; all errors at once. Seasons must cover the year once, windows the day once,
/// and versions may not overlap.
Result<Tariff> read_tariff(std::string_view bytes, const std::string& name);

/// A tariff with one price at all times.
Tariff flat_tariff(std::string id, Direction direction, double yuan_per_kwh,
                   const std::string& document);

}  // namespace xiaoyuan::tariff
