#include "tariff/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "tariff/day.hpp"

namespace xiaoyuan::tariff {

namespace {

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
    TRY(const DayTable table, table_of(time.date()));
    if (std::ranges::find(schedule.versions_used, table.version) == schedule.versions_used.end()) {
      schedule.versions_used.push_back(table.version);
    }
    const Period& period = table.at(time.minute);
    if (changes_within(table, time, period)) {
      return fail(
          Fault::bad_input,
          {fmt::format("tariff \"{}\" changes its price within the step that begins at "
                       "{:02}:{:02}; choose a shorter [plan] step",
                       tariff_.id, time.hour(), time.minute % 60),
           fmt::format("电价“{}”在 {:02}:{:02} 开始的时间步内变价;请在 [plan] 中选用更短的 step",
                       tariff_.id, time.hour(), time.minute % 60)});
    }
    const Subsidy* subsidy = subsidy_of(tariff_, table, period);
    schedule.slot.push_back(slot_of(time, table, period, schedule));
    schedule.yuan_per_kwh.push_back(period.price.yuan_per_kwh() -
                                    (subsidy ? subsidy->price.yuan_per_kwh() : 0.0));
    return {};
  }

 private:
  Result<DayTable> table_of(const Date& date) {
    if (!last_.season || last_.date != date) {
      TRY(last_, day_table(tariff_, date));
    }
    return last_;
  }

  /// Whether a price of the step's later minutes differs from its first one. A step that runs over
  /// midnight is judged by its own day's table.
  bool changes_within(const DayTable& table, const Civil& time, const Period& period) const {
    for (int minute = 1; minute < step_minutes_; ++minute) {
      if (&table.at((time.minute + minute) % minutes_a_day) != &period) {
        return true;
      }
    }
    return false;
  }

  /// A slot ends with its month, and with the days on which its period is subsidised.
  std::uint16_t slot_of(const Civil& time, const DayTable& table, const Period& period,
                        Schedule& schedule) {
    const bool is_subsidised = subsidy_of(tariff_, table, period) != nullptr;
    const auto key = std::tuple(time.year, time.month, table.version, &period, is_subsidised);
    const auto [found, is_new] =
        known_.try_emplace(key, static_cast<std::uint16_t>(schedule.slots.size()));
    if (is_new) {
      schedule.slots.push_back({time.year, time.month, table.version, period.label, period.price,
                                period.by_tier, is_subsidised, period.kind});
    }
    return found->second;
  }

  const Tariff& tariff_;
  int step_minutes_;
  DayTable last_;
  std::map<std::tuple<int, int, std::size_t, const Period*, bool>, std::uint16_t> known_;
};

/// An error for every required input of a tariff or mechanism that is still waited for.
Errors missing_inputs(const std::string& id, const std::vector<RequiredInput>& required) {
  Errors errors;
  for (const RequiredInput& input : required) {
    errors.push_back({Fault::bad_input, needs(id, input), {}});
  }
  return errors;
}

Date first_of_month(const Slot& slot) {
  return {std::chrono::year{slot.year}, std::chrono::month{static_cast<unsigned>(slot.month)},
          std::chrono::day{1}};
}

}  // namespace

Result<Schedule> schedule(const Tariff& tariff, std::span<const Civil> times, int step_minutes) {
  if (Errors errors = missing_inputs(tariff.id, tariff.required); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
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

Result<Schedule> under_mechanism(Schedule market, const Mechanism& mechanism) {
  if (Errors errors = missing_inputs(mechanism.id, mechanism.required); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  for (const Slot& slot : market.slots) {
    const Date month = first_of_month(slot);
    const Date from = mechanism.valid_from;
    const bool begins_later = month < Date{from.year(), from.month(), std::chrono::day{1}};
    if (begins_later || (mechanism.valid_to && month > *mechanism.valid_to)) {
      return fail(Fault::bad_input,
                  {fmt::format("mechanism \"{}\" does not hold in {}; it holds from {}{}",
                               mechanism.id, text_of(month).substr(0, 7), text_of(from),
                               mechanism.valid_to ? " to " + text_of(*mechanism.valid_to) : ""),
                   fmt::format("机制“{}”在 {} 不适用;其有效期为 {} 起{}", mechanism.id,
                               text_of(month).substr(0, 7), text_of(from),
                               mechanism.valid_to ? ",至 " + text_of(*mechanism.valid_to) : "")});
    }
  }
  for (std::size_t i = 0; i < market.slot.size(); ++i) {
    market.yuan_per_kwh[i] = effective_yuan_per_kwh(mechanism, market.slots[market.slot[i]].month,
                                                    market.yuan_per_kwh[i]);
  }
  market.mechanism = mechanism;
  return market;
}

}  // namespace xiaoyuan::tariff
