// The matrix role × route as data: eight letters for a route, one for each kind of caller.
//
//   nobody villager committee company grid-company town researcher administrator
//   "-"  refused
//   "y"  allowed (the route names no village)
//   "o"  what is his own: the route's village and holder are those of a grant
//   "v"  a village of his: the route's village is that of a grant, or the grant is for all
//   "p"  a village that its committee has opened to everybody
//   "s"  consented households alone, under pseudonyms
// An account with several grants has the widest reach of them. Whoever is signed in may always do
// what nobody in particular may.
#pragma once
#include <optional>
#include <string_view>

#include "people/account.hpp"

namespace xiaoyuan::people {

/// How far a caller sees on a route, the widest last.
enum class Reach : std::uint8_t { pseudonymous, own, open, village, all };

struct Asked {
  std::string_view rights;   ///< eight letters
  std::string_view village;  ///< "" where the route names none
  std::string_view holder;   ///< "" where it names none; with "o" the handler keeps to his own
  bool is_open = false;      ///< the committee has opened the village
};

/// Nothing: refused. A route that refuses a village to a caller who has nothing there answers as
/// if it did not exist.
std::optional<Reach> reach_of(const Caller& caller, const Asked& asked);

/// Eight letters of the list above.
constexpr bool is_rights(std::string_view letters) {
  return letters.size() == 1 + role_count && letters.find_first_not_of("-yovps") == letters.npos;
}

}  // namespace xiaoyuan::people
