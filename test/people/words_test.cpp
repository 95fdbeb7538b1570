// Names, lines and grants: what deceives is refused, all else is kept as it was typed.
#include "people/words.hpp"

#include "made.hpp"
#include "people/attempts.hpp"
#include "people/password.hpp"
#include "people/secret.hpp"

namespace xiaoyuan::people::test {
namespace {

TEST(Words, names_are_compared_by_small_half_width_letters) {
  EXPECT_EQ(checked_name("Li.Xiuying").value(), "li.xiuying");
  EXPECT_EQ(checked_name("LI.XIUYING").value(), "li.xiuying");
  EXPECT_EQ(checked_name("  李秀英2 ").value(), "李秀英2");
}

TEST(Words, names_that_deceive_or_break_something_are_refused) {
  const std::string ten_megabytes(10'000'000, 'a');
  for (const std::string& name :
       {std::string("a"), std::string(""), std::string(65, 'a'), ten_megabytes,
        std::string("<script>alert(1)</script>"), std::string("admin' OR '1'='1"),
        std::string("admin\n"), std::string("ad\nmin"), std::string("ad\0min", 6),
        std::string("admin\u202E"), std::string("ad\u200Bmin"), std::string("аdmin"),
        std::string("admin\xC3\x28"), std::string("\xFF\xFE"), std::string("../admin"),
        std::string("ad min"), std::string("admin;--")}) {
    if (name == "admin\n") {
      EXPECT_EQ(checked_name(name).value(), "admin");  // white space at the ends is nobody's name
      continue;
    }
    const Error error = first_error(checked_name(name));
    EXPECT_EQ(error.fault, Fault::bad_input);
    EXPECT_EQ(error.where.field, "name");
    EXPECT_FALSE(error.what.zh.empty());
    EXPECT_LT(error.what.en.size(), 200U);  // says what is wrong, and does not say it all again
  }
}

TEST(Words, lines_are_kept_verbatim_unless_a_mark_cannot_be_seen) {
  for (const char* line :
       {"李秀英", "<b>O'Brien & Söhne</b>", "'; DROP TABLE people; --", "家 👩‍🌾"}) {
    const bool has_joiner = std::string(line).find("\u200D") != std::string::npos;
    EXPECT_EQ(check_line(line, 100, "display").has_value(), !has_joiner) << line;
  }
  for (const char* line : {"a\u202Eb", "a\u2066b", "a\tb", "a\x1B[2Jb", "a\u2028b", "\uFEFFa"}) {
    EXPECT_FALSE(check_line(line, 100, "display")) << line;
  }
  EXPECT_FALSE(check_line(std::string(101, 'a'), 100, "display"));
  EXPECT_TRUE(check_line(std::string("院") + std::string(99, 'a'), 100, "display"));
}

TEST(Words, a_grant_says_where_and_whose) {
  EXPECT_TRUE(check_grants({{Role::villager, "v", "H001"},
                            {Role::committee, "v"},
                            {Role::company, "v", "sunny"},
                            {Role::grid_company, "*"},
                            {Role::town, "v"},
                            {Role::researcher, "*"},
                            {Role::administrator, "*"}}));
  const std::vector<Grant> wrong{{Role::villager, "v"},      {Role::villager, "*", "H001"},
                                 {Role::committee, "*"},     {Role::committee, "v", "H001"},
                                 {Role::company, "v"},       {Role::town, ""},
                                 {Role::administrator, "v"}, {Role::villager, "../v", "H001"}};
  const auto checked = check_grants(wrong);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().size(), wrong.size());
  EXPECT_EQ(checked.error()[2].where.field, "grants[2]");
  EXPECT_FALSE(check_grants({{Role::town, "v"}, {Role::town, "v"}}));
}

TEST(Passwords, long_and_not_common_is_what_counts) {
  for (const char* password : {"槐树底下第三家的院子", "correct horse battery", "kq7 zm2 vxp"}) {
    EXPECT_TRUE(check_password(password, "admin", "password")) << password;
  }
  for (const char* password : {"short", "123456789", "槐树底下", "1234567890", "PASSWORD123",
                               "woaini1314520", "aaaaaaaaaaaa", "abababababab", "abcdefghijkl",
                               "zyxwvutsrqpo", "li.xiuying01", "LI.XIUYING01"}) {
    EXPECT_FALSE(check_password(password, "li.xiuying01", "password")) << password;
  }
  EXPECT_FALSE(check_password(std::string(1025, 'x') + "yz", "admin", "password"));
  EXPECT_FALSE(check_password("\xFF\xFE aaaabbbb cc", "admin", "password"));
}

TEST(Passwords, are_kept_by_argon2id_and_two_hashes_of_one_differ) {
  const std::string hash = hashed(good_password).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_TRUE(is_password(good_password, hash));
  EXPECT_FALSE(is_password(good_password + " ", hash));
  EXPECT_NE(hashed(good_password).value(), hash);
}

TEST(Passwords, nobodys_costs_the_work_of_somebodys) {
  const std::string hash = hashed(good_password).value();
  static_cast<void>(is_password("something else", ""));  // makes the hash of nobody
  const auto took = [](const std::string& compared) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(is_password("something else", compared));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double somebody = std::min(took(hash), took(hash));
  const double stranger = std::min(took(""), took(""));
  EXPECT_GT(stranger, 0.3 * somebody);
}

TEST(Secrets, are_long_and_never_twice_and_their_csrf_tells_nothing) {
  const std::string secret = new_secret();
  EXPECT_EQ(secret.size(), 43U);
  EXPECT_NE(secret, new_secret());
  EXPECT_EQ(csrf_of(secret), csrf_of(secret));
  EXPECT_EQ(hex(key_of(secret)).find(csrf_of(secret)), std::string::npos);
  EXPECT_EQ(new_code().size(), 19U);
  EXPECT_NE(new_code(), new_code());
  EXPECT_TRUE(same_secret("7K2M", "7K2M"));
  EXPECT_FALSE(same_secret("7K2M", "7K2"));
}

TEST(Attempts, waits_double_and_are_forgotten) {
  Attempts attempts;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(attempts.begin("admin", "192.0.2.7", noon).count(), 0) << i;
  }
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon).count(), 5);
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon + 4s).count(), 1);
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon + 5s).count(), 0);
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon + 5s).count(), 10);
  EXPECT_EQ(attempts.begin("other", "192.0.2.8", noon + 5s).count(), 0);
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon + 3h).count(), 0);
  EXPECT_EQ(attempts.begin("admin", "192.0.2.8", noon + 3h).count(), 0);
}

