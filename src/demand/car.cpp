#include "demand/car.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/check.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace xiaoyuan::demand {

namespace {

constexpr double minutes_per_day = 1440.0;

bool drives_on(DrivingDays days, int weekday) {
  const bool rests = weekday == 0 || weekday == 6;
  return days == DrivingDays::every_day || rests == (days == DrivingDays::weekends);
}

/// When the car comes and goes, with the steps as a continuous line: 12.5 is the middle of step 12.
struct Trips {
  std::vector<double> arrivals;    ///< by the clock, without jitter
  std::vector<double> departures;  ///< rising
};

/// A part of a step that a stay covers.
struct Slot {
  std::size_t step = 0;
  double capacity_kwh = 0.0;
};

class Charger {
 public:
  Charger(const Car& car, std::span<const Civil> times, double step_hours,
          std::span<const double> price)
      : car_(car),
        times_(times),
        step_hours_(step_hours),
        price_(price),
        away_(away_steps(times, car.absences)) {}

  CarUse charge(std::uint64_t seed);

 private:
  std::size_t trips_at_home(Trips& trips) const;
  std::vector<Slot> stay(double from, double to) const;
  void put_in_order(std::vector<Slot>& slots) const;
  void fill(const std::vector<Slot>& slots, double kwh, CarUse& use) const;

  const Car& car_;
  std::span<const Civil> times_;
  double step_hours_;
  std::span<const double> price_;
  std::vector<std::uint8_t> away_;
};

/// Notes every arrival and departure; returns the number of driving days, those away included.
std::size_t Charger::trips_at_home(Trips& trips) const {
  const double step_minutes = step_hours_ * 60.0;
  std::size_t days = 0;
  std::size_t first = 0;
  while (first < times_.size()) {
    std::size_t end = first + 1;
    while (end < times_.size() && times_[end].day == times_[first].day) {
      ++end;
    }
    const auto note = [&](int minute, std::vector<double>& into) {
      for (std::size_t i = end; i-- > first;) {  // the last step that begins by then
        const double after = (minute - times_[i].minute) / step_minutes;
        if (after >= 0.0) {
          // Beyond the day's steps (the axis ends, or clocks jump) the trip is not on this axis.
          if (i + 1 < end || after < 1.0) {
            into.push_back(static_cast<double>(i) + std::min(after, 1.0));
            return true;
          }
          return false;
        }
      }
      return false;
    };
    if (drives_on(car_.driving_days, times_[first].weekday)) {
      std::vector<double> arrival;
      const bool comes = note(car_.arrival_minute, arrival);
      days += comes ? 1 : 0;
      if (away_[first] == 0) {
        trips.arrivals.insert(trips.arrivals.end(), arrival.begin(), arrival.end());
        note(car_.departure_minute, trips.departures);
      }
    }
    first = end;
  }
  return days;
}

/// The steps between two points of the line, up to the first one away.
std::vector<Slot> Charger::stay(double from, double to) const {
  std::vector<Slot> slots;
  for (auto at = static_cast<std::size_t>(from); static_cast<double>(at) < to; ++at) {
    const std::size_t step = at % times_.size();
    if (away_[step] != 0) {
      break;
    }
    const auto begins = static_cast<double>(at);
    const double share = std::min(begins + 1.0, to) - std::max(begins, from);
    slots.push_back({step, share * step_hours_ * car_.charger_kw});
  }
  return slots;
}

void Charger::put_in_order(std::vector<Slot>& slots) const {
  if (car_.charging == Charging::latest) {
    std::ranges::reverse(slots);
  } else if (car_.charging == Charging::cheapest) {
    std::ranges::stable_sort(slots, {}, [&](const Slot& slot) { return price_[slot.step]; });
  }
}

void Charger::fill(const std::vector<Slot>& slots, double kwh, CarUse& use) const {
  double capacity = 0.0;
  for (const Slot& slot : slots) {
    capacity += slot.capacity_kwh;
  }
  double rest = std::min(kwh, capacity);
  use.unmet_kwh += kwh - rest;
  const double even = capacity > 0.0 ? rest / capacity : 0.0;
  for (const Slot& slot : slots) {
    const double taken = car_.charging == Charging::evenly ? slot.capacity_kwh * even
                                                           : std::min(rest, slot.capacity_kwh);
    use.kw[slot.step] += taken / step_hours_;
    rest -= taken;
  }
}

CarUse Charger::charge(std::uint64_t seed) {
  CarUse use{std::vector<double>(times_.size(), 0.0)};
  Trips trips;
  const std::size_t days = trips_at_home(trips);
  if (days == 0) {
    use.unmet_kwh = car_.year_kwh;
    return use;
  }
  const double kwh = car_.year_kwh > 0.0 ? car_.year_kwh / static_cast<double>(days) : car_.day_kwh;
  // Neither later than half the stay nor earlier than half the time away: trips keep their order.
  double stay_minutes = car_.departure_minute - car_.arrival_minute;
  stay_minutes += stay_minutes <= 0.0 ? minutes_per_day : 0.0;
  const double latest = std::min(car_.arrival_jitter_minutes, stay_minutes / 2.0);
  const double earliest =
      -std::min(car_.arrival_jitter_minutes, (minutes_per_day - stay_minutes) / 2.0);
  const auto size = static_cast<double>(times_.size());
  Random random(seed);
  std::vector<double> comes;
  for (const double arrival : trips.arrivals) {
    const double jitter = earliest + random.uniform() * (latest - earliest);
    comes.push_back(std::max(0.0, arrival + jitter / (step_hours_ * 60.0)));
  }
  for (std::size_t i = 0; i < comes.size(); ++i) {
    const auto next = std::ranges::upper_bound(trips.departures, trips.arrivals[i]);
    // Where the axis wraps around, its weekdays may not: no stay lasts beyond the next arrival.
    double leaves = i + 1 < comes.size() ? comes[i + 1] : comes.front() + size;
    if (next != trips.departures.end()) {
      leaves = std::min(leaves, *next);
    } else if (!trips.departures.empty()) {
      leaves = std::min(leaves, trips.departures.front() + size);
    }
    auto slots = stay(comes[i], leaves);
    put_in_order(slots);
    fill(slots, kwh, use);
  }
  return use;
}

}  // namespace

