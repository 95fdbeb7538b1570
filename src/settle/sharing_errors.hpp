// What the readers of sharing's tables say alike.
#pragma once
#include <string>

#include "base/error.hpp"

namespace xiaoyuan::settle {

/// The first twenty errors, and how many more there are.
std::unexpected<Errors> sharing_refusal(Errors errors, const std::string& file);

}  // namespace xiaoyuan::settle
