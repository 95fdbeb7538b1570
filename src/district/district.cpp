#include "district/district.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/csv.hpp"
#include "base/fields.hpp"
#include "base/random.hpp"
#include "district/table_errors.hpp"

namespace xiaoyuan::district {

namespace {

constexpr const char* settings_name = "district.toml";
constexpr double largest = 1e9;

/// Gathers what the files of a district hold, and every error of them.
class Reader {
 public:
  explicit Reader(const Files& files) : files_(files) {}

  Result<District> read() {
    if (const auto bytes = bytes_of(settings_name)) {
      read_settings(*bytes);
    }
    read_prices();
    district_.loads = shapes_of("shapes/loads.csv");
    district_.roofs = shapes_of("shapes/roofs.csv");
    scale();
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    return std::move(district_);
  }

 private:
  std::optional<std::string> bytes_of(const std::string& name) {
    auto bytes = files_.read(name);
    if (!gather(bytes, errors_)) {
      return std::nullopt;
    }
    district_.fingerprint = seed_of(*bytes, district_.fingerprint);
    return std::move(*bytes);
  }

  void read_settings(const std::string& bytes) {
    const auto root = parse_toml(bytes, settings_name);
    if (!root) {
      errors_.insert(errors_.end(), root.error().begin(), root.error().end());
      return;
    }
    Fields fields(*root, settings_name, errors_);
    district_.step_hours = fields.number("step_minutes", {1.0 / 60.0, 1440.0}) / 60.0;
    Fields battery = fields.table("battery");
    StoreTerms& store = district_.store;
    store.efficiency = battery.number("efficiency", {0.01, 1.0});
    store.least_charge = battery.number("soc_min", fraction);
    store.most_charge = battery.number("soc_max", fraction);
    store.wear_yuan_per_kwh = battery.number_or("wear_yuan_per_kwh", 0.0, {0.0, 1e6});
    store.standing_loss_per_month = battery.number_or("standing_loss_per_month", 0.0, fraction);
    if (store.least_charge > store.most_charge) {
      battery.complain("soc_min", {"lies above soc_max", "高于 soc_max"});
    }
    battery.finish();
    if (auto tiers = fields.table_if("tiers")) {
      read_tiers(*tiers);
    }
    fields.finish();
  }

  void read_tiers(Fields& tiers) {
    auto& limits = district_.tier_limits_kwh;
    auto& additions = district_.tier_additions_yuan;
    limits = tiers.numbers("limits_kwh", not_negative);
    additions = tiers.numbers("additions_yuan_per_kwh", not_negative);
    const bool rise = std::ranges::is_sorted(limits) && std::ranges::is_sorted(additions);
    if (additions.size() != limits.size() + 1 || additions.front() != 0.0 || !rise) {
      tiers.complain(
          "additions_yuan_per_kwh",
          {fmt::format("expected {} additions, the first 0, rising as the limits do",
                       limits.size() + 1),
           fmt::format("应有 {} 个加价,首个为 0,并与上限一样逐档递增", limits.size() + 1)});
    }
    tiers.finish();
  }

  void read_prices() {
    const std::string name = "shapes/prices.csv";
    const auto bytes = bytes_of(name);
    if (!bytes) {
      return;
    }
    auto prices = read_shapes(*bytes, name, {-1e6, 1e6});
    if (!gather(prices, errors_)) {
      return;
    }
    const auto column = [&](const char* wanted) -> std::vector<double> {
      for (std::size_t i = 0; i < prices->names.size(); ++i) {
        if (prices->names[i] == wanted) {
          return std::move(prices->values[i]);
        }
      }
      errors_.push_back({Fault::bad_input, missing(), {name, 1, wanted}});
      return {};
    };
    for (const std::string& found : prices->names) {
      if (found != "buy" && found != "sell") {
        errors_.push_back(
            {Fault::bad_input, unknown_name(found, {"buy", "sell"}), {name, 1, found}});
      }
    }
    district_.buy = column("buy");
    district_.sell = column("sell");
  }

  Shapes shapes_of(const std::string& name) {
    const auto bytes = bytes_of(name);
    if (!bytes) {
      return {};
    }
    auto shapes = read_shapes(*bytes, name, {0.0, largest});
    if (!gather(shapes, errors_)) {
      return {};
    }
    const std::size_t rows = shapes->values.front().size();
    if (!district_.buy.empty() && rows != district_.steps()) {
      errors_.push_back(
          {Fault::bad_input,
           {fmt::format("has {} rows, but shapes/prices.csv has {}", rows, district_.steps()),
            fmt::format("有 {} 行,而 shapes/prices.csv 有 {} 行", rows, district_.steps())},
           {name, 0, ""}});
    }
    return std::move(*shapes);
  }

  /// Loads to a sum of 1, roofs from power to energy.
  void scale() {
    for (std::size_t i = 0; i < district_.loads.names.size(); ++i) {
      auto& values = district_.loads.values[i];
      const double sum = std::accumulate(values.begin(), values.end(), 0.0);
      if (sum <= 0.0) {
        errors_.push_back(
            {Fault::bad_input,
             {"is 0 in every row: no use can be spread over it", "所有行均为 0,无法据此分配用电量"},
             {"shapes/loads.csv", 0, district_.loads.names[i]}});
        continue;
      }
      for (double& value : values) {
        value /= sum;
      }
    }
    for (auto& values : district_.roofs.values) {
      for (double& value : values) {
        value *= district_.step_hours;
      }
    }
  }

  const Files& files_;
  District district_;
  Errors errors_;
};

}  // namespace

Result<Shapes> read_shapes(std::string_view bytes, const std::string& name, const Range& range) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  Errors errors;
  std::vector<std::string> names;
  if (!table.rows.empty()) {
    for (const std::string_view cell : table.rows.front().cells) {
      names.emplace_back(trimmed(cell));
    }
  }
  CsvColumns columns(table, name, names, errors);
  if (errors.empty() && table.rows.size() < 2) {
    errors.push_back({Fault::bad_input, {"has no rows", "没有数据行"}, {name, 0, ""}});
  }
  if (errors.empty() && std::ranges::count(names, "") > 0) {
    errors.push_back({Fault::bad_input,
                      {"a column has no name in the first line", "首行有一列没有列名"},
                      {name, 1, ""}});
  }
  Shapes shapes{names, {}};
  for (std::size_t column = 0; column < names.size() && errors.empty(); ++column) {
    std::vector<double> values;
    for (std::size_t row = 1; row < table.rows.size(); ++row) {
      values.push_back(columns.number(table.rows[row], names[column], range));
    }
    shapes.values.push_back(std::move(values));
  }
  if (!errors.empty()) {
    keep_first(errors, name);
    return std::unexpected(std::move(errors));
  }
  return shapes;
}

Result<District> read_district(const Files& files) { return Reader(files).read(); }

}  // namespace xiaoyuan::district
