#include "district/dispatch_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace xiaoyuan::district {

namespace {

struct ProofWords {
  const char* word;
  Text text;
};

ProofWords words_of(optimum::Proof proof) {
  switch (proof) {
    case optimum::Proof::exact:
      return {"exact", {"exact: cost and bound agree", "精确:成本与下界一致"}};
    case optimum::Proof::branched:
      return {"branched",
              {"exact by branching: some steps are not convex and were tried both ways",
               "分支精确:部分时段非凸,已逐一分支求解"}};
    case optimum::Proof::cases:
      return {"cases",
              {"exact by cases: the cap on what is sold reached or not, each solved for itself",
               "分情形精确:上网电量达到与未达到上限两种情形分别求解"}};
    case optimum::Proof::bounded:
      break;
  }
  return {"bounded",
          {"bounded: the optimum lies between the bound and the cost",
           "有界:最优值介于下界与成本之间"}};
}

const char* word_of(optimum::CapCase side) {
  switch (side) {
    case optimum::CapCase::within:
      return "within";
    case optimum::CapCase::beyond:
      return "beyond";
    case optimum::CapCase::none:
      break;
  }
  return "none";
}

/// Which side of the cap the schedule was solved for, and what the other comes to.
Text cap_words(const optimum::DispatchResult& result) {
  const bool is_within = result.cap_case == optimum::CapCase::within;
  const double other = result.other_case.cost_yuan;
  return {fmt::format("{} the cap; the other case costs {:.6f} yuan",
                      is_within ? "within" : "beyond", other),
          fmt::format("按{}上限求解;另一情形费用 {:.6f} 元", is_within ? "未超" : "超出", other)};
}

std::string json_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

std::string json_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
    }
    quoted += letter == '\n' ? ' ' : letter;
  }
  return quoted + '"';
}

std::string quoted_if_needed(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) {
    return cell;
  }
  std::string quoted = "\"";
  for (const char letter : cell) {
    quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  }
  return quoted + '"';
}

std::string stores_json(const DispatchAnswer& answer) {
  std::string stores;
  for (const StoreAnswer& store : answer.stores) {
    const bool is_tank = store.kind == StoreKind::tank;
    stores += fmt::format("{}\n    {{\"kind\": \"{}\", \"electricity_kwh\": {}, ",
                          stores.empty() ? "" : ",", is_tank ? "tank" : "shift",
                          json_number(store.heater_kwh));
    if (is_tank) {
      stores +=
          fmt::format("\"start_kwh\": {}, \"end_kwh\": {}, \"saved_by_tank_kwh_yuan\": {}, ",
                      json_number(store.path.start_kwh), json_number(store.path.stored_kwh.back()),
                      json_number(store.marginals.ceiling_kwh));
    }
    stores += fmt::format("\"saved_by_kw_yuan\": {}}}", json_number(store.marginals.heater_kw));
  }
  return stores.empty() ? "" : fmt::format("  \"stores\": [{}\n  ],\n", stores);
}

/// What the second stores take, and what more of them would save.
template <class Line>
std::string stores_text(const DispatchAnswer& answer, Language language, Line&& line) {
  const auto kwh = [&](double value) {
    return fmt::format("{:.3f} {}", value, Text{"kWh", "千瓦时"}.in(language));
  };
  const auto yuan = [&](double value) {
    return fmt::format("{:.6f} {}", value, Text{"yuan", "元"}.in(language));
  };
  std::string text;
  for (const StoreAnswer& store : answer.stores) {
    if (store.kind == StoreKind::shift) {
      text += line("shiftable load", "可平移负荷用电量", kwh(store.heater_kwh)) +
              line("a kW more of it saves", "功率每增 1 千瓦节省", yuan(store.marginals.heater_kw));
      continue;
    }
    text +=
        line("heater's electricity", "加热用电量", kwh(store.heater_kwh)) +
        line("heat, start and end", "初、末储热量",
             kwh(store.path.start_kwh) + ", " + kwh(store.path.stored_kwh.back())) +
        line("a tank kWh more saves", "水箱每增 1 千瓦时节省", yuan(store.marginals.ceiling_kwh)) +
        line("a heater kW more saves", "加热每增 1 千瓦节省", yuan(store.marginals.heater_kw));
  }
  return text;
}

