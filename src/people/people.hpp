// The people of a server: accounts, sessions, tokens, and the trail of what was done. Kept as a
// journal in a store: nothing is changed or removed, a change is a newer line, and the journal is
// the audit trail. In memory it is what the journal says. Any thread may call.
//
// Passwords: argon2id (libsodium, INTERACTIVE limits), never kept otherwise. Secrets of sessions
// and tokens are 256 random bits; only their SHA-256 is kept. A session ends after 12 hours without
// a request, after 30 days, by signing out, and when its account's password, grants or `disabled`
// change. Reasons: docs/adr/0022.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "people/account.hpp"
#include "store/store.hpp"

namespace xiaoyuan::people {

/// One line of the trail.
struct Deed {
  std::uint64_t number = 0;
  Instant at;
  std::string account{};  ///< who; "" for the program itself
  std::string peer{};
  std::string what{};    ///< "session.opened", "account.changed", "month.settled", …
  std::string on{};      ///< "village/xinggezhuang/month/2026-10"
  std::string detail{};  ///< JSON, without secrets
};

enum class PasswordIs : std::uint8_t {
  theirs,          ///< chosen by who will sign in
  to_be_replaced,  ///< told by somebody else: to be changed at the first sign-in
};

struct NewAccount {
  std::string name;
  std::string display{};  ///< "": as the name
  std::string password;   ///< 10 characters or more
  std::vector<Grant> grants{};
  PasswordIs password_is = PasswordIs::theirs;
};

struct AccountChange {
  std::optional<std::string> display{};
  std::optional<std::vector<Grant>> grants{};
  std::optional<bool> disabled{};
  std::optional<std::string> password{};  ///< to be changed at the next sign-in
};

/// By whom and from where something is done.
struct By {
  std::string account{};
  std::string peer{};
  Instant at;
};

struct SignedIn {
  std::string secret;  ///< of the cookie
  Caller caller;
  Instant until;
};

struct Token {
  std::string id;
  std::string account;
  std::string label;
  Instant created_at;
  std::optional<Instant> until{};
  std::optional<Instant> last_used_at{};
};
struct NewToken {
  Token token;
  std::string secret;  ///< shown once: "xy_…"
};

struct TrailAsked {
  std::uint64_t before = 0;  ///< a number; 0: from the very newest on
  std::size_t most = 50;
  std::string account{};  ///< what this one did
  std::string what{};     ///< what begins so
};
struct TrailPage {
  std::vector<Deed> deeds;  ///< the newest first
  std::uint64_t next = 0;   ///< `before` of the next page; 0: there is none
};

class People {
 public:
  /// `where` as store::open takes it.
  static Result<std::unique_ptr<People>> open(const std::string& where);
  static Result<std::unique_ptr<People>> open(std::unique_ptr<store::Store> store);
  virtual ~People() = default;

  virtual bool is_empty() const = 0;                  ///< no account yet: the first run
  virtual std::vector<Account> accounts() const = 0;  ///< by name
  virtual std::optional<Account> account(const std::string& id) const = 0;
  /// Errors: a name that is taken or deceives, a weak password, grants that say nothing.
  virtual Result<Account> add(const NewAccount& account, const By& by) = 0;
  /// The same while there is nobody; else conflict.
  virtual Result<Account> add_first(const NewAccount& account, const By& by) = 0;
  /// Errors: the last administrator cannot be disabled or lose the role (conflict). Ends the
  /// account's sessions where password, grants or `disabled` change.
  virtual Result<Account> change(const std::string& id, const AccountChange& change,
                                 const By& by) = 0;

  /// Slow by design (argon2id: some 100 ms and 64 MiB); two at a time. Errors: bad_input, with one
  /// message for a wrong name, a wrong password and a disabled account; interrupted where there
  /// were too many attempts for this name or from this address, with the seconds to wait in
  /// where.line.
  virtual Result<SignedIn> sign_in(const std::string& name, const std::string& password,
                                   const By& by) = 0;
  virtual void sign_out(const Caller& caller, const By& by) = 0;
  /// Ends all sessions of the account and begins a new one. Errors as sign_in and add.
  virtual Result<SignedIn> change_password(const std::string& account,
                                           const std::string& old_password,
                                           const std::string& new_password, const By& by) = 0;
  /// Of a request's cookie or bearer secret. Fast: no lock that a writer holds for long.
  virtual Caller caller_of_session(std::string_view secret, Instant now) const = 0;
  virtual Caller caller_of_token(std::string_view secret, Instant now) const = 0;

  virtual std::vector<Token> tokens(const std::string& account) const = 0;
  virtual Result<NewToken> add_token(const std::string& account, const std::string& label,
                                     std::optional<Instant> until, const By& by) = 0;
  virtual Result<void> revoke_token(const std::string& account, const std::string& id,
                                    const By& by) = 0;

  /// What others do (desk, api) goes on the same trail; number is the journal's.
  virtual Result<void> note(const Deed& deed) = 0;
  /// A page may have fewer than asked for, or none, and yet a next: so far was looked.
  virtual Result<TrailPage> trail(const TrailAsked& asked) const = 0;

  /// Takes in what another program wrote (`xiaoyuan account`), and keeps when sessions and tokens
  /// were last used. To be called now and then; sign_in and all that writes do it too.
  virtual Result<void> catch_up(Instant now) = 0;
};

}  // namespace xiaoyuan::people
