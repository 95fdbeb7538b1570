#include "tariff/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace xiaoyuan::tariff {

namespace {

/// Index of the version that holds on a day, or the number of versions.
std::size_t version_on(const Tariff& tariff, const Date& date) {
  for (std::size_t i = 0; i < tariff.versions.size(); ++i) {
    const Version& version = tariff.versions[i];
    if (date >= version.valid_from && (!version.valid_to || date <= *version.valid_to)) {
      return i;
    }
  }
  return tariff.versions.size();
}

Text span_of(const Version& version) {
  const std::string from = text_of(version.valid_from);
  if (!version.valid_to) {
    return {from + " onwards", from + " 起"};
  }
  return {from + " to " + text_of(*version.valid_to), from + " 至 " + text_of(*version.valid_to)};
}

Text no_version(const Tariff& tariff, const Date& date) {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const Version& version : tariff.versions) {
    en.push_back(span_of(version).en);
    zh.push_back(span_of(version).zh);
  }
  return {fmt::format("tariff \"{}\" has no version for {}; it has {}", tariff.id, text_of(date),
                      joined(en)),
          fmt::format("电价“{}”没有适用于 {} 的版本;现有 {}", tariff.id, text_of(date),
                      joined(zh, "、"))};
}

Result<void> check_tiers(const Tariff& tariff, const Schedule& schedule) {
  for (const std::size_t used : schedule.versions_used) {
    if (tariff.versions[used].tiers != schedule.tiers) {
      return fail(
          Fault::impossible,
          {fmt::format("the tiers of tariff \"{}\" change within the plan's year; start the "
                       "plan on the day of the change ({})",
                       tariff.id, text_of(tariff.versions[used].valid_from)),
           fmt::format("电价“{}”的阶梯在规划年内变更;请让规划自变更日({})开始", tariff.id,
                       text_of(tariff.versions[used].valid_from))});
    }
  }
  if (schedule.tiers && schedule.tiers->limits_kwh.empty()) {
    return fail(
        Fault::bad_input,
        {fmt::format("tariff \"{}\" has tiers whose limits no document at hand gives; write "
                     "[tariff] tier_limits_kwh = [ … ] ({} numbers) with tier_limits_source",
                     tariff.id, schedule.tiers->additions.size() - 1),
         fmt::format("电价“{}”的分档电量在现有文件中未找到;请在 [tariff] 中填写 "
                     "tier_limits_kwh = [ … ]({} 个数字)及 tier_limits_source",
                     tariff.id, schedule.tiers->additions.size() - 1)});
  }
  return {};
}

class Layer {
 public:
  Layer(const Tariff& tariff, int step_minutes) : tariff_(tariff), step_minutes_(step_minutes) {}

  Result<void> lay(const Civil& time, Schedule& schedule) {
    const std::size_t version = version_on(tariff_, time.date());
    if (version == tariff_.versions.size()) {
      return fail(Fault::bad_input, no_version(tariff_, time.date()));
    }
    if (std::ranges::find(schedule.versions_used, version) == schedule.versions_used.end()) {
      schedule.versions_used.push_back(version);
    }
    const auto& seasons = tariff_.versions[version].seasons;
    const auto season =
        std::ranges::find_if(seasons, [&](const Season& one) { return one.holds(time); });
    const Period& period = *period_at(*season, time.minute);
    bool changes = false;
    for (int minute = 1; minute < step_minutes_; ++minute) {
      changes = changes || period_at(*season, (time.minute + minute) % 1440) != &period;
    }
    if (changes) {
      return fail(
          Fault::bad_input,
          {fmt::format("tariff \"{}\" changes its price within the step that begins at "
                       "{:02}:{:02}; choose a shorter [plan] step",
                       tariff_.id, time.hour(), time.minute % 60),
           fmt::format("电价“{}”在 {:02}:{:02} 开始的时间步内变价;请在 [plan] 中选用更短的 step",
                       tariff_.id, time.hour(), time.minute % 60)});
    }
    schedule.slot.push_back(slot_of(time, version, period, schedule));
    schedule.yuan_per_kwh.push_back(period.price.yuan_per_kwh());
    return {};
  }

 private:
  static const Period* period_at(const Season& season, int minute) {
    for (const Period& period : season.periods) {
      for (const Window& window : period.windows) {
        if (window.holds(minute)) {
          return &period;
        }
      }
    }
    return nullptr;
  }

  std::uint16_t slot_of(const Civil& time, std::size_t version, const Period& period,
                        Schedule& schedule) {
    const auto key = std::tuple(time.year, time.month, version, &period);
    const auto [found, is_new] =
        known_.try_emplace(key, static_cast<std::uint16_t>(schedule.slots.size()));
    if (is_new) {
      schedule.slots.push_back({time.year, time.month, version, period.label, period.price});
    }
    return found->second;
  }

  const Tariff& tariff_;
  int step_minutes_;
  std::map<std::tuple<int, int, std::size_t, const Period*>, std::uint16_t> known_;
};

}  // namespace

Result<Schedule> schedule(const Tariff& tariff, std::span<const Civil> times, int step_minutes) {
  Schedule result;
  result.slot.reserve(times.size());
  result.yuan_per_kwh.reserve(times.size());
  Layer layer(tariff, step_minutes);
  for (const Civil& time : times) {
    if (auto laid = layer.lay(time, result); !laid) {
      return std::unexpected(std::move(laid.error()));
    }
  }
  result.tariff = tariff;
  if (!result.versions_used.empty()) {
    result.tiers = tariff.versions[result.versions_used.front()].tiers;
  }
  if (auto checked = check_tiers(tariff, result); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return result;
}

}  // namespace xiaoyuan::tariff
