// A TOML file as a tree that remembers the line of every value. fields.hpp reads it with types.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace xiaoyuan {

struct Node {
  enum class Kind { boolean, number, text, date, list, table };
  Kind kind = Kind::table;
  int line = 0;
  bool truth = false;
  double number = 0.0;  ///< integers too
  std::string text;
  Date date;
  std::vector<Node> list;          ///< the items of a list, or the values of a table
  std::vector<std::string> names;  ///< the keys of a table, beside their values in `list`

  const Node* find(std::string_view key) const;
};

/// The root table of a TOML text. `name` is the file's name in messages. Times of day, date-times,
/// NaN and infinities are refused: no file of ours has a use for them.
Result<Node> parse_toml(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan
