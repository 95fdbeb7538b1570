#include "office/month_intervals.hpp"

#include <fmt/format.h>

#include <map>

#include "readings/estimation.hpp"
#include "readings/seal.hpp"

namespace xiaoyuan::office {

namespace {

using readings::Intervals;
using MeterChannel = std::pair<std::string, readings::Channel>;
using DaysByMeter = std::map<MeterChannel, std::vector<Intervals>>;

bool are_wanted(const Village& village, const MonthPrices& prices) {
  return village.agreement.sharing.mode != settle::SharingMode::off ||
         !settle::rates_of(prices.buying).empty() || !settle::rates_of(prices.selling).empty() ||
         prices.buying.stretches.size() > 1 || prices.selling.stretches.size() > 1;
}

Result<DaysByMeter> stored_days(store::Store& store, const readings::Period& month,
                                Instant known_at) {
  DaysByMeter days;
  Errors errors;
  auto done = store.days({.meters = {},
                          .from = month.from,
                          .to = month.to - std::chrono::seconds(1),
                          .known_at = known_at},
                         [&](const store::StoredDay& day) {
                           auto opened = readings::opened({day.meter, day.packed, day.digest});
                           if (gather(opened, errors)) {
                             days[{day.meter, day.channel}].push_back(std::move(*opened));
                           }
                           return true;
                         });
  gather(done, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return days;
}

/// The days of a point's meters, each in the time it served.
std::vector<Intervals> pieces_of(const readings::MeterPoint& point, const DaysByMeter& days) {
  std::vector<Intervals> pieces;
  for (const readings::Service& service : point.services) {
    const auto place = days.find({service.meter, point.channel});
    if (place != days.end()) {
      pieces.insert(pieces.end(), place->second.begin(), place->second.end());
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

Intervals estimated(Intervals raw, const readings::MeterPoint& point, const Village& village,
                    const readings::Period& month, const IntervalsWanted& wanted) {
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

}  // namespace

Result<std::vector<Intervals>> month_intervals(store::Store& store, const Village& village,
                                               const MonthPrices& prices,
                                               const IntervalsWanted& wanted) {
  std::vector<Intervals> all;
  if (!are_wanted(village, prices)) {
    return all;
  }
  const std::chrono::year_month when = calendar_month(wanted.month);
  const readings::Period month = readings::month_of(village.zone(), when);
  TRY(const DaysByMeter days, stored_days(store, month, wanted.known_at));
  Errors errors;
  for (const readings::MeterPoint& point : village.points) {
    const std::vector<Intervals> pieces = pieces_of(point, days);
    if (pieces.empty()) {
      continue;
    }
    const auto odd = std::ranges::find_if(pieces, [&](const Intervals& piece) {
      return piece.axis.step != pieces.front().axis.step;
    });
    if (odd != pieces.end()) {
      errors.push_back(other_step(point, *odd));
      continue;
    }
    const TimeAxis axis = readings::month_axis(village.zone(), when, pieces.front().axis.step);
    Intervals intervals =
        estimated(readings::laid_over(axis, pieces), point, village, month, wanted);
    intervals.meter = point.household;
    all.push_back(std::move(intervals));
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return all;
}

}  // namespace xiaoyuan::office
