// Types of transformers: the shipped ones, ratings between them, rows of transformers.csv that name
// one, and rated currents that lines.csv leaves out.
#include "wires/transformer_library.hpp"

#include <gtest/gtest.h>

#include "solved.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"
#include "wires/village_wires.hpp"

namespace {

using namespace xiaoyuan;

const wires::WireLibrary& shipped() {
  static const wires::WireLibrary library{
      *wires::read_wire_types(test::project_bytes("share/wires/china.toml"), "china.toml"),
      *wires::read_transformer_types(test::project_bytes("share/transformers/china.toml"),
                                     "china.toml")};
  return library;
}

TEST(TransformerLibrary, HoldsThePublishedFigures) {
  // A maker's brochure of S13-630: 6,200 W and 570 W. An energy report of an "S13"-315 that has the
  // losses of S11: 3.65 kW is the load loss of Yyn0, 0.48 kW without load, 4 %.
  const auto s13 = wires::type_for(shipped().transformers, "S13", 630.0);
  EXPECT_EQ(s13.load_loss_kw, 6.2);
  EXPECT_EQ(s13.no_load_loss_kw, 0.57);
  const auto s11 = wires::type_for(shipped().transformers, "S11", 315.0);
  EXPECT_EQ(s11.no_load_loss_kw, 0.48);
  EXPECT_EQ(s11.short_circuit_percent, 4.0);
  EXPECT_NEAR(s11.load_loss_kw, 3.65 * 1.05, 0.01);
}

TEST(TransformerLibrary, LossesGrowWithTheRatingAndLessThanIt) {
  for (const char* series : {"S11", "S13"}) {
    auto before = wires::type_for(shipped().transformers, series, 30.0);
    for (double rating_kva = 40.0; rating_kva <= 1200.0; rating_kva += 10.0) {
      const auto type = wires::type_for(shipped().transformers, series, rating_kva);
      const double growth = rating_kva / before.rating_kva;
      EXPECT_GT(type.load_loss_kw, before.load_loss_kw) << type.name;
      EXPECT_GT(type.no_load_loss_kw, before.no_load_loss_kw) << type.name;
      EXPECT_LE(type.no_load_loss_kw, before.no_load_loss_kw * growth * (1 + 1e-9)) << type.name;
      const auto newer = wires::type_for(shipped().transformers, "S13", rating_kva);
      EXPECT_LE(newer.no_load_loss_kw, type.no_load_loss_kw);
      before = type;
    }
  }
  const auto between = wires::type_for(shipped().transformers, "S13", 180.0);
  EXPECT_DOUBLE_EQ(between.load_loss_kw, (2.31 + 2.73) / 2.0);
  EXPECT_EQ(between.name, "S13-180");
}

TEST(TransformerLibrary, WrongFilesAreNamedByLine) {
  const auto types = wires::read_transformer_types(
      "document = \"d\"\nsource = \"s\"\nconfidence = \"med\"\nvalid_from = 2009-01-01\n"
      "[[transformer]]\nseries = \"S13\"\nrating_kva = 100\nshort_circuit_percent = 4\n"
      "load_loss_kw = 5\nno_load_loss_kw = 0.15\nno_load_current_percent = 0.4\nweight = 3\n",
      "x.toml");
  ASSERT_FALSE(types);
  const std::string words = test::errors_of(types.error());
  EXPECT_NE(words.find("x.toml:9: transformer[1].load_loss_kw"), std::string::npos) << words;
  EXPECT_NE(words.find("unknown name \"weight\""), std::string::npos) << words;
}

/// One transformer with a row of these columns and cells, and one line.
Result<wires::Network> network_with(const std::string& columns, const std::string& cells,
                                    const std::string& line = "JKLYJ-70,0.4,") {
  return wires::read_village_wires(
      test::files_of(
          {{"network.toml", "neutral = \"back_wire\"\n[source]\nbus = \"10kV\"\nvoltage_pu = 1\n"},
           {"transformers.csv", "id,low_bus," + columns + "\nT1,p0," + cells + "\n"},
           {"lines.csv",
            "id,from,to,length_m,type,spacing_m,rating_a\nL1,p0,h01,60," + line + "\n"}}),
      {{"h01", wires::Phases::a, 2}}, shipped());
}

TEST(TransformerRow, TakesTheFiguresOfItsType) {
  const auto network = network_with("type", "S13-400");
  ASSERT_TRUE(network) << test::errors_of(network.error());
  const wires::Transformer& transformer = network->transformers[0];
  EXPECT_EQ(transformer.rating_kva, 400.0);
  EXPECT_EQ(transformer.load_loss_kw, 4.52);
  EXPECT_EQ(transformer.no_load_loss_kw, 0.41);
  EXPECT_EQ(transformer.short_circuit_percent, 4.0);
  EXPECT_EQ(transformer.low_winding, wires::Winding::earthed_star);
  EXPECT_EQ(transformer.clock, 11);
}

TEST(TransformerRow, OwnColumnsGoBeforeTheTypes) {
  const auto network = network_with("type,load_loss_kw,tap_percent", "S13-400,4.3,2.5");
  ASSERT_TRUE(network) << test::errors_of(network.error());
  EXPECT_EQ(network->transformers[0].load_loss_kw, 4.3);
  EXPECT_EQ(network->transformers[0].no_load_loss_kw, 0.41);
  EXPECT_EQ(network->transformers[0].tap_percent, 2.5);
}

TEST(TransformerRow, ASeriesNeedsTheRating) {
  const auto network = network_with("type,rating_kva", "S11,180");
  ASSERT_TRUE(network) << test::errors_of(network.error());
  EXPECT_EQ(network->transformers[0].rating_kva, 180.0);
  EXPECT_DOUBLE_EQ(network->transformers[0].no_load_loss_kw, 0.31);
  const auto without = network_with("type", "S11");
  ASSERT_FALSE(without);
  EXPECT_NE(test::errors_of(without.error()).find("transformers.csv:2: rating_kva: is missing"),
            std::string::npos);
}

TEST(TransformerRow, AnUnknownTypeIsNamedWithTheNearestOne) {
  const auto network = network_with("type", "S13-404");
  ASSERT_FALSE(network);
  EXPECT_NE(
      test::errors_of(network.error())
          .find("transformers.csv:2: type: unknown name \"S13-404\"; did you mean \"S13-400\""),
      std::string::npos)
      << test::errors_of(network.error());
}

TEST(LineRow, HasTheRatedCurrentOfItsTypeUnlessItGivesItsOwn) {
  EXPECT_EQ(network_with("type", "S13-400")->lines[0].rating_a, 215.0);
  EXPECT_EQ(network_with("type", "S13-400", "JKLYJ-70,0.4,180")->lines[0].rating_a, 180.0);
  EXPECT_FALSE(network_with("type", "S13-400", "YJLV-4x70,,")->lines[0].rating_a);
}

/// The block of the guide that begins with these words.
std::string block_of(const std::string& page, const std::string& begin) {
  const std::size_t from = page.find(begin);
  EXPECT_NE(from, std::string::npos) << begin;
  return page.substr(from, page.find("```", from) - from);
}

TEST(Guide, ItsThreeFilesAreANetworkOfTheExample) {
  const std::string page = test::project_bytes("docs/guide/wires.md");
  const test::Folder folder{{"network.toml", block_of(page, "# network.toml")},
                            {"transformers.csv", block_of(page, "id,low_bus")},
                            {"lines.csv", block_of(page, "id,from,to")}};
  const auto network = wires::read_village_wires(test::files_of(folder),
                                                 {{"H001", wires::Phases::abc, 2},
                                                  {"H002", wires::Phases::abc, 3},
                                                  {"H003", wires::Phases::abc, 4},
                                                  {"H004", wires::Phases::a, 5},
                                                  {"H005", wires::Phases::b, 6}},
                                                 shipped());
  ASSERT_TRUE(network) << test::errors_of(network.error());
  EXPECT_TRUE(wires::faults_of(*network, wires::Shape::radial).empty());
}

}  // namespace
