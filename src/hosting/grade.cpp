#include "hosting/grade.hpp"

#include "wires/feeders.hpp"

namespace xiaoyuan::hosting {

namespace {

using wires::LimitKind;
using wires::LimitUse;

constexpr std::size_t all_phases = 3;  // in place of a wire

/// The hardest uses by area and kind, put together from the year of every element.
class AreaUses {
 public:
  AreaUses(const wires::Network& network, const wires::Limits& limits)
      : network_(network),
        limits_(limits),
        feeders_(wires::feeders_of(network)),
        uses_(network.transformers.size()) {
    for (auto& area : uses_) {
      for (std::size_t kind = 0; kind < wires::limit_kinds; ++kind) {
        area[kind].kind = static_cast<LimitKind>(kind);
      }
    }
  }

  void take_terminal(const wires::TerminalYear& year, std::size_t terminal, std::size_t bus);
  void take_line(const wires::LineYear& year, std::size_t line);
  void take_transformer(const wires::TransformerYear& year, std::size_t transformer);
  /// The hardest of the whole network, which knows the step of a transformer's phase too.
  void take_hardest(const wires::LimitUses& hardest, const std::vector<wires::Terminal>& terminals);
  std::vector<std::vector<GradeCheck>> checks() const;

 private:
  void take(std::optional<std::size_t> area, const LimitUse& use) {
    if (area && use.used > uses_[*area][static_cast<std::size_t>(use.kind)].used) {
      uses_[*area][static_cast<std::size_t>(use.kind)] = use;
    }
  }
  std::optional<std::size_t> area_of(std::size_t bus) const {
    return feeders_.places[bus].transformer;
  }
  std::size_t bus_of(const LimitUse& use, const std::vector<wires::Terminal>& terminals) const;

  const wires::Network& network_;
  const wires::Limits& limits_;
  wires::Feeders feeders_;
  std::vector<wires::LimitUses> uses_;
};

void AreaUses::take_terminal(const wires::TerminalYear& year, std::size_t terminal,
                             std::size_t bus) {
  const auto area = area_of(bus);
  const double above_v = limits_.above * limits_.nominal_v;
  const double below_v = limits_.below * limits_.nominal_v;
  const double high_v = year.highest_v.value - limits_.nominal_v;
  const double low_v = limits_.nominal_v - year.lowest_v.value;
  take(area, {LimitKind::voltage_high, terminal, year.highest_v.wire, year.highest_v.step,
              year.highest_v.value, limits_.nominal_v + above_v, high_v / above_v});
  take(area, {LimitKind::voltage_low, terminal, year.lowest_v.wire, year.lowest_v.step,
              year.lowest_v.value, limits_.nominal_v - below_v, low_v / below_v});
  if (year.unbalance.value > 0.0) {
    take(area, {LimitKind::unbalance, bus, all_phases, year.unbalance.step, year.unbalance.value,
                limits_.unbalance, year.unbalance.value / limits_.unbalance});
  }
}

void AreaUses::take_line(const wires::LineYear& year, std::size_t line) {
  const auto area = area_of(network_.lines[line].to);
  for (const wires::Loading* way : {&year.forward, &year.reverse}) {
    if (way->loading > 0.0) {
      take(area, {LimitKind::line, line, way->most.wire, way->most.step, way->most.value,
                  way->most.value / way->loading, way->loading});
    }
  }
}

void AreaUses::take_transformer(const wires::TransformerYear& year, std::size_t transformer) {
  const double rating = network_.transformers[transformer].rating_kva;
  const auto take_way = [&](LimitKind kind, const wires::Loading& way, double limit) {
    take(transformer, {kind, transformer, all_phases, way.most.step, way.most.value, limit,
                       way.most.value / limit});
  };
  take_way(LimitKind::transformer, year.forward, rating);
  take_way(LimitKind::transformer_reverse, year.reverse, rating * limits_.reverse_rate);
}

std::size_t AreaUses::bus_of(const LimitUse& use,
                             const std::vector<wires::Terminal>& terminals) const {
  switch (use.kind) {
    case LimitKind::voltage_high:
    case LimitKind::voltage_low:
      return terminals[use.element].bus;
    case LimitKind::line:
      return network_.lines[use.element].to;
    case LimitKind::transformer:
    case LimitKind::transformer_reverse:
      return network_.transformers[use.element].low;
    case LimitKind::unbalance:
    case LimitKind::solution:
      break;
  }
  return use.element;
}

void AreaUses::take_hardest(const wires::LimitUses& hardest,
                            const std::vector<wires::Terminal>& terminals) {
  for (const LimitUse& use : hardest) {
    if (use.is_known()) {
      take(area_of(bus_of(use, terminals)), use);
    }
  }
}

std::vector<std::vector<GradeCheck>> AreaUses::checks() const {
  std::vector<std::vector<GradeCheck>> all;
  for (const wires::LimitUses& area : uses_) {
    auto& checks = all.emplace_back();
    for (const LimitUse& use : area) {
      checks.push_back({use});
    }
  }
  return all;
}

}  // namespace

std::vector<std::vector<GradeCheck>> checks_by_area(const wires::Assessment& assessment,
                                                    const wires::Network& network,
                                                    const std::vector<wires::Terminal>& terminals,
                                                    const wires::Limits& limits) {
  AreaUses areas(network, limits);
  for (std::size_t i = 0; i < terminals.size(); ++i) {
    areas.take_terminal(assessment.terminals[i], i, terminals[i].bus);
  }
  for (std::size_t i = 0; i < assessment.lines.size(); ++i) {
    areas.take_line(assessment.lines[i], i);
  }
  for (std::size_t i = 0; i < assessment.transformers.size(); ++i) {
    areas.take_transformer(assessment.transformers[i], i);
  }
  areas.take_hardest(assessment.hardest, terminals);
  return areas.checks();
}

Grade checked(Grade by_formula, const std::vector<GradeCheck>& checks) {
  for (const GradeCheck& check : checks) {
    if (!check.is_kept()) {
      return Grade::red;
    }
  }
  return by_formula;
}

std::vector<Text> checks_not_made() {
  return {{"short-circuit current: needs the short-circuit data of the 10 kV network and of the "
           "inverters",
           "短路电流校核:需要 10 kV 侧及逆变器的短路数据"},
          {"harmonics (GB/T 14549): need measured or type-tested harmonic currents of the "
           "inverters",
           "谐波校核(GB/T 14549):需要逆变器谐波电流的实测或型式试验数据"}};
}

}  // namespace xiaoyuan::hosting
