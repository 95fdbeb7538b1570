// The wires in the results: every key of the document, the same bytes on one thread and on two,
// and figures that agree with each other.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/results.hpp"
#include "report/summary.hpp"
#include "report/workbook_tables.hpp"
#include "support/villages.hpp"

namespace {

using namespace xiaoyuan;
using nlohmann::json;

constexpr const char* asked =
    "\n[network]\ndraws = 10\n[network.costs]\nphase_change_yuan = 100\ntap_yuan = 500\n";

plan::Inputs example() {
  auto folder = test::shipped_folder("example");
  folder["village.toml"] += asked;
  auto inputs = plan::read_inputs(test::files_of(folder), test::shipped_share());
  EXPECT_TRUE(inputs.has_value());
  return std::move(*inputs);
}

report::Findings found(const plan::Inputs& inputs, unsigned threads) {
  plan::StudyOptions options;
  options.workers.threads = threads;
  report::Findings findings;
  auto study = plan::study(inputs, options);
  EXPECT_TRUE(study.has_value());
  findings.study = std::move(*study);
  return findings;
}

TEST(NetworkResults, HaveTheSameBytesOnOneThreadAndOnTwo) {
  const plan::Inputs inputs = example();
  EXPECT_EQ(report::results_json(inputs, found(inputs, 1)),
            report::results_json(inputs, found(inputs, 2)));
}

TEST(NetworkResults, AgreeWithThemselves) {
  const plan::Inputs inputs = example();
  const report::Findings findings = found(inputs, 0);
  const json network = json::parse(report::results_json(inputs, findings))["network"];
  ASSERT_TRUE(network.is_object());
  EXPECT_TRUE(network["is_assumed"]);
  for (std::size_t i = 0; i < network["buses"].size(); ++i) {
    const json& bus = network["buses"][i];
    EXPECT_TRUE(bus["above"].is_null() || bus["above"] < i) << "parents stand before children";
  }
  const json& highest = network["highest"];
  double most_v = 0.0;
  double losses_kwh = 0.0;
  for (const json& house : network["houses"]) {
    const json& bus = network["buses"][house["bus"].get<std::size_t>()];
    EXPECT_EQ(bus["house"], house["id"]);
    EXPECT_GE(house["wires_kw"].get<double>(), house["more_kw"].get<double>());
    if (house["id"] == highest["house"]) {
      EXPECT_NEAR(highest["volts"].get<double>(), house["highest_v"].get<double>(), 1e-6);
      EXPECT_EQ(highest["at"], house["highest_at"]);
      const std::size_t wire = std::string("ABC").find(highest["wire"].get<std::string>());
      EXPECT_NEAR(bus["volts_at_highest"][wire].get<double>(), most_v = highest["volts"], 1e-3);
    }
  }
  EXPECT_GT(most_v, 200.0);
  for (const json& line : network["lines"]) {
    losses_kwh += line["loss_kwh"].get<double>();
  }
  EXPECT_NEAR(losses_kwh, network["losses"]["line_kwh"].get<double>(), 1e-6 * losses_kwh);
  double lifted_v = highest["unloaded_v"].get<double>() + highest["others_volts"].get<double>();
  for (const json& cause : highest["causes"]) {
    lifted_v += cause["volts"].get<double>();
  }
  EXPECT_NEAR(lifted_v, most_v, 1.0) << "causes are straight lines and add up nearly";
  const json& transformer = network["transformers"][0];
  for (const json& check : transformer["checks"]) {
    EXPECT_EQ(check["is_kept"], check["use"]["used"].get<double>() <= 1.0);
  }
  EXPECT_EQ(network["hosting"]["areas"].size(), network["transformers"].size());
}

TEST(NetworkResults, StandInTheWorkbookAndInTheTerminal) {
  const plan::Inputs inputs = example();
  const report::Findings findings = found(inputs, 0);
  const auto tables = report::network_tables(inputs, findings.study, Language::chinese);
  ASSERT_GE(tables.size(), 3U);
  EXPECT_EQ(tables[0].rows.size(), 5U);
  for (const report::Table& table : tables) {
    EXPECT_LE(table.name.en.size(), 31U) << "a sheet's name in Excel";
    for (const auto& row : table.rows) {
      EXPECT_EQ(row.size(), table.columns.size()) << table.name.en;
    }
  }
  const std::string said = report::summary(inputs, findings, Language::english);
  EXPECT_NE(said.find("Worst voltage"), std::string::npos);
  EXPECT_NE(said.find("The wires bear"), std::string::npos);
}

}  // namespace
