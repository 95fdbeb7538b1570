#include "api/answers_json.hpp"

#include <nlohmann/json.hpp>

namespace xiaoyuan::api {

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(instant->time_since_epoch().count()) : Json(nullptr);
}

Json error_json(const Error& error) {
  Json json = Json::object();
  if (!error.where.file.empty()) {
    json["file"] = error.where.file;
  }
  if (error.where.line > 0) {
    json["line"] = error.where.line;
  }
  if (!error.where.field.empty()) {
    json["field"] = error.where.field;
  }
  json["message"] = {{"en", message(error, Language::english)},
                     {"zh", message(error, Language::chinese)}};
  return json;
}

}  // namespace xiaoyuan::api
