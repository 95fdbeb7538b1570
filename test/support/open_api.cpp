#include "support/open_api.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace xiaoyuan::test {

namespace {

using nlohmann::json;

/// A plain scalar of YAML's core schema; a quoted one is always text.
json scalar_of(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") {
    return text;
  }
  if (text == "true" || text == "false") {
    return text == "true";
  }
  if (text == "null" || text == "~" || text.empty()) {
    return nullptr;
  }
  const bool looks_like_number = text.find_first_not_of("0123456789+-.eE") == text.npos &&
                                 text.find_first_of("0123456789") != text.npos;
  const json number = looks_like_number ? json::parse(text, nullptr, false) : json();
  return number.is_number() ? number : json(text);
}

json json_of(const YAML::Node& node) {
  if (node.IsMap()) {
    json object = json::object();
    for (const auto& pair : node) {
      object[pair.first.Scalar()] = json_of(pair.second);
    }
    return object;
  }
  if (node.IsSequence()) {
    json list = json::array();
    for (const YAML::Node& item : node) {
      list.push_back(json_of(item));
    }
    return list;
  }
  return node.IsScalar() ? scalar_of(node) : json();
}

/// Keys that stand twice: of YAML's readers one takes the first, another the last.
void find_twice(const YAML::Node& node, const std::string& place,
                std::vector<std::string>& faults) {
  if (node.IsSequence()) {
    for (const YAML::Node& item : node) {
      find_twice(item, place, faults);
    }
  }
  if (!node.IsMap()) {
    return;
  }
  std::set<std::string> seen;
  for (const auto& pair : node) {
    const std::string& key = pair.first.Scalar();
    if (!seen.insert(key).second) {
      faults.push_back(fmt::format("{}/{} stands twice", place, key));
    }
    find_twice(pair.second, fmt::format("{}/{}", place, key), faults);
  }
}

struct Document {
  json root;
  std::vector<std::string> twice;
  std::vector<std::pair<std::string, std::string>> order;  ///< path, method as they are written
};

bool is_method(const std::string& word) {
  static const std::set<std::string> methods{"get", "post", "put", "patch", "delete"};
  return methods.contains(word);
}

const Document& document() {
  static const Document read = [] {
    const YAML::Node yaml = YAML::LoadFile(XIAOYUAN_SOURCE "/docs/openapi.yaml");
    Document all{.root = json_of(yaml), .twice = {}, .order = {}};
    find_twice(yaml, "", all.twice);
    for (const auto& path : yaml["paths"]) {
      for (const auto& method : path.second) {
        if (is_method(method.first.Scalar())) {
          all.order.emplace_back(path.first.Scalar(), method.first.Scalar());
        }
      }
    }
    return all;
  }();
  return read;
}

/// What "#/a/b" leads to; nothing where it leads nowhere.
const json* at_reference(const std::string& reference) {
  if (!reference.starts_with("#/")) {
    return nullptr;
  }
  const json::json_pointer pointer(reference.substr(1));
  return document().root.contains(pointer) ? &document().root.at(pointer) : nullptr;
}

const json& resolved(const json& value) {
  const json* at = &value;
  while (at->is_object() && at->contains("$ref")) {
    at = at_reference(at->at("$ref").get<std::string>());
    if (at == nullptr) {
      throw std::runtime_error("a $ref leads nowhere: " + value.dump());
    }
  }
  return *at;
}

/// `schema` as a document of its own, beside the components that it names.
struct Checked {
  valijson::Schema schema;
};
const valijson::Schema& parsed(const json& schema) {
  static std::map<std::string, std::unique_ptr<Checked>> known;
  const std::string key = schema.dump();
  auto& found = known[key];
  if (found == nullptr) {
    const json root{{"allOf", json::array({schema})},
                    {"components", document().root.at("components")}};
    found = std::make_unique<Checked>();
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(root);
    parser.populateSchema(adapter, found->schema);
  }
  return found->schema;
}

std::string broken(const json& schema, const json& value) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target(value);
  if (validator.validate(parsed(schema), target, &results)) {
    return "";
  }
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& part : error.context) {
      text += part;
    }
    text += ": " + error.description + "\n";
  }
  return text.empty() ? "not what the schema says" : text;
}

void find_faults_below(const json& value, const std::string& place,
                       std::vector<std::string>& faults) {
  if (value.is_object()) {
    const auto reference = value.find("$ref");
    if (reference != value.end() && reference->is_string() &&
        at_reference(reference->get<std::string>()) == nullptr) {
      faults.push_back(place + ": leads nowhere: " + reference->get<std::string>());
    }
  }
  if (value.is_structured()) {
    for (const auto& [key, item] : value.items()) {
      find_faults_below(item, fmt::format("{}/{}", place, key), faults);
    }
  }
}

