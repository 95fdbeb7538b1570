// People of the server and the trail of what they did: an administrator's.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/session_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::api {

namespace {

using AccountJson = nlohmann::ordered_json;

AccountJson account_json(const people::Account& account) {
  return {{"id", account.id},
          {"name", account.name},
          {"display", account.display},
          {"grants", grants_json(account.grants)},
          {"disabled", account.disabled},
          {"must_change_password", account.must_change_password},
          {"created_unix_s", instant_json(account.created_at)},
          {"signed_in_unix_s", instant_json(account.signed_in_at)}};
}

std::string small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return small;
}

/// A part of the name, of what one is called, of a village or household.
bool fits(const people::Account& account, const std::string& search) {
  const auto holds = [&search](const std::string& text) {
    return small_letters(text).find(search) != std::string::npos;
  };
  return holds(account.name) || holds(account.display) ||
         std::ranges::any_of(account.grants, [&](const people::Grant& grant) {
           return holds(grant.village) || holds(grant.holder);
         });
}

Result<http::Response> list_accounts(const Call& call) {
  TRY(const PageOf page, page_of(call));
  const std::string search = small_letters(call.request.parameter("search").value_or(""));
  std::vector<people::Account> all = call.world.people->accounts();
  std::erase_if(all, [&search](const auto& account) { return !fits(account, search); });
  AccountJson items = AccountJson::array();
  AccountJson next = nullptr;
  for (const people::Account& account : all) {
    if (account.name <= page.after) {
      continue;
    }
    if (items.size() == page.limit) {
      next = items.back()["name"];
      break;
    }
    items.push_back(account_json(account));
  }
  return json_answer(
      call, AccountJson{{"items", std::move(items)}, {"next", next}, {"all", all.size()}}.dump());
}

std::unexpected<Errors> no_such_account(std::string_view id) {
  return fail(Fault::not_found,
              {fmt::format("there is no account {}", id), fmt::format("没有账户 {}", id)},
              {"", 0, "account"});
}

/// Villages and households that the grants name have to be there.
Result<void> check_places(const Call& call, const std::vector<people::Grant>& grants) {
  Errors errors;
  std::vector<std::string> villages;
  for (const auto& desk : call.world.villages->all()) {
    villages.push_back(desk->name());
  }
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const people::Grant& grant = grants[i];
    if (grant.village == "*") {
      continue;
    }
    const auto desk = call.world.villages->find(grant.village);
    if (!desk) {
      errors.push_back({Fault::bad_input,
                        unknown_name(grant.village, villages),
                        {"", 0, fmt::format("grants[{}].village", i)}});
      continue;
    }
    const auto view = desk->view();
    if (grant.role != people::Role::villager || !view->plan) {
      continue;
    }
    std::vector<std::string> households;
    for (const auto& household : view->plan->village.households) {
      households.push_back(household.id);
    }
    if (std::ranges::find(households, grant.holder) == households.end()) {
      errors.push_back({Fault::bad_input,
                        unknown_name(grant.holder, households),
                        {"", 0, fmt::format("grants[{}].holder", i)}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

Result<http::Response> add_account(const Call& call) {
  AskedBody body(call.request.body);
  people::NewAccount account{
      .name = body.text("name"),
      .display = body.text_if("display").value_or(""),
      .password = body.text("password"),
      .grants = body.grants_if("grants").value_or(std::vector<people::Grant>{}),
      .password_is = people::PasswordIs::to_be_replaced};
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  if (auto checked = check_places(call, account.grants); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  TRY(const people::Account added, call.world.people->add(account, call.by()));
  return made("/api/v1/accounts/" + added.id, account_json(added).dump());
}

Result<http::Response> read_account(const Call& call) {
  const auto account = call.world.people->account(std::string(call["account"]));
  if (!account) {
    return no_such_account(call["account"]);
  }
  return json_answer(call, account_json(*account).dump());
}

Result<http::Response> change_account(const Call& call) {
  AskedBody body(call.request.body);
  const people::AccountChange change{.display = body.text_if("display"),
                                     .grants = body.grants_if("grants"),
                                     .disabled = body.truth_if("disabled"),
                                     .password = body.text_if("password")};
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
  }
  if (change.grants) {
    if (auto checked = check_places(call, *change.grants); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
  }
  TRY(const people::Account changed,
      call.world.people->change(std::string(call["account"]), change, call.by()));
  return json_answer(call, account_json(changed).dump());
}

AccountJson deed_json(const Call& call, const people::Deed& deed) {
  const auto account = call.world.people->account(deed.account);
  AccountJson detail = AccountJson::parse(deed.detail, nullptr, false);
  return {{"number", deed.number},
          {"at_unix_s", instant_json(deed.at)},
          {"account", deed.account.empty() ? AccountJson(nullptr) : AccountJson(deed.account)},
          {"name", account ? account->name : ""},
          {"peer", deed.peer},
          {"what", deed.what},
          {"on", deed.on},
          {"detail", detail.is_object() ? detail : AccountJson{{"value", detail}}}};
}

Result<http::Response> read_trail(const Call& call) {
  TRY(const PageOf page, page_of(call));
  people::TrailAsked asked{.before = 0,
                           .most = page.limit,
                           .account = std::string(call.request.parameter("account").value_or("")),
                           .what = std::string(call.request.parameter("what").value_or(""))};
  if (!page.after.empty()) {
    const char* end = page.after.data() + page.after.size();
    const auto [read_to, error] = std::from_chars(page.after.data(), end, asked.before);
    if (error != std::errc() || read_to != end || asked.before == 0) {
      return fail(Fault::bad_input, number_expected({1, any_number.most}, page.after),
                  {"", 0, "after"});
    }
  }
  TRY(const people::TrailPage trail, call.world.people->trail(asked));
  AccountJson items = AccountJson::array();
  for (const people::Deed& deed : trail.deeds) {
    items.push_back(deed_json(call, deed));
  }
  return json_answer(
      call, AccountJson{{"items", std::move(items)},
                        {"next", trail.next == 0 ? AccountJson(nullptr)
                                                 : AccountJson(std::to_string(trail.next))}}
                .dump());
}

}  // namespace

std::span<const Route> account_routes() {
  using enum http::Method;
  static constexpr Route rows[] = {
      {get, "/accounts", "-------y", Runs::at_once, list_accounts},
      {post, "/accounts", "-------y", Runs::on_worker, add_account},
      {get, "/accounts/{account}", "-------y", Runs::at_once, read_account},
      {patch, "/accounts/{account}", "-------y", Runs::on_worker, change_account},
      {get, "/trail", "-------y", Runs::on_worker, read_trail},
  };
  return rows;
}

}  // namespace xiaoyuan::api
