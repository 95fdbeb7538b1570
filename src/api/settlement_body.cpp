#include "api/settlement_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "people/words.hpp"

namespace xiaoyuan::api {

namespace {

using BodyJson = nlohmann::ordered_json;

Text body_expected(const Text& what, const BodyJson& found) {
  const std::string shown = found.dump(-1, ' ', false, BodyJson::error_handler_t::replace);
  const bool is_short = !found.is_structured() && shown.size() <= 60;
  const std::string told = is_short ? shown : found.type_name();
  return {fmt::format("expected {}, found {}", what.en, told),
          fmt::format("应为{},实为 {}", what.zh, told)};
}

}  // namespace

RequestBody::RequestBody(BodyJson json) : json_(std::make_unique<BodyJson>(std::move(json))) {}
RequestBody::RequestBody(RequestBody&&) noexcept = default;
RequestBody& RequestBody::operator=(RequestBody&&) noexcept = default;
RequestBody::~RequestBody() = default;

Result<RequestBody> RequestBody::read(const std::string& bytes) {
  BodyJson json = BodyJson::parse(bytes, nullptr, false);
  if (!json.is_object()) {
    return fail(Fault::bad_input, {"expected a JSON object as the body", "请求内容应为 JSON 对象"});
  }
  return RequestBody(std::move(json));
}

const BodyJson* RequestBody::find(const char* name) {
  known_.emplace_back(name);
  const auto found = json_->find(name);
  return found == json_->end() || found->is_null() ? nullptr : &*found;
}

void RequestBody::complain(const char* name, Text what) {
  errors_.push_back({Fault::bad_input, std::move(what), {"", 0, name}});
}

std::string RequestBody::text_of(const char* name, const BodyJson& value, std::size_t most_bytes) {
  if (!value.is_string()) {
    complain(name, body_expected({"text", "文本"}, value));
    return "";
  }
  const auto& text = value.get_ref<const std::string&>();
  if (trimmed(text).empty() || text.size() > most_bytes) {
    complain(name, {fmt::format("expected text of at most {} bytes, not empty", most_bytes),
                    fmt::format("应为非空文本,不超过 {} 字节", most_bytes)});
    return text;
  }
  // It will stand in books and on paper: no mark may turn or hide what stands beside it.
  for (std::string_view line : parts_of(text, '\n')) {
    line = line.substr(0, line.size() - (line.ends_with('\r') ? 1 : 0));
    if (auto checked = people::check_line(line, most_bytes, name); !checked) {
      complain(name, checked.error().front().what);
      break;
    }
  }
  return text;
}

std::string RequestBody::text(const char* name, std::size_t most_bytes) {
  const BodyJson* value = find(name);
  if (value == nullptr) {
    complain(name, missing());
    return "";
  }
  return text_of(name, *value, most_bytes);
}

std::string RequestBody::text_or(const char* name, std::size_t most_bytes,
                                 const std::string& otherwise) {
  const BodyJson* value = find(name);
  return value == nullptr ? otherwise : text_of(name, *value, most_bytes);
}

std::int64_t RequestBody::whole(const char* name) {
  const BodyJson* value = find(name);
  if (value == nullptr) {
    complain(name, missing());
    return 0;
  }
  const bool fits = value->is_number_unsigned()
                        ? std::in_range<std::int64_t>(value->get<std::uint64_t>())
                        : value->is_number_integer();
  if (!fits) {
    complain(name, body_expected({"a whole number", "整数"}, *value));
    return 0;
  }
  return value->get<std::int64_t>();
}

std::int64_t RequestBody::whole_or(const char* name, std::int64_t otherwise) {
  const auto found = json_->find(name);
  if (found == json_->end() || found->is_null()) {
    known_.emplace_back(name);
    return otherwise;
  }
  return whole(name);
}

std::vector<std::string> RequestBody::texts_or_none(const char* name, std::size_t most) {
  std::vector<std::string> texts;
  const BodyJson* value = find(name);
  if (value == nullptr) {
    return texts;
  }
  const bool is_list =
      value->is_array() && value->size() <= most &&
      std::ranges::all_of(*value, [](const BodyJson& one) { return one.is_string(); });
  if (!is_list) {
    complain(name, {fmt::format("expected a list of at most {} texts", most),
                    fmt::format("应为文本列表,不超过 {} 项", most)});
    return texts;
  }
  for (const BodyJson& one : *value) {
    texts.push_back(one.get<std::string>());
  }
  return texts;
}

Result<void> RequestBody::finish() {
  for (const auto& [name, value] : json_->items()) {
    if (std::ranges::find(known_, name) == known_.end()) {
      errors_.push_back({Fault::bad_input, unknown_name(name, known_), {"", 0, name}});
    }
  }
  return errors_.empty() ? Result<void>{} : std::unexpected(std::move(errors_));
}

}  // namespace xiaoyuan::api
