// [network]: where the village's wires come from, what is asked of them, and what changes cost.
//
//   [network]
//   source = "assumed"
//   draws = 500
//   [network.costs]
//   line_yuan_per_m = { "JKLYJ-120" = 95 }
//
// What a village does not price stays unknown: the remedies are then ranked without it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/fields.hpp"

namespace xiaoyuan::model {

/// automatic: the files of the village's folder where they are, else an assumed network.
enum class NetworkSource { automatic, assumed, none };

/// What one kind of line (by type) or transformer (by rating or type) costs.
struct NamedPrice {
  std::string name;
  double yuan = 0.0;
  Where where;
};

struct NetworkCosts {
  std::optional<double> phase_change_yuan;      ///< a house that moves to another phase
  std::optional<double> inverter_setting_yuan;  ///< an inverter whose settings change
  std::optional<double> tap_yuan;               ///< a transformer whose tap changes
  std::vector<NamedPrice> line_yuan_per_m;      ///< a new line in place of the old one
  std::vector<NamedPrice> transformer_yuan;     ///< a new transformer in place of the old one
};

struct NetworkChoice {
  NetworkSource source = NetworkSource::automatic;
  bool hosting = true;               ///< how much more PV fits, in all and at each house
  bool remedies = true;              ///< what would make room
  int draws = 200;                   ///< random adopters; 0: none
  std::optional<double> adopter_kw;  ///< none: grid.single_phase_kw of the assumptions
  NetworkCosts costs;
  Where source_where;
};

/// Reads [network]; what the file leaves out is the usual.
NetworkChoice read_network_choice(Fields& root);

/// The names in files, in the order of the enum.
const std::vector<std::string>& names_of(NetworkSource);

}  // namespace xiaoyuan::model
