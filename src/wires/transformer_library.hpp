// Types of distribution transformers 10/0.4 kV: what a standard says of their losses and their
// short-circuit voltage, by series and rating.
//
// A rating between two of a series has the losses of a straight line between them, one beyond its
// ends those of the end, in proportion to the rating.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "wires/network.hpp"

namespace xiaoyuan::wires {

struct TransformerType {
  std::string name;    ///< "S13-400"
  std::string series;  ///< "S13"
  double rating_kva = 0.0;
  double short_circuit_percent = 0.0;
  double load_loss_kw = 0.0;
  double no_load_loss_kw = 0.0;
  double no_load_current_percent = 0.0;
};

/// Reads share/transformers/*.toml.
Result<std::vector<TransformerType>> read_transformer_types(std::string_view bytes,
                                                            const std::string& name);

/// The figures of a rating of a series, which the library holds at least once.
TransformerType type_for(const std::vector<TransformerType>& library, std::string_view series,
                         double rating_kva);

/// Gives a transformer the figures of a type; its own rating stays.
void take_figures(Transformer& transformer, const TransformerType& type);

}  // namespace xiaoyuan::wires
