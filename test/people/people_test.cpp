// The promises of People, on memory, SQLite and PostgreSQL alike: each world opens the same journal
// again and again, as a server does that is started anew.
#include <algorithm>
#include <thread>

#include "made.hpp"

namespace xiaoyuan::people::test {
namespace {

struct World {
  std::function<std::unique_ptr<People>()> open;
};

/// One life of a server with everything that people do, and then the next ones.
void keeps_all_over_a_restart(const World& world) {
  auto people = world.open();
  EXPECT_TRUE(people->is_empty());
  const Account admin = people->add_first(administrator(), by(noon)).value();
  EXPECT_EQ(first_error(people->add_first(administrator("second"), by(noon))).fault,
            Fault::conflict);
  const SignedIn session = people->sign_in("ADMIN", good_password, by(noon)).value();
  EXPECT_EQ(session.caller.grants, admin.grants);
  const NewToken token = people->add_token(admin.id, "村务公开屏", std::nullopt, by(noon)).value();
  EXPECT_TRUE(people->note({.at = noon + 1s,
                            .account = admin.id,
                            .peer = "192.0.2.7",
                            .what = "month.settled",
                            .on = "village/xinggezhuang/month/2026-10",
                            .detail = R"({"run":1})"}));
  // Used without a pause for 11 hours at a time, over the end of the first server.
  EXPECT_EQ(people->caller_of_session(session.secret, noon + 11h).account, admin.id);
  EXPECT_EQ(people->caller_of_token(token.secret, noon + 11h).account, admin.id);
  people.reset();

  people = world.open();
  EXPECT_FALSE(people->is_empty());
  const Account again = people->account(admin.id).value();
  EXPECT_EQ(again.name, "admin");
  EXPECT_EQ(again.display, "管理员");
  EXPECT_EQ(again.grants, admin.grants);
  EXPECT_EQ(again.created_at, noon);
  EXPECT_EQ(again.signed_in_at, noon);
  const Caller caller = people->caller_of_session(session.secret, noon + 22h);
  EXPECT_EQ(caller.account, admin.id);
  EXPECT_EQ(caller.csrf, session.caller.csrf);
  ASSERT_EQ(people->tokens(admin.id).size(), 1U);
  EXPECT_EQ(people->tokens(admin.id).front().last_used_at, noon + 11h);
  const TrailPage trail = people->trail({}).value();
  ASSERT_EQ(trail.deeds.size(), 4U);
  EXPECT_EQ(trail.deeds[0].what, "month.settled");
  EXPECT_EQ(trail.deeds[0].detail, R"({"run":1})");
  EXPECT_EQ(trail.deeds[1].what, "token.added");
  EXPECT_EQ(trail.deeds[2].what, "session.opened");
  EXPECT_EQ(trail.deeds[3].what, "account.added");

  people->sign_out(caller, by(noon + 22h));
  EXPECT_TRUE(people->revoke_token(admin.id, token.token.id, by(noon + 22h)));
  EXPECT_EQ(people->caller_of_session(session.secret, noon + 22h).kind, Caller::Kind::nobody);
  people = world.open();
  EXPECT_EQ(people->caller_of_session(session.secret, noon + 22h).kind, Caller::Kind::nobody);
  EXPECT_EQ(people->caller_of_token(token.secret, noon + 22h).kind, Caller::Kind::nobody);
}

TEST(PeopleContract, memory_keeps_all_over_a_restart) {
  const auto shelf = store::new_shelf();
  keeps_all_over_a_restart({[shelf] { return People::open(store::open_memory(shelf)).value(); }});
}

TEST(PeopleContract, sqlite_keeps_all_over_a_restart) {
  const xiaoyuan::test::TemporaryFolder folder;
  const std::string where = (folder.path / "server.db").string();
  keeps_all_over_a_restart({[where] { return opened(where); }});
}

TEST(PeopleContract, postgresql_keeps_all_over_a_restart) {
  POSTGRES_OR_SKIP(server);
  keeps_all_over_a_restart({[server] { return opened(server->where("people")); }});
}

/// Two programs on one journal: the server, and whoever sits at its terminal.
void shares_a_journal(const World& world) {
  const auto server = world.open();
  const auto terminal = world.open();
  const Account admin = server->add_first(administrator(), by(noon)).value();
  const SignedIn session = server->sign_in("admin", good_password, by(noon)).value();
  EXPECT_EQ(first_error(terminal->add_first(administrator("b2"), by(noon))).fault, Fault::conflict);
  const Account second = terminal->add(administrator("second"), by(noon)).value();
  EXPECT_NE(second.id, admin.id);
  EXPECT_TRUE(terminal->change(admin.id, {.disabled = true}, by(noon)));
  EXPECT_TRUE(server->catch_up(noon));
  EXPECT_EQ(server->caller_of_session(session.secret, noon).kind, Caller::Kind::nobody);
  EXPECT_EQ(server->accounts().size(), 2U);
  EXPECT_EQ(first_error(server->change(second.id, {.disabled = true}, by(noon))).fault,
            Fault::conflict);
}

TEST(PeopleContract, two_programs_on_one_sqlite_never_write_the_same_line) {
  const xiaoyuan::test::TemporaryFolder folder;
  const std::string where = (folder.path / "server.db").string();
  shares_a_journal({[where] { return opened(where); }});
}

TEST(PeopleContract, two_programs_on_one_postgresql_never_write_the_same_line) {
  POSTGRES_OR_SKIP(server);
  shares_a_journal({[server] { return opened(server->where("people_two")); }});
}

class OnePeople : public testing::Test {
 protected:
  std::shared_ptr<store::MemoryShelf> shelf = store::new_shelf();
  std::unique_ptr<People> people = People::open(store::open_memory(shelf)).value();
  Account admin = people->add_first(administrator(), by(noon)).value();

