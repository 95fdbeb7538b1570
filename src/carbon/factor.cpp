#include "carbon/factor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.hpp"

namespace xiaoyuan::carbon {

namespace {

constexpr Range believable_kg_per_kwh{0.0, 3.0};

Factor read_factor(Fields& fields) {
  Factor factor;
  factor.id = fields.text("id");
  factor.name = fields.both("name");
  factor.region = fields.text("region");
  factor.year = static_cast<int>(fields.number("year", {1990.0, 2100.0}));
  factor.kind = Kind(fields.choice("kind", names_of(Kind{})));
  factor.kg_per_kwh = fields.number("kg_per_kwh", believable_kg_per_kwh);
  factor.valid_from = fields.date("valid_from");
  factor.valid_to = fields.date_if("valid_to");
  factor.document = fields.text("document");
  factor.source = fields.text("source");
  factor.confidence = fields.confidence();
  return factor;
}

WrongValue read_wrong_value(Fields& fields) {
  WrongValue wrong;
  wrong.id = fields.text("id");
  wrong.kg_per_kwh = fields.number("kg_per_kwh", believable_kg_per_kwh);
  wrong.claimed = fields.both("claimed");
  if (fields.has("truth")) {
    wrong.truth = fields.both("truth");
  }
  wrong.published = fields.text_or("published", "");
  wrong.source = fields.text("source");
  wrong.confidence = fields.confidence();
  return wrong;
}

class Reader {
 public:
  Reader(const Node& root, const std::string& name) : file_(root, name, errors_) {}

  template <class T>
  void read(const char* key, T (*read_one)(Fields&), std::vector<T>& into) {
    for (Fields& fields : file_.tables(key)) {
      T one = read_one(fields);
      fields.finish();
      if (!ids_.insert(one.id).second) {
        fields.complain(
            "id", {fmt::format("\"{}\" stands twice", one.id), fmt::format("“{}”重复", one.id)});
      }
      into.push_back(std::move(one));
    }
  }
  Errors finish() && {
    file_.finish();
    return std::move(errors_);
  }

 private:
  Errors errors_;
  Fields file_;
  std::set<std::string> ids_;
};

}  // namespace

const std::vector<std::string>& names_of(Kind) {
  static const std::vector<std::string> names{
      "average", "average_without_traded", "fossil", "marginal", "reporting", "press", "lifecycle"};
  return names;
}

Text title_of(Kind kind) {
  switch (kind) {
    case Kind::average:
      return {"Average of the grid", "电网平均排放因子"};
    case Kind::average_without_traded:
      return {"Average without traded non-fossil power", "平均排放因子(不含市场化交易非化石电量)"};
    case Kind::fossil:
      return {"Fossil power", "化石能源电力排放因子"};
    case Kind::marginal:
      return {"Marginal (OM, BM and combined margins)", "边际排放因子(OM、BM 及组合边际)"};
    case Kind::reporting:
      return {"Reporting rules", "核算与报告口径"};
    case Kind::press:
      return {"Press conventions", "媒体口径"};
    case Kind::lifecycle:
      return {"Life cycle (carbon footprint, CO2e)", "全生命周期(碳足迹,CO2e)"};
  }
  return {};
}

Result<FactorFile> read_factor_file(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  FactorFile file;
  Reader reader(root, name);
  reader.read("factor", read_factor, file.factors);
  reader.read("footprint", read_factor, file.footprints);
  reader.read("wrong_value", read_wrong_value, file.wrong_values);
  if (Errors errors = std::move(reader).finish(); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return file;
}

Result<std::vector<Factor>> read_factors(std::string_view bytes, const std::string& name) {
  TRY(FactorFile file, read_factor_file(bytes, name));
  return std::move(file.factors);
}

Text sentence_of(const WrongValue& wrong, std::span<const Factor> factors) {
  Text text{fmt::format("{} circulates as {}", wrong.kg_per_kwh, wrong.claimed.en),
            fmt::format("{} 被当作“{}”流传", wrong.kg_per_kwh, wrong.claimed.zh)};
  if (wrong.truth) {
    text.en += "; it is " + wrong.truth->en;
    text.zh += ";实为" + wrong.truth->zh;
  }
  const auto published = std::ranges::find(factors, wrong.published, &Factor::id);
  if (published != factors.end()) {
    text.en +=
        fmt::format("; the published value is {} ({})", published->kg_per_kwh, published->id);
    text.zh += fmt::format(";公布值为 {}({})", published->kg_per_kwh, published->id);
  }
  return text;
}

double combined_margin_kg_per_kwh(double operating, double build, double operating_weight) {
  expects(fraction.holds(operating_weight));
  return operating_weight * operating + (1.0 - operating_weight) * build;
}

double avoided_t(double kwh, const Factor& factor) { return kwh * factor.kg_per_kwh / 1000.0; }

Text avoided_method() {
  return {
      "generation used or sold × emission factor of the grid: every kWh from the roofs "
      "replaces one from the grid; making the modules is not counted",
      "(自用+上网)发电量 × 电网排放因子:屋顶每发一度电替代电网一度电;未计入组件制造排放"};
}

}  // namespace xiaoyuan::carbon
