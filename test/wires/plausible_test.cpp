// Plausible networks: cases by hand, properties of drawn villages, and the shipped villages.
#include "wires/plausible.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>

#include "model/village.hpp"
#include "solved.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"
#include "wires/plausible_choice.hpp"

namespace {

using namespace xiaoyuan;
using wires::LayoutRule;
using wires::Pole;

const std::vector<wires::WireType>& shipped_lines() {
  static const auto types =
      *wires::read_wire_types(test::project_bytes("share/wires/china.toml"), "china.toml");
  return types;
}

const std::vector<wires::TransformerType>& shipped_transformers() {
  static const auto types = *wires::read_transformer_types(
      test::project_bytes("share/transformers/china.toml"), "china.toml");
  return types;
}

model::Assumptions shipped_assumptions() {
  return *model::read_assumptions(test::project_bytes("share/assumptions.toml"),
                                  "assumptions.toml");
}

wires::Plausible usual() {
  const model::Assumptions assumptions = shipped_assumptions();
  return *wires::plausible_of([&](std::string_view key) { return assumptions.value(key); },
                              shipped_lines(), shipped_transformers());
}

/// `count` houses at one transformer, on phase A.
std::vector<wires::PlausibleHouse> houses_of(std::size_t count) {
  std::vector<wires::PlausibleHouse> houses;
  for (std::size_t i = 0; i < count; ++i) {
    wires::PlausibleHouse house;
    house.id = "H" + std::to_string(i + 1);
    house.phases = wires::Phases::a;
    houses.push_back(house);
  }
  return houses;
}

std::vector<wires::PlausibleHouse> houses_at(const std::vector<Position>& positions) {
  auto houses = houses_of(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    houses[i].position = positions[i];
  }
  return houses;
}

double straight_m(const Position& a, const Position& b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

std::size_t bus_named(const wires::Network& network, const std::string& name) {
  const auto found = std::ranges::find(network.buses, name, &wires::Bus::name);
  EXPECT_NE(found, network.buses.end()) << name;
  return static_cast<std::size_t>(found - network.buses.begin());
}

std::vector<wires::Complex> unloaded_volts(const wires::Network& network) {
  const auto flow = wires::Flow::of(network);
  EXPECT_TRUE(flow) << test::errors_of(flow.error());
  const std::vector<double> kw(network.connections.size(), 0.0);
  return wires::solve(*flow, {kw, {}})->volts;
}

TEST(Plausible, TenHousesByHand) {
  wires::Plausible plausible = usual();
  plausible.branch_houses = 4;
  plausible.layout.feeders = 2;
  plausible.layout.houses_per_pole = 4;
  const auto made =
      wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses_of(10), plausible);
  const wires::Network& net = made.network;
  // Two feeders of five houses: a pole with four, a pole with one. Source, low side, poles, houses.
  ASSERT_EQ(net.buses.size(), 1U + 1U + 4U + 10U);
  ASSERT_EQ(net.lines.size(), 4U + 10U);
  std::map<std::string, double> length_m;
  std::map<std::string, std::string> type;
  std::map<std::string, std::string> above;
  for (const wires::Line& line : net.lines) {
    length_m[line.name] = 1000.0 * line.length_km;
    type[line.name] = net.types[line.type].name;
    above[line.name] = net.buses[line.from].name;
  }
  for (const char* first : {"T1-1-1", "T1-2-1"}) {
    EXPECT_EQ(above[first], "T1");
    EXPECT_EQ(type[first], "JKLYJ-120 at 0.4 m");  // five houses below
    EXPECT_DOUBLE_EQ(length_m[first], 50.0);
  }
  EXPECT_EQ(above["T1-1-2"], "T1-1-1");
  EXPECT_EQ(type["T1-1-2"], "JKLYJ-70 at 0.4 m");
  EXPECT_EQ(above["H4"], "T1-1-1");
  EXPECT_EQ(above["H5"], "T1-1-2");
  EXPECT_EQ(above["H6"], "T1-2-1");
  EXPECT_EQ(type["H6"], "JKLYJ-25 at 0.15 m");
  EXPECT_DOUBLE_EQ(length_m["H6"], 20.0);
  EXPECT_EQ(net.transformers[0].load_loss_kw, 2.73);  // S13-200
  EXPECT_EQ(made.made_of, wires::MadeOf::counts);
  EXPECT_NE(made.note.en.find("0.20 km of line, the longest way 100 m"), std::string::npos)
      << made.note.en;
}

TEST(Plausible, AHouseRisesByWhatItsOwnLinesResist) {
  const auto made =
      wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses_of(2), usual());
  const auto flow = wires::Flow::of(made.network, wires::Shape::radial);
  ASSERT_TRUE(flow) << test::errors_of(flow.error());
  const std::vector<double> kw{-6.0, 0.0};
  const auto moment = wires::solve(*flow, {kw, {}});
  ASSERT_TRUE(moment);
  const double rise_v = moment->phase_v(bus_named(made.network, "H1"), 0) -
                        moment->phase_v(bus_named(made.network, "T1"), 0);
  // One pole: 50 m of 70 mm² (two houses), 20 m of 25 mm², there and back, at 40 °C.
  const double warm = 1.0 + 0.00403 * 20.0;
  const double amps = 6000.0 / moment->phase_v(bus_named(made.network, "H1"), 0);
  EXPECT_NEAR(rise_v, amps * 2.0 * warm * (0.050 * 0.443 + 0.020 * 1.20), 0.05);
}