  SignedIn signed_in(Instant at = noon) {
    return people->sign_in("admin", good_password, by(at)).value();
  }
  Caller::Kind kind(const std::string& secret, Instant at = noon) const {
    return people->caller_of_session(secret, at).kind;
  }
};
constexpr auto nobody = Caller::Kind::nobody;
constexpr auto in_session = Caller::Kind::session;

TEST_F(OnePeople, a_session_ends_after_twelve_idle_hours_and_after_thirty_days) {
  const SignedIn session = signed_in();
  EXPECT_EQ(session.until, noon + 30 * 24h);
  EXPECT_EQ(kind(session.secret, noon + 12h - 1s), in_session);
  EXPECT_EQ(kind(session.secret, noon + 24h - 1s), nobody);
  const SignedIn other = signed_in();
  for (auto at = noon; at < noon + 30 * 24h; at += 11h) {
    EXPECT_EQ(kind(other.secret, at), in_session);
  }
  EXPECT_EQ(kind(other.secret, noon + 30 * 24h), nobody);
}

TEST_F(OnePeople, a_sign_in_gives_a_secret_of_its_own_every_time) {
  const SignedIn first = signed_in();
  const SignedIn second = signed_in();
  EXPECT_NE(first.secret, second.secret);
  EXPECT_NE(first.caller.csrf, second.caller.csrf);
  EXPECT_NE(first.caller.session, second.caller.session);
  people->sign_out(first.caller, by(noon));
  EXPECT_EQ(kind(first.secret), nobody);
  EXPECT_EQ(kind(second.secret), in_session);
}

TEST_F(OnePeople, secrets_that_were_never_given_open_nothing) {
  const SignedIn session = signed_in();
  const auto elsewhere = People::open(store::open_memory()).value();
  ASSERT_TRUE(elsewhere->add_first(administrator(), by(noon)));
  const SignedIn foreign = elsewhere->sign_in("admin", good_password, by(noon)).value();
  const NewToken token = people->add_token(admin.id, "a", std::nullopt, by(noon)).value();
  for (const std::string& secret :
       {std::string(), foreign.secret, session.secret + "A", session.secret.substr(1), token.secret,
        session.caller.csrf, session.caller.session, std::string(10'000'000, 'a'),
        std::string("\0\xFF", 2)}) {
    EXPECT_EQ(kind(secret), nobody);
  }
  EXPECT_EQ(people->caller_of_token(session.secret, noon).kind, nobody);
  EXPECT_EQ(people->caller_of_token(token.secret.substr(3), noon).kind, nobody);
}

TEST_F(OnePeople, the_store_holds_neither_passwords_nor_secrets) {
  const SignedIn session = signed_in();
  const NewToken token = people->add_token(admin.id, "a", std::nullopt, by(noon)).value();
  const auto store = store::open_memory(shelf);
  const auto names = store->documents("").value();
  EXPECT_EQ(names.size(), 3U);
  EXPECT_EQ(names.front(), "people/00000001");
  for (const std::string& name : names) {
    const std::string bytes = store->document(name).value()->bytes;
    for (const std::string& secret :
         {good_password, session.secret, session.caller.csrf, token.secret.substr(3)}) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << name;
    }
  }
  const TrailPage trail = people->trail({}).value();
  for (const Deed& deed : trail.deeds) {
    EXPECT_EQ(deed.detail.find("argon2"), std::string::npos);
    EXPECT_EQ(deed.detail.find("sha256"), std::string::npos);
  }
}

TEST_F(OnePeople, a_wrong_name_a_wrong_password_and_a_disabled_account_read_the_same) {
  const Account other = people->add(villager("li", "H001"), by(noon)).value();
  ASSERT_TRUE(people->change(other.id, {.disabled = true}, by(noon)));
  const Error wrong = first_error(people->sign_in("admin", "wrong password", by(noon)));
  for (const auto& [name, password] : std::vector<std::pair<std::string, std::string>>{
           {"nobody", good_password}, {"li", good_password}, {"", ""}, {"<b>\n", "x"}}) {
    const Error error = first_error(people->sign_in(name, password, by(noon)));
    EXPECT_EQ(error.what, wrong.what) << name;
    EXPECT_EQ(error.fault, wrong.fault);
    EXPECT_EQ(error.where.field, wrong.where.field);
  }
}

TEST_F(OnePeople, too_many_attempts_wait_even_with_the_right_password) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(first_error(people->sign_in("admin", "wrong password", by(noon))).fault,
              Fault::bad_input);
  }
  const Error error = first_error(people->sign_in("admin", good_password, by(noon)));
  EXPECT_EQ(error.fault, Fault::interrupted);
  EXPECT_EQ(error.where.line, 5);
  EXPECT_TRUE(people->sign_in("admin", good_password, by(noon + 5s)));
  EXPECT_TRUE(people->sign_in("admin", good_password, by(noon + 5s)));
}

