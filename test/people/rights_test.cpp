// The matrix by itself: every letter for every kind of caller, his own and another village and
// house, opened and not, against the sentences of rights.hpp.
#include "people/rights.hpp"

#include <gtest/gtest.h>

#include <string>

namespace xiaoyuan::people {
namespace {

/// The sentences of rights.hpp once more, the slow and plain way.
std::optional<Reach> by_the_sentences(char letter, bool is_his_village, bool is_his_house,
                                      bool is_open) {
  switch (letter) {
    case 'y':
      return Reach::all;
    case 'v':
      return is_his_village ? std::optional(Reach::village) : std::nullopt;
    case 'o':
      return is_his_village && is_his_house ? std::optional(Reach::own) : std::nullopt;
    case 's':
      return is_his_village ? std::optional(Reach::pseudonymous) : std::nullopt;
    case 'p':
      return is_open ? std::optional(Reach::open) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Caller caller_with(Role role, const std::string& village) {
  Caller caller;
  caller.kind = Caller::Kind::session;
  caller.grants = {{role, village, "H001"}};
  return caller;
}

TEST(Rights, every_letter_means_to_every_role_what_its_sentence_says) {
  int rows = 0;
  for (std::size_t role = 0; role < role_count; ++role) {
    for (const char letter : std::string("-yovps")) {
      std::string rights(1 + role_count, '-');
      rights[1 + role] = letter;
      for (const std::string granted : {"xinggezhuang", "*"}) {
        for (const std::string village : {"xinggezhuang", "qiantuan", ""}) {
          for (const std::string holder : {"H001", "H002", ""}) {
            for (const bool is_open : {false, true}) {
              const bool his = granted == "*" || village.empty() || village == granted;
              const bool house = holder.empty() || holder == "H001";
              EXPECT_EQ(
                  reach_of(caller_with(Role(role), granted), {rights, village, holder, is_open}),
                  by_the_sentences(letter, his, house, is_open))
                  << role << letter << granted << village << holder << is_open;
              ++rows;
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(rows, 7 * 6 * 2 * 3 * 3 * 2);
}

TEST(Rights, a_letter_is_for_its_own_role_alone) {
  for (std::size_t letter_of = 0; letter_of < role_count; ++letter_of) {
    std::string rights(1 + role_count, '-');
    rights[1 + letter_of] = 'y';
    for (std::size_t role = 0; role < role_count; ++role) {
      EXPECT_EQ(reach_of(caller_with(Role(role), "*"), {rights, "", ""}).has_value(),
                role == letter_of);
    }
    EXPECT_FALSE(reach_of({}, {rights, "", ""}));
  }
}

TEST(Rights, nobody_sees_what_is_open_to_everybody) {
  EXPECT_EQ(reach_of({}, {"y-------", "", ""}), Reach::all);
  EXPECT_EQ(reach_of({}, {"p-------", "xinggezhuang", "", true}), Reach::open);
  EXPECT_FALSE(reach_of({}, {"p-------", "xinggezhuang", "", false}));
  for (const char letter : std::string("-ovs")) {
    EXPECT_FALSE(reach_of({}, {std::string(1, letter) + "yyyyyyy", "v", "h", true})) << letter;
  }
}

TEST(Rights, who_is_signed_in_may_what_nobody_may_even_without_a_grant) {
  Caller caller;
  caller.kind = Caller::Kind::token;
  EXPECT_EQ(reach_of(caller, {"y-------", "", ""}), Reach::all);
  EXPECT_EQ(reach_of(caller, {"p-------", "v", "", true}), Reach::open);
  EXPECT_FALSE(reach_of(caller, {"-yyyyyyy", "", ""}));
}

TEST(Rights, the_widest_of_several_grants_counts) {
  Caller caller = caller_with(Role::villager, "xinggezhuang");
  caller.grants.push_back({Role::committee, "qiantuan"});
  EXPECT_EQ(reach_of(caller, {"pov-----", "xinggezhuang", "H001"}), Reach::own);
  EXPECT_EQ(reach_of(caller, {"pov-----", "xinggezhuang", "H002", true}), Reach::open);
  EXPECT_FALSE(reach_of(caller, {"pov-----", "xinggezhuang", "H002", false}));
  EXPECT_EQ(reach_of(caller, {"pov-----", "qiantuan", "H002"}), Reach::village);
}

TEST(Rights, a_household_of_one_village_is_not_that_of_another) {
  Caller caller = caller_with(Role::villager, "xinggezhuang");
  caller.grants.push_back({Role::villager, "qiantuan", "H002"});
  EXPECT_FALSE(reach_of(caller, {"-o------", "qiantuan", "H001"}));
  EXPECT_FALSE(reach_of(caller, {"-o------", "xinggezhuang", "H002"}));
  EXPECT_EQ(reach_of(caller, {"-o------", "qiantuan", "H002"}), Reach::own);
}

TEST(Rights, eight_letters_of_the_list_are_rights) {
  EXPECT_TRUE(is_rights("-yovps--"));
  EXPECT_FALSE(is_rights("-yovps-"));
  EXPECT_FALSE(is_rights("-yovpx--"));
}

}  // namespace
}  // namespace xiaoyuan::people
