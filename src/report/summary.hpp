// What the terminal says after a plan: the answers in a dozen lines.
#pragma once
#include <string>

#include "plan/study.hpp"

namespace xiaoyuan::report {

std::string summary(const plan::Inputs& inputs, const plan::Study& study, Language language);

}  // namespace xiaoyuan::report