TEST_F(OnePeople, a_stranger_who_hammers_at_a_name_keeps_nobody_out_of_his_home) {
  const By home{.account = {}, .peer = "203.0.113.9", .at = noon};
  const auto hammer = [&](Instant at) {
    for (int i = 0; i < 12; ++i) {
      const By stranger{.account = {}, .peer = "198.51.100." + std::to_string(i), .at = at};
      static_cast<void>(people->sign_in("admin", "wrong password", stranger));
    }
  };
  ASSERT_TRUE(people->sign_in("admin", good_password, home));
  hammer(noon);
  EXPECT_TRUE(people->sign_in("admin", good_password, home));
  const By elsewhere{.account = {}, .peer = "203.0.113.10", .at = noon};
  EXPECT_EQ(first_error(people->sign_in("admin", good_password, elsewhere)).fault,
            Fault::interrupted);
  // Whoever sits in that home has five attempts too.
  for (int i = 0; i < 5; ++i) {
    static_cast<void>(people->sign_in("admin", "wrong password", home));
  }
  EXPECT_EQ(first_error(people->sign_in("admin", good_password, home)).fault, Fault::interrupted);
}

TEST_F(OnePeople, another_password_other_grants_and_disabling_end_the_sessions) {
  const Account li = people->add(villager("li", "H001"), by(noon)).value();
  const auto session_of_li = [&] { return people->sign_in("li", good_password, by(noon)).value(); };
  SignedIn session = session_of_li();
  ASSERT_TRUE(people->change(li.id, {.display = "李秀英"}, by(noon)));
  EXPECT_EQ(people->caller_of_session(session.secret, noon).display, "李秀英");
  ASSERT_TRUE(people->change(
      li.id, {.grants = std::vector<Grant>{{Role::committee, "xinggezhuang"}}}, by(noon)));
  EXPECT_EQ(kind(session.secret), nobody);
  session = session_of_li();
  const NewToken token = people->add_token(li.id, "a", std::nullopt, by(noon)).value();
  ASSERT_TRUE(people->change(li.id, {.disabled = true}, by(noon)));
  EXPECT_EQ(kind(session.secret), nobody);
  EXPECT_EQ(people->caller_of_token(token.secret, noon).kind, nobody);
  ASSERT_TRUE(people->change(li.id, {.disabled = false}, by(noon)));
  EXPECT_EQ(kind(session.secret), nobody);
  EXPECT_EQ(people->caller_of_token(token.secret, noon).kind, Caller::Kind::token);
}

