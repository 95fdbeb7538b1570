// What the planner assumes where nobody has measured: each figure with unit, source and confidence,
// so that the report can list them all and a village can replace any of them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"
#include "base/fields.hpp"

namespace xiaoyuan::model {

struct Assumption {
  std::string key;  ///< "pv.soiling"
  double value = 0.0;
  std::string unit;
  Text meaning;
  std::string source;
  std::string confidence;  ///< high, med, low
  Range range;
  bool from_village = false;  ///< the village's own figure stands in place of the shipped one
};

class Assumptions {
 public:
  std::vector<Assumption> all;
  /// The figure of a key; the key is the program's own, so a wrong one is a programmer's error.
  double value(std::string_view key) const;
};

/// Reads share/assumptions.toml: [group.key] tables with value, unit, en, zh, source, confidence
/// and the allowed range.
Result<Assumptions> read_assumptions(std::string_view bytes, const std::string& name);

/// Puts the figures of a village's [assumptions] table (pv.soiling = 0.05) in place of the shipped.
void replace_assumptions(Fields& table, Assumptions& assumptions);

}  // namespace xiaoyuan::model
