// What the journal says at this moment: who there is, and which secrets are good. Changed by lines
// alone, so that the same lines make the same state. Guarded by its owner, except for the instants
// of last use, which readers set.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "people/journal.hpp"

namespace xiaoyuan::people {

constexpr std::chrono::hours idle_limit{12};
constexpr std::chrono::hours session_limit{24 * 30};
constexpr std::size_t sessions_of_account = 20;  ///< the oldest ends when there is one more

/// A good secret.
struct KnownSecret {
  KnownSecret(SecretRecord kept, Instant at) : record(std::move(kept)), made_at(at) {}
  SecretRecord record;
  Instant made_at;
  std::atomic<std::int64_t> used_unix_s{0};       ///< 0: never
  std::atomic<std::int64_t> used_kept_unix_s{0};  ///< as the journal knows it
  std::optional<Instant> used_at() const;
  void use(Instant at);
};

/// Has the role, and is enabled.
bool is_administrator(const Account& account);

class State {
 public:
  void apply(const Line& line);

  const std::map<std::string, AccountRecord>& accounts() const { return accounts_; }
  const AccountRecord* find(const std::string& id) const;
  const AccountRecord* find_name(const std::string& folded_name) const;
  /// Enabled accounts that have the role, except one.
  std::size_t administrators_without(const std::string& id) const;

  Caller session(std::string_view secret, Instant now) const;
  Caller token(std::string_view secret, Instant now) const;
  std::vector<Token> tokens(const std::string& account) const;
  const KnownSecret* find_token(const std::string& id) const;
  /// What the journal does not know of yet by an hour or more.
  std::map<std::string, Instant> uses_to_keep() const;

 private:
  using Secrets = std::map<Digest, std::unique_ptr<KnownSecret>>;
  void set_account(const AccountRecord& record, Instant at);
  void add_session(const SecretRecord& record, Instant at);
  void end_sessions(const std::string& account);
  void end(const std::string& id);
  void take_uses(const std::map<std::string, Instant>& used);
  Caller caller_of(const KnownSecret& secret, Caller::Kind kind) const;

  std::map<std::string, AccountRecord> accounts_;
  std::map<std::string, std::string, std::less<>> ids_;  ///< by folded name
  Secrets sessions_;
  std::map<std::string, std::vector<Digest>> sessions_of_;  ///< the oldest first
  Secrets tokens_;
};

}  // namespace xiaoyuan::people
