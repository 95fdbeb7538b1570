#include "cli/size_words.hpp"

#include <CLI/CLI.hpp>

namespace xiaoyuan::cli {

namespace {

class SizeWords {
 public:
  SizeWords(CLI::App& command, Language language) : command_(command), language_(language) {}
  std::string say(const char* en, const char* zh) const {
    return language_ == Language::chinese ? zh : en;
  }
  template <class T>
  CLI::Option* add(const char* name, T& value, const char* en, const char* zh) {
    return command_.add_option(name, value, say(en, zh));
  }

 private:
  CLI::App& command_;
  Language language_;
};

void add_plant(SizeWords& words, SizeOptions& options) {
  words
      .add("--roof-kwp", options.roof_kwp, "Room of each roof plane, kWp: 12 or 8,4",
           "各屋面可装容量(kWp):12 或 8,4")
      ->delimiter(',')
      ->required();
  words
      .add("--pv-kwp", options.pv_kwp, "kWp that the column pv_kw is of",
           "pv_kw 列对应的装机容量(kWp)")
      ->check(CLI::PositiveNumber);
  words
      .add("--module-kwp", options.module_kwp, "kWp of a module: whole modules only",
           "单块组件容量(kWp):只取整块")
      ->check(CLI::PositiveNumber);
  words
      .add("--pv-yuan-per-kwp", options.pv_price,
           "Price of PV: 2970, or by size 5:3200,2900 (up to 5 kWp, then)",
           "光伏单价:2970,或按规模分段 5:3200,2900(5 kWp 以内、其后)")
      ->required();
  words
      .add("--pv-upkeep", options.pv_upkeep, "Upkeep of PV, yuan/kWp a year",
           "光伏运维费,元/kWp/年")
      ->check(CLI::NonNegativeNumber);
  words
      .add("--battery-yuan-per-kwh", options.battery_price, "Price of battery energy, as above",
           "电池电量单价,写法同上")
      ->required();
  words
      .add("--battery-yuan-per-kw", options.power_price, "Price of battery power, as above",
           "电池功率单价,写法同上")
      ->capture_default_str();
  words.add("--battery-most-kwh", options.most_kwh,
            "Largest battery, kWh; without it the energy of the largest day",
            "电池上限(千瓦时);缺省为全年最大日电量");
  words
      .add("--c-rate", options.kw_per_kwh, "Most power for a kWh of battery, kW",
           "每千瓦时电池的最大功率(kW)")
      ->check(CLI::PositiveNumber);
  words.add("--catalogue", options.catalogue,
            "Batteries to choose from: kWh[:kW[:yuan]], as 5,10:5,15:7.5:9000",
            "可选电池:千瓦时[:千瓦[:元]],如 5,10:5,15:7.5:9000");
  words.add("--efficiency", options.efficiency, "Battery efficiency each way", "电池单程效率")
      ->check(CLI::Range(0.01, 1.0))
      ->required();
  words.add("--soc-min", options.soc_min, "Least charge in use", "荷电状态下限")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  words.add("--soc-max", options.soc_max, "Most charge in use", "荷电状态上限")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  words
      .add("--wear", options.wear_yuan_per_kwh, "Wear, yuan for a kWh in or out",
           "损耗,元/千瓦时充或放")
      ->check(CLI::NonNegativeNumber);
}

void add_limits(SizeWords& words, SizeOptions& options) {
  words.add("--export-limit-kw", options.export_limit_kw, "Most export, kW", "上网功率限值(kW)")
      ->check(CLI::NonNegativeNumber);
  words.add("--import-limit-kw", options.import_limit_kw, "Most import, kW", "购电功率限值(kW)")
      ->check(CLI::NonNegativeNumber);
  words
      .add("--reserve-kwh", options.reserve_kwh, "Always stored, for an outage, kWh",
           "始终保留的备用电量(千瓦时)")
      ->check(CLI::NonNegativeNumber);
  words.add("--tiers", options.tiers, "Limits of the tiers, kWh: 2880,4800",
            "阶梯电量上限(千瓦时),如 2880,4800");
  words.add("--tier-additions", options.tier_additions, "What each tier adds, yuan/kWh: 0,0.05,0.3",
            "各档加价(元/千瓦时),如 0,0.05,0.3");
  words
      .add("--tier-period", options.tier_period, "What the tiers count: year or month",
           "阶梯累计周期:year 按年(全表)、month 按月")
      ->check(CLI::IsMember({"year", "month"}))
      ->capture_default_str();
}

void add_aim(SizeWords& words, SizeOptions& options) {
  words.add("--life", options.life_years, "Life of the plant, years", "电站寿命(年)")
      ->check(CLI::Range(1, 60))
      ->required();
  words.add("--rate", options.rate, "Discount rate a year", "年折现率")
      ->check(CLI::Range(0.0, 0.5))
      ->required();
  words
      .add("--battery-life", options.battery_years,
           "Years until the battery is replaced; without it as the life",
           "电池更换年限;缺省同电站寿命")
      ->check(CLI::Range(1, 60));
  words
      .add("--objective", options.objective,
           "annual: cost of a year; npv: cost over the life with worn modules and battery",
           "annual:年化成本;npv:全寿命净现值(计入衰减与更换)")
      ->check(CLI::IsMember({"annual", "npv"}))
      ->capture_default_str();
  words
      .add("--pv-loss", options.pv_loss, "npv: output that modules lose a year", "npv:组件年衰减率")
      ->check(CLI::Range(0.0, 0.2));
  words
      .add("--battery-loss", options.battery_loss, "npv: capacity that the battery loses a year",
           "npv:电池容量年衰减率")
      ->check(CLI::Range(0.0, 0.3));
  words
      .add("--mode", options.mode,
           "cheapest; self-sufficiency: the most for the budget; carbon: the least of what is "
           "bought",
           "cheapest:最低成本;self-sufficiency:预算内自给率最高;carbon:购电碳排放最低")
      ->check(CLI::IsMember({"cheapest", "self-sufficiency", "carbon"}))
      ->capture_default_str();
  words.add("--budget", options.budget_yuan, "Most to spend at first, yuan", "初投资上限(元)")
      ->check(CLI::NonNegativeNumber);
  words
      .add("--carbon-kg-per-kwh", options.carbon_kg_per_kwh,
           "carbon: kg for a kWh bought, where the file has no such column",
           "carbon:购电碳排放因子(kg/千瓦时),文件无此列时给出")
      ->check(CLI::NonNegativeNumber);
  words
      .add("--pareto", options.points, "Points of cost against self-sufficiency (or carbon)",
           "成本与自给率(或碳排放)的前沿点数")
      ->check(CLI::Range(2, 100));
  words.add("--gap", options.gap, "Gap to be proved", "需证明的最优性间隙")
      ->check(CLI::Range(1e-10, 1.0))
      ->capture_default_str();
  words.add("--step-minutes", options.step_minutes, "Step of the rows, minutes", "行的步长(分钟)")
      ->check(CLI::PositiveNumber);
  words.add("--out", options.out, "Write the schedule of the answer to this CSV file",
            "将所选方案的调度写入此 CSV 文件");
}

}  // namespace

const CLI::App* add_size(CLI::App& app, Language language, SizeOptions& options) {
  CLI::App* command =
      app.add_subcommand("size", language == Language::chinese
                                     ? "求一户光伏与电池的最优容量"
                                     : "Find the best sizes of PV and battery for a household");
  SizeWords words(*command, language);
  words
      .add("file", options.file,
           "CSV with load_kw, pv_kw_per_kwp (or pv_kw with --pv-kwp), buy, sell",
           "CSV:load_kw、pv_kw_per_kwp(或 pv_kw 并给出 --pv-kwp)、buy、sell")
      ->required();
  add_plant(words, options);
  add_limits(words, options);
  add_aim(words, options);
  command->add_flag("--json", options.as_json, words.say("Print JSON", "以 JSON 输出"));
  return command;
}

}  // namespace xiaoyuan::cli
