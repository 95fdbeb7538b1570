#include "base/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace xiaoyuan {

namespace {

const Node empty_table{};

std::string shown(const Node& node) {
  switch (node.kind) {
    case Node::Kind::boolean:
      return node.truth ? "true" : "false";
    case Node::Kind::number:
      return text_of(node.number);
    case Node::Kind::text:
      return "\"" + node.text + "\"";
    case Node::Kind::date:
      return text_of(node.date);
    case Node::Kind::list:
      return "[…]";
    case Node::Kind::table:
      break;
  }
  return "{…}";
}

/// A value as it stands in a file, without quotes.
std::string bare(const Node& node) {
  if (node.kind != Node::Kind::list) {
    return node.kind == Node::Kind::text ? node.text : shown(node);
  }
  std::vector<std::string> items;
  for (const Node& item : node.list) {
    items.push_back(bare(item));
  }
  return joined(items, ",");
}

void collect_written(const Node& table, const std::string& path, std::vector<std::string>& all) {
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const Node& value = table.list[i];
    const std::string name = path.empty() ? table.names[i] : path + "." + table.names[i];
    if (value.kind == Node::Kind::table) {
      collect_written(value, name, all);
    } else {
      all.push_back(name + " = " + bare(value));
    }
  }
}

Text expected_kind(Node::Kind kind, const Node& found) {
  switch (kind) {
    case Node::Kind::number:
      return number_expected(any_number, shown(found));
    case Node::Kind::text:
      return text_expected(shown(found));
    case Node::Kind::date:
      return date_expected(shown(found));
    case Node::Kind::boolean:
      return {fmt::format("expected true or false, found {}", shown(found)),
              fmt::format("应为 true 或 false,实为 {}", shown(found))};
    case Node::Kind::list:
      return {fmt::format("expected a list [ … ], found {}", shown(found)),
              fmt::format("应为列表 [ … ],实为 {}", shown(found))};
    case Node::Kind::table:
      break;
  }
  return {fmt::format("expected a table, found {}", shown(found)),
          fmt::format("应为表(table),实为 {}", shown(found))};
}

}  // namespace

Fields::Fields(const Node& table, std::string file, Errors& errors, std::string path)
    : table_(&table), file_(std::move(file)), errors_(&errors), path_(std::move(path)) {}

