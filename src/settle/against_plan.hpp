// Why a month's money differs from the plan's, or from last month's: the difference in parts that
// add up to it to the fen, and of energy to the mWh.
//
//   G made, E sold, A = G − E used at home, B bought, U = A + B used;  p_s, p_b prices
//   N = E·p_s − B·p_b + …, so with Δ what is now less what was before and p̄ the mean of both prices
//
//   ΔN = p̄_s·ΔG_weather + p̄_s·ΔG_outage + p̄_s·ΔG_rest      a kWh made more is a kWh sold more
//      − p̄_b·ΔU                                            a kWh used more is a kWh bought more
//      + (p̄_b − p̄_s)·ΔA                                    of what is made, used at once
//      + Ē·Δp_s − B̄·Δp_b                                   other prices
//      + Δ other + rest                                    contracts; tiers, times of day, rounding
//
//   ΔG_weather = G·(ratio − 1),  ΔG_outage = −outage,  ΔG_rest = ΔG − ΔG_weather − ΔG_outage
//
// N is bilinear in energies and prices, and this is its Shapley value (Shapley 1953): the mean over
// all orders in which the reasons may be let in, so none comes first. What is unknown is not
// guessed: without the weather or the outages their part stays in ΔG_rest, and says so.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::settle {

/// A household's month, planned or settled.
struct ComparedMonth {
  MeteredEnergy made;
  MeteredEnergy sold;  ///< to the grid, at most what was made
  MeteredEnergy bought;
  Price sell;    ///< mean_prices beside the other month
  Price buy;     ///< the same
  Money earned;  ///< for what was sold, as billed
  Money paid;    ///< for what was bought, as billed
  Money other;   ///< contracts and the like: what the household gained by them

  MeteredEnergy self_used() const { return made - sold; }
  MeteredEnergy used() const { return self_used() + bought; }
  Money net() const { return earned - paid + other; }
};

/// A line of a bill that has a price.
struct PricedLine {
  std::string id;  ///< "bought.tier1", the same in both months
  MeteredEnergy energy;
  Price price;
};

/// The mean prices of two months in the same mixture, so that a mean moves only where a price does:
///
///   p = Σ p_l·(E_l + E'_l) / Σ (E_l + E'_l)   over the lines l that both months have
///
/// Where they share none, no price is known to be another, and both get the mean over all lines of
/// both. What a change from tier to tier or from hour to hour costs is in the rest then.
struct MeanPrices {
  Price before;
  Price now;
};
/// Whether a line is the price of its kWh, and not what a tier, an hour or a subsidy adds to one.
bool is_base_price(std::string_view line);
MeanPrices mean_prices(std::span<const PricedLine> before, std::span<const PricedLine> now);

/// What is known of why another quantity was made.
struct KnownReasons {
  /// What this month's weather would have let the plant make, of what the month before it is held
  /// against supposed, in millionths.
  std::optional<std::int64_t> weather_ppm;
  std::optional<MeteredEnergy> outage;  ///< not made because of hours without supply
};

enum class Against : std::uint8_t { plan, last_month };

enum class Reason : std::uint8_t {
  weather,
  outage,
  made_otherwise,  ///< soiling, faults, shade; and what is not told apart
  use,
  used_at_once,
  price,
  other,  ///< contracts
  rest
};

struct ReasonPart {
  Reason reason = Reason::rest;
  MeteredEnergy energy;  ///< of made, of used, or of used at once; 0 for prices and below
  Money money;
  Text label;
  Text explanation;  ///< "A duller month: 38.00 kWh less made, −13.67 yuan."
};

struct Comparison {
  std::vector<ReasonPart> parts;                         ///< one of each reason, in their order
  MeteredEnergy made, used, used_at_once, sold, bought;  ///< now less before
  Money money;                                           ///< Σ of the parts
};

Comparison compare(const ComparedMonth& before, const ComparedMonth& now,
                   const KnownReasons& reasons, Against against);

/// For a statement: the parts that moved money or energy.
std::vector<Change> changes_of(const Comparison& comparison);

}  // namespace xiaoyuan::settle
