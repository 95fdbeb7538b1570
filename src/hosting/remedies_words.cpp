#include "hosting/remedies_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::hosting {

Text phases_name() { return {"houses on other phases", "单相户换相"}; }
Text tap_name() { return {"another tap of the transformer", "调整配变分接头"}; }
Text conductor_name() { return {"a stronger conductor", "更换大截面导线"}; }
Text second_line_name() { return {"a second line beside it", "并列增设第二回线路"}; }
Text transformer_name() { return {"a larger transformer", "配变增容"}; }
Text together_name(const Remedy& first, const Remedy& second) {
  return {first.name.en + " and " + second.name.en, first.name.zh + "+" + second.name.zh};
}

Text phases_detail(const AreaRoom& room, const PhaseAnswer& answer, std::size_t moved) {
  std::size_t single = 0;
  for (const House& house : room.village().houses) {
    single += room.is_own(house) && wires::phases_of(house.phases).size() == 1 ? 1 : 0;
  }
  Text detail{fmt::format("{} of {} single-phase houses change phase", moved, single),
              fmt::format("{} 户单相户中 {} 户换相", single, moved)};
  const double today_kw = room.today().kw;
  for (const FewMoves& few : answer.few) {
    if (few.moves.size() <= 3) {
      detail.en +=
          fmt::format("; {} {} at most {:.1f} kW", few.moves.size(),
                      few.moves.size() == 1 ? "brings" : "bring", few.capacity_kw - today_kw);
      detail.zh +=
          fmt::format(";换 {} 户至多增 {:.1f} kW", few.moves.size(), few.capacity_kw - today_kw);
    }
  }
  detail.en += fmt::format("; the best assignment moves {} and brings {:.1f} kW",
                           answer.moves.size(), answer.capacity.kw - today_kw);
  detail.zh += fmt::format(";最优相序分配须换 {} 户,增 {:.1f} kW", answer.moves.size(),
                           answer.capacity.kw - today_kw);
  return detail;
}

Text phases_proof(const PhaseAnswer& answer) {
  if (answer.looked_at == 0) {
    return {"there is no single-phase house", "无单相户"};
  }
  return {fmt::format("all {} assignments were looked at: none bears more than {:.1f} kW",
                      answer.looked_at, answer.capacity.kw),
          fmt::format("已穷举全部 {} 种相序分配,承载力均不超过 {:.1f} kW", answer.looked_at,
                      answer.capacity.kw)};
}

Text tap_detail(const wires::Transformer& transformer, double to_percent) {
  const double ratio = (1.0 + transformer.tap_percent / 100.0) / (1.0 + to_percent / 100.0);
  const double change =
      100.0 * ((transformer.tap_side == wires::TapSide::high ? ratio : 1.0 / ratio) - 1.0);
  const bool is_lower = change < 0.0;
  return {
      fmt::format("tap of {} from {:+.1f} % to {:+.1f} %: without load all voltages are {:.1f} % "
                  "{}; the lowest of the year keeps its limit",
                  transformer.name, transformer.tap_percent, to_percent, std::abs(change),
                  is_lower ? "lower" : "higher"),
      fmt::format("{} 分接头由 {:+.1f}% 调至 {:+.1f}%:空载电压整体{} {:.1f}%,全年最低电压仍合格",
                  transformer.name, transformer.tap_percent, to_percent, is_lower ? "降低" : "升高",
                  std::abs(change))};
}

namespace {

/// "JKLYJ-70, JKLYJ-120", each once, in their order.
std::string named_once(const std::vector<std::string>& types) {
  std::vector<std::string> once;
  for (const std::string& type : types) {
    if (std::ranges::find(once, type) == once.end()) {
      once.push_back(type);
    }
  }
  return joined(once);
}

}  // namespace

Text work_detail(const wires::Network& network, const LineWork& work) {
  std::vector<std::string> before;
  std::vector<std::string> after;
  for (std::size_t i = 0; i < work.lines.size(); ++i) {
    before.push_back(bought_as(network.types[network.lines[work.lines[i]].type].name));
    after.push_back(bought_as(work.types[i].name));
  }
  const std::string first = network.lines[work.lines.front()].name;
  const std::string last = network.lines[work.lines.back()].name;
  const bool is_one = work.lines.size() == 1;
  const std::string where =
      is_one ? "line " + first
             : fmt::format("{} lines from {} to {}", work.lines.size(), first, last);
  const std::string where_zh =
      is_one ? "线路 " + first
             : fmt::format("{} 至 {} 共 {} 段线路", first, last, work.lines.size());
  if (work.kind == LineWork::Kind::parallel) {
    return {fmt::format("{:.0f} m more of {} beside {}", work.length_m, named_once(before), where),
            fmt::format("沿{}增设 {} 共 {:.0f} m", where_zh, named_once(before), work.length_m)};
  }
  return {fmt::format("{:.0f} m, {}: {} in place of {}", work.length_m, where, named_once(after),
                      named_once(before)),
          fmt::format("{}共 {:.0f} m 由 {} 更换为 {}", where_zh, work.length_m, named_once(before),
                      named_once(after))};
}

Text transformer_detail(const wires::Transformer& from, const wires::Transformer& to,
                        FiguresFrom figures) {
  const bool is_scaled = figures == FiguresFrom::scaled;
  return {fmt::format("{}: {:.0f} kVA in place of {:.0f} kVA{}", from.name, to.rating_kva,
                      from.rating_kva,
                      is_scaled ? "; its short-circuit voltage taken as the present one's, its "
                                  "losses in proportion to the rating"
                                : ""),
          fmt::format("{} 由 {:.0f} kVA 增容至 {:.0f} kVA{}", from.name, from.rating_kva,
                      to.rating_kva, is_scaled ? ";短路阻抗取现值,损耗按容量比例推算" : "")};
}

Text setting_detail(const InverterSetting& setting, double inverters, const Capacity& capacity) {
  const bool is_lost = capacity.stop == Stop::lost_energy;
  return {fmt::format("{:.0f} inverters, present and added ones; curve: {}{}", inverters,
                      setting.document,
                      is_lost ? "; more PV would hold back too much of its energy" : ""),
          fmt::format("{:.0f} 台逆变器(含现有与新增);曲线依据:{}{}", inverters, setting.document,
                      is_lost ? ";再增装则弃光过多" : "")};
}

Text together_detail(const Remedy& first, const Remedy& second) {
  return {fmt::format("both at once: alone they bring {:.1f} and {:.1f} kW", first.more_kw,
                      second.more_kw),
          fmt::format("两项同时实施:单独实施分别增 {:.1f} kW 与 {:.1f} kW", first.more_kw,
                      second.more_kw)};
}

Text brings_nothing(const AreaRoom& room) {
  const Text binding =
      wires::explained(room.today().binding, room.village().network, terminals(room.village()));
  return {"brings nothing; what binds all the same: " + binding.en,
          "无增容效果;起限制作用的仍是:" + binding.zh};
}

}  // namespace xiaoyuan::hosting
