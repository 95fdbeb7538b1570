// What a new text of figures says beside the one that stands: by the trees of both, so that words
// and order do not matter and no key is forgotten.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/document.hpp"
#include "desk/figures.hpp"
#include "desk/figures_change.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr std::string_view end_key = "valid_to";

bool same(const Node& a, const Node& b);

/// Of two tables, whatever the order of their keys; `but` is looked over.
bool same_table(const Node& a, const Node& b, std::string_view but) {
  const auto holds_all = [but](const Node& one, const Node& other) {
    for (std::size_t i = 0; i < one.names.size(); ++i) {
      const Node* value = other.find(one.names[i]);
      if (one.names[i] != but && (value == nullptr || !same(one.list[i], *value))) {
        return false;
      }
    }
    return true;
  };
  return holds_all(a, b) && holds_all(b, a);
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind) {
    return false;
  }
  if (a.kind == Node::Kind::table) {
    return same_table(a, b, "");
  }
  return a.truth == b.truth && a.number == b.number && a.text == b.text && a.date == b.date &&
         std::ranges::equal(a.list, b.list, same);
}

/// The tables of a file that are versions or figures of their own, by what they are called.
using Parts = std::map<std::string, const Node*>;

std::string called(const Node& part, const char* key) {
  const Node* name = part.find(key);
  if (name == nullptr) {
    return "";
  }
  return name->kind == Node::Kind::date ? text_of(name->date) : name->text;
}

Parts parts_in(FigureKind kind, const Node& root) {
  Parts parts;
  const auto add_list = [&](const char* list, const char* key) {
    if (const Node* found = root.find(list)) {
      for (const Node& part : found->list) {
        parts.emplace(called(part, key), &part);
      }
    }
  };
  switch (kind) {
    case FigureKind::tariff:
      add_list("version", "valid_from");
      break;
    case FigureKind::factor:
      add_list("factor", "id");
      add_list("footprint", "id");
      add_list("wrong_value", "id");
      break;
    case FigureKind::mechanism:
      parts.emplace(called(root, "id"), &root);
      break;
  }
  return parts;
}

/// Only an end has come: the version had none.
bool only_ended(const Node& before, const Node& after) {
  return before.find(end_key) == nullptr && after.find(end_key) != nullptr &&
         same_table(before, after, end_key);
}

/// What a tariff is for is no matter of its versions.
void compare_heads(const Node& before, const Node& after, Compared& compared) {
  for (const char* key : {"region", "customer", "direction"}) {
    const Node* was = before.find(key);
    const Node* is = after.find(key);
    if (was != nullptr && is != nullptr && !same(*was, *is)) {
      compared.contradicted.push_back({key, is->line});
    }
  }
}

}  // namespace

Result<Compared> compare_figures(FigureKind kind, const FigureTexts& texts,
                                 const std::string& file) {
  TRY(const Node before, parse_toml(texts.before, file));
  TRY(const Node after, parse_toml(texts.after, file));
  Compared compared;
  const Parts was = parts_in(kind, before);
  const Parts is = parts_in(kind, after);
  for (const auto& [name, part] : was) {
    const auto now = is.find(name);
    if (now == is.end()) {
      compared.contradicted.push_back({name, 0});
    } else if (only_ended(*part, *now->second)) {
      compared.ended.push_back(name);
    } else if (!same(*part, *now->second)) {
      compared.contradicted.push_back({name, now->second->line});
    }
  }
  for (const auto& [name, part] : is) {
    if (!was.contains(name)) {
      compared.added.push_back(name);
    }
  }
  if (kind == FigureKind::tariff) {
    compare_heads(before, after, compared);
  }
  return compared;
}

}  // namespace xiaoyuan::desk
