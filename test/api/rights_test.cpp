// Every route by every role: let in, sent to sign in, refused, or told that there is no such thing,
// as the row's letter says. The rows are the server's; their handlers are exchanged for one that
// says "let in", so that nothing is done.
#include <gtest/gtest.h>

#include "support/doors.hpp"

namespace xiaoyuan::api {

namespace {

using people::Grant;
using people::Role;

constexpr const char* his_village = "ours";
constexpr const char* open_village = "open";
constexpr const char* other_village = "theirs";
constexpr const char* no_village = "nowhere";
constexpr const char* his_holder = "H001";

Result<http::Response> let_in(const Call&) { return nothing(); }

const std::vector<Route>& harmless_rows() {
  static const std::vector<Route> rows = [] {
    std::vector<Route> all(routes().begin(), routes().end());
    for (Route& route : all) {
      route.handle = let_in;
    }
    return all;
  }();
  return rows;
}

struct Who {
  std::string name;  ///< "" is nobody
  std::size_t letter;
};

/// One account for each role, with a grant in one village; named as the role.
std::vector<Who> everybody(test::HandPeople& people) {
  std::vector<Who> all{{"", 0}};
  for (std::size_t i = 0; i < people::role_count; ++i) {
    const auto role = static_cast<Role>(i);
    const std::string& name = people::words_of(role)[i];
    const bool has_holder = role == Role::villager || role == Role::company;
    const bool is_of_server = role == Role::administrator;
    people.let_in(name, {{.role = role,
                          .village = is_of_server ? "*" : his_village,
                          .holder = has_holder ? his_holder : ""}});
    all.push_back({name, i + 1});
  }
  return all;
}

/// What people/rights.hpp says, for one letter, in words as plain as they can be.
bool is_let_in(char letter, const std::string& village, const std::string& holder, bool is_keeper) {
  const bool is_his = village.empty() || village == his_village || is_keeper;
  switch (letter) {
    case 'y':
      return true;
    case 'o':
      return is_his && (holder.empty() || holder == his_holder);
    case 'v':
    case 's':
      return is_his;
    case 'p':
      return village == open_village;
    default:
      return false;
  }
}

int expected_status(const Route& route, const Who& who, const std::string& village,
                    const std::string& holder) {
  const bool is_keeper = who.name == "administrator";
  const bool is_nobody = who.name.empty();
  const bool by_role = is_let_in(route.rights[who.letter], village, holder, is_keeper) &&
                       !(is_nobody && route.rights[0] != 'y' && route.rights[0] != 'p');
  const bool as_anybody = is_let_in(route.rights[0], village, holder, false) &&
                          (route.rights[0] == 'y' || route.rights[0] == 'p');
  if (by_role || as_anybody) {
    return village == no_village ? 404 : 204;
  }
  if (is_nobody) {
    return 401;
  }
  const bool knows_it = village.empty() || village == his_village || is_keeper;
  return knows_it && village != no_village ? 403 : 404;
}

std::string filled(std::string_view pattern, const std::string& village,
                   const std::string& holder) {
  std::string path = "/api/v1";
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    path += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) {
      break;
    }
    const std::size_t close = pattern.find('}');
    const std::string_view name = pattern.substr(1, close - 1);
    path += name == "village"                         ? village
            : name == "holder" || name == "household" ? holder
                                                      : std::string("x");
    pattern.remove_prefix(close + 1);
  }
  return path;
}

std::vector<http::Header> headers_of(const Who& who) {
  if (who.name.empty()) {
    return {};
  }
  return {{"Cookie", "xiaoyuan_session=session-" + who.name},
          {"X-CSRF-Token", "csrf-" + who.name},
          {"Sec-Fetch-Site", "same-origin"}};
}

class Rights : public testing::Test {
 protected:
  test::HandWorld made_ =
      test::hand_world({his_village, open_village, other_village}, {open_village});
  std::vector<Who> everybody_ = everybody(*made_.people);
  Door door_{*made_.world, {.rate = {.per_s = 1e6, .at_once = 1e6}, .rows = harmless_rows()}};

  void try_row(const Route& route, const std::string& village, const std::string& holder) {
    for (const Who& who : everybody_) {
      const std::string path = filled(route.pattern, village, holder);
      const auto answer = test::knock(door_, test::asking(route.method, path, headers_of(who)));
      EXPECT_EQ(answer.status, expected_status(route, who, village, holder))
          << word_of(route.method) << ' ' << path << " as "
          << (who.name.empty() ? "nobody" : who.name) << " (" << route.rights << ')';
    }
  }
};

TEST_F(Rights, HoldOnEveryRouteForEveryRole) {
  for (const Route& route : routes()) {
    const bool has_village = route.pattern.contains("{village}");
    const bool has_holder =
        route.pattern.contains("{holder}") || route.pattern.contains("{household}");
    const std::vector<std::string> villages =
        has_village ? std::vector<std::string>{his_village, open_village, other_village, no_village}
                    : std::vector<std::string>{""};
    const std::vector<std::string> holders =
        has_holder ? std::vector<std::string>{his_holder, "H002"} : std::vector<std::string>{""};
    for (const std::string& village : villages) {
      for (const std::string& holder : holders) {
        try_row(route, village, holder);
      }
    }
  }
}

TEST_F(Rights, AreEightLettersOfTheList) {
  for (const Route& route : routes()) {
    EXPECT_TRUE(people::is_rights(route.rights)) << route.pattern;
    if (!route.pattern.contains("{village}")) {
      EXPECT_FALSE(route.rights.contains('p')) << route.pattern << " names no village to be open";
    }
  }
}

TEST_F(Rights, NobodyWritesWithoutSigningIn) {
  // Who has to change his password has no grants until then: that row is for him, and its handler
  // wants the old password.
  const std::vector<std::string_view> told{"/session", "/session/password", "/setup", "/proofs",
                                           "/claims"};
  for (const Route& route : routes()) {
    if (route.method != http::Method::get && route.rights[0] != '-') {
      EXPECT_TRUE(std::ranges::find(told, route.pattern) != told.end()) << route.pattern;
    }
  }
}

TEST_F(Rights, AVillageThatIsNotOnesOwnLooksLikeNone) {
  const Who villager{"villager", 1};
  for (const Route& route : routes()) {
    if (!route.pattern.contains("{village}")) {
      continue;
    }
    const auto of = [&](const char* village) {
      return test::knock(door_, test::asking(route.method, filled(route.pattern, village, "H002"),
                                             headers_of(villager)));
    };
    const http::Response other = of(other_village), none = of(no_village);
    EXPECT_EQ(other.status, none.status) << route.pattern;
    EXPECT_EQ(test::body(other), test::body(none)) << route.pattern;
  }
}

}  // namespace

}  // namespace xiaoyuan::api
