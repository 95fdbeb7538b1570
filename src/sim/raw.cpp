#include "sim/raw.hpp"

#include <algorithm>
#include <iterator>

#include "base/check.hpp"

namespace xiaoyuan::sim {

namespace {

using readings::Channel;
using readings::Intervals;
using readings::Quality;

constexpr std::int64_t spike_wh = 6'553'500;  // a word of 16 bits full of ones, in 0.1 kWh
constexpr std::int64_t contradiction_wh = 1'000;
constexpr std::int64_t most_misread_wh = 60'000;
constexpr std::chrono::hours clock_ahead{2};

void set(Intervals& intervals, std::size_t i, std::int64_t wh) {
  intervals.counts[i] = wh;
  intervals.quality[i] = Quality::measured;
}

void take_out(Intervals& intervals, std::size_t i) {
  intervals.counts[i] = 0;
  intervals.quality[i] = Quality::missing;
}

/// The steps of `intervals` in [from, to), on an axis of their own.
Intervals part_of(const Intervals& intervals, Instant from, Instant to) {
  const auto index = [&](Instant at) {
    const Instant within = std::clamp(at, intervals.axis.start, intervals.axis.end());
    return static_cast<std::size_t>((within - intervals.axis.start) / intervals.axis.step);
  };
  const std::size_t first = index(from);
  const std::size_t last = index(to);
  Intervals part = intervals;
  part.axis = {intervals.axis.at(first), intervals.axis.step, last - first};
  const auto cut = [&](auto& values) {
    using Difference = std::ptrdiff_t;
    values.assign(values.begin() + static_cast<Difference>(first),
                  values.begin() + static_cast<Difference>(last));
  };
  cut(part.counts);
  cut(part.quality);
  return part;
}

class RawMaker {
 public:
  RawMaker(const ActualYear& year, std::span<const Event> events, std::span<const Metering> meters)
      : year_(year), events_(events), meters_(meters) {}

  RawYear make() {
    for (const Event& event : events_) {
      if (event.kind == EventKind::outage) {
        note_outage(event);
      }
    }
    for (const Metering& metering : meters_) {
      metering_ = &metering;
      for (std::size_t i = 0; i < metering.point.services.size(); ++i) {
        service_ = i;
        add_series();
      }
    }
    cut_into_months();
    raw_.registers = register_readings(year_, meters_);
    for (const Event& event : events_) {
      spoil_register(event);
    }
    std::ranges::stable_sort(raw_.faults, {}, &FaultRecord::kind);
    return std::move(raw_);
  }

 private:
  const readings::Service& service() const { return metering_->point.services[service_]; }
  const Event* event(EventKind kind) const { return event_of(events_, kind, metering_->home); }
  void note(const Event& event, std::optional<std::int64_t> read_wh,
            std::optional<std::int64_t> true_wh);
  void note_outage(const Event& event);
  void note_meter();
  void add_series();
  void spoil(Intervals& series);
  void shift(Intervals& series, const Event& event);
  void send_again(const Intervals& series);
  void cut_into_months();
  void spoil_register(const Event& event);
  std::int64_t misread_mwh(const readings::RegisterReading& freeze) const;
  std::int64_t true_sum(const Event& event) const;

