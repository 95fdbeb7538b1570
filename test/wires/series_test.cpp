// Many steps: each is the moment that it would be alone, on any number of threads; a step without
// an answer is named and harms no other.
#include <cmath>
#include <thread>

#include "drawn.hpp"
#include "solved.hpp"
#include "support/villages.hpp"
#include "wires/opendss.hpp"

namespace {

using namespace xiaoyuan;

struct Year {
  wires::Network net;
  std::vector<std::vector<double>> kw, kvar;
  std::vector<std::span<const double>> kw_spans, kvar_spans;

  Year(unsigned seed, std::size_t steps, std::size_t loops)
      : net(test::drawn_network({.seed = seed, .loops = loops, .has_laws = true})) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(-1.0, 1.0);
    for (const wires::Connection& connection : net.connections) {
      kw.emplace_back();
      kvar.emplace_back();
      for (std::size_t t = 0; t < steps; ++t) {
        kw.back().push_back(share(random) * connection.kw);
        kvar.back().push_back(share(random) * connection.kvar);
      }
    }
    kw_spans.assign(kw.begin(), kw.end());
    kvar_spans.assign(kvar.begin(), kvar.end());
  }
  wires::Series series() const {
    wires::Series series;
    series.steps = kw.front().size();
    series.powers = wires::powers_of(kw_spans, kvar_spans);
    series.chunk_steps = 16;
    return series;
  }
};

TEST(Series, EachStepIsTheMomentThatItWouldBeAlone) {
  for (const std::size_t loops : {0U, 3U}) {
    const Year year(7, 53, loops);
    const auto flow = wires::Flow::of(year.net);
    ASSERT_TRUE(flow);
    wires::Series series = year.series();
    std::size_t seen = 0;
    series.seen = [&](std::size_t, const wires::Steps& steps) {
      for (std::size_t lane = 0; lane < steps.count; ++lane, ++seen) {
        const std::size_t t = steps.first + lane;
        std::vector<double> kw;
        std::vector<double> kvar;
        for (std::size_t c = 0; c < year.kw.size(); ++c) {
          kw.push_back(year.kw[c][t]);
          kvar.push_back(year.kvar[c][t]);
        }
        const auto alone = wires::solve(*flow, {kw, kvar});
        ASSERT_TRUE(alone);
        for (std::size_t bus = 0; bus < year.net.buses.size(); ++bus) {
          ASSERT_NEAR(steps.phase_v(bus, 1, lane), alone->phase_v(bus, 1), 1e-6);
        }
        for (std::size_t line = 0; line < year.net.lines.size(); ++line) {
          ASSERT_LT(std::abs(steps.line_amps(line, 2, lane) - alone->line_amps[3 * line + 2]),
                    1e-5);
        }
        for (std::size_t c = 0; c < kw.size(); ++c) {
          ASSERT_NEAR(steps.drawn_kva(c, lane).real(), alone->kw[c], 1e-7);
        }
      }
    };
    EXPECT_TRUE(wires::run(*flow, series).unsolved.empty());
    EXPECT_EQ(seen, 53U);
  }
}

TEST(Series, HasTheSameBitsOnAnyNumberOfThreads) {
  const Year year(3, 200, 2);
  const auto flow = wires::Flow::of(year.net);
  const auto voltages = [&](const Spread& spread) {
    std::vector<double> all(200);
    wires::Series series = year.series();
    series.seen = [&](std::size_t, const wires::Steps& steps) {
      for (std::size_t lane = 0; lane < steps.count; ++lane) {
        all[steps.first + lane] = steps.volts(9, 0)[lane];
      }
    };
    wires::run(*flow, series, spread);
    return all;
  };
  const auto backwards = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::jthread> threads;
    for (std::size_t i = count; i-- > 0;) {
      threads.emplace_back([&work, i] { work(i); });
    }
  };
  EXPECT_EQ(voltages(in_turn), voltages(backwards));
}

TEST(Series, AStepThatNoWireCanCarryIsNamedAndHarmsNoOther) {
  Year year(5, 40, 0);
  const std::size_t house = 2;
  year.net.connections[house].law = {};
  year.kw[house][21] = 1e5;
  const auto flow = wires::Flow::of(year.net);
  ASSERT_TRUE(flow);
  wires::Series series = year.series();
  std::size_t solved = 0;
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      solved += steps.is_solved(lane) ? 1 : 0;
      EXPECT_EQ(steps.is_solved(lane), steps.first + lane != 21);
      EXPECT_EQ(std::isnan(steps.phase_v(4, 0, lane)), !steps.is_solved(lane));
    }
  };
  const auto report = wires::run(*flow, series);
  EXPECT_EQ(solved, 39U);
  ASSERT_EQ(report.unsolved.size(), 1U);
  EXPECT_EQ(report.unsolved.front().step, 21U);
  const Text text = wires::explained(report.unsolved.front(), year.net);
  EXPECT_NE(text.en.find("step 21"), std::string::npos);
  EXPECT_FALSE(text.zh.empty());
  std::vector<double> kw(year.kw.size(), 0.0);
  kw[house] = 1e5;
  const auto alone = wires::solve(*flow, {kw, {}});
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().front().fault, Fault::impossible);
}

// What power-grid-model is told to find for this feeder's day: the lowest voltage 0.98162 pu, in
// minute 567. Its source and transformer were not told to the last digit, so only three digits are
// held.
TEST(Series, LowestVoltageOfTheEuropeanFeedersDayIsThatOfPowerGridModel) {
  CASE_OR_SKIP(json, "network/kerber_cigre/ieee_european_lv__on_peak_566.json");
  const Files files{[](const std::string& name) -> Result<std::string> {
                      return test::case_bytes("network/ieee_european_lv/" + name).value_or("");
                    },
                    {}};
  auto circuit = wires::read_opendss(files, "Master.dss");
  const auto other = wires::read_pandapower(json, "european.json");
  ASSERT_TRUE(circuit && other);
  wires::Network& net = circuit->network;
  const double ohm = 11.0 * 11.0 / 10000.0 / std::hypot(1.0, 0.1);
  const wires::Complex z(0.1 * ohm, ohm);
  net.sources.front().impedance_ohm = {z, z, z};
  const auto flow = wires::Flow::of(net);
  ASSERT_TRUE(flow);
  std::vector<std::vector<double>> kw;
  std::vector<std::vector<double>> kvar;
  for (std::size_t c = 0; c < net.connections.size(); ++c) {
    kw.emplace_back(circuit->shapes[*circuit->shape_of_connection[c]].values);
    kvar.push_back(kw.back());
    for (double& value : kvar.back()) {
      value *= net.connections[c].kvar;
    }
  }
  wires::Series series;
  series.steps = 1440;
  series.powers = wires::powers_of({kw.begin(), kw.end()}, {kvar.begin(), kvar.end()});
  double lowest = 2.0;
  std::size_t minute = 0;
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      for (std::size_t bus = 1; bus < net.buses.size(); ++bus) {
        for (std::size_t k = 0; k < 3; ++k) {
          const double pu = steps.phase_v(bus, k, lane) / (416.0 / std::sqrt(3.0));
          if (pu < lowest) {
            lowest = pu;
            minute = steps.first + lane;  // from 0
          }
        }
      }
    }
  };
  EXPECT_TRUE(wires::run(*flow, series).unsolved.empty());
  EXPECT_NEAR(lowest, 0.98162, 1e-3);
  EXPECT_EQ(minute, 567U);
}

}  // namespace
