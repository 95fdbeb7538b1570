#include "hosting/capacity_signals.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace xiaoyuan::hosting {

namespace {

wires::Complex lane_of(const double* volts, std::size_t lane) {
  return {volts[lane], volts[lane + wires::Steps::most]};
}

}  // namespace

AreaSignals::AreaSignals(const AreaWatch& area, const wires::Tree& tree) : watch_(&area.limits()) {
  add_voltages(area);
  add_lines(tree);
  const wires::Network& net = watch_->network();
  const wires::Limits& limits = watch_->limits();
  for (const std::size_t bus : watch_->balanced()) {
    signals_.push_back({SignalGroup::unbalance, bus, 0, limits.unbalance, limits.unbalance, 0.0});
  }
  for (std::size_t t = 0; t < net.transformers.size(); ++t) {
    const double amps = wires::rated_amps(net.transformers[t]);
    const double kva = net.transformers[t].rating_kva;
    for (std::size_t wire = 0; wire < 3; ++wire) {
      signals_.push_back({SignalGroup::transformer_phase, t, wire, amps, amps, 0.0});
    }
    signals_.push_back({SignalGroup::transformer, t, 0, kva, kva * limits.reverse_rate, 0.0});
  }
  std::ranges::stable_sort(signals_, {}, &Signal::group);
}

void AreaSignals::add_voltages(const AreaWatch& area) {
  const wires::Limits& limits = watch_->limits();
  const double most = limits.nominal_v * (1.0 + limits.above);
  const double least = limits.nominal_v * (1.0 - limits.below);
  for (std::size_t i = 0; i < area.houses().size(); ++i) {
    for (const std::size_t wire : watch_->phases(i)) {
      signals_.push_back(
          {static_cast<SignalGroup>(wire), watch_->terminals()[i].bus, wire, most, most, least});
    }
  }
}

/// Lines that follow each other carry the same; the weakest of them stands for all.
void AreaSignals::add_lines(const wires::Tree& tree) {
  std::map<std::pair<bool, std::size_t>, std::size_t> weakest;
  for (std::size_t line = 0; line < tree.lines.size(); ++line) {
    const std::pair place{tree.lines[line].is_loop, tree.lines[line].node};
    const auto [stands, is_new] = weakest.emplace(place, line);
    if (!is_new && watch_->line_limit_a(line) < watch_->line_limit_a(stands->second)) {
      stands->second = line;
    }
  }
  for (const auto& [place, line] : weakest) {
    const double most = watch_->line_limit_a(line);
    for (std::size_t wire = 0; std::isfinite(most) && wire < 4; ++wire) {
      signals_.push_back({SignalGroup::line, line, wire, most, most, 0.0});
    }
  }
}

wires::Complex AreaSignals::value(const Signal& signal, const wires::Steps& steps,
                                  std::size_t lane) const {
  switch (signal.group) {
    case SignalGroup::a:
    case SignalGroup::b:
    case SignalGroup::c: {
      const wires::Complex phase = lane_of(steps.volts(signal.element, signal.wire), lane);
      return steps.wires() == 4 ? phase - lane_of(steps.volts(signal.element, 3), lane) : phase;
    }
    case SignalGroup::unbalance: {
      std::array<wires::Complex, 3> phases;
      for (std::size_t wire = 0; wire < 3; ++wire) {
        phases[wire] = lane_of(steps.volts(signal.element, wire), lane);
      }
      const wires::Sequence parts = wires::components_of(phases);
      return parts.negative / parts.positive;
    }
    case SignalGroup::line: {
      if (signal.wire < steps.wires()) {
        return steps.line_amps(signal.element, signal.wire, lane);
      }
      if (watch_->network().neutral != wires::Neutral::back_wire) {
        return 0.0;
      }
      return steps.line_amps(signal.element, 0, lane) + steps.line_amps(signal.element, 1, lane) +
             steps.line_amps(signal.element, 2, lane);
    }
    case SignalGroup::transformer_phase:
      return steps.transformer_amps(signal.element, signal.wire, lane);
    case SignalGroup::transformer:
      break;
  }
  return wires::delivered_kva(steps, watch_->network(), signal.element, lane);
}

}  // namespace xiaoyuan::hosting
