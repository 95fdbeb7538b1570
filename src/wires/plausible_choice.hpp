// The assumptions of a plausible network (network.* of share/assumptions.toml) as its parameters.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "wires/plausible.hpp"

namespace xiaoyuan::wires {

/// `assumption` gives the figure of a key ("network.pole_m"). Errors: an area of which the library
/// has no JKLYJ, a series of which it has no transformer.
Result<Plausible> plausible_of(const std::function<double(std::string_view)>& assumption,
                               const std::vector<WireType>& wires,
                               const std::vector<TransformerType>& transformers);

}  // namespace xiaoyuan::wires
