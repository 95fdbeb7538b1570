#include "desk/plans_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "base/zone.hpp"
#include "desk/plans_changes.hpp"

namespace xiaoyuan::desk {

namespace {

using ChangeJson = nlohmann::ordered_json;

Where in_changes(const std::string& field) { return {"changes", 0, field}; }

void refuse(Errors& errors, const std::string& field, Text what) {
  errors.push_back({Fault::bad_input, std::move(what), in_changes(field)});
}

/// A cell of households.csv; nothing where the value is no cell.
std::optional<std::string> cell_of(const ChangeJson& value) {
  if (value.is_null()) {
    return "";
  }
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_number() ? std::optional(text_of(value.get<double>())) : std::nullopt;
}

bool is_table(const ChangeJson& json, const std::string& field, Errors& errors) {
  if (!json.is_object()) {
    refuse(errors, field, {"expected an object", "应为对象"});
  }
  return json.is_object();
}

KeysAndValues keys_of(const ChangeJson& json, const std::string& field, Errors& errors) {
  KeysAndValues all;
  if (!is_table(json, field, errors)) {
    return all;
  }
  for (const auto& [key, value] : json.items()) {
    auto written = toml_value(value);
    if (!is_toml_key(key)) {
      refuse(
          errors, field,
          {fmt::format("\"{}\" is no key: letters, digits, \"_\" and \"-\", joined by dots", key),
           fmt::format("“{}”不是键名:应为字母、数字、“_”“-”,以点相连", key)});
    } else if (!written) {
      refuse(errors, field + "." + key,
             {"expected a number, a text, a truth, or a list of them",
              "应为数值、文本、真假或其列表"});
    } else {
      all.emplace_back(key, std::move(*written));
    }
  }
  return all;
}

RowChange row_of(const ChangeJson& json, Errors& errors) {
  RowChange row;
  if (!is_table(json, "households", errors)) {
    return row;
  }
  for (const auto& [key, value] : json.items()) {
    if (key == "household" && value.is_string()) {
      row.household = value.get<std::string>();
    } else if (key == "columns" && value.is_object()) {
      for (const auto& [column, cell] : value.items()) {
        if (auto text = cell_of(cell)) {
          row.cells.emplace_back(column, std::move(*text));
        } else {
          refuse(errors, "households.columns." + column,
                 {"expected a number, a text or null", "应为数值、文本或 null"});
        }
      }
    } else {
      refuse(errors, "households." + key,
             {"expected household (a text) and columns (an object)",
              "应为 household(文本)与 columns(对象)"});
    }
  }
  if (row.household.empty()) {
    refuse(errors, "households.household", missing());
  }
  return row;
}

Changes changes_of(const ChangeJson& json, Errors& errors) {
  Changes changes;
  for (const auto& [key, value] : json.items()) {
    if (key == "set") {
      changes.set = keys_of(value, key, errors);
    } else if (key == "everyone") {
      changes.everyone = keys_of(value, key, errors);
    } else if (key == "transformers") {
      changes.transformers = keys_of(value, key, errors);
    } else if (key == "households" && value.is_array()) {
      for (const ChangeJson& row : value) {
        changes.rows.push_back(row_of(row, errors));
      }
    } else {
      refuse(errors, key, unknown_name(key, {"set", "households", "everyone", "transformers"}));
    }
  }
  return changes;
}

std::optional<std::string> toml_list(const ChangeJson& list) {
  std::string text;
  for (const ChangeJson& item : list) {
    const auto value = toml_value(item);
    if (!value) {
      return std::nullopt;
    }
    text += (text.empty() ? "" : ", ") + *value;
  }
  return "[" + text + "]";
}

std::optional<std::string> toml_table(const ChangeJson& table) {
  std::string text;
  for (const auto& [key, item] : table.items()) {
    const auto value = toml_value(item);
    if (!value || !is_toml_key(key)) {
      return std::nullopt;
    }
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", key, *value);
  }
  return "{ " + text + " }";
}

}  // namespace

std::string toml_text(std::string_view text) {
  std::string written = "\"";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      written += std::string("\\") + letter;
    } else if (byte < 0x20 || byte == 0x7f) {
      written += fmt::format("\\u{:04X}", byte);
    } else {
      written += letter;
    }
  }
  return written + '"';
}

bool is_toml_key(std::string_view key) {
  const auto fits = [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_' || letter == '-' || letter == '.';
  };
  return !key.empty() && key.front() != '.' && key.back() != '.' &&
         key.find("..") == std::string_view::npos && std::ranges::all_of(key, fits);
}

/// Dates go as TOML's own, since its readers ask for them.
std::optional<std::string> toml_value(const ChangeJson& value) {
  if (value.is_boolean()) {
    return value.get<bool>() ? "true" : "false";
  }
  if (value.is_number_integer()) {
    return value.dump();
  }
  if (value.is_number()) {
    const double number = value.get<double>();
    const std::string text = text_of(number);
    if (!std::isfinite(number)) {
      return std::nullopt;
    }
    const bool is_whole = text.find_first_of(".e") == std::string::npos;
    return is_whole ? text + ".0" : text;
  }
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    Date date;
    return parse_date(text, date) ? text : toml_text(text);
  }
  if (value.is_array()) {
    return toml_list(value);
  }
  return value.is_object() ? toml_table(value) : std::nullopt;
}

Result<Changes> read_changes(std::string_view json) {
  if (trimmed(json).empty()) {
    return Changes{};
  }
  const ChangeJson read = ChangeJson::parse(json, nullptr, false);
  if (read.is_null()) {
    return Changes{};
  }
  Errors errors;
  Changes changes;
  if (read.is_discarded()) {
    refuse(errors, "", {"is not JSON", "不是有效的 JSON"});
  } else if (is_table(read, "", errors)) {
    changes = changes_of(read, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return changes;
}

}  // namespace xiaoyuan::desk
