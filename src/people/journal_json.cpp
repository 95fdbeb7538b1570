// A line of the journal as JSON: {"at", "account", "peer", "what", "on", "detail"} are the trail's,
// the rest is what the deed made of the people.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "people/journal.hpp"

namespace xiaoyuan::people {

namespace {

using Json = nlohmann::ordered_json;

std::int64_t unix_s(Instant at) { return at.time_since_epoch().count(); }
Instant instant_at(const Json& value) {
  return Instant(std::chrono::seconds(value.get<std::int64_t>()));
}

Json json_of(std::optional<Instant> at) { return at ? Json(unix_s(*at)) : Json(nullptr); }
std::optional<Instant> maybe_at(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(instant_at(value));
}

Json json_of(const AccountRecord& record) {
  const Account& account = record.account;
  Json grants = Json::array();
  for (const Grant& grant : account.grants) {
    grants.push_back({{"role", words_of(Role{})[static_cast<std::size_t>(grant.role)]},
                      {"village", grant.village},
                      {"holder", grant.holder}});
  }
  return {{"id", account.id},
          {"name", account.name},
          {"display", account.display},
          {"grants", std::move(grants)},
          {"disabled", account.disabled},
          {"must_change_password", account.must_change_password},
          {"created_at", unix_s(account.created_at)},
          {"password", record.password_hash}};
}

Grant grant_of(const Json& value) {
  const auto& words = words_of(Role{});
  const auto found = std::ranges::find(words, value.at("role").get<std::string>());
  if (found == words.end()) {
    throw nlohmann::json::other_error::create(501, "no such role", &value);
  }
  return {.role = static_cast<Role>(found - words.begin()),
          .village = value.at("village").get<std::string>(),
          .holder = value.at("holder").get<std::string>()};
}

AccountRecord account_of(const Json& value) {
  AccountRecord record;
  Account& account = record.account;
  account.id = value.at("id").get<std::string>();
  account.name = value.at("name").get<std::string>();
  account.display = value.at("display").get<std::string>();
  for (const Json& grant : value.at("grants")) {
    account.grants.push_back(grant_of(grant));
  }
  account.disabled = value.at("disabled").get<bool>();
  account.must_change_password = value.at("must_change_password").get<bool>();
  account.created_at = instant_at(value.at("created_at"));
  record.password_hash = value.at("password").get<std::string>();
  return record;
}

Json json_of(const SecretRecord& record) {
  return {{"id", record.id},
          {"account", record.account},
          {"sha256", hex(record.key)},
          {"label", record.label},
          {"until", json_of(record.until)}};
}

SecretRecord secret_of(const Json& value) {
  const auto key = digest_from_hex(value.at("sha256").get<std::string>());
  if (!key) {
    throw nlohmann::json::other_error::create(501, "no digest", &value);
  }
  return {.id = value.at("id").get<std::string>(),
          .account = value.at("account").get<std::string>(),
          .key = *key,
          .label = value.at("label").get<std::string>(),
          .until = maybe_at(value.at("until"))};
}

/// Text that is no JSON is kept as a string of it.
Json detail_of(const std::string& detail) {
  Json value = Json::parse(detail, nullptr, false);
  return value.is_discarded() ? Json{{"text", detail}} : value;
}

Line line_of(const Json& value) {
  Line line;
  Deed& deed = line.deed;
  deed.at = instant_at(value.at("at"));
  deed.account = value.at("account").get<std::string>();
  deed.peer = value.at("peer").get<std::string>();
  deed.what = value.at("what").get<std::string>();
  deed.on = value.at("on").get<std::string>();
  deed.detail = value.value("detail", Json::object()).dump();
  if (value.contains("person")) {
    line.account = account_of(value["person"]);
  }
  if (value.contains("secret")) {
    line.secret = secret_of(value["secret"]);
  }
  line.ended = value.value("ended", "");
  if (value.contains("used")) {
    for (const auto& [id, at] : value["used"].items()) {
      line.used.emplace(id, instant_at(at));
    }
  }
  return line;
}

}  // namespace

std::string bytes_of(const Line& line) {
  const Deed& deed = line.deed;
  Json value = {{"at", unix_s(deed.at)},
                {"account", deed.account},
                {"peer", deed.peer},
                {"what", deed.what},
                {"on", deed.on}};
  if (!deed.detail.empty()) {
    value["detail"] = detail_of(deed.detail);
  }
  if (line.account) {
    value["person"] = json_of(*line.account);
  }
  if (line.secret) {
    value["secret"] = json_of(*line.secret);
  }
  if (!line.ended.empty()) {
    value["ended"] = line.ended;
  }
  for (const auto& [id, at] : line.used) {
    value["used"][id] = unix_s(at);
  }
  // Bytes that are no UTF-8 come from outside (a peer's words) and are marked, not refused.
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Line> line_from(std::string_view bytes, const std::string& name) {
  try {
    return line_of(Json::parse(bytes));
  } catch (const nlohmann::json::exception& error) {
    return fail(Fault::unreadable,
                {std::string("is no line of the journal of people: ") + error.what(),
                 std::string("不是用户日志的一行:") + error.what()},
                {name, 0, ""});
  }
}

}  // namespace xiaoyuan::people