TEST(Plausible, ThreeHousesByHandJoinTheShortestTreeUntilTheLimitForbidsIt) {
  LayoutRule rule{.houses_per_pole = 1, .feeders = 1, .most_feeder_m = 500.0};
  const std::vector<Position> houses{{30.0, 0.0}, {60.0, 0.0}, {60.0, 40.0}};
  const auto all = [&] {
    double sum_m = 0.0;
    for (const Pole& pole : wires::layout_of(Position{}, houses, rule)) {
      sum_m += pole.length_m;
    }
    return sum_m;
  };
  EXPECT_DOUBLE_EQ(all(), 30.0 + 30.0 + 40.0);
  rule.most_feeder_m = 85.0;  // 100 m along the line is too far: from the first house it is 80
  EXPECT_DOUBLE_EQ(all(), 30.0 + 30.0 + 50.0);
  rule.most_feeder_m = 75.0;  // now only straight from the transformer
  EXPECT_DOUBLE_EQ(all(), 30.0 + 30.0 + std::hypot(60.0, 40.0));
}

TEST(Plausible, NeighboursShareAPoleWithinReachOfTheirDrops) {
  const LayoutRule rule{.houses_per_pole = 4, .feeders = 1};
  const std::vector<Position> houses{{100.0, 0.0}, {110.0, 0.0}, {110.0, 10.0}, {200.0, 0.0}};
  const auto poles = wires::layout_of(Position{}, houses, rule);
  ASSERT_EQ(poles.size(), 2U);
  EXPECT_EQ(poles[0].drops.size(), 3U);
  EXPECT_NEAR(poles[0].position->x_m, 320.0 / 3.0, 1e-9);
  EXPECT_EQ(poles[1].drops[0].length_m, rule.least_drop_m);  // it stands under its pole
}

/// All trees over the poles and the transformer, by their Prüfer sequences: the shortest one.
double shortest_tree_m(const std::vector<Position>& places) {
  const std::size_t n = places.size();
  std::vector<std::size_t> code(n - 2, 0);
  double best_m = INFINITY;
  for (bool is_more = true; is_more;) {
    std::vector<std::size_t> degree(n, 1);
    for (const std::size_t i : code) {
      ++degree[i];
    }
    double sum_m = 0.0;
    for (const std::size_t i : code) {
      const auto leaf = static_cast<std::size_t>(std::ranges::find(degree, 1U) - degree.begin());
      sum_m += wires::apart_m(places[leaf], places[i]);
      --degree[leaf];
      --degree[i];
    }
    const auto a = static_cast<std::size_t>(std::ranges::find(degree, 1U) - degree.begin());
    degree[a] = 0;
    const auto b = static_cast<std::size_t>(std::ranges::find(degree, 1U) - degree.begin());
    best_m = std::min(best_m, sum_m + wires::apart_m(places[a], places[b]));
    is_more = false;
    for (std::size_t& digit : code) {
      if (++digit < n) {
        is_more = true;
        break;
      }
      digit = 0;
    }
  }
  return best_m;
}