/// Examples stand in components/schemas, or beside the schema of an answer or a request's body.
void find_wrong_examples(const json& value, const std::string& place,
                         std::vector<std::string>& faults) {
  if (!value.is_object()) {
    return;
  }
  const auto hold = [&](const json& schema, const json& example) {
    if (const std::string wrong = broken(schema, example); !wrong.empty()) {
      faults.push_back(
          fmt::format("{}: the example is not what the schema says: {}", place, wrong));
    }
  };
  if (value.contains("schema") && value.contains("example")) {
    hold(value.at("schema"), value.at("example"));
  }
  if (place.starts_with("/components/schemas/") && std::ranges::count(place, '/') == 3 &&
      value.contains("example")) {
    json schema = value;
    schema.erase("example");
    hold(schema, value.at("example"));
  }
  for (const auto& [key, item] : value.items()) {
    if (key != "example" && key != "examples") {
      find_wrong_examples(item, fmt::format("{}/{}", place, key), faults);
    }
  }
}

std::vector<std::string> named_in(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t at = path.find('{'); at != path.npos; at = path.find('{', at + 1)) {
    names.push_back(path.substr(at + 1, path.find('}', at) - at - 1));
  }
  std::ranges::sort(names);
  return names;
}

Operation operation_of(const std::string& path, const std::string& method) {
  const json& all = document().root.at("paths").at(path);
  const json& row = all.at(method);
  Operation operation{.id = row.value("operationId", ""),
                      .method = method,
                      .path = path,
                      .rights = row.value("x-rights", ""),
                      .path_parameters = {},
                      .statuses = {}};
  std::ranges::transform(operation.method, operation.method.begin(),
                         [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
  for (const json* list : {&all, &row}) {
    for (const json& parameter : list->value("parameters", json::array())) {
      const json& found = resolved(parameter);
      if (found.at("in") == "path") {
        operation.path_parameters.push_back(found.at("name"));
      }
    }
  }
  std::ranges::sort(operation.path_parameters);
  const json answers = row.value("responses", json::object());
  for (const auto& [status, answer] : answers.items()) {
    operation.statuses.push_back(status);
  }
  return operation;
}

const json* answer_of(const Operation& operation, int status) {
  std::string method = operation.method;
  std::ranges::transform(method, method.begin(),
                         [](char letter) { return static_cast<char>(letter - 'A' + 'a'); });
  const json& answers = document().root.at("paths").at(operation.path).at(method).at("responses");
  const std::string exact = std::to_string(status);
  if (answers.contains(exact)) {
    return &resolved(answers.at(exact));
  }
  // "default" is for problems: a success that is not written down is a breach.
  return status >= 400 && answers.contains("default") ? &resolved(answers.at("default")) : nullptr;
}

}  // namespace

const std::vector<Operation>& open_api_operations() {
  static const std::vector<Operation> all = [] {
    std::vector<Operation> operations;
    for (const auto& [path, method] : document().order) {
      operations.push_back(operation_of(path, method));
    }
    return operations;
  }();
  return all;
}

std::vector<std::string> open_api_faults() {
  std::vector<std::string> faults = document().twice;
  find_faults_below(document().root, "", faults);
  if (!faults.empty()) {
    return faults;  // whoever resolves would fall over them
  }
  find_wrong_examples(document().root, "", faults);
  std::set<std::string> ids;
  for (const Operation& operation : open_api_operations()) {
    const std::string name = operation.method + " " + operation.path;
    const auto hold = [&](bool is_right, const char* fault) {
      if (!is_right) {
        faults.push_back(name + ": " + fault);
      }
    };
    hold(!operation.id.empty() && ids.insert(operation.id).second,
         "needs an operationId of its own");
    hold(operation.rights.size() == 8, "needs eight letters of x-rights");
    hold(std::ranges::find(operation.statuses, "default") != operation.statuses.end(),
         "needs a default answer");
    hold(operation.statuses.size() > 1, "needs an answer of success");
    hold(operation.path_parameters == named_in(operation.path),
         "path parameters are not the path's");
  }
  return faults;
}

std::string open_api_breach(std::string_view id, int status, std::string_view body) {
  const auto& all = open_api_operations();
  const auto operation = std::ranges::find(all, id, &Operation::id);
  if (operation == all.end()) {
    return fmt::format("there is no operation {}", id);
  }
  const json* answer = answer_of(*operation, status);
  if (answer == nullptr) {
    return fmt::format("{} does not promise status {}: {}", id, status, body.substr(0, 500));
  }
  if (!answer->contains("content")) {
    return body.empty() ? "" : fmt::format("{} {} promises no body", id, status);
  }
  for (const auto& [type, content] : answer->at("content").items()) {
    if (!type.ends_with("json") || !content.contains("schema")) {
      continue;
    }
    const json value = json::parse(body, nullptr, false);
    // Another type beside JSON: what is no JSON is meant to be that.
    if (value.is_discarded()) {
      return answer->at("content").size() > 1
                 ? ""
                 : fmt::format("{} {} promises JSON: {}", id, status, body.substr(0, 200));
    }
    const std::string wrong = broken(content.at("schema"), value);
    return wrong.empty() ? "" : fmt::format("{} {}: {}", id, status, wrong);
  }
  return "";
}

}  // namespace xiaoyuan::test
