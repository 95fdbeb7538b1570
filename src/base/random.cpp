#include "base/random.hpp"

#include <cmath>
#include <numbers>

namespace xiaoyuan {

double Random::normal() {  // Box and Muller, 1958
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  const double angle = 2.0 * std::numbers::pi * uniform();
  spare_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

std::uint64_t seed_of(std::string_view name, std::uint64_t base_seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ base_seed;
  for (const char letter : name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace xiaoyuan
