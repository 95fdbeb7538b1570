#include "people/rights.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::people {

namespace {

bool is_of_village(const Grant& grant, std::string_view village) {
  return grant.village == "*" || grant.village == village;
}

/// What one letter gives to whoever has this grant.
std::optional<Reach> reach_by(char letter, const Grant& grant, const Asked& asked) {
  switch (letter) {
    case 'y':
      return Reach::all;
    case 'o':
      if ((asked.village.empty() || is_of_village(grant, asked.village)) &&
          (asked.holder.empty() || asked.holder == grant.holder)) {
        return Reach::own;
      }
      return std::nullopt;
    case 'v':
      if (asked.village.empty() || is_of_village(grant, asked.village)) {
        return Reach::village;
      }
      return std::nullopt;
    case 's':
      if (asked.village.empty() || is_of_village(grant, asked.village)) {
        return Reach::pseudonymous;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// What a letter gives to everybody, whatever his grants.
std::optional<Reach> reach_of_all(char letter, const Asked& asked) {
  if (letter == 'y') {
    return Reach::all;
  }
  if (letter == 'p' && asked.is_open) {
    return Reach::open;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reach> reach_of(const Caller& caller, const Asked& asked) {
  expects(is_rights(asked.rights));
  std::optional<Reach> widest = reach_of_all(asked.rights.front(), asked);
  if (caller.kind == Caller::Kind::nobody) {
    return widest;
  }
  for (const Grant& grant : caller.grants) {
    const char letter = asked.rights[1 + static_cast<std::size_t>(grant.role)];
    // An empty optional is less than any reach.
    widest = std::max(widest, reach_of_all(letter, asked));
    widest = std::max(widest, reach_by(letter, grant, asked));
  }
  return widest;
}

}  // namespace xiaoyuan::people