const std::vector<std::string>& names_of(DrivingDays) {
  static const std::vector<std::string> names{"every_day", "weekdays", "weekends"};
  return names;
}
const std::vector<std::string>& names_of(Charging) {
  static const std::vector<std::string> names{"on_arrival", "evenly", "latest", "cheapest"};
  return names;
}

CarUse car_charging(const Car& car, std::span<const Civil> times, double step_hours,
                    std::span<const double> buy_price, std::uint64_t seed) {
  expects(!times.empty() && step_hours > 0.0 && car.charger_kw > 0.0);
  expects(car.charging == Charging::cheapest
              ? buy_price.size() == times.size()
              : buy_price.empty() || buy_price.size() == times.size());
  return Charger(car, times, step_hours, buy_price).charge(seed);
}

int minute_of_hhmm(double hhmm) {
  const int whole = static_cast<int>(hhmm);
  return std::min(whole / 100 * 60 + whole % 100, 1439);
}

Result<int> parse_time_of_day(std::string_view text, const Where& where) {
  const auto parts = parts_of(text, ':');
  const auto number = [](std::string_view part, int most) {
    int value = -1;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), value);
    const bool whole = !part.empty() && part.front() != '-' && part.size() <= 2 &&
                       read.ptr == part.data() + part.size();
    return whole && value <= most ? value : -1;
  };
  const int hour = parts.size() == 2 ? number(parts[0], 23) : -1;
  const int minute = parts.size() == 2 && parts[1].size() == 2 ? number(parts[1], 59) : -1;
  if (hour < 0 || minute < 0) {
    return fail(Fault::bad_input,
                {fmt::format("expected a time of day from 00:00 to 23:59, found \"{}\"", text),
                 fmt::format("应为 00:00 至 23:59 之间的时刻,实为“{}”", text)},
                where);
  }
  return hour * 60 + minute;
}

}  // namespace xiaoyuan::demand
