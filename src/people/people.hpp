// The people of a server: accounts, sessions, tokens, and the trail of what was done. Kept as a
// journal in a store: nothing is changed or removed, a change is a newer line, and the journal is
// the audit trail. In memory it is what the journal says. Any thread may call.
//
// Passwords: argon2id (libsodium, INTERACTIVE limits), never kept otherwise. Secrets of sessions
// and tokens are 256 random bits; only their SHA-256 is kept.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "people/account.hpp"

namespace xiaoyuan::people {

/// One line of the trail.
struct Deed {
  std::uint64_t number = 0;
  Instant at;
  std::string account{};  ///< who; "" for the program itself
  std::string peer{};
  std::string what;      ///< "session.opened", "account.changed", "month.settled", …
  std::string on{};      ///< "village/xinggezhuang/month/2026-10"
  std::string detail{};  ///< JSON, without secrets
};

struct NewAccount {
  std::string name;
  std::string display;
  std::string password;  ///< 12 characters or more
  std::vector<Grant> grants;
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

class People {
 public:
  /// `where` as store::open takes it.
  static Result<std::unique_ptr<People>> open(const std::string& where);
  virtual ~People() = default;

  virtual bool is_empty() const = 0;  ///< no account yet: the first run
  virtual std::vector<Account> accounts() const = 0;
  virtual std::optional<Account> account(const std::string& id) const = 0;
  virtual Result<Account> add(const NewAccount& account, const By& by) = 0;
  /// Errors: the last administrator cannot be disabled or lose the role. Ends the account's
  /// sessions where password, grants or `disabled` change.
  virtual Result<Account> change(const std::string& id, const AccountChange& change,
                                 const By& by) = 0;

  /// Slow by design (argon2id: some 100 ms and 64 MiB); at most a few at a time. Errors: one
  /// message for a wrong name and a wrong password; too many attempts for this name or from this
  /// address, with the seconds to wait in where.line.
  virtual Result<SignedIn> sign_in(const std::string& name, const std::string& password,
                                   const By& by) = 0;
  virtual void sign_out(const Caller& caller, const By& by) = 0;
  virtual Result<void> change_password(const std::string& account, const std::string& old_password,
                                       const std::string& new_password, const By& by) = 0;
  /// Of a request's cookie or bearer secret. Fast: no lock that a writer holds for long.
  virtual Caller caller_of_session(std::string_view secret, Instant now) const = 0;
  virtual Caller caller_of_token(std::string_view secret, Instant now) const = 0;

  virtual std::vector<Token> tokens(const std::string& account) const = 0;
  virtual Result<NewToken> add_token(const std::string& account, const std::string& label,
                                     std::optional<Instant> until, const By& by) = 0;
  virtual Result<void> revoke_token(const std::string& account, const std::string& id,
                                    const By& by) = 0;

  /// What others do (desk, api) goes on the same trail.
  virtual Result<void> note(const Deed& deed) = 0;
  /// The newest first, before a number (0: the very newest).
  virtual std::vector<Deed> trail(std::uint64_t before, std::size_t most) const = 0;
};

}  // namespace xiaoyuan::people
