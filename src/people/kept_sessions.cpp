// Signing in and out.
#include <fmt/format.h>

#include "people/kept_people.hpp"
#include "people/password.hpp"
#include "people/secret.hpp"
#include "people/words.hpp"

namespace xiaoyuan::people {

namespace {

/// Longer than this nobody waits for another's argon2id.
constexpr std::chrono::seconds turn_within{10};

std::unexpected<Errors> too_many(std::chrono::seconds wait) {
  const auto seconds = static_cast<int>(wait.count());
  return fail(Fault::interrupted,
              {fmt::format("too many attempts; wait {} s", seconds),
               fmt::format("尝试次数过多,请 {} 秒后再试", seconds)},
              {"", seconds, "password"});
}

std::unexpected<Errors> wrong_password() {
  return fail(Fault::bad_input, {"name or password is wrong", "用户名或密码不正确"},
              {"", 0, "password"});
}

/// One of the two turns, for as long as it lives.
class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& turns)
      : turns_(turns), has_one_(turns.try_acquire_for(turn_within)) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (has_one_) {
      turns_.release();
    }
  }
  bool has_one() const { return has_one_; }

 private:
  std::counting_semaphore<2>& turns_;
  bool has_one_;
};

}  // namespace

Result<std::string> KeptPeople::hash_in_turn(const std::string& password) {
  const Turn turn(hashing_);
  if (!turn.has_one()) {
    return too_many(turn_within);
  }
  return hashed(password);
}

Result<bool> KeptPeople::compare_in_turn(const std::string& password, const std::string& hash) {
  const Turn turn(hashing_);
  if (!turn.has_one()) {
    return too_many(turn_within);
  }
  return is_password(password, hash);
}

Result<void> KeptPeople::begin_attempt(const std::string& folded_name, const By& by) {
  const auto wait = attempts_.begin(folded_name, by.peer, by.at);
  if (wait.count() > 0) {
    return too_many(wait);
  }
  return {};
}

Result<SignedIn> KeptPeople::open_session(const AccountRecord& record, const By& by) {
  const std::string secret = new_secret();
  auto line = write(by.at, [&](const State& state, std::uint64_t number) -> Result<Line> {
    // Disabled or given another password while this one was compared.
    const AccountRecord* now = state.find(record.account.id);
    if (now == nullptr || now->account.disabled || now->password_hash != record.password_hash) {
      return wrong_password();
    }
    const std::string id = fmt::format("s{}", number);
    Line made;
    made.deed = {.at = by.at,
                 .account = record.account.id,
                 .peer = by.peer,
                 .what = "session.opened",
                 .on = "session/" + id};
    made.secret = {.id = id, .account = record.account.id, .key = key_of(secret)};
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return SignedIn{
      .secret = secret, .caller = caller_of_session(secret, by.at), .until = by.at + session_limit};
}

Result<SignedIn> KeptPeople::sign_in(const std::string& name, const std::string& password,
                                     const By& by) {
  const std::string key = folded(name);
  if (auto begun = begin_attempt(key, by); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  if (auto caught = catch_up(by.at); !caught) {
    return std::unexpected(std::move(caught.error()));
  }
  AccountRecord record;
  {
    const std::shared_lock lock(guard_);
    const AccountRecord* known = state_.find_name(key);
    if (known != nullptr && !known->account.disabled) {
      record = *known;
    }
  }
  TRY(const bool is_right, compare_in_turn(password, record.password_hash));
  if (!is_right) {
    return wrong_password();
  }
  attempts_.succeeded(key, by.peer);
  return open_session(record, by);
}

void KeptPeople::sign_out(const Caller& caller, const By& by) {
  if (caller.kind != Caller::Kind::session) {
    return;
  }
  Line line;
  line.deed = {.at = by.at,
               .account = caller.account,
               .peer = by.peer,
               .what = "session.closed",
               .on = "session/" + caller.session};
  line.ended = caller.session;
  const auto kept =
      write(by.at, [&line](const State&, std::uint64_t) -> Result<Line> { return line; });
  if (!kept) {
    const std::scoped_lock lock(writing_);
    take(line);  // the store fails: it ends here all the same
  }
}

Result<SignedIn> KeptPeople::change_password(const std::string& account_id,
                                             const std::string& old_password,
                                             const std::string& new_password, const By& by) {
  AccountRecord record;
  {
    const std::shared_lock lock(guard_);
    if (const AccountRecord* known = state_.find(account_id); known != nullptr) {
      record = *known;
    }
  }
  if (auto checked = check_password(new_password, record.account.name, "new_password"); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  if (auto begun = begin_attempt(record.account.name, by); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  TRY(const bool is_right, compare_in_turn(old_password, record.password_hash));
  if (!is_right) {
    return fail(Fault::bad_input, {"is wrong", "不正确"}, {"", 0, "old_password"});
  }
  attempts_.succeeded(record.account.name, by.peer);
  if (old_password == new_password) {
    return fail(Fault::bad_input, {"is the old one", "与原密码相同"}, {"", 0, "new_password"});
  }
  TRY(const std::string hash, hash_in_turn(new_password));
  auto line = write(by.at, [&](const State& state, std::uint64_t) -> Result<Line> {
    const AccountRecord* now = state.find(account_id);
    if (now == nullptr || now->account.disabled || now->password_hash != record.password_hash) {
      return wrong_password();
    }
    Line made;
    made.account = *now;
    made.account->password_hash = hash;
    made.account->account.must_change_password = false;
    made.deed = {.at = by.at,
                 .account = account_id,
                 .peer = by.peer,
                 .what = "password.changed",
                 .on = "account/" + account_id};
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return open_session(*line->account, by);
}

}  // namespace xiaoyuan::people