  const ActualYear& year_;
  std::span<const Event> events_;
  std::span<const Metering> meters_;
  const Metering* metering_ = nullptr;
  std::size_t service_ = 0;
  std::vector<Intervals> series_;
  RawYear raw_;
};

void RawMaker::note(const Event& event, std::optional<std::int64_t> read_wh,
                    std::optional<std::int64_t> true_wh) {
  raw_.faults.push_back({.kind = event.kind,
                         .household = metering_->point.household,
                         .meter = service().meter,
                         .channel = metering_->point.channel,
                         .from = event.from,
                         .to = event.to,
                         .read_wh = read_wh,
                         .true_wh = true_wh});
}

void RawMaker::note_outage(const Event& event) {
  raw_.faults.push_back({.kind = event.kind,
                         .household = year_.inputs.village.transformers[event.home].id,
                         .meter = "",
                         .channel = {},
                         .from = event.from,
                         .to = event.to,
                         .read_wh = {},
                         .true_wh = {}});
}

/// What is a fault of the whole point or register, and is seen in the registers alone.
void RawMaker::note_meter() {
  const Channel channel = metering_->point.channel;
  const Event* change = event(EventKind::meter_change);
  if (change && metering_->point.services.size() > 1) {
    const auto& total = metering_->registers.front();
    const Instant at = change->from;
    Event moment = *change;
    moment.to = at;
    note(moment, metering_->shown(total, service_, at, year_.read).mwh / 1000, {});
  }
  const Event* rolls = event(EventKind::rollover);
  if (rolls && channel == rolls->channel) {
    note(*rolls, {}, {});
  }
  const Event* transformer = event(EventKind::current_transformer);
  if (transformer && channel == transformer->channel) {
    note(*transformer, {}, {});
  }
  const Event* inverter = event(EventKind::inverter_fault);
  if (inverter && channel == inverter->channel) {
    note(*inverter, true_sum(*inverter), {});
  }
}

std::int64_t RawMaker::true_sum(const Event& event) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < metering_->wh.size(); ++i) {
    const Instant at = year_.read.at(i);
    sum += at >= event.from && at < event.to ? metering_->wh[i] : 0;
  }
  return sum;
}

/// A meter's clock that runs ahead stamps what flows too late. At the end, when it is set right,
/// the stamps of two hours come twice; the first ones stay.
void RawMaker::shift(Intervals& series, const Event& event) {
  const Intervals whole = series;
  const auto ahead = static_cast<std::size_t>(clock_ahead / series.axis.step);
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    const Instant shown = series.axis.at(i);
    if (shown >= event.from && shown < event.from + clock_ahead) {
      take_out(series, i);
    } else if (shown >= event.from && shown < event.to) {
      series.counts[i] = whole.counts[i - ahead];
      series.quality[i] = whole.quality[i - ahead];
    }
  }
}

void RawMaker::spoil(Intervals& series) {
  const Channel channel = metering_->point.channel;
  for (const EventKind kind :
       {EventKind::missing_intervals, EventKind::spike, EventKind::negative_interval}) {
    const Event* happens = event(kind);
    if (!happens || happens->channel != channel) {
      continue;
    }
    std::optional<std::int64_t> read_wh;
    bool is_met = false;  // the other meter of a point that was changed is not
    for (std::size_t i = 0; i < series.axis.size; ++i) {
      const Instant at = series.axis.at(i);
      const bool within = kind == EventKind::missing_intervals
                              ? at >= happens->from && at < happens->to
                              : at == happens->from;
      if (!within || series.is_missing(i)) {
        continue;
      }
      is_met = true;
      if (kind == EventKind::missing_intervals) {
        take_out(series, i);
      } else {
        read_wh = kind == EventKind::spike ? spike_wh : -series.counts[i] - contradiction_wh;
        set(series, i, *read_wh);
      }
    }
    if (is_met) {
      Event noted = *happens;
      noted.to = kind == EventKind::missing_intervals ? noted.to : noted.from + year_.read.step;
      note(noted, read_wh, true_sum(noted));
    }
  }
  const Event* clock = event(EventKind::clock_shift);
  if (clock && channel == clock->channel) {
    shift(series, *clock);
    note(*clock, {}, {});
  }
}

