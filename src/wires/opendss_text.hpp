// OpenDSS's language as commands: a word, the object it speaks of, and properties. Names have no
// case; comments begin with ! or //.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::wires {

struct DssProperty {
  std::string key;    ///< lower case; "" where only a value stands
  std::string value;  ///< without brackets
};

struct DssCommand {
  std::string verb;        ///< lower case: new, edit, set, redirect, …
  std::string class_name;  ///< of new, edit, batchedit
  std::string name;
  std::vector<DssProperty> properties;
  Where where;
};

/// The commands of one file, in order.
Result<std::vector<DssCommand>> parse_dss(std::string_view bytes, const std::string& file);

/// Lower case, for ASCII.
std::string folded(std::string_view text);
/// "a b,c" → a, b, c
std::vector<std::string> dss_list(std::string_view value);

}  // namespace xiaoyuan::wires
