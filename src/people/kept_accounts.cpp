// Accounts and tokens: what is checked before a line says that they are.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "people/kept_people.hpp"
#include "people/password.hpp"
#include "people/secret.hpp"
#include "people/words.hpp"

namespace xiaoyuan::people {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_of_display = 100;
constexpr std::size_t tokens_of_account = 50;

std::unexpected<Errors> no_account(const std::string& id) {
  return fail(Fault::not_found,
              {fmt::format("there is no account {}", id), fmt::format("没有账户 {}", id)},
              {"", 0, "account"});
}

std::unexpected<Errors> not_the_first() {
  return fail(Fault::conflict, {"this server has its first account already; sign in",
                                "服务器已完成初始设置,请直接登录"});
}

/// The part of a line that the trail shows.
Deed deed_of(const By& by, const char* what, std::string on, const Json& detail) {
  return {.at = by.at,
          .account = by.account,
          .peer = by.peer,
          .what = what,
          .on = std::move(on),
          .detail = detail.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

/// "villager xinggezhuang/H001"
Json words_of_grants(const std::vector<Grant>& grants) {
  Json words = Json::array();
  for (const Grant& grant : grants) {
    words.push_back(fmt::format("{} {}{}{}", words_of(Role{})[static_cast<std::size_t>(grant.role)],
                                grant.village, grant.holder.empty() ? "" : "/", grant.holder));
  }
  return words;
}

struct Checked {
  std::string folded_name;
  std::string display;
};

/// All that is wrong with a new account by itself.
Result<Checked> checked(const NewAccount& account) {
  Errors errors;
  auto name = checked_name(account.name);
  gather(name, errors);
  const std::string& display = account.display.empty() ? account.name : account.display;
  if (name || !account.display.empty()) {
    auto line = check_line(display, most_of_display, "display");
    gather(line, errors);
  }
  auto password = check_password(account.password, name ? *name : "", "password");
  gather(password, errors);
  auto grants = check_grants(account.grants);
  gather(grants, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return Checked{std::move(*name), display};
}

/// The record after a change, and what the trail tells of it.
AccountRecord changed_record(AccountRecord record, const AccountChange& change,
                             const std::string& password_hash, Json& detail) {
  Account& account = record.account;
  if (change.display) {
    account.display = *change.display;
    detail["display"] = account.display;
  }
  if (change.grants) {
    account.grants = *change.grants;
    detail["grants"] = words_of_grants(account.grants);
  }
  if (change.disabled) {
    account.disabled = *change.disabled;
    detail["disabled"] = account.disabled;
  }
  if (change.password) {
    record.password_hash = password_hash;
    account.must_change_password = true;
    detail["password"] = "new";
  }
  return record;
}

}  // namespace

Result<Account> KeptPeople::add_where(const NewAccount& account, const By& by, While when) {
  TRY(const Checked words, checked(account));
  TRY(const std::string hash, hash_in_turn(account.password));
  auto line = write(by.at, [&](const State& state, std::uint64_t number) -> Result<Line> {
    if (when == While::empty && !state.accounts().empty()) {
      return not_the_first();
    }
    if (state.find_name(words.folded_name) != nullptr) {
      return fail(Fault::conflict,
                  {fmt::format("\"{}\" is taken", words.folded_name),
                   fmt::format("用户名“{}”已被使用", words.folded_name)},
                  {"", 0, "name"});
    }
    Line made;
    const std::string id = fmt::format("a{}", number);
    made.deed = deed_of(by, "account.added", "account/" + id,
                        {{"name", words.folded_name},
                         {"display", words.display},
                         {"grants", words_of_grants(account.grants)}});
    made.account = {
        .account = {.id = id,
                    .name = words.folded_name,
                    .display = words.display,
                    .grants = account.grants,
                    .disabled = false,
                    .must_change_password = account.password_is == PasswordIs::to_be_replaced,
                    .created_at = by.at},
        .password_hash = hash};
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return line->account->account;
}

Result<Account> KeptPeople::add(const NewAccount& account, const By& by) {
  return add_where(account, by, While::any);
}

Result<Account> KeptPeople::add_first(const NewAccount& account, const By& by) {
  if (!is_empty()) {
    return not_the_first();  // before a stranger's password costs a hash
  }
  return add_where(account, by, While::empty);
}

Result<Account> KeptPeople::change(const std::string& id, const AccountChange& change,
                                   const By& by) {
  const auto before = account(id);
  if (!before) {
    return no_account(id);
  }
  Errors errors;
  if (change.display) {
    auto display = check_line(*change.display, most_of_display, "display");
    gather(display, errors);
  }
  if (change.grants) {
    auto grants = check_grants(*change.grants);
    gather(grants, errors);
  }
  std::string hash;
  if (change.password) {
    auto password = check_password(*change.password, before->name, "password");
    gather(password, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  if (change.password) {
    TRY(hash, hash_in_turn(*change.password));
  }
  auto line = write(by.at, [&](const State& state, std::uint64_t) -> Result<Line> {
    const AccountRecord& record = *state.find(id);
    Json detail = Json::object();
    Line made;
    made.account = changed_record(record, change, hash, detail);
    if (is_administrator(record.account) && !is_administrator(made.account->account) &&
        state.administrators_without(id) == 0) {
      return fail(Fault::conflict,
                  {"is the last administrator; make another one first",
                   "这是最后一名系统管理员,请先指定另一名"},
                  {"", 0, change.disabled.value_or(false) ? "disabled" : "grants"});
    }
    made.deed = deed_of(by, "account.changed", "account/" + id, detail);
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return *account(id);
}

Result<NewToken> KeptPeople::add_token(const std::string& account_id, const std::string& label,
                                       std::optional<Instant> until, const By& by) {
  Errors errors;
  auto line_of_text = check_line(label, most_of_display, "label");
  gather(line_of_text, errors);
  if (trimmed(label).empty()) {
    errors.push_back({Fault::bad_input, {"is missing", "缺失"}, {"", 0, "label"}});
  }
  if (until && *until <= by.at) {
    errors.push_back({Fault::bad_input, {"lies in the past", "已过期"}, {"", 0, "until_unix_s"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const std::string secret = "xy_" + new_secret();
  auto line = write(by.at, [&](const State& state, std::uint64_t number) -> Result<Line> {
    if (state.find(account_id) == nullptr) {
      return no_account(account_id);
    }
    if (state.tokens(account_id).size() >= tokens_of_account) {
      return fail(Fault::conflict, {"this account has 50 tokens; revoke one first",
                                    "该账户已有 50 个令牌,请先撤销一个"});
    }
    const std::string id = fmt::format("t{}", number);
    Line made;
    made.deed = deed_of(by, "token.added", "token/" + id, {{"label", label}});
    made.secret = {
        .id = id, .account = account_id, .key = key_of(secret), .label = label, .until = until};
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return NewToken{.token = {.id = line->secret->id,
                            .account = account_id,
                            .label = label,
                            .created_at = by.at,
                            .until = until},
                  .secret = secret};
}

Result<void> KeptPeople::revoke_token(const std::string& account_id, const std::string& id,
                                      const By& by) {
  auto line = write(by.at, [&](const State& state, std::uint64_t) -> Result<Line> {
    const KnownSecret* token = state.find_token(id);
    if (token == nullptr || token->record.account != account_id) {
      return fail(Fault::not_found,
                  {fmt::format("there is no token {}", id), fmt::format("没有令牌 {}", id)},
                  {"", 0, "token"});
    }
    Line made;
    made.deed = deed_of(by, "token.revoked", "token/" + id, {{"label", token->record.label}});
    made.ended = id;
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return {};
}

}  // namespace xiaoyuan::people
