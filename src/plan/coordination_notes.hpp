// What a plan says where the households behind a transformer cannot be run within its limits.
#pragma once
#include <optional>
#include <string>

#include "optimum/coupled_refusal.hpp"
#include "plan/inputs.hpp"
#include "plan/transformer_limits.hpp"

namespace xiaoyuan::plan {

/// How a report calls a rule.
Text title_of(model::Curtailment curtailment);

/// Loads alone lie beyond the import limit, whatever the stores do.
Text loads_note(const Inputs& inputs, const std::string& id, const TransformerLimits& limits,
                const optimum::ImportShortfall& shortfall);
/// The import limit was not kept; `why` is the optimiser's sentence.
Text import_note(const Inputs& inputs, const std::string& id, const TransformerLimits& limits,
                 const Beyond& alone, const Text& why);
/// A rule has no schedules; `why` is the optimiser's sentence.
Text rule_note(const std::string& id, model::Curtailment rule, const Text& why);
/// Steps whose prices leave the convex case: none, or a note.
std::optional<Text> prices_note(const Inputs& inputs, const std::string& id);
/// The optimum of all was not proved as near as asked.
Text gap_note(const std::string& id, double gap);

}  // namespace xiaoyuan::plan
