// A seeded source of chance: the same seed gives the same numbers on every machine.
#pragma once
#include <cstdint>
#include <random>
#include <string_view>

namespace xiaoyuan {

/// The engine is the standard's (its sequence is fixed); the standard's distributions are not used,
/// because each library draws them in its own way.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  /// Evenly in [0, 1).
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  /// From the standard normal distribution.
  double normal();

 private:
  std::mt19937_64 engine_;
  bool has_spare_ = false;
  double spare_ = 0.0;
};

/// A seed that belongs to a name (FNV-1a), so that two households differ and each stays the same.
std::uint64_t seed_of(std::string_view name, std::uint64_t base_seed);

}  // namespace xiaoyuan
