#include "readings/rules.hpp"

#include <array>

namespace xiaoyuan::readings {

const std::vector<std::string>& words_of(Rule) {
  static const std::vector<std::string> words{"negative_difference",
                                              "rollover",
                                              "meter_change",
                                              "most_power",
                                              "whole_kwh",
                                              "rates_sum",
                                              "bill_identity",
                                              "clock_shift",
                                              "negative_interval",
                                              "spike",
                                              "generation_window",
                                              "linear",
                                              "regional_efficiency",
                                              "similar_days",
                                              "anchor",
                                              "sum_check"};
  return words;
}

const std::vector<std::string>& words_of(Outcome) {
  static const std::vector<std::string> words{"passed", "acted", "failed", "skipped"};
  return words;
}

Text name_of(Rule rule) {
  static const std::array<Text, 16> names{
      {{"negative difference", "示数倒走"},
       {"rollover", "示数翻转"},
       {"change of meter or multiplier", "换表或变更倍率"},
       {"most power", "容量上限"},
       {"whole kWh", "示数取整"},
       {"sum of the periods", "分时示数之和"},
       {"self-use = generation - export", "自用=发电-上网"},
       {"clock shift", "时钟偏差"},
       {"negative interval", "负值点"},
       {"spike", "突变点"},
       {"generation window", "发电时段"},
       {"on a line", "线性插值"},
       {"generation efficiency of the region", "同地区发电效率"},
       {"similar days", "相似日"},
       {"anchored to the registers", "按表码锚定"},
       {"intervals against registers", "曲线与表码校核"}}};
  return names[static_cast<std::size_t>(rule)];
}

Text name_of(Outcome outcome) {
  static const std::array<Text, 4> names{{{"evaluated: passed", "已校核:通过"},
                                          {"evaluated: acted on", "已校核:已处理"},
                                          {"evaluated: failed", "已校核:不通过"},
                                          {"skipped", "未校核"}}};
  return names[static_cast<std::size_t>(outcome)];
}

Text name_of(Grade grade) {
  static const std::array<Text, 5> names{{{"measured", "实测"},
                                          {"estimated", "估算"},
                                          {"edited", "修正"},
                                          {"missing", "缺失"},
                                          {"refused", "存疑"}}};
  return names[static_cast<std::size_t>(grade)];
}

Grade grade_of(Quality quality) { return Grade(static_cast<std::uint8_t>(quality)); }

}  // namespace xiaoyuan::readings