rc::Gen<Position> a_position() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(-400, 400), rc::gen::inRange(-400, 400)),
                      [](const std::pair<int, int>& at) {
                        return Position{static_cast<double>(at.first),
                                        static_cast<double>(at.second)};
                      });
}

RC_GTEST_PROP(Plausible, OneUnlimitedFeederIsAShortestTree, ()) {
  const auto houses = *rc::gen::container<std::vector<Position>>(
      static_cast<std::size_t>(*rc::gen::inRange(2, 6)), a_position());
  const LayoutRule rule{.houses_per_pole = 1, .feeders = 1, .most_feeder_m = 1e6};
  double sum_m = 0.0;
  for (const Pole& pole : wires::layout_of(Position{}, houses, rule)) {
    sum_m += pole.length_m;
  }
  std::vector<Position> places = houses;
  places.emplace_back();
  RC_ASSERT(std::abs(sum_m - shortest_tree_m(places)) < 1e-6);
}

RC_GTEST_PROP(Plausible, EveryPlacedHouseHangsOnATreeWithinItsLimits, ()) {
  const auto places = *rc::gen::nonEmpty(rc::gen::container<std::vector<Position>>(a_position()));
  const Position transformer = *a_position();
  LayoutRule rule;
  rule.houses_per_pole = static_cast<std::size_t>(*rc::gen::inRange(1, 7));
  rule.feeders = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
  rule.most_feeder_m = *rc::gen::inRange(50, 900);
  const auto poles = wires::layout_of(transformer, places, rule);
  std::vector<int> served(places.size(), 0);
  double line_m = 0.0;
  double star_m = 0.0;
  for (std::size_t i = 0; i < poles.size(); ++i) {
    const Pole& pole = poles[i];
    RC_ASSERT(pole.above == wires::at_transformer || pole.above < i);
    const Position& from =
        pole.above == wires::at_transformer ? transformer : *poles[pole.above].position;
    RC_ASSERT(std::abs(pole.length_m - wires::apart_m(from, *pole.position)) < 1e-9);
    const double before_m = pole.above == wires::at_transformer ? 0.0 : poles[pole.above].way_m;
    RC_ASSERT(std::abs(pole.way_m - before_m - pole.length_m) < 1e-9);
    const double direct_m = wires::apart_m(transformer, *pole.position);
    RC_ASSERT(pole.way_m <= std::max(rule.most_feeder_m, direct_m) + 1e-5);
    RC_ASSERT(!pole.drops.empty() && pole.drops.size() <= rule.houses_per_pole);
    for (const wires::Drop& drop : pole.drops) {
      ++served[drop.house];
      RC_ASSERT(drop.length_m >= straight_m(places[drop.house], *pole.position) - 1e-9);
      RC_ASSERT(drop.length_m >= rule.least_drop_m && drop.length_m <= rule.most_drop_m + 1e-9);
    }
    line_m += pole.length_m;
    star_m += direct_m;
  }
  RC_ASSERT(std::ranges::all_of(served, [](int times) { return times == 1; }));
  RC_ASSERT(line_m <= star_m + 1e-6);  // no worse than a line of its own to every pole
}

