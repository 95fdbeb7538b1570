// The style sheet of a statement's page.
#pragma once
#include <string_view>

namespace xiaoyuan::statement {

std::string_view html_style();

}  // namespace xiaoyuan::statement
