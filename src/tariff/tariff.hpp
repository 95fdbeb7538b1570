// The price of a kWh bought or sold: dated versions, seasons, times of day, holidays and tiers.
//
// With time of use and tiers together the price of a kWh is p(season, time of day) + a(tier): the
// tiers *add* (Beijing, Shandong), whatever the order in which a bill prints them. Where each tier
// has a table of its own the price is p(season, time of day, tier).
//
// A price that floats (commercial time of use) is base + (ratio − 1) · floating, where `base` is
// the flat price of the month's table and `floating` the part of it that floats, both yuan/kWh and
// both given by the village: documents fix the ratios, each month's table the rest.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/zone.hpp"
#include "tariff/required.hpp"

namespace xiaoyuan::tariff {

enum class Direction { import_, export_ };
enum class TierPeriod { year, month };
inline constexpr int minutes_a_day = 1440;

/// 尖, 峰, 平, 谷, 深谷
enum class PeriodKind { critical_peak, peak, flat, valley, deep_valley };

/// Minutes of the day [from, to); from > to runs across midnight, from == to is the whole day.
struct Window {
  int from_minute = 0;
  int to_minute = 0;
  bool holds(int minute) const;
};

/// How a price follows from required inputs: base + (ratio − 1) · floating.
struct PriceRule {
  std::string base;      ///< key of the required input
  std::string floating;  ///< key of the part that floats; "" when all of the base does
  double ratio = 1.0;
};

/// One price of the day: peak (峰), flat (平), valley (谷) …
struct Period {
  std::string name;
  PeriodKind kind = PeriodKind::flat;
  Text label;
  Price price;                    ///< of the first tier
  std::vector<Price> by_tier;     ///< where each tier has its own table; else empty
  std::optional<PriceRule> rule;  ///< while `price` waits for required inputs
  std::vector<Window> windows;
};

/// The part of the year with one table of the day: from one day to another, both included, across
/// the new year where `from` is later; or whole months; or what the other seasons leave.
struct Season {
  std::string name;
  Text label;  ///< for people; the name where the file gives none
  std::chrono::month_day from;
  std::chrono::month_day to;
  std::vector<int> months;  ///< in place of from and to, when not empty
  std::string given;        ///< key of the required input while the village has yet to say when
  bool is_rest = false;
  std::vector<Period> periods;
  /// Never true for the rest, nor while `given` waits.
  bool holds(const std::chrono::month_day& day) const;
};

/// Days whose periods stand before those of the season, at the hours they name.
struct Holidays {
  std::vector<Date> days;
  std::string given;  ///< key of the required input while the village has yet to name the days
  std::vector<Period> periods;
};

/// How the province's bill puts time of use and tiers together (先阶梯后分时, 先分时后阶梯).
enum class TierOrder { added, tier_then_tou, tou_then_tier };

/// What the consumption of a period adds to the price beyond each limit (阶梯).
struct Tiers {
  TierPeriod period = TierPeriod::year;
  std::vector<double> limits_kwh;  ///< rising; empty while they are a required input
  /// One more than limits; the first is 0. Where tiers have tables, the mean of what each table
  /// adds over its periods: enough to plan with, while bills use the tables.
  std::vector<Price> additions;
  TierOrder order = TierOrder::added;
  Price base;  ///< the flat price that tier_then_tou prints its tiers at
  bool have_tables = false;
  /// The upper limit of a tier, as bills count it.
  MeteredEnergy limit(std::size_t tier) const { return MeteredEnergy::of(limits_kwh[tier]); }
  friend bool operator==(const Tiers&, const Tiers&) = default;
};

/// Money back for the kWh of one kind of period in one season, up to a cap each time it comes.
struct Subsidy {
  Text label;
  Price price;  ///< paid for each kWh
  PeriodKind kind = PeriodKind::valley;
  std::string season;
  std::optional<double> cap_kwh;
  std::string document;
};

/// What held between two days, and the document that says so.
struct Version {
  Date valid_from;
  std::optional<Date> valid_to;   ///< the last day; nothing while it holds until replaced
  bool valid_from_waits = false;  ///< while the first day is a required input
  std::string document;
  std::string source;
  std::string confidence;
  /// A feed-in price may hold only for PV connected before a day (Document 136).
  std::optional<Date> connected_before;
  std::vector<Season> seasons;
  std::optional<Holidays> holidays;
  std::optional<Tiers> tiers;
  std::optional<Subsidy> subsidy;
  /// The season of a day, or nothing while that season is a required input.
  const Season* season_on(const std::chrono::month_day& day) const;
};

struct Tariff {
  std::string id;
  Text name;
  std::string region;
  std::string customer;  ///< residential, commercial, …
  Direction direction = Direction::import_;
  std::vector<Version> versions;        ///< by valid_from
  std::vector<RequiredInput> required;  ///< what the village has yet to give
  Text note;
};

/// Reads a tariff file; all errors at once. Seasons must cover the year once, windows the day once,
/// and versions may not overlap.
Result<Tariff> read_tariff(std::string_view bytes, const std::string& name);

/// What is wrong with the seasons of a version (a day without a price, or with two), or nothing.
std::optional<Text> fault_of_year(const Version& version);

/// The tariff with the village's figures in their places: prices, seasons, holidays, first day and
/// tier limits (`tier_limits_kwh`). `where` is the line of the village's file that names it.
Result<Tariff> with_inputs(Tariff tariff, const Given& given, const Where& where,
                           Missing missing = Missing::fails);

/// The keys that with_inputs understands for this tariff.
std::vector<std::string> input_keys(const Tariff& tariff);

/// Index of the version that holds on a day, or the number of versions.
std::size_t version_on(const Tariff& tariff, const Date& date);
/// "tariff … has no version for …; it has …"
Text no_version(const Tariff& tariff, const Date& date);

/// A tariff with one price at all times.
Tariff flat_tariff(std::string id, Direction direction, double yuan_per_kwh,
                   const std::string& document);

}  // namespace xiaoyuan::tariff