RC_GTEST_PROP(Plausible, CountedHousesAreSharedOutEvenly, ()) {
  LayoutRule rule;
  rule.houses_per_pole = static_cast<std::size_t>(*rc::gen::inRange(1, 7));
  rule.feeders = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
  rule.pole_m = *rc::gen::inRange(20, 80);
  rule.most_feeder_m = *rc::gen::inRange(100, 900);
  const auto houses = static_cast<std::size_t>(*rc::gen::inRange(1, 300));
  std::map<std::size_t, std::size_t> of_feeder;
  std::vector<std::size_t> order;
  for (const Pole& pole : wires::layout_of(houses, rule)) {
    RC_ASSERT(pole.way_m <= rule.most_feeder_m + 1e-6);
    RC_ASSERT(!pole.drops.empty() && pole.drops.size() <= rule.houses_per_pole);
    of_feeder[pole.feeder] += pole.drops.size();
    for (const wires::Drop& drop : pole.drops) {
      order.push_back(drop.house);
    }
  }
  RC_ASSERT(order.size() == houses);
  RC_ASSERT(std::ranges::is_sorted(order) && order.back() + 1 == houses);
  const auto [least, most] = std::ranges::minmax(of_feeder | std::views::values);
  RC_ASSERT(most - least <= 1);
}

RC_GTEST_PROP(Plausible, ADrawnVillageIsSoundAndRadial, ()) {
  const auto places = *rc::gen::resize(
      12, rc::gen::nonEmpty(rc::gen::container<std::vector<Position>>(a_position())));
  auto houses = houses_at(places);
  for (std::size_t i = 0; i < houses.size(); ++i) {
    houses[i].transformer = i % 2;
  }
  if (*rc::gen::arbitrary<bool>()) {
    houses.front().position.reset();
  }
  const auto made = wires::plausible_network(
      {{.id = "T1", .rating_kva = 180.0}, {.id = "T2", .rating_kva = 50.0, .position = Position{}}},
      houses, usual());
  RC_ASSERT(wires::faults_of(made.network, wires::Shape::radial).empty());
  RC_ASSERT(made.positions.size() == made.network.buses.size());
  RC_ASSERT(made.network.connections.size() == houses.size());
  for (std::size_t i = 0; i < houses.size(); ++i) {
    const std::size_t bus = made.network.connections[i].bus;
    RC_ASSERT(made.network.buses[bus].name == houses[i].id);
    RC_ASSERT(made.positions[bus] == houses[i].position);
  }
}

TEST(Plausible, AFarOriginChangesNothing) {
  std::vector<Position> near;
  std::vector<Position> far;
  for (int i = 0; i < 40; ++i) {
    near.push_back({std::fmod(i * 137.0, 311.0), std::fmod(i * 89.0, 227.0)});
    far.push_back({near.back().x_m + 39'447'000.0, near.back().y_m + 4'410'000.0});
  }
  const auto here =
      wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses_at(near), usual());
  const auto there =
      wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses_at(far), usual());
  ASSERT_EQ(here.network.lines.size(), there.network.lines.size());
  EXPECT_EQ(here.made_of, wires::MadeOf::positions);
  for (std::size_t i = 0; i < here.network.lines.size(); ++i) {
    EXPECT_EQ(here.network.lines[i].name, there.network.lines[i].name);
    EXPECT_NEAR(here.network.lines[i].length_km, there.network.lines[i].length_km, 1e-9);
  }
}

TEST(Plausible, HousesAtOnePlaceAndUnderTheTransformerStillHaveLines) {
  const auto made = wires::plausible_network({{.id = "T1", .rating_kva = 200.0}},
                                             houses_at(std::vector<Position>(9)), usual());
  EXPECT_TRUE(wires::Flow::of(made.network, wires::Shape::radial));
}

TEST(Plausible, AHouseNamedLikeAPoleKeepsItsName) {
  auto houses = houses_of(3);
  houses[0].id = "T1";
  houses[1].id = "T1-1-1";
  houses[2].id = "10 kV";
  const auto made = wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses, usual());
  EXPECT_TRUE(wires::Flow::of(made.network, wires::Shape::radial));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(made.network.buses[made.network.connections[i].bus].name, houses[i].id);
  }
}

