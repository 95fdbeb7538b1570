// Who may sign in, and as what: an account has grants, a grant is a role in a village.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::people {

enum class Role : std::uint8_t {
  villager,   ///< of one household
  committee,  ///< the village's
  company,    ///< that owns or runs plants
  grid_company,
  town,
  researcher,    ///< consented, pseudonymous data alone
  administrator  ///< of the server
};
constexpr std::size_t role_count = 7;
/// The words of Role: "villager", "committee", "company", "grid-company", …
const std::vector<std::string>& words_of(Role);
Text name_of(Role role);

struct Grant {
  Role role = Role::villager;
  std::string village;   ///< its folder's name; "*": every village (town, grid company, researcher,
                         ///< administrator)
  std::string holder{};  ///< of a villager the household ("H001"), of a company the party; else ""
  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Account {
  std::string id;    ///< "a7": never used again
  std::string name;  ///< by which one signs in: unique, case and width folded
  std::string display;
  std::vector<Grant> grants;
  bool disabled = false;
  bool must_change_password = false;
  Instant created_at;
  std::optional<Instant> signed_in_at{};  ///< the last time
};

/// Of one request: nobody, somebody with a session, or a program with a token.
struct Caller {
  enum class Kind : std::uint8_t { nobody, session, token };
  Kind kind = Kind::nobody;
  std::string account{};  ///< id
  std::string display{};
  std::vector<Grant> grants{};  ///< none while the password is to be changed
  std::string csrf{};           ///< what a session's writes have to bring along
  std::string session{};        ///< id of the session or token, no secret
  bool must_change_password = false;
  std::optional<Instant> until{};  ///< when the session or token ends at the latest
};

}  // namespace xiaoyuan::people
