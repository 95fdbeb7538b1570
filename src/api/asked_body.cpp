#include "api/asked_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "people/words.hpp"

namespace xiaoyuan::api {

namespace {

using BodyJson = nlohmann::ordered_json;

constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

std::string found_words(const BodyJson& value) {
  std::string words = value.dump(-1, ' ', false, BodyJson::error_handler_t::replace);
  constexpr std::size_t most = 40;
  return words.size() <= most ? words : std::string(value.type_name());
}

/// Nothing where it is none, or larger than can be told exactly.
std::optional<std::int64_t> whole_of(const BodyJson& value) {
  const bool fits = value.is_number_unsigned()
                        ? std::in_range<std::int64_t>(value.get<std::uint64_t>())
                        : value.is_number_integer();
  return fits ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

}  // namespace

struct AskedBody::State {
  BodyJson json;
  std::vector<std::string> known{};
  Errors errors{};

  void complain(std::string field, Text what) {
    errors.push_back({Fault::bad_input, std::move(what), {"", 0, std::move(field)}});
  }
  /// Nothing for null, too.
  const BodyJson* find(const char* key) {
    known.emplace_back(key);
    const auto found = json.find(key);
    return found == json.end() || found->is_null() ? nullptr : &*found;
  }
  template <class T>
  T there(const char* key, const std::optional<T>& value) {
    if (!value && std::ranges::none_of(
                      errors, [key](const Error& error) { return error.where.field == key; })) {
      complain(key, missing());
    }
    return value.value_or(T{});
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
    state_->complain("", {"expected a JSON object as the body", "请求内容应为 JSON 对象"});
  }
}

AskedBody::~AskedBody() = default;

std::string AskedBody::text(const char* key) { return state_->there(key, text_if(key)); }

std::string AskedBody::text(const char* key, std::size_t most_bytes) {
  return state_->there(key, text_if(key, most_bytes));
}

std::int64_t AskedBody::whole(const char* key) { return state_->there(key, whole_if(key)); }

double AskedBody::number(const char* key) { return state_->there(key, number_if(key)); }

bool AskedBody::truth(const char* key) { return state_->there(key, truth_if(key)); }

std::optional<std::string> AskedBody::text_if(const char* key) {
  const BodyJson* value = state_->find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_string()) {
    state_->complain(key, text_expected(found_words(*value)));
    return std::nullopt;
  }
  return value->get<std::string>();
}

std::optional<std::string> AskedBody::text_if(const char* key, std::size_t most_bytes) {
  auto text = text_if(key);
  if (text && (trimmed(*text).empty() || text->size() > most_bytes)) {
    state_->complain(key, {fmt::format("expected text of at most {} bytes, not empty", most_bytes),
                           fmt::format("应为非空文本,不超过 {} 字节", most_bytes)});
    return std::nullopt;
  }
  if (text) {
    // It will stand in books and on paper: no mark may turn or hide what stands beside it.
    for (std::string_view line : parts_of(*text, '\n')) {
      line = line.substr(0, line.size() - (line.ends_with('\r') ? 1 : 0));
      if (auto checked = people::check_line(line, most_bytes, key); !checked) {
        state_->complain(key, checked.error().front().what);
        return std::nullopt;
      }
    }
  }
  return text;
}

std::optional<std::int64_t> AskedBody::whole_if(const char* key) {
  const BodyJson* value = state_->find(key);
  const auto number = value == nullptr ? std::nullopt : whole_of(*value);
  if (value != nullptr && !number) {
    const std::string found = found_words(*value);
    state_->complain(key, {"expected a whole number, found " + found, "应为整数,实为 " + found});
  }
  return number;
}

std::optional<double> AskedBody::number_if(const char* key) {
  const BodyJson* value = state_->find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_number() || !std::isfinite(value->get<double>())) {
    const std::string found = found_words(*value);
    state_->complain(key, {"expected a number, found " + found, "应为数字,实为 " + found});
    return std::nullopt;
  }
  return value->get<double>();
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
  if (value == nullptr) {
    return std::nullopt;
  }
  const auto second = whole_of(*value);
  if (!second || *second < 0 || *second > last_second) {
    state_->complain(key,
                     {fmt::format("expected seconds since 1970, found {}", found_words(*value)),
                      fmt::format("应为自 1970 年起的秒数,实为 {}", found_words(*value))});
    return std::nullopt;
  }
  return Instant(std::chrono::seconds(*second));
}

std::optional<std::size_t> AskedBody::choice_if(const char* key,
                                                const std::vector<std::string>& words) {
  const auto word = text_if(key);
  if (!word) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(words, *word);
  if (found == words.end()) {
    state_->complain(key, choice_expected(words, *word));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - words.begin());
}

std::vector<std::string> AskedBody::texts_or_none(const char* key, std::size_t most) {
  std::vector<std::string> texts;
  const BodyJson* value = state_->find(key);
  if (value == nullptr) {
    return texts;
  }
  if (!value->is_array() || value->size() > most ||
      !std::ranges::all_of(*value, [](const BodyJson& one) { return one.is_string(); })) {
    state_->complain(key, {fmt::format("expected a list of at most {} texts", most),
                           fmt::format("应为文本列表,不超过 {} 项", most)});
    return texts;
  }
  return value->get<std::vector<std::string>>();
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

std::optional<std::string> AskedBody::json_if(const char* key) {
  const BodyJson* value = state_->find(key);
  return value == nullptr ? std::nullopt : std::optional(value->dump());
}

void AskedBody::take(Errors errors) {
  std::ranges::move(errors, std::back_inserter(state_->errors));
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
