// What the terminal says after a plan: the answers in a dozen lines.
#pragma once
#include <string>

#include "report/results.hpp"

namespace xiaoyuan::report {

std::string summary(const plan::Inputs& inputs, const Findings& findings, Language language);

}  // namespace xiaoyuan::report
