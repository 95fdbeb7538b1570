#include "report/summary_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"
#include "report/network_words.hpp"

namespace xiaoyuan::report {

namespace {

using Line = std::pair<Text, Text>;

const wires::LimitUse& use_of(const plan::VillageNetwork& network, wires::LimitKind kind) {
  return network.assessment.hardest[static_cast<std::size_t>(kind)];
}

/// "H012 +6.2 V, H014 +3.1 V": who moves the voltage most.
std::string causes_of(const plan::VillageNetwork& network, const wires::Why& why) {
  constexpr std::size_t shown = 3;
  std::vector<std::string> causes;
  for (std::size_t i = 0; i < std::min(shown, why.causes.size()); ++i) {
    causes.push_back(fmt::format("{} {:+.1f} V", network.terminals[why.causes[i].terminal].name,
                                 why.causes[i].volts));
  }
  return joined(causes);
}

void add_voltage(const plan::Inputs& inputs, const plan::VillageNetwork& network,
                 std::vector<Line>& lines) {
  const wires::LimitUse& high = use_of(network, wires::LimitKind::voltage_high);
  const wires::LimitUse& low = use_of(network, wires::LimitKind::voltage_low);
  const bool is_high = high.used >= low.used;
  const auto& why = is_high ? network.highest : network.lowest;
  if (!why) {
    return;
  }
  const wires::LimitUse& use = is_high ? high : low;
  const double hours = network.assessment.hours_beyond[static_cast<std::size_t>(use.kind)];
  const std::string& house = network.terminals[why->terminal].name;
  const std::string time = spoken_time(inputs, why->step);
  const std::string causes = causes_of(network, *why);
  lines.push_back(
      {{"Worst voltage", "最不利电压"},
       {fmt::format("{:.1f} V at {}, phase {}, {} ({:.1f} V allowed; {:.0f} h beyond in the "
                    "village); {:.1f} V unloaded, then {}",
                    why->volts, house, letter_of(why->wire), time, use.limit, hours,
                    why->unloaded_v, causes),
        fmt::format("{} {} 相 {:.1f} V,{}(限值 {:.1f} V,全村越限 {:.0f} 小时);空载 {:.1f} "
                    "V,主要影响:{}",
                    house, letter_of(why->wire), why->volts, time, use.limit, hours,
                    why->unloaded_v, causes)}});
}

void add_loading(const plan::VillageNetwork& network, std::vector<Line>& lines) {
  const auto& transformers = network.assessment.transformers;
  const double reverse_rate = network.village.limits.reverse_rate;
  const auto worst =
      std::ranges::max_element(transformers, {}, [&](const wires::TransformerYear& year) {
        return std::max(year.forward.loading, year.reverse.loading / reverse_rate);
      });
  if (worst == transformers.end()) {
    return;
  }
  const std::string& name =
      network.village.network.transformers[static_cast<std::size_t>(worst - transformers.begin())]
          .name;
  const double losses = network.assessment.line_loss_kwh + network.assessment.transformer_loss_kwh;
  lines.push_back(
      {{"Wires at their most", "电网最大负载"},
       {fmt::format("{}: {:.0f} % drawn, {:.0f} % fed back ({:.0f} % allowed), {:.0f} % in one "
                    "phase; losses {} kWh a year",
                    name, 100.0 * worst->forward.loading, 100.0 * worst->reverse.loading,
                    100.0 * reverse_rate, 100.0 * worst->phase_loading, grouped(losses)),
        fmt::format("{}:正向 {:.0f}%,反向 {:.0f}%(允许 {:.0f}%),单相最大 {:.0f}%;全年损耗 {} "
                    "千瓦时",
                    name, 100.0 * worst->forward.loading, 100.0 * worst->reverse.loading,
                    100.0 * reverse_rate, 100.0 * worst->phase_loading, grouped(losses))}});
}

void add_room(const plan::VillageNetwork& network, std::vector<Line>& lines) {
  if (!network.room || network.room->areas.empty()) {
    return;
  }
  double kw = 0.0;
  const hosting::AreaCapacity* tightest = nullptr;
  for (const hosting::AreaCapacity& area : network.room->areas) {
    kw += area.capacity.kw;
    const bool is_tighter =
        area.capacity.is_bounded && (!tightest || area.capacity.kw < tightest->capacity.kw);
    tightest = is_tighter ? &area : tightest;
  }
  Text stops{"no limit stops it before roofs are full", "屋面装满前不受电网限制"};
  if (tightest && tightest->capacity.binding.is_known()) {
    const Text binds =
        wires::explained(tightest->capacity.binding, network.village.network, network.terminals);
    const bool is_broken = tightest->capacity.kw <= 0.0;
    const std::string area =
        network.room->areas.size() > 1
            ? network.village.network.transformers[tightest->transformer].name + ": "
            : "";
    stops = {area + (is_broken ? "already now " : "then ") + binds.en,
             area + (is_broken ? "现状已受限:" : "其后受限:") + binds.zh};
  }
  lines.push_back({{"The wires bear", "电网尚可接入"},
                   {fmt::format("{:.0f} kW more; {}", kw, stops.en),
                    fmt::format("{:.0f} kW;{}", kw, stops.zh)}});
}

void add_remedy(const plan::VillageNetwork& network, std::vector<Line>& lines) {
  if (network.remedies.empty() || network.remedies.front().more_kw < hosting::least_more_kw) {
    return;
  }
  const hosting::Remedy& best = network.remedies.front();
  const Text price = best.yuan_per_kw ? Text{fmt::format("{:.0f} yuan/kW", *best.yuan_per_kw),
                                             fmt::format("{:.0f} 元/kW", *best.yuan_per_kw)}
                                      : Text{"its price is not given (" + best.missing + ")",
                                             "未填单价(" + best.missing + ")"};
  lines.push_back({{"Best remedy", "首选措施"},
                   {fmt::format("{}: {:.0f} kW more, {}", best.name.en, best.more_kw, price.en),
                    fmt::format("{}:再增 {:.0f} kW,{}", best.name.zh, best.more_kw, price.zh)}});
}

}  // namespace

std::vector<std::pair<Text, Text>> network_lines(const plan::Inputs& inputs,
                                                 const plan::Study& study) {
  std::vector<Line> lines;
  if (study.network) {
    add_voltage(inputs, *study.network, lines);
    add_loading(*study.network, lines);
    add_room(*study.network, lines);
    add_remedy(*study.network, lines);
  }
  return lines;
}

}  // namespace xiaoyuan::report
