#include "plan/coordination_notes.hpp"

#include <fmt/format.h>

#include <cmath>

namespace xiaoyuan::plan {

namespace {

std::string hour_of(const Inputs& inputs, std::size_t step) {
  const Civil& time = inputs.times[step];
  return fmt::format("{} {:02}:{:02}", text_of(time.date()), time.hour(), time.minute % 60);
}

double rounded_up(double kw) { return std::ceil(kw * 10.0) / 10.0; }

}  // namespace

Text title_of(model::Curtailment curtailment) {
  switch (curtailment) {
    case model::Curtailment::none:
      return {"none", "不协调"};
    case model::Curtailment::least_cost:
      return {"least cost", "总费用最低"};
    case model::Curtailment::equal_power:
      return {"equal power", "等功率"};
    case model::Curtailment::equal_share:
      return {"equal share", "按额定等比例"};
    case model::Curtailment::pro_rata:
      break;
  }
  return {"pro rata", "按发电量等比例"};
}

Text loads_note(const Inputs& inputs, const std::string& id, const TransformerLimits& limits,
                const optimum::ImportShortfall& shortfall) {
  const double kw = shortfall.least_kwh / inputs.step_hours();
  const std::string hour = hour_of(inputs, shortfall.step);
  return {
      fmt::format("{}: at {} the households draw {:.1f} kW at least, {:.1f} kW above the import "
                  "limit of {:.1f} kW, whatever their batteries do; an import limit of {:.1f} kW "
                  "would be kept. The plan goes on without an import limit here",
                  id, hour, kw, kw - limits.import_kw, limits.import_kw, rounded_up(kw)),
      fmt::format(
          "{}:{} 各户合计至少用网 {:.1f} kW,超过正向限值 {:.1f} kW 达 {:.1f} kW,电池如何"
          "运行均无法避免;正向限值提高到 {:.1f} kW 方可满足。本规划在该台区不再考虑正向限值",
          id, hour, kw, limits.import_kw, kw - limits.import_kw, rounded_up(kw))};
}

Text import_note(const Inputs& inputs, const std::string& id, const TransformerLimits& limits,
                 const Beyond& alone, const Text& why) {
  const std::string hour = hour_of(inputs, alone.peak_step);
  return {
      fmt::format("{}: the import limit of {:.1f} kW cannot be kept (alone, the households draw "
                  "{:.1f} kW at {}): {}. The plan goes on without an import limit here",
                  id, limits.import_kw, alone.peak_kw, hour, why.en),
      fmt::format("{}:无法满足正向限值 {:.1f} kW(各户单独运行时 {} 合计用网 {:.1f} kW):{}。"
                  "本规划在该台区不再考虑正向限值",
                  id, limits.import_kw, hour, alone.peak_kw, why.zh)};
}

Text rule_note(const std::string& id, model::Curtailment rule, const Text& why) {
  return {
      fmt::format("{}: nothing was found for curtailment = \"{}\": {}", id, name_of(rule), why.en),
      fmt::format("{}:curtailment = \"{}\" 未得到结果:{}", id, name_of(rule), why.zh)};
}

std::optional<Text> prices_note(const Inputs& inputs, const std::string& id) {
  const auto& buy = inputs.buying.yuan_per_kwh;
  const auto& sell = inputs.selling.yuan_per_kwh;
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t t = buy.size(); t-- > 0;) {
    if (buy[t] < 0.0 || sell[t] > buy[t]) {
      ++count;
      first = t;
    }
  }
  if (count == 0) {
    return std::nullopt;
  }
  const std::string hour = hour_of(inputs, first);
  return Text{
      fmt::format("{}: the households are not coordinated: in {} steps of the year the feed-in "
                  "price lies above the buying price, or buying earns (first at {}: {:.4f} and "
                  "{:.4f} yuan/kWh), and there capacity has no price",
                  id, count, hour, sell[first], buy[first]),
      fmt::format("{}:未做台区协调:全年有 {} 个时间步上网电价高于购电价或购电价为负(首次在 "
                  "{}:{:.4f} 与 {:.4f} 元/千瓦时),此时容量影子价格不成立",
                  id, count, hour, sell[first], buy[first])};
}

Text gap_note(const std::string& id, double gap) {
  return {fmt::format("{}: the least cost of all households together is proved to {:.2f} % only",
                      id, 100.0 * gap),
          fmt::format("{}:全体住户最低总费用仅证明到 {:.2f}% 以内", id, 100.0 * gap)};
}

}  // namespace xiaoyuan::plan