/// The columns of the second stores: their electricity, and of a tank its heat and what that is
/// worth.
std::string store_columns(const DispatchAnswer& answer) {
  std::string names;
  for (const StoreAnswer& store : answer.stores) {
    names += store.kind == StoreKind::tank ? ",heater_kw,heat_stored_kwh,heat_value_yuan_per_kwh"
                                           : ",shifted_kw";
  }
  return names;
}

}  // namespace

std::string answer_text(const DispatchAnswer& answer, Language language) {
  const optimum::DispatchResult& result = answer.result;
  const auto line = [&](const char* en, const char* zh, const std::string& value) {
    const std::string label = Text{en, zh}.in(language);
    // A Chinese character fills two columns and three bytes.
    const std::size_t wide = static_cast<std::size_t>(
        std::ranges::count_if(label, [](char c) { return (c & 0xF0) == 0xE0; }));
    const std::size_t columns = label.size() - wide;
    return label + std::string(columns < 26 ? 26 - columns : 1, ' ') + value + '\n';
  };
  const auto yuan = [&](double value) {
    return fmt::format("{:.6f} {}", value, Text{"yuan", "元"}.in(language));
  };
  const auto kwh = [&](double value) {
    return fmt::format("{:.3f} {}", value, Text{"kWh", "千瓦时"}.in(language));
  };
  std::string text =
      line("cost", "费用", yuan(result.cost_yuan)) +
      line("lower bound", "费用下界", yuan(result.bound_yuan)) +
      line("gap", "相对差距", fmt::format("{:.2e}", result.gap())) +
      (answer.stores.empty() ? line("cost without battery", "无储能费用", yuan(result.without_yuan))
                             : line("cost unplanned", "未优化费用", yuan(result.without_yuan))) +
      line("import", "购电量", kwh(answer.sums.import_kwh)) +
      line("export", "上网电量", kwh(answer.sums.export_kwh)) +
      line("curtailed", "弃光电量", kwh(answer.sums.curtailed_kwh)) +
      line("battery losses", "储能损耗", kwh(answer.sums.loss_kwh)) +
      line("stored, start and end", "初、末存储电量",
           kwh(result.path.start_kwh) + ", " + kwh(result.path.end_kwh)) +
      stores_text(answer, language, line) +
      line("proof", "最优性证明", words_of(result.proof).text.in(language));
  if (result.cap_case != optimum::CapCase::none) {
    text += line("cap on what is sold", "上网电量上限", cap_words(result).in(language));
  }
  if (!result.bent_steps.empty()) {
    text += line("steps that are not convex", "非凸时段数",
                 fmt::format("{}", result.bent_steps.size()));
  }
  const Text verdict =
      answer.is_certified()
          ? Text{fmt::format("holds: feasible, balance to {:.1e} kWh, at least {:.6f} yuan proved",
                             answer.certificate.largest_miss_kwh, answer.certificate.proved_yuan),
                 fmt::format(
                     "成立:计划可行,电量平衡误差不超过 {:.1e} 千瓦时,已证明费用不低于 {:.6f} 元",
                     answer.certificate.largest_miss_kwh, answer.certificate.proved_yuan)}
          : Text{"DOES NOT HOLD " + answer.certificate.wrong.en,
                 "不成立 " + answer.certificate.wrong.zh};
  return text + line("certificate", "独立校验", verdict.in(language));
}

