// The charging of an electric car at home, from its hours and the energy of its driving days.
//
// On a driving day the car comes home at its arrival time, a little earlier or later each day, and
// needs that day's energy before it next leaves: at the departure time of the next driving day. In
// between it stays, and step t can take in c_t = P · (hours of the stay within t), P the charger's
// rating. The energy E is laid into the stay's steps in an order: on arrival the earliest first,
// latest the latest first, cheapest by rising price (ties earliest), each full before the next; or
// evenly, E · c_t / Σc. What does not fit, max(0, E − Σc), is counted as unmet. So
//   Σ kw · step + unmet = energy of all driving days.
// The axis wraps around: the last evening's stay goes on in the first morning.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "demand/absence.hpp"

namespace xiaoyuan::demand {

enum class DrivingDays { every_day, weekdays, weekends };
enum class Charging { on_arrival, evenly, latest, cheapest };
const std::vector<std::string>& names_of(DrivingDays);
const std::vector<std::string>& names_of(Charging);

struct Car {
  int arrival_minute = 18 * 60;  ///< local minute of the day
  int departure_minute = 7 * 60 + 30;
  DrivingDays driving_days = DrivingDays::every_day;
  /// From the socket, on a driving day; or, where year_kwh is above 0, that over all driving days
  /// of the axis, were nobody ever away.
  double day_kwh = 0.0;
  double year_kwh = 0.0;
  double charger_kw = 7.0;
  Charging charging = Charging::on_arrival;
  double arrival_jitter_minutes = 0.0;  ///< drawn evenly up to so much earlier or later
  std::vector<Absence> absences = {};   ///< no driving day; a stay ends where one begins
};

struct CarUse {
  std::vector<double> kw;  ///< mean power by step, grid side
  double unmet_kwh = 0.0;  ///< needed, but the stays were too short
};

/// `buy_price` may be empty unless the car charges cheapest; any price by step will do, also one
/// that is low where the roof has a surplus.
CarUse car_charging(const Car& car, std::span<const Civil> times, double step_hours,
                    std::span<const double> buy_price, std::uint64_t seed);

/// 1830 (an assumption's way to write 18:30) → minute of the day.
int minute_of_hhmm(double hhmm);

/// "18:00", "7:30" → minute of the day; `where` is the cell that messages name.
Result<int> parse_time_of_day(std::string_view text, const Where& where);

}  // namespace xiaoyuan::demand
