#include "office/month_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "plan/crew.hpp"
#include "readings/estimation.hpp"
#include "readings/seal.hpp"

namespace xiaoyuan::office {

namespace {

using readings::Intervals;
using MeterChannel = std::pair<std::string, readings::Channel>;
using DaysByMeter = std::map<MeterChannel, std::vector<readings::Sealed>>;

constexpr std::size_t points_at_once = 4096;  // as many as lie in memory packed

bool are_wanted(const Village& village, const MonthPrices& prices) {
  return village.agreement.sharing.mode != settle::SharingMode::off ||
         !settle::rates_of(prices.buying).empty() || !settle::rates_of(prices.selling).empty() ||
         prices.buying.stretches.size() > 1 || prices.selling.stretches.size() > 1;
}

/// The stored days of the points' meters.
Result<DaysByMeter> stored_days(store::Store& store, std::span<const readings::MeterPoint> points,
                                const readings::Period& month, Instant known_at) {
  store::Asked asked{.meters = {},
                     .from = month.from,
                     .to = month.to - std::chrono::seconds(1),
                     .known_at = known_at};
  for (const readings::MeterPoint& point : points) {
    for (const readings::Service& service : point.services) {
      asked.meters.push_back(service.meter);
    }
  }
  DaysByMeter days;
  if (asked.meters.empty()) {
    return days;  // no meters would ask for all of them
  }
  auto done = store.days(asked, [&](const store::StoredDay& day) {
    days[{day.meter, day.channel}].push_back({day.meter, day.packed, day.digest});
    return true;
  });
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  return days;
}

/// The days of a point's meters, each in the time it served.
std::vector<Intervals> pieces_of(const readings::MeterPoint& point, const DaysByMeter& days,
                                 Errors& errors) {
  std::vector<Intervals> pieces;
  for (const readings::Service& service : point.services) {
    const auto place = days.find({service.meter, point.channel});
    if (place == days.end()) {
      continue;
    }
    for (const readings::Sealed& day : place->second) {
      auto opened = readings::opened(day);
      if (gather(opened, errors)) {
        pieces.push_back(std::move(*opened));
      }
    }
  }
  return pieces;
}

/// The registers of a point's month, as anchors of the estimate: what its meters have counted since
/// the month began.
std::vector<readings::Anchor> anchors_of(const readings::MeterPoint& point,
                                         const readings::Period& month,
                                         const IntervalsWanted& wanted) {
  std::vector<readings::Anchor> anchors;
  for (const readings::Service& service : point.services) {
    if (service.from > month.from || (service.to && *service.to < month.to)) {
      continue;  // a meter that changed within the month: no common register
    }
    for (const Instant at : {month.from, month.to}) {
      const readings::RegisterReading* reading = wanted.registers->find(
          {service.meter, point.channel, readings::Rate::total, at}, wanted.known_at);
      const auto energy =
          reading != nullptr ? readings::times(reading->value, service.multiplier) : std::nullopt;
      if (energy) {
        anchors.push_back({at, *energy});
      }
    }
  }
  return anchors.size() == 2 ? anchors : std::vector<readings::Anchor>{};
}

/// Nothing is missing, below zero or more than could have flowed: the rule leaves it as it is.
bool is_whole(const Intervals& raw, const readings::MeterPoint& point) {
  const auto most = point.most_w ? readings::energy_of(*point.most_w, raw.axis.step) : std::nullopt;
  for (std::size_t i = 0; i < raw.counts.size(); ++i) {
    if (raw.is_missing(i) || raw.counts[i] < 0 || (most && raw.at(i) > *most)) {
      return false;
    }
  }
  return true;
}

Intervals estimated(Intervals raw, const readings::MeterPoint& point, const Village& village,
                    const readings::Period& month, const IntervalsWanted& wanted) {
  if (is_whole(raw, point)) {
    return raw;
  }
  readings::EstimationInputs inputs{.zone = village.zone(),
                                    .most_w = point.most_w,
                                    .anchors = anchors_of(point, month, wanted),
                                    .register_step = {},
                                    .efficiency = std::nullopt,
                                    .similar = {},
                                    .generated = std::nullopt,
                                    .imported = std::nullopt};
  for (const readings::Service& service : point.services) {
    const auto step = readings::times(service.form.last_digit(), service.multiplier);
    inputs.register_step = std::max(inputs.register_step, step.value_or(MeteredEnergy{}));
  }
  readings::Estimation estimation = readings::estimate(raw, inputs);
  return estimation.grade == readings::Grade::refused ? std::move(raw)
                                                      : std::move(estimation.version);
}

Error other_step(const readings::MeterPoint& point, const Intervals& piece) {
  return {Fault::conflict,
          {fmt::format("{}: intervals of {} come in steps of {} s and in others; a month needs one "
                       "step",
                       point.household, name_of(point.channel).en, piece.axis.step.count()),
           fmt::format("{}:{}曲线的步长不一(有 {} 秒及其他),同一月份须为同一步长", point.household,
                       name_of(point.channel).zh, piece.axis.step.count())},
          {piece.meter, 0, text_of(piece.axis.start)}};
}

/// A point's month; nothing where nobody recorded it.
struct PointMonth {
  std::optional<Intervals> intervals;
  Errors errors;
};

PointMonth month_of_point(const readings::MeterPoint& point, const DaysByMeter& days,
                          const Village& village, const IntervalsWanted& wanted) {
  PointMonth result;
  const std::vector<Intervals> pieces = pieces_of(point, days, result.errors);
  if (pieces.empty() || !result.errors.empty()) {
    return result;
  }
  const auto odd = std::ranges::find_if(
      pieces, [&](const Intervals& piece) { return piece.axis.step != pieces.front().axis.step; });
  if (odd != pieces.end()) {
    result.errors.push_back(other_step(point, *odd));
    return result;
  }
  const std::chrono::year_month when = calendar_month(wanted.month);
  const TimeAxis axis = readings::month_axis(village.zone(), when, pieces.front().axis.step);
  result.intervals = estimated(readings::laid_over(axis, pieces), point, village,
                               readings::month_of(village.zone(), when), wanted);
  result.intervals->meter = point.household;
  return result;
}

}  // namespace

Result<std::vector<Intervals>> month_intervals(store::Store& store, const Village& village,
                                               const MonthPrices& prices,
                                               const IntervalsWanted& wanted) {
  std::vector<Intervals> all;
  if (!are_wanted(village, prices)) {
    return all;
  }
  const readings::Period month = readings::month_of(village.zone(), calendar_month(wanted.month));
  const std::span<const readings::MeterPoint> points(village.points);
  plan::Crew crew(wanted.threads);
  Errors errors;
  for (std::size_t first = 0; first < points.size(); first += points_at_once) {
    const auto part = points.subspan(first, std::min(points_at_once, points.size() - first));
    TRY(const DaysByMeter days, stored_days(store, part, month, wanted.known_at));
    std::vector<PointMonth> months(part.size());
    crew.each(part.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
      months[i] = month_of_point(part[i], days, village, wanted);
    });
    for (PointMonth& each : months) {
      std::ranges::move(each.errors, std::back_inserter(errors));
      if (each.intervals) {
        all.push_back(std::move(*each.intervals));
      }
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return all;
}

}  // namespace xiaoyuan::office
