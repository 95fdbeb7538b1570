#include "readings/similar.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "base/check.hpp"

namespace xiaoyuan::readings {

namespace {

/// How far one looks for a day that is alike.
constexpr long long furthest_days = 60;

bool is_weekend(int weekday) { return weekday == 0 || weekday == 6; }

/// What is known at each time of day, in the order of days.
struct Known {
  long long day = 0;
  MeteredEnergy energy;
};
using KnownByTime = std::map<std::pair<bool, int>, std::vector<Known>>;

long long day_of(const Civil& civil) {
  return std::chrono::sys_days{civil.date()}.time_since_epoch().count();
}

KnownByTime known_by_time(const Intervals& history, const Zone& zone) {
  KnownByTime known;
  const std::vector<Civil> times = zone.civil(history.axis);
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!history.is_missing(i)) {
      known[{is_weekend(times[i].weekday), times[i].minute}].push_back(
          {day_of(times[i]), history.at(i)});
    }
  }
  return known;
}

/// The nearest days but the day itself, nearest first.
std::vector<MeteredEnergy> nearest_days(const std::vector<Known>& days, long long day) {
  std::vector<std::pair<long long, MeteredEnergy>> near;
  const auto from = std::ranges::lower_bound(days, day - furthest_days, {}, &Known::day);
  for (auto known = from; known != days.end() && known->day <= day + furthest_days; ++known) {
    if (known->day != day) {
      near.emplace_back(std::llabs(known->day - day), known->energy);
    }
  }
  std::ranges::stable_sort(near, {}, [](const auto& each) { return each.first; });
  std::vector<MeteredEnergy> found;
  for (std::size_t i = 0; i < std::min(near.size(), similar_day_count); ++i) {
    found.push_back(near[i].second);
  }
  return found;
}

}  // namespace

Intervals used(const Intervals& generated, const Intervals& imported, const Intervals& exported) {
  expects(generated.axis == imported.axis && imported.axis == exported.axis);
  const MeteredEnergy unit{
      std::gcd(std::gcd(generated.unit.mwh, imported.unit.mwh), exported.unit.mwh)};
  Intervals use = empty_intervals("", Channel::imported, generated.axis, unit);
  for (std::size_t i = 0; i < use.axis.size; ++i) {
    if (!generated.is_missing(i) && !imported.is_missing(i) && !exported.is_missing(i)) {
      const MeteredEnergy energy = generated.at(i) + imported.at(i) - exported.at(i);
      use.counts[i] = energy.mwh / unit.mwh;
      use.quality[i] = std::max({generated.quality[i], imported.quality[i], exported.quality[i]});
    }
  }
  return use;
}

SimilarDays similar_days(const Intervals& history, const TimeAxis& axis, const Zone& zone) {
  SimilarDays similar(similar_day_count,
                      std::vector<std::optional<MeteredEnergy>>(axis.size, std::nullopt));
  const KnownByTime known = known_by_time(history, zone);
  const std::vector<Civil> times = zone.civil(axis);
  for (std::size_t i = 0; i < axis.size; ++i) {
    const auto days = known.find({is_weekend(times[i].weekday), times[i].minute});
    if (days == known.end()) {
      continue;
    }
    const auto near = nearest_days(days->second, day_of(times[i]));
    for (std::size_t k = 0; k < near.size(); ++k) {
      similar[k][i] = near[k];
    }
  }
  return similar;
}

}  // namespace xiaoyuan::readings
