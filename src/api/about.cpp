// The program itself, this document of its API, and the matrix of rights.
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/answers_json.hpp"
#include "api/events.hpp"
#include "api/open_api.hpp"
#include "api/router.hpp"
#include "api/world.hpp"
#include "report/version.hpp"

namespace xiaoyuan::api {

namespace {

const std::string& role_word(people::Role role) {
  return people::words_of(people::Role{})[static_cast<std::size_t>(role)];
}

Result<http::Response> read_about(const Call& call) {
  Json json{{"program", "xiaoyuan"},
            {"version", report::program_version()},
            {"needs_setup", call.world.people->is_empty()},
            {"demo", nullptr}};
  if (call.world.demo) {
    Json accounts = Json::array();
    for (const DemoAccount& account : call.world.demo_accounts) {
      accounts.push_back({{"name", account.name},
                          {"password", account.password},
                          {"role", role_word(account.grant.role)},
                          {"display", account.display}});
    }
    json["demo"] = Json{{"accounts", std::move(accounts)}};
  }
  return json_answer(call, json.dump());
}

Result<http::Response> read_open_api(const Call& call) {
  static const desk::Marked document{std::make_shared<const std::string>(open_api_yaml()),
                                     desk::etag_of(open_api_yaml())};
  http::Response response = json_answer(call, document);
  for (http::Header& header : response.headers) {
    if (header.name == "Content-Type") {
      header.value = "application/yaml";
    }
  }
  return response;
}

Result<http::Response> read_rights(const Call& call) {
  Json callers = Json::array({"nobody"});
  for (const std::string& word : people::words_of(people::Role{})) {
    callers.push_back(word);
  }
  Json rows = Json::array();
  for (const Route& route : routes()) {
    rows.push_back(
        {{"method", word_of(route.method)}, {"path", route.pattern}, {"rights", route.rights}});
  }
  return json_answer(call, Json{{"callers", callers}, {"routes", rows}}.dump());
}

}  // namespace

std::span<const Route> about_routes() {
  using enum http::Method;
  static constexpr Route rows[] = {
      {get, "/about", "yyyyyyyy", Runs::at_once, read_about},
      {get, "/openapi.yaml", "yyyyyyyy", Runs::at_once, read_open_api},
      {get, "/rights", "yyyyyyyy", Runs::at_once, read_rights},
      {get, "/events", "yyyyyyyy", Runs::at_once, follow_events},
  };
  return rows;
}

}  // namespace xiaoyuan::api