std::string Fields::path_of(std::string_view key) const {
  if (key.empty()) {
    return path_;
  }
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

Where Fields::where(std::string_view key) const {
  const Node* node = table_->find(key);
  return {file_, node ? node->line : table_->line, path_of(key)};
}

void Fields::complain(std::string_view key, Text what) {
  errors_->push_back({Fault::bad_input, std::move(what), where(key)});
}

const Node* Fields::find(std::string_view key, Node::Kind kind, bool required) {
  known_.emplace_back(key);
  const Node* node = table_->find(key);
  if (!node) {
    if (required) {
      complain(key, missing());
    }
    return nullptr;
  }
  if (node->kind != kind) {
    complain(key, expected_kind(kind, *node));
    return nullptr;
  }
  return node;
}

bool Fields::has(std::string_view key) {
  known_.emplace_back(key);
  return table_->find(key) != nullptr;
}

std::optional<double> Fields::number_if(std::string_view key, const Range& range) {
  const Node* node = find(key, Node::Kind::number, false);
  if (!node) {
    return std::nullopt;
  }
  if (!range.holds(node->number)) {
    complain(key, number_expected(range, text_of(node->number)));
    return std::nullopt;
  }
  return node->number;
}

double Fields::number(std::string_view key, const Range& range) {
  if (!has(key)) {
    complain(key, missing());
  }
  return number_if(key, range).value_or(range.holds(0.0) ? 0.0 : range.least);
}

double Fields::number_or(std::string_view key, double otherwise, const Range& range) {
  return number_if(key, range).value_or(otherwise);
}

int Fields::whole_or(std::string_view key, int otherwise, const Range& range) {
  const auto number = number_if(key, range);
  if (number && *number != std::floor(*number)) {
    complain(key, {fmt::format("expected a whole number, found {}", *number),
                   fmt::format("应为整数,实为 {}", *number)});
  }
  return number ? static_cast<int>(*number) : otherwise;
}

std::vector<double> Fields::numbers(std::string_view key, const Range& range, std::size_t count) {
  std::vector<double> all;
  const Node* node = find(key, Node::Kind::list, true);
  if (node) {
    for (const Node& item : node->list) {
      if (item.kind != Node::Kind::number || !range.holds(item.number)) {
        complain(key, number_expected(range, shown(item)));
      } else {
        all.push_back(item.number);
      }
    }
    if (count != 0 && node->list.size() != count) {
      complain(key, {fmt::format("expected {} numbers, found {}", count, node->list.size()),
                     fmt::format("应有 {} 个数字,实有 {} 个", count, node->list.size())});
    }
  }
  all.resize(count == 0 ? all.size() : count, range.holds(0.0) ? 0.0 : range.least);
  return all;
}

std::string Fields::text(std::string_view key) {
  const Node* node = find(key, Node::Kind::text, true);
  if (node && node->text.empty()) {
    complain(key, missing());
  }
  return node ? node->text : "";
}

std::string Fields::written(std::string_view key) {
  known_.emplace_back(key);
  const Node* node = table_->find(key);
  return node ? bare(*node) : "";
}

std::vector<std::string> Fields::all_written() {
  keys();
  std::vector<std::string> all;
  collect_written(*table_, "", all);
  return all;
}

std::string Fields::text_or(std::string_view key, std::string_view otherwise) {
  const Node* node = find(key, Node::Kind::text, false);
  return node ? node->text : std::string(otherwise);
}

std::vector<std::string> Fields::texts(std::string_view key) {
  std::vector<std::string> all;
  if (const Node* node = find(key, Node::Kind::list, false)) {
    for (const Node& item : node->list) {
      if (item.kind == Node::Kind::text) {
        all.push_back(item.text);
      } else {
        complain(key, text_expected(shown(item)));
      }
    }
  }
  return all;
}

Text Fields::both(std::string_view key) {
  Fields languages = table(key);
  if (!table_->find(key)) {
    return {};
  }
  Text text{languages.text("en"), languages.text("zh")};
  languages.finish();
  return text;
}

bool Fields::truth_or(std::string_view key, bool otherwise) {
  const Node* node = find(key, Node::Kind::boolean, false);
  return node ? node->truth : otherwise;
}

std::optional<Date> Fields::date_if(std::string_view key) {
  const Node* node = find(key, Node::Kind::date, false);
  return node ? std::optional(node->date) : std::nullopt;
}

Date Fields::date(std::string_view key) {
  if (!has(key)) {
    complain(key, missing());
  }
  return date_if(key).value_or(
      Date{std::chrono::year{2000}, std::chrono::month{1}, std::chrono::day{1}});
}

std::size_t Fields::choice_or(std::string_view key, const std::vector<std::string>& choices,
                              std::size_t otherwise) {
  const Node* node = find(key, Node::Kind::text, false);
  if (!node) {
    return otherwise;
  }
  const auto found = std::ranges::find(choices, node->text);
  if (found == choices.end()) {
    complain(key, choice_expected(choices, node->text));
    return otherwise;
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::size_t Fields::choice(std::string_view key, const std::vector<std::string>& choices) {
  if (!has(key)) {
    complain(key, missing());
  }
  return choice_or(key, choices, 0);
}

std::string Fields::confidence() {
  const std::vector<std::string> grades{"high", "med", "low"};
  return grades[choice("confidence", grades)];
}

std::optional<Fields> Fields::table_if(std::string_view key) {
  const Node* node = find(key, Node::Kind::table, false);
  if (!node) {
    return std::nullopt;
  }
  return Fields(*node, file_, *errors_, path_of(key));
}

Fields Fields::table(std::string_view key) {
  if (!has(key)) {
    complain(key, missing());
  }
  return table_if(key).value_or(Fields(empty_table, file_, *errors_, path_of(key)));
}

std::vector<Fields> Fields::tables(std::string_view key) {
  std::vector<Fields> all;
  if (const Node* node = find(key, Node::Kind::list, false)) {
    for (std::size_t i = 0; i < node->list.size(); ++i) {
      const Node& item = node->list[i];
      if (item.kind != Node::Kind::table) {
        complain(key, expected_kind(Node::Kind::table, item));
      } else {
        all.emplace_back(item, file_, *errors_, fmt::format("{}[{}]", path_of(key), i + 1));
      }
    }
  }
  return all;
}

std::vector<std::string> Fields::keys() {
  std::ranges::copy(table_->names, std::back_inserter(known_));
  return table_->names;
}

void Fields::finish() {
  std::ranges::sort(known_);
  const auto repeated = std::ranges::unique(known_);
  known_.erase(repeated.begin(), repeated.end());
  for (const std::string& key : table_->names) {
    if (!std::ranges::binary_search(known_, key)) {
      complain(key, unknown_name(key, known_));
    }
  }
}

}  // namespace xiaoyuan
