// One three-phase house at the end of one line, whose voltage rise can be reckoned by hand.
#pragma once
#include <cmath>

#include "hosting/village_year.hpp"

namespace xiaoyuan::test {

/// The wires and the house; the caller gives the steps.
inline hosting::VillageYear one_house() {
  hosting::VillageYear village;
  wires::Network& net = village.network;
  net.files.lines = "one house";
  net.buses = {{"mv", 10000.0, {}, 1}, {"low", 400.0, {}, 2}, {"house", 400.0, {}, 3}};
  net.sources = {{"grid", 0, 0.97, 0.0, {}, 1}};
  wires::Transformer transformer;
  transformer.name = "t";
  transformer.low = 1;
  transformer.rating_kva = 400.0;
  transformer.load_loss_kw = 4.0;
  net.transformers = {transformer};
  const wires::Complex z{0.32, 0.3};
  net.types = {{"wire", wires::SequencePerKm{z, z * 3.0, {}, {}}, {}}};
  net.lines = {{"l", 1, 2, 0.5, 0, 1, 1, std::nullopt}};
  village.houses = {{"h1", 2, wires::Phases::abc, 0, 0.0, std::nullopt}};
  return village;
}

/// The three-phase power fed in at which the voltage is 235.4 V: E² = U² − 2·R·P + |Z|²·P²/U², P
/// what a phase feeds in.
inline double most_fed_kw(const hosting::VillageYear& village) {
  const wires::Transformer& t = village.network.transformers[0];
  const double base_ohm = 400.0 * 400.0 / (1000.0 * t.rating_kva);
  const double r = t.load_loss_kw / t.rating_kva;
  const double x = std::sqrt(0.04 * 0.04 - r * r);
  const wires::Complex z = base_ohm * wires::Complex(r, x) + wires::Complex(0.16, 0.15);
  const double u = 235.4;
  const double e = 0.97 * 400.0 / std::sqrt(3.0);
  const double square = std::norm(z) / (u * u);
  const double p = (z.real() - std::sqrt(z.real() * z.real() - square * (u * u - e * e))) / square;
  return 3.0 * p / 1000.0;
}

}  // namespace xiaoyuan::test
