// [network] of village.toml, and where houses and transformers stand.
#include "model/network_choice.hpp"

#include <gtest/gtest.h>

#include "model/village.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::model {
namespace {

Result<Village> read(const test::Folder& folder) {
  return read_village(
      {.toml = folder.at("village.toml"), .households = folder.at("households.csv")},
      *read_assumptions(test::project_bytes("share/assumptions.toml"), "assumptions.toml"));
}

/// The example with more at the end of village.toml.
test::Folder example_with(const std::string& more) {
  test::Folder folder = test::shipped_folder("example");
  folder["village.toml"] += more;
  return folder;
}

/// The example with positions in place of the first column of empty cells of its first two houses.
test::Folder placed_example(const std::string& first_x, const std::string& first_y) {
  test::Folder folder = test::replaced(test::shipped_folder("example"), "households.csv", "id,name",
                                       "x_m,y_m,id,name");
  const char* homes[] = {"H001", "H002", "H003", "H004", "H005"};
  for (const std::string home : homes) {
    const std::string cells = home == "H001" ? first_x + "," + first_y + "," : ",,";
    folder = test::replaced(folder, "households.csv", "\n" + home, "\n" + cells + home);
  }
  return folder;
}

std::string errors_in(const Result<Village>& village, Language language) {
  std::string all;
  for (const Error& error : village ? Errors{} : village.error()) {
    all += message(error, language) + "\n";
  }
  return all;
}

TEST(NetworkChoice, AVillageThatSaysNothingHasTheUsual) {
  const auto village = read(test::shipped_folder("example"));
  ASSERT_TRUE(village);
  EXPECT_EQ(village->network.source, NetworkSource::automatic);
  EXPECT_TRUE(village->network.hosting && village->network.remedies);
  EXPECT_EQ(village->network.draws, 200);
  EXPECT_FALSE(village->network.adopter_kw);
  EXPECT_FALSE(village->network.costs.tap_yuan);
  EXPECT_FALSE(village->households[0].position);
  EXPECT_FALSE(village->transformers[0].position);
}

TEST(NetworkChoice, EveryKeyOfTheExampleReads) {
  // The commented lines at the end of the shipped example, with their "# " taken away.
  test::Folder folder = test::shipped_folder("example");
  std::string& toml = folder["village.toml"];
  std::size_t line = toml.find("# [network]\n");
  ASSERT_NE(line, std::string::npos);
  while (line < toml.size()) {
    ASSERT_EQ(toml.substr(line, 2), "# ");
    toml.erase(line, 2);
    line = toml.find('\n', line) + 1;
  }
  const auto village = read(folder);
  ASSERT_TRUE(village) << errors_in(village, Language::english);
  const NetworkChoice& network = village->network;
  EXPECT_EQ(network.source, NetworkSource::automatic);
  EXPECT_EQ(network.draws, 200);
  EXPECT_EQ(network.adopter_kw, 8.0);
  EXPECT_TRUE(network.costs.phase_change_yuan && network.costs.inverter_setting_yuan &&
              network.costs.tap_yuan);
  ASSERT_EQ(network.costs.line_yuan_per_m.size(), 1U);
  EXPECT_EQ(network.costs.line_yuan_per_m[0].name, "JKLYJ-120");
  EXPECT_GT(network.costs.line_yuan_per_m[0].where.line, 0);
  ASSERT_EQ(network.costs.transformer_yuan.size(), 1U);
  EXPECT_EQ(network.costs.transformer_yuan[0].name, "400");
}

TEST(NetworkChoice, WrongOnesAreNamedWithTheNearestRightOne) {
  const auto village = read(
      example_with("[network]\nsource = \"asumed\"\ndraw = 5\nadopter_kw = -1\n[network.costs]\n"
                   "tap_yaun = 3\nline_yuan_per_m = { \"JKLYJ-120\" = -1 }\n"));
  ASSERT_FALSE(village);
  EXPECT_EQ(village.error().size(), 5U);
  const std::string words = errors_in(village, Language::english);
  for (const char* said :
       {"network.source: expected one of auto, assumed, none; found \"asumed\"; did you mean "
        "\"assumed\"?",
        "network.draw: unknown name \"draw\"; did you mean \"draws\"?",
        "network.adopter_kw: expected a number from 0.1 to 1000, found -1",
        "network.costs.tap_yaun: unknown name \"tap_yaun\"; did you mean \"tap_yuan\"?",
        "network.costs.line_yuan_per_m.JKLYJ-120: expected a number not below 0, found -1"}) {
    EXPECT_NE(words.find(said), std::string::npos) << said << "\n" << words;
  }
}

TEST(Position, StandsWhereBothNumbersAreGiven) {
  const auto village = read(placed_example("12.5", "-40"));
  ASSERT_TRUE(village) << errors_in(village, Language::english);
  ASSERT_TRUE(village->households[0].position);
  EXPECT_EQ(*village->households[0].position, (Position{12.5, -40.0}));
  EXPECT_FALSE(village->households[1].position);
  const auto transformer =
      read(test::replaced(test::shipped_folder("example"), "village.toml", "rating_kva = 200",
                          "rating_kva = 200\nx_m = 3\ny_m = 0"));
  ASSERT_TRUE(transformer);
  EXPECT_EQ(transformer->transformers[0].position, (Position{3.0, 0.0}));
}

TEST(Position, HalfOfOneIsAnError) {
  EXPECT_EQ(errors_in(read(placed_example("12.5", "")), Language::english),
            "households.csv:2: y_m: is missing; it is required\n");
  EXPECT_EQ(errors_in(read(placed_example("east", "3")), Language::english),
            "households.csv:2: x_m: expected a number from -100000000 to 100000000, found "
            "\"east\"\n");
  const auto village = read(test::replaced(test::shipped_folder("example"), "village.toml",
                                           "rating_kva = 200", "rating_kva = 200\ny_m = 0"));
  EXPECT_EQ(errors_in(village, Language::english),
            "village.toml:49: transformer[1].x_m: is missing; it is required\n");
}

}  // namespace
}  // namespace xiaoyuan::model
