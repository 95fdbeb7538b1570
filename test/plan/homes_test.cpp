// Real homes of the cases, planned_home as villages: measured load and PV, years that begin in
// August or hold a 29 February.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/study.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"

#include <fmt/format.h>

namespace xiaoyuan::plan {
namespace {

constexpr const char* flat_price = R"(
id = "flat"
name = { en = "flat", zh = "单一" }
region = "test"
customer = "test"
direction = "import"
[[version]]
valid_from = 2000-01-01
document = "test"
source = "test"
confidence = "low"
[[version.season]]
from = "01-01"
to = "12-31"
[[version.season.period]]
name = "flat"
label = { en = "all day", zh = "全天" }
yuan_per_kwh = 0.22
)";

/// A village without rules of its own: the loads say everything.
test::Folder bare_village(const std::string& plan, const std::string& zone) {
  test::Folder folder;
  folder["village.toml"] = fmt::format(R"(
[village]
id = "homes"
name = {{ en = "Homes", zh = "住户" }}
[site]
region = "test"
latitude_deg = 34
longitude_deg = 117
elevation_m = 300
time_zone = "{}"
[plan]
{}
[weather]
climate = "beijing"
[tariff]
import = "flat"
export_price_yuan_per_kwh = 0.0
export_price_source = "test"
[carbon]
factor = "mee-2022-national"
[[transformer]]
id = "T1"
rating_kva = 100
)",
                                       zone, plan);
  folder["tariffs/flat.toml"] = flat_price;
  folder["households.csv"] = "id,mode,load_file,inverter_kw\n";
  return folder;
}

struct Net {
  std::vector<std::vector<double>> homes;  ///< import − export by hour, kWh
  Study study;
};

Net planned_home(const test::Folder& folder) {
  Net net;
  const auto inputs = read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value()) << message(inputs.error().front(), Language::english);
  StudyOptions options;
  options.on_household = [&](const model::Household&, const HouseholdYear& year) {
    std::vector<double> home(year.flows.import_kwh.size());
    std::ranges::transform(year.flows.import_kwh, year.flows.export_kwh, home.begin(),
                           std::minus{});
    net.homes.push_back(std::move(home));
  };
  auto study = plan::study(*inputs, options);
  EXPECT_TRUE(study.has_value());
  net.study = std::move(*study);
  return net;
}

// CityLearn's own figures for the year without batteries: cases/README.md.
TEST(Homes, OfCityLearnCostAndEmitWhatCityLearnSays) {
  test::Folder folder =
      bare_village("first_day = 2021-07-31\nfirst_hour = 23\nstep = \"60min\"", "UTC-8");
  const double pv_kw[] = {4, 4, 4, 5, 4};
  for (int home = 1; home <= 5; ++home) {
    CASE_OR_SKIP(bytes, fmt::format("homes/citylearn/Building_{}.csv", home));
    const test::Columns columns(bytes);
    const auto load = columns.numbers("non_shiftable_load");
    const auto pv = columns.numbers("solar_generation");
    std::string csv = "load_kwh,pv_kwh\n";
    for (std::size_t t = 0; t < load.size(); ++t) {
      csv += fmt::format("{},{}\n", load[t], pv[t] / 1000.0 * pv_kw[home - 1]);
    }
    folder[fmt::format("loads/{}.csv", home)] = csv;
    folder["households.csv"] += fmt::format("B{0},self_use_surplus,loads/{0}.csv,4\n", home);
  }
  CASE_OR_SKIP(pricing, "homes/citylearn/pricing.csv");
  CASE_OR_SKIP(intensity, "homes/citylearn/carbon_intensity.csv");
  const auto price = test::Columns(pricing).numbers("electricity_pricing");
  const auto carbon = test::Columns(intensity).numbers("carbon_intensity");
  const Net net = planned_home(folder);
  ASSERT_EQ(net.homes.size(), 5U);
  ASSERT_EQ(net.homes[0].size(), 8760U);
  double dollars = 0.0;
  double kg = 0.0;
  for (std::size_t t = 0; t < 8760; ++t) {
    double together = 0.0;
    for (const auto& home : net.homes) {
      together += home[t];
      kg += std::max(0.0, home[t]) * carbon[t];
    }
    dollars += std::max(0.0, together) * price[t];
  }
  EXPECT_NEAR(dollars, 8277.7331, 5e-3);
  EXPECT_NEAR(kg, 4627.4874, 5e-3);
}

// Sums: cases/homes/ausgrid/SOURCE.md; import by a loop of three lines.
TEST(Homes, OfAusgridHaveALeapYearOfHalfHours) {
  CASE_OR_SKIP(bytes, "homes/ausgrid/data_2011-2012.csv");
  const test::Columns columns(bytes);
  const auto load = columns.numbers("GC");
  const auto pv = columns.numbers("GG");
  ASSERT_EQ(load.size(), 17568U);
  test::Folder folder =
      bare_village("first_day = 2011-07-01\nstep = \"30min\"", "Australia/Brisbane");
  std::string csv = "load_kw,pv_kw\n";
  double import_kwh = 0.0;
  for (std::size_t t = 0; t < load.size(); ++t) {
    csv += fmt::format("{},{}\n", load[t], pv[t]);
    import_kwh += 0.5 * std::max(0.0, load[t] - pv[t]);
  }
  folder["loads/12.csv"] = csv;
  folder["households.csv"] += "C12,self_use_surplus,loads/12.csv,1.2\n";
  const Net net = planned_home(folder);
  ASSERT_EQ(net.homes[0].size(), 17568U);
  EXPECT_NEAR(net.study.energy.load_kwh, 5938.4, 0.05);
  EXPECT_NEAR(net.study.energy.pv_kwh, 1296.4, 0.05);
  EXPECT_NEAR(net.study.energy.import_kwh, import_kwh, 1e-6);
  EXPECT_EQ(net.study.months.size(), 12U);
}

}  // namespace
}  // namespace xiaoyuan::plan
