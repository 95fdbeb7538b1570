// What a reader of weather files must be told where the file itself does not say it.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/place.hpp"

namespace xiaoyuan::weather {

/// How beam and diffuse light are found where only the global light is known: Erbs (1982), DISC
/// (Maxwell 1987) or DIRINT (Perez 1992); their equations stand in sun/.
enum class Splitting { erbs, disc, dirint };
const std::vector<std::string>& names_of(Splitting);

/// What the file says goes before what stands here.
struct ReadOptions {
  std::optional<Place> place;
  /// Local standard time minus UTC.
  std::optional<std::chrono::seconds> utc_offset;
  Splitting splitting = Splitting::erbs;
};

}  // namespace xiaoyuan::weather
