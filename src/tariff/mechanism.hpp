// The two-way contract for difference of Document 136 (发改价格〔2025〕136号).
//
// All energy sold is paid by the market, and the mechanism settles a difference for a part of it:
//
//   income = Q · P_market + Q_mech · (P_mech − P_ref)                         yuan in a month
//   Q_mech = ratio · Q, as long as the year's sum stays below yearly_cap_kwh   kWh
//
// Q energy sold to the grid, P_mech the mechanism price (机制电价), P_ref the month's mean market
// price of the same kind of plant (同类项目市场交易均价). A negative difference is collected.
//
// Planning needs a price by step. Without a cap it is exact: P_market + ratio · (P_mech − P_ref).
// With a cap the problem is not linear; the same price then is what a kWh earns before the cap is
// reached, and only the bill knows the cap.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/zone.hpp"
#include "tariff/required.hpp"

namespace xiaoyuan::tariff {

struct Bill;
struct Tariff;

/// 存量项目 (in operation before 2025-06-01), 增量项目.
enum class Projects { existing, incremental };

using PriceByMonth = std::array<Price, months_a_year>;  ///< from January on

struct Mechanism {
  std::string id;
  Text name;
  std::string region;
  Projects projects = Projects::existing;
  Price price;                           ///< P_mech
  double ratio = 1.0;                    ///< of the energy sold
  std::optional<double> yearly_cap_kwh;  ///< of Q_mech
  PriceByMonth market{};                 ///< P_market, where no market schedule says it by step
  PriceByMonth reference{};              ///< P_ref
  std::optional<int> term_years;
  Date valid_from;
  std::optional<Date> valid_to;
  std::optional<Date> connected_from;    ///< the first day of connection that it is for
  std::optional<Date> connected_before;  ///< the day after the last one
  std::string document;
  std::string source;
  std::string confidence;
  std::vector<RequiredInput> required;  ///< what the village has yet to give
  Text note;

  /// Q_mech of an energy sold, before the cap: exact, rounded half up to the mWh.
  MeteredEnergy covered(MeteredEnergy sold) const;
};

/// Reads a mechanism file; all errors at once. Figures that the file lacks become required inputs:
/// mechanism_price_yuan_per_kwh, mechanism_ratio (unless it gives a cap),
/// market_price_yuan_per_kwh, reference_price_yuan_per_kwh, mechanism_valid_from.
Result<Mechanism> read_mechanism(std::string_view bytes, const std::string& name);

/// The mechanism with the village's figures in their places. A given figure also stands before one
/// of the file's, since market prices change by month; `mechanism_cap_kwh` sets the household's
/// cap.
Result<Mechanism> with_inputs(Mechanism mechanism, const Given& given, const Where& where,
                              Missing missing = Missing::fails);

/// The keys that with_inputs understands for every mechanism.
std::vector<std::string> input_keys(const Mechanism& mechanism);

/// The market side as a feed-in tariff with a price a month, for schedule() and under_mechanism().
Tariff market_tariff(const Mechanism& mechanism);

/// What a kWh sold at P_market earns in a month, yuan, before a cap is reached.
double effective_yuan_per_kwh(const Mechanism& mechanism, int month, double market_yuan_per_kwh);

/// Adds the month's difference to a bill that holds the market's lines; `counted` is Q_mech of the
/// year so far, and is moved on.
void add_difference(Bill& bill, const Mechanism& mechanism, MeteredEnergy& counted);

/// Energy sold by step, at market prices by step.
struct MarketYear {
  std::span<const Civil> times;
  std::span<const double> kwh;
  std::span<const double> yuan_per_kwh;
};

/// Bills month by month: one market line (exact sum over the steps, rounded once, shown with its
/// mean price) and one difference line. The year of the cap is the axis itself.
std::vector<Bill> market_bills(const Mechanism& mechanism, const MarketYear& year);

}  // namespace xiaoyuan::tariff
