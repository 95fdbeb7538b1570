// What was read: a register at an instant, with its quality, where it came from, and when it became
// known. A correction is a new version; the old one stays.
#pragma once
#include <compare>
#include <span>
#include <string>
#include <vector>

#include "readings/meter.hpp"

namespace xiaoyuan::readings {

enum class Quality : std::uint8_t { measured, estimated, edited, missing };
/// The words of files and reports, in the order of the enumeration; it is the order of trust too.
const std::vector<std::string>& words_of(Quality);
Text name_of(Quality quality);

/// Which register, and when it stood so.
struct RegisterKey {
  std::string meter;
  Channel channel = Channel::imported;
  Rate rate = Rate::total;
  Instant at;
  friend auto operator<=>(const RegisterKey&, const RegisterKey&) = default;
};

struct RegisterReading {
  RegisterKey key;
  MeteredEnergy value;  ///< as the register shows it, before the multiplier
  Quality quality = Quality::measured;
  std::string source;   ///< the file or device that said so
  Instant recorded_at;  ///< when it became known
  friend bool operator==(const RegisterReading&, const RegisterReading&) = default;
};

/// Versions of readings in the order of key and of the time they became known.
class Registers {
 public:
  Registers() = default;
  /// Of several versions of a key that became known at the same instant, the first is kept.
  explicit Registers(std::vector<RegisterReading> versions);

  /// What was known of a register at an instant; null when nothing was.
  const RegisterReading* find(const RegisterKey& key, Instant known_at) const;
  std::span<const RegisterReading> versions() const& { return versions_; }
  std::span<const RegisterReading> versions() const&& = delete;  ///< they live as long as we do
  std::span<const RegisterReading> versions(const RegisterKey& key) const;

 private:
  std::vector<RegisterReading> versions_;
};

/// What to do with a reading that says something else than the one that is known.
enum class Resend { refuse, correct };

/// A reading that contradicts what is known, or another of the same moment.
struct Conflict {
  RegisterReading known;
  RegisterReading sent;
};

/// New readings, told apart. The order in which they come does not matter.
struct SortedReadings {
  std::vector<RegisterReading> taken;
  std::vector<RegisterReading> duplicates;  ///< the same again: nothing to do
  std::vector<Conflict> conflicts;          ///< nothing of them is taken
};

/// With `correct`, another value that became known later is a new version; at the same instant, or
/// with `refuse`, it is a conflict. Sending the same readings twice takes nothing; with `refuse`
/// nor does sending again what a correction has replaced.
SortedReadings sort_out(const Registers& known, std::vector<RegisterReading> sent, Resend resend);

/// "meter 100: export, peak, 2026-10-01 00:00Z" for messages.
Text name_of(const RegisterKey& key);

}  // namespace xiaoyuan::readings
