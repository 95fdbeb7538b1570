// Names of buses while a network is read: which bus an element stands at, or an error that names
// the nearest right name.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "base/fields.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

/// A bus that is not there; a network has too many to name them all.
Text unknown_bus(std::string_view name, const Network& network);

class Places {
 public:
  explicit Places(Network& network) : net_(&network) {}

  /// False when the name stands already.
  bool add(const std::string& name, double nominal_v, int line) {
    const bool is_new = index_.emplace(name, net_->buses.size()).second;
    if (is_new) {
      net_->buses.push_back({name, nominal_v, std::nullopt, line});
    }
    return is_new;
  }
  std::optional<std::size_t> find(const std::string& name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }
  /// The bus that a field of numbers ("bus": 3) names; an error and nothing where there is none.
  std::optional<std::size_t> of(Fields& fields, std::string_view key) const {
    const std::string name = text_of(fields.number(key));
    const auto found = find(name);
    if (!found && fields.has(key)) {
      fields.complain(key, unknown_bus(name, *net_));
    }
    return found;
  }

 private:
  Network* net_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace xiaoyuan::wires
