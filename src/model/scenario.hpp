// A scenario: a named variant of a village that changes some of its keys and edits its households.
//
//   [[scenario]]
//   id = "leased"
//   name = { en = "All roofs leased", zh = "全部租赁" }
//   households = { owner = "company" }
//   transformers = { curtailment = "pro_rata" }
//   set.assumptions.money.discount_rate = 0.06
//
// `set` holds keys of village.toml with other values; it is laid over the file before it is read,
// so that a scenario is checked as strictly as the village itself. The tables weather, tariff and
// carbon are one choice each and replaced whole; of the others each key by itself.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.hpp"
#include "model/village.hpp"

namespace xiaoyuan::model {

/// `root` with the `set` table of a scenario laid over it: tables key by key, all else replaced.
/// Errors: a scenario that does not exist, with the nearest name.
Result<Node> with_scenario(const Node& root, std::string_view id, const std::string& file);

/// Reads every [[scenario]] of a village file; what their `set` holds is read with each of them.
std::vector<Scenario> read_scenarios(Fields& root);

/// Edits the households as a scenario says. Errors: a household that does not exist.
void apply(const Scenario& scenario, Village& village, Errors& errors);

}  // namespace xiaoyuan::model