TEST(Plausible, TwoTransformersSideBySideAreOneOfTwiceTheRating) {
  const auto one = wires::plausible_network({{.id = "T1", .rating_kva = 200.0, .in_parallel = 2}},
                                            houses_of(8), usual());
  auto two = wires::plausible_network({{.id = "T1", .rating_kva = 200.0}}, houses_of(8), usual());
  two.network.transformers.push_back(two.network.transformers.front());
  const std::vector<double> kw{5.0, -6.0, 2.0, 0.5, -3.0, 1.0, 4.0, -8.0};
  const auto volts = [&](const wires::Network& network) {
    const auto flow = wires::Flow::of(network);
    EXPECT_TRUE(flow) << test::errors_of(flow.error());
    return wires::solve(*flow, {kw, {}})->volts;
  };
  const auto of_one = volts(one.network);
  const auto of_two = volts(two.network);
  ASSERT_EQ(of_one.size(), of_two.size());
  for (std::size_t i = 0; i < of_one.size(); ++i) {
    EXPECT_NEAR(std::abs(of_one[i] - of_two[i]), 0.0, 1e-6);
  }
}

TEST(Plausible, TheShippedVillagesGetANetworkWithinTheFacts) {
  for (const char* name : {"qiantuan", "xiaodonggezhuang", "xinggezhuang"}) {
    const test::Folder folder = test::shipped_folder(std::string("villages/") + name);
    const auto village = model::read_village(
        {.toml = folder.at("village.toml"), .households = folder.at("households.csv")},
        shipped_assumptions());
    ASSERT_TRUE(village);
    std::vector<wires::PlausibleTransformer> transformers;
    for (const model::Transformer& one : village->transformers) {
      transformers.push_back({one.id, one.rating_kva, one.in_parallel, one.position});
    }
    std::vector<wires::PlausibleHouse> houses;
    for (const model::Household& home : village->households) {
      const auto phases =
          home.phase == model::Phase::three ? wires::Phases::abc : wires::Phases(int(home.phase));
      houses.push_back({home.id, home.transformer, phases, home.position, home.line});
    }
    const wires::Plausible plausible = usual();
    const auto made = wires::plausible_network(transformers, houses, plausible);
    EXPECT_EQ(made.made_of == wires::MadeOf::positions, name == std::string("xinggezhuang"));
    const auto flow = wires::Flow::of(made.network, wires::Shape::radial);
    ASSERT_TRUE(flow) << name << test::errors_of(flow.error());
    // Facts: low-voltage feeders have 0.1–0.3 Ω/km and are 0.5–2 km long at most.
    const wires::Matrix4 ohm = wires::four_wires(
        plausible.trunk, {.spacing_m = plausible.line_spacing_m, .celsius = plausible.celsius});
    EXPECT_GT(ohm(0, 0).real() - ohm(0, 1).real(), 0.1);
    EXPECT_LT(ohm(0, 0).real() - ohm(0, 1).real(), 0.3);
    EXPECT_LE(plausible.layout.most_feeder_m, 2000.0);
    for (const wires::Line& line : made.network.lines) {
      EXPECT_EQ(line.rating_a, made.network.types[line.type].rating_a);
      EXPECT_GE(line.rating_a.value_or(0.0), plausible.drop.rating_a.value_or(1e9));
    }
    const auto volts = unloaded_volts(made.network);
    for (const wires::Connection& house : made.network.connections) {
      EXPECT_NEAR(std::abs(volts[3 * house.bus]), 400.0 / 1.025 / std::sqrt(3.0), 0.1)
          << house.name;
    }
  }
}

TEST(Plausible, AnAreaThatNoWireHasIsNamedWithTheNearestOne) {
  const model::Assumptions assumptions = shipped_assumptions();
  const auto plausible = wires::plausible_of(
      [&](std::string_view key) {
        return key == "network.trunk_area_mm2"       ? 125.0
               : key == "network.transformer_series" ? 12.0
                                                     : assumptions.value(key);
      },
      shipped_lines(), shipped_transformers());
  ASSERT_FALSE(plausible);
  const std::string words = test::errors_of(plausible.error());
  EXPECT_NE(words.find("assumptions.network.trunk_area_mm2: no JKLYJ of 125 mm2 is known; there "
                       "are 16, 25, 35, 50, 70, 95, 120, 150, 185, 240"),
            std::string::npos)
      << words;
  EXPECT_NE(words.find("assumptions.network.transformer_series: no series S12 is known; there are "
                       "S13, S11"),
            std::string::npos)
      << words;
}

}  // namespace
