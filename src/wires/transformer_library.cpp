#include "wires/transformer_library.hpp"

#include <algorithm>
#include <set>

#include "base/check.hpp"
#include "base/fields.hpp"
#include "wires/wire_library.hpp"

namespace xiaoyuan::wires {

namespace {

TransformerType read_transformer_type(Fields& fields) {
  TransformerType type;
  type.series = fields.text("series");
  type.rating_kva = fields.number("rating_kva", {1.0, 100000.0});
  type.short_circuit_percent = fields.number("short_circuit_percent", {0.1, 50.0});
  // The load loss is the short circuit's active power, so its share of the rating is below u_k.
  type.load_loss_kw =
      fields.number("load_loss_kw", {1e-3, type.rating_kva * type.short_circuit_percent / 100.0});
  type.no_load_loss_kw = fields.number("no_load_loss_kw", {0.0, type.rating_kva});
  type.no_load_current_percent = fields.number("no_load_current_percent", {0.0, 100.0});
  type.name = type.series + "-" + text_of(type.rating_kva);
  fields.finish();
  return type;
}

double between(double share, double least, double most) { return least + share * (most - least); }

}  // namespace

Result<std::vector<TransformerType>> read_transformer_types(std::string_view bytes,
                                                            const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields top(root, name, errors);
  read_origin(top);
  std::vector<TransformerType> types;
  std::set<std::string> names;
  for (Fields& fields : top.tables("transformer")) {
    types.push_back(read_transformer_type(fields));
    if (!names.insert(types.back().name).second) {
      fields.complain("rating_kva",
                      {"this rating of the series stands twice", "该系列的此容量重复"});
    }
  }
  top.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return types;
}

TransformerType type_for(const std::vector<TransformerType>& library, std::string_view series,
                         double rating_kva) {
  std::vector<TransformerType> known;
  std::ranges::copy_if(library, std::back_inserter(known),
                       [&](const TransformerType& type) { return type.series == series; });
  expects(!known.empty());
  std::ranges::sort(known, {}, &TransformerType::rating_kva);
  const auto above = std::ranges::find_if(
      known, [&](const TransformerType& type) { return type.rating_kva >= rating_kva; });
  if (above != known.end() && above->rating_kva == rating_kva) {
    return *above;
  }
  TransformerType type = above == known.end() ? known.back() : *above;
  if (above == known.begin() || above == known.end()) {
    const double scale = rating_kva / type.rating_kva;
    type.load_loss_kw *= scale;
    type.no_load_loss_kw *= scale;
  } else {
    const TransformerType& below = *(above - 1);
    const double share = (rating_kva - below.rating_kva) / (above->rating_kva - below.rating_kva);
    type.load_loss_kw = between(share, below.load_loss_kw, above->load_loss_kw);
    type.no_load_loss_kw = between(share, below.no_load_loss_kw, above->no_load_loss_kw);
    type.short_circuit_percent =
        between(share, below.short_circuit_percent, above->short_circuit_percent);
    type.no_load_current_percent =
        between(share, below.no_load_current_percent, above->no_load_current_percent);
  }
  type.rating_kva = rating_kva;
  type.name = type.series + "-" + text_of(rating_kva);
  return type;
}

void take_figures(Transformer& transformer, const TransformerType& type) {
  transformer.short_circuit_percent = type.short_circuit_percent;
  transformer.load_loss_kw = type.load_loss_kw;
  transformer.no_load_loss_kw = type.no_load_loss_kw;
  transformer.no_load_current_percent = type.no_load_current_percent;
}

}  // namespace xiaoyuan::wires
