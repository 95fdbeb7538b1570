#include "sim/event.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/random.hpp"

namespace xiaoyuan::sim {

namespace {

using readings::Channel;
using std::chrono::hours;

/// When an event happens: month of twelve (a shorter year is pressed together), day and hour.
struct Moment {
  int month = 0;
  int day = 0;  ///< of the month, counted from 0
  int hour = 0;
};

class EventDrawer {
 public:
  explicit EventDrawer(const ActualYear& year)
      : year_(year),
        village_(year.inputs.village),
        random_(seed_of("events", year.inputs.village.seed)) {}

  std::vector<Event> draw();

 private:
  using Suits = std::function<bool(const model::Household&)>;

  Instant at(const Moment& moment) const {
    const Instant month =
        begin_of(village_.zone, year_.wanted, moment.month * year_.wanted.months / 12);
    return month + std::chrono::days{moment.day} + hours{moment.hour};
  }
  void add(EventKind kind, Channel channel, const Moment& from, hours length, const Suits& suits);
  void add_at(EventKind kind, Instant at, const Suits& suits);
  void add_outage();
  std::optional<std::size_t> chosen(const Suits& suits);

  const ActualYear& year_;
  const model::Village& village_;
  Random random_;
  std::set<std::size_t> taken_;
  std::vector<Event> events_;
};

/// A household that suits, one without an event before the others.
std::optional<std::size_t> EventDrawer::chosen(const Suits& suits) {
  std::vector<std::size_t> fresh;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < village_.households.size(); ++i) {
    if (suits(village_.households[i])) {
      all.push_back(i);
      if (!taken_.contains(i)) {
        fresh.push_back(i);
      }
    }
  }
  const auto& from = fresh.empty() ? all : fresh;
  if (from.empty()) {
    return std::nullopt;
  }
  const auto place = static_cast<std::size_t>(random_.uniform() * static_cast<double>(from.size()));
  taken_.insert(from[place]);
  return from[place];
}

void EventDrawer::add(EventKind kind, Channel channel, const Moment& from, hours length,
                      const Suits& suits) {
  if (const auto home = chosen(suits)) {
    events_.push_back({kind, *home, channel, at(from), at(from) + length});
  }
}

void EventDrawer::add_at(EventKind kind, Instant at, const Suits& suits) {
  if (const auto home = chosen(suits)) {
    events_.push_back({kind, *home, Channel::imported, at, at + year_.read.step});
  }
}

void EventDrawer::add_outage() {
  if (village_.transformers.empty()) {
    return;
  }
  const auto count = static_cast<double>(village_.transformers.size());
  const auto place = static_cast<std::size_t>(random_.uniform() * count);
  const Instant from = at({8, 20, 11});
  events_.push_back({EventKind::outage, place, Channel::imported, from, from + hours{5}});
}

std::vector<Event> EventDrawer::draw() {
  const Suits any = [](const model::Household&) { return true; };
  const Suits sells_rest = [](const model::Household& home) {
    return home.mode == model::Mode::self_use_surplus && home.battery.energy_kwh == 0.0;
  };
  const Suits sells_all = [](const model::Household& home) {
    return home.mode == model::Mode::full_export;
  };
  const Suits buys_all = [](const model::Household& home) {
    return home.mode == model::Mode::none || home.mode == model::Mode::full_export;
  };
  const Suits uses_much = [](const model::Household& home) {
    return home.mode == model::Mode::none && home.heating.exists();
  };
  const Instant end = year_.read.end();
  const Instant last_month = begin_of(village_.zone, year_.wanted, year_.wanted.months - 1);
  const hours day{24};
  add_outage();
  add(EventKind::inverter_fault, Channel::generated, {6, 3, 9}, 21 * day, sells_rest);
  add(EventKind::meter_change, Channel::imported, {5, 16, 14}, hours{1}, sells_rest);
  if (const auto home = chosen(uses_much)) {
    events_.push_back({EventKind::rollover, *home, Channel::imported, year_.read.start, end});
  }
  if (const auto home = chosen(sells_all)) {
    events_.push_back(
        {EventKind::current_transformer, *home, Channel::exported, year_.read.start, end});
  }
  add(EventKind::missing_intervals, Channel::generated, {4, 8, 0}, 4 * day, sells_rest);
  add(EventKind::clock_shift, Channel::imported, {9, 2, 10}, 21 * day, buys_all);
  add(EventKind::spike, Channel::imported, {9, 26, 19}, hours{1}, buys_all);
  add(EventKind::negative_interval, Channel::exported, {10, 10, 12}, hours{1}, sells_rest);
  add_at(EventKind::misread_register, last_month, any);
  add_at(EventKind::late_register, end, any);
  add(EventKind::resent, Channel::imported, {7, 7, 0}, 7 * day, any);
  add(EventKind::contradicting, Channel::imported, {7, 9, 18}, hours{1}, buys_all);
  return std::move(events_);
}

}  // namespace

const std::vector<std::string>& words_of(EventKind) {
  static const std::vector<std::string> words{"outage",
                                              "inverter_fault",
                                              "meter_change",
                                              "rollover",
                                              "current_transformer",
                                              "missing_intervals",
                                              "clock_shift",
                                              "spike",
                                              "negative_interval",
                                              "misread_register",
                                              "late_register",
                                              "resent",
                                              "contradicting"};
  return words;
}

Text name_of(EventKind kind) {
  static const std::vector<Text> names{
      {"the transformer had no supply", "台区停电"},
      {"the inverter stood still", "逆变器故障停机"},
      {"the meter was changed; both were read", "换表,新旧表均已抄录示数"},
      {"a register of five digits runs past its end", "5 位整数示数翻转"},
      {"the meter has a multiplier", "经互感器接入,有倍率"},
      {"the intervals of these days never came", "曲线数据缺失"},
      {"the meter's clock ran two hours ahead", "电能表时钟快两小时"},
      {"an interval that cannot be", "飞点"},
      {"an interval below zero", "负值"},
      {"the freeze was read too low; the correction came later", "冻结示数抄录偏低,后补更正"},
      {"the freeze was missing; it came later", "冻结示数缺抄,后补"},
      {"the same intervals were sent again", "同一曲线重复上送"},
      {"an interval was sent again with another value", "重复上送的数值不一致"}};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<Event> drawn_events(const ActualYear& year) { return EventDrawer(year).draw(); }

const Event* event_of(std::span<const Event> events, EventKind kind, std::size_t home) {
  const auto found = std::ranges::find_if(
      events, [&](const Event& event) { return event.kind == kind && event.home == home; });
  return found == events.end() ? nullptr : &*found;
}

}  // namespace xiaoyuan::sim
