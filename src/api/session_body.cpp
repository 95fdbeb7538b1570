#include "api/session_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"

namespace xiaoyuan::api {

namespace {

using BodyJson = nlohmann::ordered_json;

constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

std::string found_words(const BodyJson& value) {
  std::string words = value.dump(-1, ' ', false, BodyJson::error_handler_t::replace);
  constexpr std::size_t most = 40;
  return words.size() <= most ? words : std::string(value.type_name());
}

}  // namespace

struct AskedBody::State {
  BodyJson json;
  std::vector<std::string> known{};
  Errors errors{};

  void complain(std::string field, Text what) {
    errors.push_back({Fault::bad_input, std::move(what), {"", 0, std::move(field)}});
  }
  const BodyJson* find(const char* key) {
    known.emplace_back(key);
    const auto found = json.find(key);
    return found == json.end() ? nullptr : &*found;
  }
  std::string text_of(const BodyJson& object, const char* key, const std::string& field) {
    const auto found = object.find(key);
    if (found == object.end()) {
      complain(field, missing());
    } else if (!found->is_string()) {
      complain(field, text_expected(found_words(*found)));
    } else {
      return found->get<std::string>();
    }
    return {};
  }
  void grant(const BodyJson& value, const std::string& field, std::vector<people::Grant>& grants) {
    if (!value.is_object()) {
      return complain(field, {"expected {role, village, holder}", "应为 {role, village, holder}"});
    }
    for (const auto& [key, part] : value.items()) {
      if (key != "role" && key != "village" && key != "holder") {
        complain(field, unknown_name(key, {"role", "village", "holder"}));
      }
    }
    const std::string role = text_of(value, "role", field + ".role");
    const auto& words = people::words_of(people::Role{});
    const auto found = std::ranges::find(words, role);
    if (found == words.end()) {
      if (!role.empty()) {
        complain(field + ".role", choice_expected(words, role));
      }
      return;
    }
    grants.push_back({.role = static_cast<people::Role>(found - words.begin()),
                      .village = text_of(value, "village", field + ".village"),
                      .holder = value.contains("holder")
                                    ? text_of(value, "holder", field + ".holder")
                                    : std::string()});
  }
};

AskedBody::AskedBody(std::string_view bytes) : state_(std::make_unique<State>()) {
  state_->json = BodyJson::parse(bytes, nullptr, false);
  if (!state_->json.is_object()) {
    state_->json = BodyJson::object();
    state_->complain("", {"expected a JSON object", "应为 JSON 对象"});
  }
}

AskedBody::~AskedBody() = default;

bool AskedBody::has(const char* key) const { return state_->json.contains(key); }

std::string AskedBody::text(const char* key) {
  state_->known.emplace_back(key);
  return state_->text_of(state_->json, key, key);
}

std::optional<std::string> AskedBody::text_if(const char* key) {
  return state_->find(key) == nullptr ? std::nullopt
                                      : std::optional(state_->text_of(state_->json, key, key));
}

std::optional<bool> AskedBody::truth_if(const char* key) {
  const BodyJson* value = state_->find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_boolean()) {
    state_->complain(key, choice_expected({"true", "false"}, found_words(*value)));
    return std::nullopt;
  }
  return value->get<bool>();
}

std::optional<Instant> AskedBody::instant_if(const char* key) {
  const BodyJson* value = state_->find(key);
  if (value == nullptr || value->is_null()) {
    return std::nullopt;
  }
  if (!value->is_number_integer() || *value < 0 || *value > last_second) {
    state_->complain(key,
                     {fmt::format("expected seconds since 1970, found {}", found_words(*value)),
                      fmt::format("应为自 1970 年起的秒数,实为 {}", found_words(*value))});
    return std::nullopt;
  }
  return Instant(std::chrono::seconds(value->get<std::int64_t>()));
}

std::optional<std::vector<people::Grant>> AskedBody::grants_if(const char* key) {
  const BodyJson* value = state_->find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  std::vector<people::Grant> grants;
  if (!value->is_array()) {
    state_->complain(key, {"expected a list", "应为列表"});
    return grants;
  }
  std::size_t number = 0;
  for (const BodyJson& item : *value) {
    state_->grant(item, fmt::format("{}[{}]", key, number), grants);
    ++number;
  }
  return grants;
}

Result<void> AskedBody::finish() {
  for (const auto& [key, value] : state_->json.items()) {
    if (std::ranges::find(state_->known, key) == state_->known.end()) {
      state_->complain(key, unknown_name(key, state_->known));
    }
  }
  if (!state_->errors.empty()) {
    return std::unexpected(std::move(state_->errors));
  }
  return {};
}

}  // namespace xiaoyuan::api
