#include "base/document.hpp"

#include <fmt/format.h>

// toml++ 3.3 takes some broken files ("[[ = 1") for impossible: it asserts, and where asserts are
// left out it goes on as if they held. Here it throws, in every build.
struct ImpossibleToml {};
#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : throw ImpossibleToml{})
#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wexceptions"
#else
#pragma GCC diagnostic ignored "-Wterminate"
#endif
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan {

namespace {

/// Puts the values of a table, which toml++ keeps by name, in the order of the file.
void put_in_order(Node& table) {
  std::vector<std::size_t> order(table.list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return table.list[i].line; });
  std::vector<Node> list;
  std::vector<std::string> names;
  for (const std::size_t i : order) {
    list.push_back(std::move(table.list[i]));
    names.push_back(std::move(table.names[i]));
  }
  table.list = std::move(list);
  table.names = std::move(names);
}

class Converter {
 public:
  explicit Converter(const std::string& file) : file_(file) {}

  Node convert(const toml::node& from, const std::string& path) {
    Node node;
    node.line = static_cast<int>(from.source().begin.line);
    if (const auto* table = from.as_table()) {
      convert_table(*table, path, node);
    } else if (const auto* array = from.as_array()) {
      node.kind = Node::Kind::list;
      for (const toml::node& item : *array) {
        node.list.push_back(convert(item, fmt::format("{}[{}]", path, node.list.size() + 1)));
      }
    } else {
      convert_value(from, path, node);
    }
    return node;
  }

  Errors errors;

 private:
  void convert_table(const toml::table& table, const std::string& path, Node& node) {
    node.kind = Node::Kind::table;
    for (const auto& [key, value] : table) {
      const std::string name{key.str()};
      Node child = convert(value, path.empty() ? name : path + "." + name);
      child.line = child.line == 0 ? static_cast<int>(key.source().begin.line) : child.line;
      node.names.push_back(name);
      node.list.push_back(std::move(child));
    }
    put_in_order(node);
  }

  void convert_value(const toml::node& from, const std::string& path, Node& node) {
    if (const auto* text = from.as_string()) {
      node.kind = Node::Kind::text;
      node.text = text->get();
    } else if (const auto* whole = from.as_integer()) {
      node.kind = Node::Kind::number;
      node.number = static_cast<double>(whole->get());
    } else if (const auto* real = from.as_floating_point(); real && std::isfinite(real->get())) {
      node.kind = Node::Kind::number;
      node.number = real->get();
    } else if (const auto* truth = from.as_boolean()) {
      node.kind = Node::Kind::boolean;
      node.truth = truth->get();
    } else if (const auto* date = from.as_date()) {
      node.kind = Node::Kind::date;
      node.date = Date{std::chrono::year{date->get().year}, std::chrono::month{date->get().month},
                       std::chrono::day{date->get().day}};
    } else {
      errors.push_back({Fault::bad_input,
                        {"expected a text, a number, true, false or a date like 2026-07-01",
                         "应为文字、数字、true、false 或形如 2026-07-01 的日期"},
                        {file_, node.line, path}});
    }
  }

  const std::string& file_;
};

/// a.b.c nests tables, and the parser walks them without a limit of its own.
bool nests_deep(std::string_view bytes) {
  int dots = 0;
  for (std::size_t i = 0; i < bytes.size() && dots <= 64; ++i) {
    const bool ends = std::string_view("\n=,[]{}").contains(bytes[i]) || bytes.substr(i, 2) == "..";
    dots = ends ? 0 : dots + (bytes[i] == '.' ? 1 : 0);
  }
  return dots > 64;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == key) {
      return &list[i];
    }
  }
  return nullptr;
}

Result<Node> parse_toml(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
  }
  if (!is_utf8(bytes)) {
    return fail(Fault::bad_input,
                {"is not UTF-8 (perhaps GBK or UTF-16); save it as UTF-8",
                 "不是 UTF-8 编码(可能是 GBK 或 UTF-16);请另存为 UTF-8"},
                {name, 0, ""});
  }
  if (nests_deep(bytes)) {
    return fail(Fault::bad_input, {"a name holds more than 64 dots", "名称中的点超过 64 个"},
                {name, 0, ""});
  }
  try {
    const toml::table table = toml::parse(bytes, name);
    Converter converter(name);
    Node root = converter.convert(table, "");
    if (!converter.errors.empty()) {
      return std::unexpected(std::move(converter.errors));
    }
    return root;
  } catch (const ImpossibleToml&) {
    return fail(Fault::bad_input, {"not TOML", "不是有效的 TOML"}, {name, 0, ""});
  } catch (const toml::parse_error& error) {
    return fail(Fault::bad_input,
                {fmt::format("not TOML: {}", error.description()),
                 fmt::format("不是有效的 TOML:{}", error.description())},
                {name, static_cast<int>(error.source().begin.line), ""});
  }
}

}  // namespace xiaoyuan