std::string answer_json(const DispatchAnswer& answer) {
  const optimum::DispatchResult& result = answer.result;
  const optimum::Certificate& certificate = answer.certificate;
  std::string additions;
  for (const double addition : result.tier_additions) {
    additions += (additions.empty() ? "" : ", ") + json_number(addition);
  }
  return fmt::format(
      "{{\n  \"schema\": \"xiaoyuan.dispatch/1\",\n  \"steps\": {},\n  \"step_minutes\": {},\n"
      "  \"cost_yuan\": {},\n  \"bound_yuan\": {},\n  \"gap\": {},\n  \"without_yuan\": {},\n"
      "  \"import_kwh\": {},\n  \"export_kwh\": {},\n  \"curtailed_kwh\": {},\n"
      "  \"loss_kwh\": {},\n  \"start_kwh\": {},\n  \"end_kwh\": {},\n  \"proof\": \"{}\",\n"
      "  \"bent_steps\": {},\n  \"tier_additions_yuan\": [{}],\n  \"cap_case\": \"{}\",\n"
      "  \"other_case_yuan\": {},\n{}  \"certificate\": {{\n"
      "    \"holds\": {},\n    \"wrong\": {},\n    \"cost_yuan\": {},\n    \"proved_yuan\": {},\n"
      "    \"largest_miss_kwh\": {}\n  }}\n}}\n",
      answer.flows.size(), json_number(answer.step_hours * 60.0), json_number(result.cost_yuan),
      json_number(result.bound_yuan), json_number(result.gap()), json_number(result.without_yuan),
      json_number(answer.sums.import_kwh), json_number(answer.sums.export_kwh),
      json_number(answer.sums.curtailed_kwh), json_number(answer.sums.loss_kwh),
      json_number(result.path.start_kwh), json_number(result.path.end_kwh),
      words_of(result.proof).word, result.bent_steps.size(), additions, word_of(result.cap_case),
      result.cap_case == optimum::CapCase::none ? "null" : json_number(result.other_case.cost_yuan),
      stores_json(answer), answer.is_certified(), json_text(certificate.wrong.en),
      json_number(certificate.cost_yuan), json_number(certificate.proved_yuan),
      json_number(certificate.largest_miss_kwh));
}

std::string schedule_csv(const DispatchTable& table, const battery::Spec& store,
                         const DispatchAnswer& answer) {
  const bool has_time = !table.times.empty();
  std::string csv = fmt::format(
      "step,{}load_kw,pv_kw,import_kw,export_kw,curtailed_kw,battery_kw,stored_kwh,"
      "stored_value_yuan_per_kwh{}\n",
      has_time ? "time," : "", store_columns(answer));
  const auto kw = [&](double kwh) {  // a trace of rounding is nothing, and not "-0.000000"
    const double power = kwh / answer.step_hours;
    return std::abs(power) < 5e-7 ? 0.0 : power;
  };
  for (std::size_t t = 0; t < table.size(); ++t) {
    const optimum::StepFlow& flow = answer.flows[t];
    const double battery_kwh = battery::ac_energy_kwh(store, answer.result.path.change_kwh[t]);
    fmt::format_to(std::back_inserter(csv), "{},", t);
    if (has_time) {
      fmt::format_to(std::back_inserter(csv), "{},", quoted_if_needed(table.times[t]));
    }
    fmt::format_to(std::back_inserter(csv), "{},{},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f}",
                   table.load_kw[t], table.pv_kw[t], kw(flow.import_kwh), kw(flow.export_kwh),
                   kw(flow.curtailed_kwh), kw(battery_kwh), answer.stored_kwh[t],
                   answer.result.stored_value[t]);
    for (const StoreAnswer& second : answer.stores) {
      fmt::format_to(std::back_inserter(csv), ",{:.6f}", kw(second.path.heater_kwh[t]));
      if (second.kind == StoreKind::tank) {
        fmt::format_to(std::back_inserter(csv), ",{:.6f},{:.6f}", second.path.stored_kwh[t],
                       second.stored_value[t]);
      }
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace xiaoyuan::district
