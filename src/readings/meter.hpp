// What measures: meters, their registers, and the point of a household that they served one after
// another. Nothing here is guessed: a swap or a new multiplier is a new service with its own dates.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::readings {

/// What a point of a household measures: bought, sold, made.
enum class Channel : std::uint8_t { imported, exported, generated };
/// The registers of a channel: its total, and one for each period of the day.
enum class Rate : std::uint8_t { total, critical_peak, peak, flat, valley, deep_valley };

/// The words of files, in the order of the enumerations.
const std::vector<std::string>& words_of(Channel);
const std::vector<std::string>& words_of(Rate);
Text name_of(Channel channel);
Text name_of(Rate rate);

/// What a register can show: digits before the point (known or not) and after it, in kWh.
struct RegisterForm {
  std::optional<int> whole_digits;
  int decimals = 2;  ///< 0–6

  MeteredEnergy last_digit() const;
  /// The count at which the register returns to zero.
  std::optional<MeteredEnergy> capacity() const;
  friend bool operator==(const RegisterForm&, const RegisterForm&) = default;
};

/// The stretch of time in which one meter with one multiplier served a point.
struct Service {
  std::string meter;
  RegisterForm form;
  std::int64_t multiplier = 1;
  Instant from;
  std::optional<Instant> to;  ///< nothing: it still serves
};

/// A metering point of a household: the meters that served it, in the order of time, without gap or
/// overlap.
struct MeterPoint {
  std::string household;
  Channel channel = Channel::imported;
  /// What can flow here at most; without it a rollover is never believed.
  std::optional<std::int64_t> most_w;
  std::vector<Service> services;
};

/// A meter's clock that ran ahead of true time (behind it: negative) from an instant to another.
struct ClockShift {
  std::string meter;
  Instant from;
  Instant to;
  std::chrono::seconds ahead{0};
};

/// Energy of a power that flows for a time; nothing when it is too large for the unit.
std::optional<MeteredEnergy> energy_of(std::int64_t watt, std::chrono::seconds length);
/// What a register's difference means behind a multiplier; nothing when it is too large.
std::optional<MeteredEnergy> times(MeteredEnergy energy, std::int64_t multiplier);

/// "123.45": an energy as a register with `decimals` shows it.
std::string kwh_text(MeteredEnergy energy, int decimals = 2);

}  // namespace xiaoyuan::readings
