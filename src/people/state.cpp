#include "people/state.hpp"

#include <algorithm>

#include "people/secret.hpp"
#include "people/words.hpp"

namespace xiaoyuan::people {

namespace {

std::int64_t seconds_of(Instant at) { return at.time_since_epoch().count(); }

constexpr std::int64_t kept_to_s = 3600;

template <class Secrets>
KnownSecret* find_secret(const Secrets& secrets, std::string_view secret) {
  const auto found = secrets.find(key_of(secret));
  return found == secrets.end() ? nullptr : found->second.get();
}

}  // namespace

bool is_administrator(const Account& account) {
  return !account.disabled && std::ranges::find(account.grants, Role::administrator,
                                                &Grant::role) != account.grants.end();
}

std::optional<Instant> KnownSecret::used_at() const {
  const std::int64_t seconds = used_unix_s.load(std::memory_order_relaxed);
  return seconds == 0 ? std::nullopt : std::optional(Instant(std::chrono::seconds(seconds)));
}

void KnownSecret::use(Instant at) {
  // Two requests of one second may race: either of their seconds is right.
  if (seconds_of(at) > used_unix_s.load(std::memory_order_relaxed)) {
    used_unix_s.store(seconds_of(at), std::memory_order_relaxed);
  }
}

const AccountRecord* State::find(const std::string& id) const {
  const auto found = accounts_.find(id);
  return found == accounts_.end() ? nullptr : &found->second;
}

const AccountRecord* State::find_name(const std::string& folded_name) const {
  const auto found = ids_.find(folded_name);
  return found == ids_.end() ? nullptr : find(found->second);
}

std::size_t State::administrators_without(const std::string& id) const {
  return static_cast<std::size_t>(std::ranges::count_if(accounts_, [&id](const auto& entry) {
    return entry.first != id && is_administrator(entry.second.account);
  }));
}

void State::apply(const Line& line) {
  if (line.account) {
    set_account(*line.account, line.deed.at);
  }
  if (line.secret) {
    if (line.secret->id.starts_with('s')) {
      add_session(*line.secret, line.deed.at);
    } else {
      tokens_[line.secret->key] = std::make_unique<KnownSecret>(*line.secret, line.deed.at);
    }
  }
  if (!line.ended.empty()) {
    end(line.ended);
  }
  if (!line.used.empty()) {
    take_uses(line.used);
  }
}

void State::end(const std::string& id) {
  for (Secrets* secrets : {&sessions_, &tokens_}) {
    std::erase_if(*secrets, [&id](const auto& entry) { return entry.second->record.id == id; });
  }
}

void State::take_uses(const std::map<std::string, Instant>& used) {
  for (const Secrets* secrets : {&sessions_, &tokens_}) {
    for (const auto& [key, secret] : *secrets) {
      if (const auto use = used.find(secret->record.id); use != used.end()) {
        secret->use(use->second);
        secret->used_kept_unix_s = seconds_of(use->second);
      }
    }
  }
}

void State::set_account(const AccountRecord& record, Instant at) {
  const Account& account = record.account;
  const auto before = accounts_.find(account.id);
  const bool ends =
      before != accounts_.end() && (before->second.password_hash != record.password_hash ||
                                    before->second.account.grants != account.grants ||
                                    before->second.account.disabled != account.disabled);
  const auto signed_in_at =
      before == accounts_.end() ? std::nullopt : before->second.account.signed_in_at;
  AccountRecord& now = accounts_[account.id] = record;
  now.account.signed_in_at = signed_in_at;
  if (now.account.created_at == Instant{}) {
    now.account.created_at = at;
  }
  ids_[folded(account.name)] = account.id;
  if (ends) {
    end_sessions(account.id);
  }
}

void State::add_session(const SecretRecord& record, Instant at) {
  std::vector<Digest>& own = sessions_of_[record.account];
  std::erase_if(own, [&](const Digest& key) {
    const auto found = sessions_.find(key);
    const bool is_over = found == sessions_.end() || found->second->made_at + session_limit <= at;
    if (is_over) {
      sessions_.erase(key);
    }
    return is_over;
  });
  if (own.size() >= sessions_of_account) {
    sessions_.erase(own.front());
    own.erase(own.begin());
  }
  auto session = std::make_unique<KnownSecret>(record, at);
  session->use(at);
  session->used_kept_unix_s = seconds_of(at);
  sessions_[record.key] = std::move(session);
  own.push_back(record.key);
  if (const auto account = accounts_.find(record.account); account != accounts_.end()) {
    account->second.account.signed_in_at = at;
  }
}

void State::end_sessions(const std::string& account) {
  for (const Digest& key : sessions_of_[account]) {
    sessions_.erase(key);
  }
  sessions_of_.erase(account);
}

Caller State::caller_of(const KnownSecret& secret, Caller::Kind kind) const {
  const AccountRecord* record = find(secret.record.account);
  if (record == nullptr || record->account.disabled) {
    return {};
  }
  Caller caller;
  caller.kind = kind;
  caller.account = record->account.id;
  caller.display = record->account.display;
  caller.session = secret.record.id;
  caller.must_change_password = record->account.must_change_password;
  if (!caller.must_change_password) {
    caller.grants = record->account.grants;
  }
  return caller;
}

Caller State::session(std::string_view secret, Instant now) const {
  KnownSecret* known = find_secret(sessions_, secret);
  if (known == nullptr || now >= known->made_at + session_limit ||
      now >= known->used_at().value_or(known->made_at) + idle_limit) {
    return {};
  }
  Caller caller = caller_of(*known, Caller::Kind::session);
  if (caller.kind == Caller::Kind::session) {
    known->use(now);
    caller.csrf = csrf_of(secret);
    caller.until = known->made_at + session_limit;
  }
  return caller;
}

Caller State::token(std::string_view secret, Instant now) const {
  KnownSecret* known = find_secret(tokens_, secret);
  if (known == nullptr || (known->record.until && now >= *known->record.until)) {
    return {};
  }
  Caller caller = caller_of(*known, Caller::Kind::token);
  if (caller.kind == Caller::Kind::token) {
    known->use(now);
    caller.until = known->record.until;
  }
  return caller;
}

std::vector<Token> State::tokens(const std::string& account) const {
  std::vector<Token> all;
  for (const auto& [key, token] : tokens_) {
    if (token->record.account == account) {
      all.push_back({.id = token->record.id,
                     .account = account,
                     .label = token->record.label,
                     .created_at = token->made_at,
                     .until = token->record.until,
                     .last_used_at = token->used_at()});
    }
  }
  std::ranges::sort(all, {}, &Token::created_at);
  return all;
}

const KnownSecret* State::find_token(const std::string& id) const {
  const auto found = std::ranges::find_if(
      tokens_, [&id](const auto& entry) { return entry.second->record.id == id; });
  return found == tokens_.end() ? nullptr : found->second.get();
}

std::map<std::string, Instant> State::uses_to_keep() const {
  std::map<std::string, Instant> uses;
  for (const Secrets* secrets : {&sessions_, &tokens_}) {
    for (const auto& [key, secret] : *secrets) {
      const auto used = secret->used_at();
      if (used && seconds_of(*used) >= secret->used_kept_unix_s + kept_to_s) {
        uses.emplace(secret->record.id, *used);
      }
    }
  }
  return uses;
}

}  // namespace xiaoyuan::people
