// results.json: every figure of a plan, once. The page, the summary and other programs read the
// same numbers from it.
#pragma once
#include <string>

#include "plan/study.hpp"

namespace xiaoyuan::report {

/// The text of results.json, schema "xiaoyuan.plan/1" (docs/results.md).
std::string results_json(const plan::Inputs& inputs, const plan::Study& study);

}  // namespace xiaoyuan::report
