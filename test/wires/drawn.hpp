// Random low-voltage networks: a transformer, a tree of lines, loads and PV of every kind, and as
// many closed loops as asked for.
#pragma once
#include <random>
#include <string>

#include "wires/network.hpp"

namespace xiaoyuan::test {

struct Drawing {
  unsigned seed = 1;
  std::size_t buses = 30;
  std::size_t loops = 0;
  bool has_charging = false;
  bool has_laws = false;
};

inline wires::Network drawn_network(const Drawing& drawing) {
  using namespace wires;
  std::mt19937 random(drawing.seed);
  const auto draw = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  const auto below = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  Network net;
  net.files.lines = "drawn";
  net.buses = {{"mv", 10000.0, {}, 1}, {"b1", 400.0, {}, 2}};
  net.sources = {{"grid", 0, draw(0.97, 1.03), draw(-10, 10), {}, 1}};
  Transformer t;
  t.name = "t";
  t.low = 1;
  t.rating_kva = 400.0;
  t.load_loss_kw = 4.3;
  t.no_load_loss_kw = 0.57;
  t.no_load_current_percent = 1.0;
  t.tap_percent = draw(-5, 5);
  t.zero_sequence_percent = Complex(1.0, draw(2, 5));
  net.transformers = {t};
  for (int i = 0; i < 3; ++i) {
    const Complex z{draw(0.1, 0.9), draw(0.06, 0.35)};
    const double farads = drawing.has_charging ? draw(1e-5, 1e-4) : 0.0;
    net.types.push_back({"type " + std::to_string(i),
                         SequencePerKm{z, z * draw(2, 4), {0.0, farads}, {0.0, 0.5 * farads}},
                         {}});
  }
  const auto add_line = [&](std::size_t from, std::size_t to) {
    net.lines.push_back({"l" + std::to_string(net.lines.size()), from, to, draw(0.005, 0.1),
                         below(3), 1 + static_cast<int>(below(2)), 0});
  };
  while (net.buses.size() < drawing.buses) {
    net.buses.push_back({"b" + std::to_string(net.buses.size()), 400.0, {}, 0});
    const std::size_t here = net.buses.size() - 1;
    add_line(below(3) == 0 ? 1 + below(here - 1) : here - 1, here);
  }
  for (std::size_t i = 0; i < drawing.loops; ++i) {
    const std::size_t from = 1 + below(net.buses.size() - 1);
    const std::size_t to = 1 + below(net.buses.size() - 1);
    if (from != to) {
      add_line(from, to);
    }
  }
  for (std::size_t i = 0; i < drawing.buses / 2; ++i) {
    Connection c;
    c.name = "h" + std::to_string(i);
    c.bus = 1 + below(net.buses.size() - 1);
    c.phases = Phases(below(7));
    c.kw = draw(-6, 5);
    c.kvar = draw(-1, 2);
    if (drawing.has_laws) {
      const double power = draw(0, 1);
      const double current = draw(0, 1 - power);
      c.law = {power, current, 1 - power - current};
    }
    net.connections.push_back(c);
  }
  return net;
}

}  // namespace xiaoyuan::test
