// Grades with the checks of a power flow, put together from the year of every element.
#include "hosting/grade.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan::hosting {
namespace {

using wires::LimitKind;

/// Two transformers with a line and a house each.
wires::Network two_areas() {
  wires::Network network;
  for (const char* name : {"grid", "P1", "H1", "P2", "H2"}) {
    network.buses.push_back({.name = name, .nominal_v = 380.0, .electrode_ohm = {}, .line = 0});
  }
  for (const std::size_t low : {1U, 3U}) {
    wires::Transformer transformer;
    transformer.high = 0;
    transformer.low = low;
    transformer.rating_kva = 100.0;
    network.transformers.push_back(transformer);
    wires::Line line;
    line.from = low;
    line.to = low + 1;
    line.length_km = 0.1;
    line.rating_a = 100.0;
    network.lines.push_back(line);
  }
  return network;
}

wires::Assessment quiet_year() {
  wires::Assessment year;
  year.terminals.resize(2);
  for (wires::TerminalYear& terminal : year.terminals) {
    terminal.highest_v = {230.0, 5, 1};
    terminal.lowest_v = {210.0, 6, 1};
  }
  year.lines.resize(2);
  year.transformers.resize(2);
  return year;
}

const std::vector<wires::Terminal>& houses() {
  static const std::vector<wires::Terminal> all{
      {.name = "H1", .bus = 2, .phases = wires::Phases::a, .connections = {0}},
      {.name = "H2", .bus = 4, .phases = wires::Phases::abc, .connections = {1}}};
  return all;
}

const GradeCheck& check_of(const std::vector<GradeCheck>& checks, LimitKind kind) {
  return checks[static_cast<std::size_t>(kind)];
}

TEST(Grade, StaysThatOfTheFormulaWhereEveryCheckIsKept) {
  const auto checks = checks_by_area(quiet_year(), two_areas(), houses(), {});
  ASSERT_EQ(checks.size(), 2U);
  for (const Grade grade : {Grade::green, Grade::yellow, Grade::red}) {
    EXPECT_EQ(checked(grade, checks[0]), grade);
  }
  EXPECT_NEAR(check_of(checks[0], LimitKind::voltage_high).use.used, 10.0 / 15.4, 1e-12);
  EXPECT_NEAR(check_of(checks[0], LimitKind::voltage_low).use.used, 10.0 / 22.0, 1e-12);
}

TEST(Grade, IsRedInTheAreaThatBreaksALimitAndInNoOther) {
  for (int broken = 0; broken < 5; ++broken) {
    wires::Assessment year = quiet_year();
    switch (broken) {
      case 0:
        year.terminals[1].highest_v.value = 235.5;
        break;
      case 1:
        year.terminals[1].lowest_v.value = 197.9;
        break;
      case 2:
        year.terminals[1].unbalance.value = 0.021;
        break;
      case 3:
        year.lines[1].reverse = {
            .most = {101.0, 7, 0}, .loading = 1.01, .hours_beyond = 1.0, .kwh_beyond = 0.1};
        break;
      default:
        year.transformers[1].reverse.most = {81.0, 8, 3};
    }
    const auto checks = checks_by_area(year, two_areas(), houses(), {});
    EXPECT_EQ(checked(Grade::green, checks[0]), Grade::green) << broken;
    EXPECT_EQ(checked(Grade::green, checks[1]), Grade::red) << broken;
  }
}

TEST(Grade, IsRedWhereNoVoltagesWereFound) {
  wires::Assessment year = quiet_year();
  wires::LimitUse& none = year.hardest[static_cast<std::size_t>(LimitKind::solution)];
  none.kind = LimitKind::solution;
  none.element = 2;
  none.used = 1000.0;
  const auto checks = checks_by_area(year, two_areas(), houses(), {});
  EXPECT_EQ(checked(Grade::green, checks[0]), Grade::red);
  EXPECT_EQ(checked(Grade::green, checks[1]), Grade::green);
}

TEST(Grade, SaysWhichChecksItDoesNotMake) {
  const auto texts = checks_not_made();
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_NE(texts[0].en.find("short-circuit"), std::string::npos);
  EXPECT_NE(texts[1].zh.find("谐波"), std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::hosting