TEST_F(OnePeople, a_password_that_was_told_opens_nothing_but_its_own_change) {
  NewAccount account = villager("li", "H001");
  account.password_is = PasswordIs::to_be_replaced;
  const Account li = people->add(account, by(noon)).value();
  const SignedIn told = people->sign_in("li", good_password, by(noon)).value();
  EXPECT_TRUE(told.caller.must_change_password);
  EXPECT_TRUE(told.caller.grants.empty());
  const std::string own = "自己想的一个长密码";
  EXPECT_EQ(first_error(people->change_password(li.id, "wrong old one", own + "了", by(noon)))
                .where.field,
            "old_password");
  EXPECT_EQ(
      first_error(people->change_password(li.id, good_password, "short", by(noon))).where.field,
      "new_password");
  EXPECT_EQ(first_error(people->change_password(li.id, good_password, good_password, by(noon)))
                .where.field,
            "new_password");
  const SignedIn changed =
      people->change_password(li.id, good_password, own + "了", by(noon)).value();
  EXPECT_EQ(kind(told.secret), nobody);
  EXPECT_EQ(people->caller_of_session(changed.secret, noon).grants, li.grants);
  EXPECT_FALSE(people->account(li.id)->must_change_password);
}

TEST_F(OnePeople, the_last_administrator_stays) {
  const AccountChange no_grants{.grants = std::vector<Grant>{}};
  EXPECT_EQ(first_error(people->change(admin.id, no_grants, by(noon))).fault, Fault::conflict);
  EXPECT_EQ(first_error(people->change(admin.id, {.disabled = true}, by(noon))).fault,
            Fault::conflict);
  const Account second = people->add(administrator("second"), by(noon)).value();
  EXPECT_TRUE(people->change(admin.id, {.disabled = true}, by(noon)));
  EXPECT_EQ(first_error(people->change(second.id, no_grants, by(noon))).fault, Fault::conflict);
  EXPECT_TRUE(people->change(admin.id, {.disabled = false}, by(noon)));
  EXPECT_TRUE(people->change(second.id, no_grants, by(noon)));
}

TEST_F(OnePeople, a_name_is_taken_whatever_its_case_and_width) {
  for (const char* name : {"admin", "Admin", "ADMIN", " admin "}) {
    EXPECT_EQ(first_error(people->add(administrator(name), by(noon))).fault, Fault::conflict);
  }
  EXPECT_EQ(people->accounts().size(), 1U);
}

TEST_F(OnePeople, all_that_is_wrong_with_a_new_account_is_said_at_once) {
  const auto added = people->add({.name = "<b>",
                                  .display = "a\u202Eb",
                                  .password = "short",
                                  .grants = {{Role::villager, "xinggezhuang"}}},
                                 by(noon));
  ASSERT_FALSE(added);
  std::vector<std::string> fields;
  for (const Error& error : added.error()) {
    fields.push_back(error.where.field);
  }
  EXPECT_EQ(fields, (std::vector<std::string>{"name", "display", "password", "grants[0]"}));
}

