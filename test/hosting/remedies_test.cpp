#include "hosting/remedies.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

#include "hosting/capacity_village.hpp"
#include "hosting/remedies_network.hpp"
#include "hosting/shipped_wires.hpp"

namespace xiaoyuan::hosting {
namespace {

const Remedy* found(const std::vector<Remedy>& remedies, const std::string& key) {
  const auto one = std::ranges::find(remedies, key, &Remedy::key);
  return one == remedies.end() ? nullptr : &*one;
}

RemedyOptions shipped_options() {
  RemedyOptions options;
  options.settings = test::shipped_settings();
  options.library = test::shipped_library();
  return options;
}

/// Houses along one overhead line behind a transformer, with a single bright moment and a dark one.
VillageYear along_a_line(std::size_t houses, double spacing_km, const std::string& type,
                         double source_pu) {
  const wires::WireLibrary library = test::shipped_library();
  VillageYear village;
  wires::Network& net = village.network;
  net.files.lines = "along a line";
  net.buses = {{"mv", 10000.0, {}, 1}, {"low", 380.0, {}, 2}};
  net.sources = {{"grid", 0, source_pu, 0.0, {}, 1}};
  wires::Transformer transformer;
  transformer.name = "T1";
  transformer.low = 1;
  transformer.rating_kva = 400.0;
  transformer.load_loss_kw = 4.0;
  net.transformers = {transformer};
  const auto wire = std::ranges::find(library.lines, type, &wires::WireType::name);
  net.types = {wires::line_type(*wire, {.spacing_m = 0.4, .celsius = 40.0})};
  for (std::size_t h = 0; h < houses; ++h) {
    const std::size_t bus = net.buses.size();
    net.buses.push_back({"P" + std::to_string(h + 1), 380.0, {}, 0});
    net.lines.push_back(
        {"L" + std::to_string(h + 1), bus - 1, bus, spacing_km, 0, 1, 0, std::nullopt});
    village.houses.push_back(
        {"H" + std::to_string(h + 1), bus, wires::Phases::a, 0, 0.0, std::nullopt});
    village.use_kw.push_back({0.0F, 0.5F});
    village.made_kw.push_back({0.0F, 0.0F});
  }
  village.steps = 2;
  village.light = {0.8F, 0.0F};
  return village;
}

/// What the area bears with a remedy's own village, by assess() over the whole year.
double hardest_used(const VillageYear& village, const std::vector<double>& pv_kw) {
  const auto flow = wires::Flow::of(connected(village));
  const wires::LimitWatch watch(flow->network(), terminals(village), village.limits);
  const Added added{pv_kw};
  return wires::assess(*flow, powers(village, added), watch).hardest_used();
}

void expect_verified(const VillageYear& changed, const Remedy& remedy) {
  const auto count = static_cast<double>(changed.houses.size());
  const auto evenly = [&](double kw) {
    return std::vector<double>(changed.houses.size(), kw / count);
  };
  EXPECT_LE(hardest_used(changed, evenly(remedy.capacity_kw)), 1.0 + 1e-6) << remedy.key;
  EXPECT_GT(hardest_used(changed, evenly(remedy.capacity_kw + 0.2)), 1.0) << remedy.key;
}

TEST(Remedies, EachBearsOverTheWholeYearWhatItSaysAndNoMore) {
  const VillageYear village = along_a_line(6, 0.05, "JKLYJ-70", 0.97);
  const RemedyOptions options = shipped_options();
  const auto all = remedies(village, {}, options);
  ASSERT_TRUE(all);
  const Remedy& phases = *found(*all, "phases");
  VillageYear moved = village;
  move_houses(moved, phases.moves);
  expect_verified(moved, phases);

  const Remedy& second = *found(*all, "parallel_line");
  VillageYear doubled = village;
  for (const std::size_t line : second.lines) {
    doubled.network.lines[line].parallel = 2;
  }
  expect_verified(doubled, second);

  const Remedy& conductor = *found(*all, "conductor");
  ASSERT_FALSE(conductor.lines.empty());
  EXPECT_GT(conductor.more_kw, 1.0);
  EXPECT_TRUE(conductor.missing.starts_with("network.costs.line_yuan_per_m.JKLYJ-"));
}

TEST(Remedies, SpreadingAllHousesOfOnePhaseBringsAboutThreeTimesTheRoom) {
  const VillageYear village = along_a_line(6, 0.05, "JKLYJ-70", 0.97);
  const double today_kw = area_capacity(village, 0)->kw;
  const auto all = remedies(village, {}, shipped_options());
  const Remedy& phases = *found(*all, "phases");
  EXPECT_GT(phases.capacity_kw, 2.5 * today_kw);
  ASSERT_TRUE(phases.proof);  // 3^6 assignments
  EXPECT_EQ(phases.moves.size(), 4U);
}

TEST(Remedies, ASecondLineAllTheWayDoublesTheRoomThatALineLeaves) {
  VillageYear village = along_a_line(1, 0.4, "JKLYJ-70", 0.97);
  village.network.transformers[0].short_circuit_percent = 0.01;  // the line alone counts
  village.network.transformers[0].load_loss_kw = 0.01;
  const double today_kw = area_capacity(village, 0)->kw;
  const auto all = remedies(village, {}, shipped_options());
  EXPECT_NEAR(found(*all, "parallel_line")->capacity_kw, 2.0 * today_kw, 0.01 * today_kw + 0.3);
}

TEST(Remedies, ATapMovesAllVoltagesByItsShare) {
  const VillageYear village = along_a_line(3, 0.05, "JKLYJ-70", 1.0);
  const auto all = remedies(village, {}, shipped_options());
  const Remedy& tap = *found(*all, "tap");
  EXPECT_NE(tap.detail.en.find("+5.0 %: without load all voltages are 4.8 % lower"),
            std::string::npos);
  VillageYear lower = village;
  lower.network.transformers[0].tap_percent = 5.0;
  const auto volts = [](const VillageYear& at) {
    const auto flow = wires::Flow::of(connected(at));
    const std::vector<double> none(flow->network().connections.size(), 0.0);
    return wires::solve(*flow, {none, {}})->phase_v(2, 0);
  };
  EXPECT_NEAR(volts(lower), volts(village) / 1.05, 1e-6);
  expect_verified(lower, tap);
}

TEST(Remedies, AVillageBeyondItsLimitsIsToldHowMuchOfItIsTooMuch) {
  VillageYear village = along_a_line(4, 0.05, "JKLYJ-70", 0.97);
  const double room_kw = area_capacity(village, 0)->kw;
  for (std::size_t h = 0; h < 4; ++h) {
    village.houses[h].pv_kw = 0.25 * room_kw + 5.0;
    village.made_kw[h][0] = static_cast<float>(0.8 * village.houses[h].pv_kw);
  }
  EXPECT_EQ(area_capacity(village, 0)->kw, 0.0);
  const auto all = remedies(village, {}, shipped_options());
  const Remedy& tap = *found(*all, "tap");
  EXPECT_GT(tap.capacity_kw, 0.0);
  EXPECT_NEAR(tap.capacity_kw - tap.more_kw, -20.0, 0.2);  // 4 · 5 kW are too much today
}

TEST(Remedies, AreRankedByYuanAKilowattAndNameThePriceThatIsMissing) {
  const VillageYear village = along_a_line(6, 0.05, "JKLYJ-70", 0.99);
  RemedyCosts costs;
  costs.phase_change_yuan = 100.0;
  costs.tap_yuan = 5000.0;
  const auto all = remedies(village, costs, shipped_options());
  ASSERT_TRUE(all);
  EXPECT_EQ(all->front().key, "phases");
  EXPECT_EQ(*all->front().cost_yuan, 100.0 * static_cast<double>(all->front().moves.size()));
  const Remedy& settings = *found(*all, "volt_var");
  EXPECT_FALSE(settings.cost_yuan);
  EXPECT_EQ(settings.missing, "network.costs.inverter_setting_yuan");
  const auto rank_of = [&](const std::string& key) { return found(*all, key) - all->data(); };
  EXPECT_LT(rank_of("tap"), rank_of("volt_var"));
  EXPECT_LT(all->back().more_kw, least_more_kw);
  EXPECT_NE(all->back().detail.en.find("brings nothing"), std::string::npos);
}

TEST(Remedies, HaveBatteriesAndCapsWhereEnergyHasItsPrices) {
  VillageYear village = along_a_line(6, 0.06, "JKLYJ-70", 0.98);
  RemedyOptions options = shipped_options();
  const auto without = remedies(village, {}, options);
  ASSERT_TRUE(without);
  EXPECT_EQ(found(*without, "export_cap"), nullptr);
  options.energy.emplace();
  options.energy->prices = {{0.49, 0.49}, {0.36, 0.36}};
  options.energy->most_lost_share = 0.1;
  options.energy->life_years = 20.0;
  RemedyCosts costs;
  costs.inverter_setting_yuan = 50.0;
  const auto with = remedies(village, costs, options);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->size(), without->size() + 4);
  EXPECT_TRUE(found(*with, "house_batteries") && found(*with, "transformer_battery"));
  const Remedy* cap = found(*with, "export_cap");
  ASSERT_TRUE(cap && cap->cost_yuan && cap->lost_kwh);
  ASSERT_GT(cap->more_kw, least_more_kw);
  // Six settings, and twenty years of what the cap loses at the feed-in price.
  EXPECT_NEAR(*cap->cost_yuan, 6.0 * 50.0 + 20.0 * 0.36 * *cap->lost_kwh, 0.01);
  EXPECT_NEAR(*cap->yuan_per_kw, *cap->cost_yuan / cap->more_kw, 1e-9);
}

TEST(Remedies, OfInvertersLoseOnlyWhatVoltWattHoldsBack) {
  VillageYear village = along_a_line(6, 0.05, "JKLYJ-70", 1.0);
  village.light[0] = 1.0F;
  const auto all = remedies(village, {}, shipped_options());
  const Remedy& vars = *found(*all, "volt_var");
  const Remedy& watts = *found(*all, "volt_watt");
  EXPECT_GT(vars.more_kw, 0.0);
  EXPECT_NEAR(*vars.lost_kwh, 0.0, 1e-3);
  EXPECT_GT(watts.more_kw, 0.0);
  EXPECT_GT(*watts.lost_kwh, 0.0);
}

TEST(StrongerType, IsLaidAsThePresentOneIs) {
  const wires::WireLibrary library = test::shipped_library();
  const auto of = [&](const std::string& name) {
    return *std::ranges::find(library.lines, name, &wires::WireType::name);
  };
  const wires::LaidWire laid{.spacing_m = 0.35, .celsius = 55.0};
  const auto larger = stronger_type(wires::line_type(of("JKLYJ-70"), laid), library.lines, 2, 50.0);
  ASSERT_TRUE(larger);
  const wires::LineType expected = wires::line_type(of("JKLYJ-120"), laid);
  EXPECT_EQ(larger->name, expected.name);
  const auto& got = std::get<wires::FourWiresPerKm>(larger->impedance).ohm;
  const auto& wanted = std::get<wires::FourWiresPerKm>(expected.impedance).ohm;
  for (std::size_t cell = 0; cell < 16; ++cell) {
    EXPECT_NEAR(std::abs(got.cells[cell] - wanted.cells[cell]), 0.0, 1e-9);
  }
  EXPECT_FALSE(stronger_type({"own", wires::SequencePerKm{}, {}}, library.lines, 1, 50.0));
}

TEST(InverterSettings, NameTheLineOfACurveThatDoesNotRise) {
  const std::string bytes =
      "[[setting]]\nkey = \"volt_var\"\nname = { en = \"a\", zh = \"b\" }\ndocument = \"d\"\n"
      "source = \"s\"\nconfidence = \"low\"\nvolt_var = { at = [1.0, 0.9], value = [0.0, 0.1] }\n";
  const auto settings = read_inverter_settings(bytes, "curves.toml");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().front().where.line, 7);
}

}  // namespace
}  // namespace xiaoyuan::hosting