TEST(Attempts, never_keep_a_name_out_for_more_than_five_minutes) {
  Attempts attempts;
  Instant at = noon;
  std::chrono::seconds longest{0};
  for (int i = 0; i < 60; ++i) {
    const auto wait = attempts.begin("admin", "192.0.2." + std::to_string(i), at);
    longest = std::max(longest, wait);
    at += wait;
  }
  EXPECT_EQ(longest, 5min);
}

TEST(Attempts, count_by_address_whatever_the_names) {
  Attempts attempts;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(attempts.begin("name" + std::to_string(i), "2001:db8::1", noon).count(), 0);
  }
  EXPECT_GT(attempts.begin("another", "2001:db8::2", noon).count(), 0);  // of the same network
  EXPECT_EQ(attempts.begin("another", "2001:db8:0:1::1", noon).count(), 0);
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
}

TEST(Attempts, that_succeed_forgive_the_name_and_not_the_address) {
  Attempts attempts;
  for (int i = 0; i < 29; ++i) {
    EXPECT_EQ(attempts.begin("name" + std::to_string(i), "192.0.2.7", noon).count(), 0);
  }
  EXPECT_EQ(attempts.begin("own", "192.0.2.7", noon).count(), 0);
  attempts.succeeded("own", "192.0.2.7");
  EXPECT_EQ(attempts.begin("victim", "192.0.2.7", noon).count(), 0);
  EXPECT_GT(attempts.begin("victim2", "192.0.2.7", noon).count(), 0);
}

}  // namespace
}  // namespace xiaoyuan::people::test