TEST_F(OnePeople, tokens_end_at_their_day_and_are_nobody_elses_to_revoke) {
  const Account li = people->add(villager("li", "H001"), by(noon)).value();
  const NewToken token = people->add_token(li.id, "屏", noon + 24h, by(noon)).value();
  EXPECT_TRUE(token.secret.starts_with("xy_"));
  const Caller caller = people->caller_of_token(token.secret, noon + 24h - 1s);
  EXPECT_EQ(caller.kind, Caller::Kind::token);
  EXPECT_EQ(caller.grants, li.grants);
  EXPECT_EQ(caller.csrf, "");
  EXPECT_EQ(people->caller_of_token(token.secret, noon + 24h).kind, nobody);
  EXPECT_EQ(first_error(people->revoke_token(admin.id, token.token.id, by(noon))).fault,
            Fault::not_found);
  EXPECT_FALSE(people->add_token(li.id, "a", noon - 1s, by(noon)));
  EXPECT_FALSE(people->add_token(li.id, " ", std::nullopt, by(noon)));
  EXPECT_FALSE(people->add_token("a99", "a", std::nullopt, by(noon)));
}

TEST_F(OnePeople, the_oldest_session_gives_way_to_the_twenty_first) {
  const SignedIn first = signed_in();
  SignedIn last = first;
  for (int i = 0; i < 20; ++i) {
    last = signed_in(noon + std::chrono::seconds(i + 1));
  }
  EXPECT_EQ(kind(first.secret, noon + 1min), nobody);
  EXPECT_EQ(kind(last.secret, noon + 1min), in_session);
}

TEST_F(OnePeople, the_trail_is_read_page_by_page_and_by_account) {
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(people->note({.at = noon,
                              .account = i % 3 == 0 ? "a7" : admin.id,
                              .what = i % 2 == 0 ? "month.settled" : "file.changed",
                              .on = std::to_string(i),
                              .detail = i == 0 ? "no JSON <b>" : "{}"}));
  }
  const TrailPage first = people->trail({.most = 5}).value();
  ASSERT_EQ(first.deeds.size(), 5U);
  EXPECT_EQ(first.deeds.front().on, "11");
  const TrailPage rest = people->trail({.before = first.next, .most = 50}).value();
  ASSERT_EQ(rest.deeds.size(), 8U);
  EXPECT_EQ(rest.deeds.front().on, "6");
  EXPECT_EQ(rest.next, 0U);
  EXPECT_EQ(rest.deeds[6].detail, R"({"text":"no JSON <b>"})");
  EXPECT_EQ(people->trail({.account = "a7"}).value().deeds.size(), 4U);
  EXPECT_EQ(people->trail({.account = "a7", .what = "month."}).value().deeds.size(), 2U);
}

TEST_F(OnePeople, many_threads_read_while_others_write) {
  const SignedIn session = signed_in();
  std::vector<std::jthread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i) {
        if (t == 0) {
          EXPECT_TRUE(people->note({.at = noon, .what = "a.b", .on = std::to_string(i)}));
        } else {
          EXPECT_EQ(kind(session.secret), in_session);
          EXPECT_EQ(people->accounts().size(), 1U);
        }
      }
    });
  }
  threads.clear();
  EXPECT_EQ(people->trail({.most = 500, .what = "a.b"}).value().deeds.size(), 300U);
}

TEST_F(OnePeople, a_line_that_does_not_read_is_named) {
  store::Batch batch;
  batch.key = "people/00000002";
  batch.recorded_at = noon;
  batch.documents = {{"people/00000002", R"({"at": "yesterday"})"}};
  ASSERT_TRUE(store::open_memory(shelf)->write(batch));
  const Error error = first_error(People::open(store::open_memory(shelf)));
  EXPECT_EQ(error.fault, Fault::unreadable);
  EXPECT_EQ(error.where.file, "people/00000002");
}

}  // namespace
}  // namespace xiaoyuan::people::test
