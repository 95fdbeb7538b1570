#include "readings/freeze.hpp"

#include <fmt/format.h>

#include "base/check.hpp"

namespace xiaoyuan::readings {

Result<RegisterReading> carried_freeze(const RegisterReading& last, const Service& service,
                                       const Intervals& between, Instant recorded_at) {
  expects(between.axis.start == last.key.at && between.meter == last.key.meter &&
          between.channel == last.key.channel && last.key.rate == Rate::total &&
          service.meter == last.key.meter && service.multiplier > 0);
  RegisterReading carried = last;
  carried.key.at = between.axis.end();
  carried.quality = Quality::estimated;
  carried.source = "intervals";
  carried.recorded_at = recorded_at;
  const Text name = name_of(carried.key);
  if (const std::size_t missing = missing_count(between); missing > 0) {
    return fail(Fault::bad_input,
                {fmt::format("{}: {} steps before it are missing; it cannot be carried forward",
                             name.en, missing),
                 fmt::format("{}:此前缺失 {} 个点,无法推算示数", name.zh, missing)});
  }
  const std::int64_t digit = service.form.last_digit().mwh;
  const std::int64_t rise = total(between).mwh / service.multiplier;
  carried.value += {rise - rise % digit};
  const auto capacity = service.form.capacity();
  if (carried.value.mwh < 0 || (capacity && carried.value >= *capacity)) {
    return fail(Fault::bad_input,
                {fmt::format("{}: {} kWh would be past the register's width; a rollover is not "
                             "assumed",
                             name.en, kwh_text(carried.value)),
                 fmt::format("{}:推算示数 {} kWh 超出表计位数,不推定为翻转", name.zh,
                             kwh_text(carried.value))});
  }
  return carried;
}

}  // namespace xiaoyuan::readings
