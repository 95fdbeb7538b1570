// Text that goes into a page: escaped, in both languages.
#pragma once
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace xiaoyuan::statement {

/// & < > " ' as entities.
std::string escaped(std::string_view text);
/// Both languages, of which the page shows one; one plain text where they are the same.
std::string both(const Text& text);

}  // namespace xiaoyuan::statement
