#include "carbon/factor.hpp"

#include <fmt/format.h>

#include <set>

namespace xiaoyuan::carbon {

const std::vector<std::string>& names_of(Kind) {
  static const std::vector<std::string> names{
      "average", "average_without_traded", "fossil", "marginal", "reporting", "press"};
  return names;
}

Result<std::vector<Factor>> read_factors(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields file(root, name, errors);
  std::vector<Factor> factors;
  std::set<std::string> ids;
  for (Fields& fields : file.tables("factor")) {
    Factor factor;
    factor.id = fields.text("id");
    factor.name = fields.both("name");
    factor.region = fields.text("region");
    factor.year = static_cast<int>(fields.number("year", {1990.0, 2100.0}));
    factor.kind = Kind(fields.choice("kind", names_of(Kind{})));
    factor.kg_per_kwh = fields.number("kg_per_kwh", {0.0, 3.0});
    factor.valid_from = fields.date("valid_from");
    factor.valid_to = fields.date_if("valid_to");
    factor.document = fields.text("document");
    factor.source = fields.text("source");
    factor.confidence = fields.confidence();
    fields.finish();
    if (!ids.insert(factor.id).second) {
      fields.complain("id", {fmt::format("\"{}\" stands twice", factor.id),
                             fmt::format("“{}”重复", factor.id)});
    }
    factors.push_back(std::move(factor));
  }
  file.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return factors;
}

double avoided_t(double kwh, const Factor& factor) { return kwh * factor.kg_per_kwh / 1000.0; }

Text avoided_method() {
  return {
      "generation used or sold × emission factor of the grid: every kWh from the roofs "
      "replaces one from the grid; making the modules is not counted",
      "(自用+上网)发电量 × 电网排放因子:屋顶每发一度电替代电网一度电;未计入组件制造排放"};
}

}  // namespace xiaoyuan::carbon
