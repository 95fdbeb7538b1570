// results.json: every figure of a plan, once. The page, the summary and other programs read the
// same numbers from it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "plan/scenarios.hpp"
#include "plan/uncertainty.hpp"

namespace xiaoyuan::report {

/// All that was found out about a village.
struct Findings {
  plan::Study study;
  std::vector<plan::ScenarioFigures> scenarios;  ///< the plan itself first; empty without variants
  std::optional<plan::Uncertainty> uncertainty;
  Language language = Language::english;  ///< of whoever asked; the page begins with it
};

/// The text of results.json, schema "xiaoyuan.plan/2" (docs/results.md).
std::string results_json(const plan::Inputs& inputs, const Findings& findings);

}  // namespace xiaoyuan::report
