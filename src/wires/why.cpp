// Why a voltage is what it is, and how it runs along the feeder: moments of a year looked at
// closely.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "wires/assessment.hpp"
#include "wires/feeders.hpp"
#include "wires/sensitivity.hpp"

namespace xiaoyuan::wires {

namespace {

struct PowersOfStep {
  std::vector<double> kw;
  std::vector<double> kvar;
};

PowersOfStep powers_of_step(const Network& network, const YearOfPowers& year, std::size_t step) {
  constexpr std::size_t lanes = Steps::most;
  const std::size_t size = network.connections.size();
  std::vector<double> watts(size * lanes);
  std::vector<double> vars(size * lanes);
  Steps one;
  one.first = step;
  one.count = 1;
  year.powers(one, watts.data(), vars.data());
  PowersOfStep powers;
  for (std::size_t c = 0; c < size; ++c) {
    powers.kw.push_back(watts[c * lanes] / 1000.0);
    powers.kvar.push_back(vars[c * lanes] / 1000.0);
  }
  return powers;
}

/// The phase of a terminal that lies farthest from nominal, and its voltage.
std::pair<std::size_t, double> hardest_phase(const LimitWatch& watch, std::size_t terminal,
                                             const Moment& moment) {
  const double nominal_v = watch.limits().nominal_v;
  std::pair<std::size_t, double> hardest{watch.phases(terminal).front(), nominal_v};
  for (const std::size_t wire : watch.phases(terminal)) {
    const double v = moment.phase_v(watch.terminals()[terminal].bus, wire);
    if (std::abs(v - nominal_v) >= std::abs(hardest.second - nominal_v)) {
      hardest = {wire, v};
    }
  }
  return hardest;
}

/// The network with one more connection that draws nothing, to see a single phase.
Network with_probe(const Network& network, std::size_t bus, std::size_t wire) {
  Network probed = network;
  Connection probe;
  probe.name = "probe";
  probe.bus = bus;
  probe.phases = static_cast<Phases>(wire);
  probed.connections.push_back(std::move(probe));
  return probed;
}

}  // namespace

Result<Why> why(const Flow& flow, const YearOfPowers& year, const LimitWatch& watch,
                std::size_t terminal, std::size_t step) {
  const Network& network = flow.network();
  const Terminal& seen = watch.terminals()[terminal];
  PowersOfStep powers = powers_of_step(network, year, step);
  TRY(const Moment moment, solve(flow, {powers.kw, powers.kvar}));
  Why why;
  why.terminal = terminal;
  why.step = step;
  std::tie(why.wire, why.volts) = hardest_phase(watch, terminal, moment);
  const std::vector<double> nothing(powers.kw.size());
  TRY(const Moment unloaded, solve(flow, {nothing, nothing}));
  why.unloaded_v = unloaded.phase_v(seen.bus, why.wire);
  why.line_m = feeders_of(network).places[seen.bus].from_transformer_m;
  TRY(const Flow probed, Flow::of(with_probe(network, seen.bus, why.wire)));
  powers.kw.push_back(0.0);
  powers.kvar.push_back(0.0);
  TRY(const Sensitivities lifts, sensitivities(probed, {powers.kw, powers.kvar}));
  const std::size_t probe = powers.kw.size() - 1;
  for (std::size_t i = 0; i < watch.terminals().size(); ++i) {
    Cause cause;
    cause.terminal = i;
    for (const std::size_t c : watch.terminals()[i].connections) {
      cause.fed_kw -= moment.kw[c];
      cause.volts -=
          lifts.by_kw(probe, c) * moment.kw[c] + lifts.by_kvar(probe, c) * moment.kvar[c];
    }
    why.causes.push_back(cause);
  }
  std::ranges::stable_sort(why.causes, std::greater<>(),
                           [](const Cause& cause) { return std::abs(cause.volts); });
  return why;
}

Result<std::vector<ProfilePoint>> profile(const Flow& flow, const YearOfPowers& year,
                                          std::size_t step) {
  const PowersOfStep powers = powers_of_step(flow.network(), year, step);
  TRY(const Moment moment, solve(flow, {powers.kw, powers.kvar}));
  const Feeders feeders = feeders_of(flow.network());
  std::vector<ProfilePoint> points;
  for (const std::size_t bus : feeders.order) {
    ProfilePoint point;
    point.bus = bus;
    point.above = feeders.places[bus].above;
    point.from_transformer_m = feeders.places[bus].from_transformer_m;
    for (std::size_t wire = 0; wire < 3; ++wire) {
      point.volts[wire] = moment.phase_v(bus, wire);
    }
    points.push_back(point);
  }
  return points;
}

}  // namespace xiaoyuan::wires