/// What is sent a second time: a week as it was, and one hour that says something else.
void RawMaker::send_again(const Intervals& series) {
  const Event* again = event(EventKind::resent);
  const auto holds = [&](const Event* event) {
    return event && event->channel == series.channel && event->from >= service().from &&
           (!service().to || event->from < *service().to);
  };
  if (holds(again)) {
    raw_.resent.push_back(part_of(series, again->from, again->to));
    note(*again, true_sum(*again), true_sum(*again));
  }
  const Event* other = event(EventKind::contradicting);
  if (holds(other)) {
    Event noted = *other;
    noted.to = noted.from + year_.read.step;
    Intervals changed = part_of(series, noted.from, noted.to);
    for (std::int64_t& count : changed.counts) {
      count += contradiction_wh;
    }
    note(noted, readings::total(changed).mwh / 1000, true_sum(noted));
    raw_.contradicting.push_back(std::move(changed));
  }
}

void RawMaker::add_series() {
  Intervals series =
      readings::empty_intervals(service().meter, metering_->point.channel, year_.read, {1000});
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    const Instant at = series.axis.at(i);
    if (at >= service().from && (!service().to || at < *service().to)) {
      set(series, i, metering_->wh[i]);
    }
  }
  note_meter();
  spoil(series);
  send_again(series);
  series_.push_back(std::move(series));
}

void RawMaker::cut_into_months() {
  for (int month = 0; month < year_.wanted.months; ++month) {
    const Instant from = begin_of(year_.inputs.village.zone, year_.wanted, month);
    const Instant to = begin_of(year_.inputs.village.zone, year_.wanted, month + 1);
    for (const Intervals& series : series_) {
      Intervals part = part_of(series, from, to);
      if (readings::missing_count(part) < part.axis.size) {
        raw_.months.push_back(std::move(part));
      }
    }
  }
}

/// How far too low a freeze is read: not so far that the month before it would have used nothing.
std::int64_t RawMaker::misread_mwh(const readings::RegisterReading& freeze) const {
  std::optional<MeteredEnergy> before;
  for (const readings::RegisterReading& each : raw_.registers) {  // in the order of time
    const bool is_same = each.key.meter == freeze.key.meter &&
                         each.key.channel == freeze.key.channel && each.key.rate == freeze.key.rate;
    before = is_same && each.key.at < freeze.key.at ? each.value : before;
  }
  return before && *before <= freeze.value
             ? std::min(most_misread_wh * 1000, (freeze.value - *before).mwh / 2)
             : 0;
}

/// A freeze that is missing or too low; the true one comes with the corrections.
void RawMaker::spoil_register(const Event& event) {
  const bool is_late = event.kind == EventKind::late_register;
  if (!is_late && event.kind != EventKind::misread_register) {
    return;
  }
  const auto metering = std::ranges::find_if(meters_, [&](const Metering& each) {
    return each.home == event.home && each.point.channel == event.channel;
  });
  metering_ = &*metering;
  const auto& services = metering_->point.services;
  const auto serving = std::ranges::find_if(services, [&](const readings::Service& each) {
    return each.from <= event.from && (!each.to || event.from < *each.to);
  });
  service_ = static_cast<std::size_t>(serving - services.begin());
  const readings::RegisterKey key{service().meter, event.channel, readings::Rate::total,
                                  event.from};
  const auto found = std::ranges::find(raw_.registers, key, &readings::RegisterReading::key);
  expects(serving != services.end() && found != raw_.registers.end());
  raw_.corrections.push_back(*found);
  const std::int64_t true_wh = found->value.mwh / 1000;
  Event noted = event;
  noted.to = noted.from;
  if (is_late) {
    raw_.registers.erase(found);
    note(noted, {}, true_wh);
    return;
  }
  const std::int64_t digit = service().form.last_digit().mwh;
  found->value.mwh -= misread_mwh(*found) / digit * digit;
  note(noted, found->value.mwh / 1000, true_wh);
}

}  // namespace

RawYear raw_year(const ActualYear& year, std::span<const Event> events,
                 std::span<const Metering> meters) {
  return RawMaker(year, events, meters).make();
}

}  // namespace xiaoyuan::sim
