// A JSON text as the tree that base/document.hpp makes of TOML: every value knows its line, and
// base/fields.hpp reads it with types.
#pragma once
#include <string>
#include <string_view>

#include "base/document.hpp"
#include "base/error.hpp"

namespace xiaoyuan::wires {

/// null is no value: its key is left out. `name` is the file's name in messages.
Result<Node> parse_json(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::wires
