#include <CLI/CLI.hpp>

#include "cli/bill.hpp"

namespace xiaoyuan::cli {

const CLI::App* add_bill(CLI::App& app, Language language, BillOptions& options) {
  const auto say = [&](const char* en, const char* zh) -> std::string {
    return language == Language::chinese ? zh : en;
  };
  CLI::App* bill =
      app.add_subcommand("bill", say("A month's bill to the fen, to hold a paper bill against",
                                     "计算某月电费账单,精确到分,供核对纸质账单"));
  const auto word = [&](const char* name, std::string& value, const char* en, const char* zh) {
    return bill->add_option(name, value, say(en, zh));
  };
  word("tariff", options.tariff, "A tariff or mechanism of \"xiaoyuan tariff\"",
       "电价或机制电价名称,见 xiaoyuan tariff")
      ->required();
  word("--month", options.month, "The month: 2026-10", "月份,如 2026-10")->required();
  word("--kwh", options.kwh, "The month's energy, kWh", "当月电量,千瓦时");
  word("--before-kwh", options.before_kwh,
       "What the year counted before the month (tiers, mechanism), kWh",
       "本年度此前累计电量(阶梯、机制电量),千瓦时");
  bill->add_option("--rate", options.rates,
                   say("The registers of periods: peak=150,valley=100",
                       "分时示数电量,如 peak=150,valley=100"))
      ->delimiter(',');
  bill->add_option("--given", options.given,
                   say("A figure that the tariff needs: key=value; may be repeated",
                       "电价所需的待填数值:键=值;可重复"));
  word("--connected", options.connected, "The day on which the plant was connected",
       "光伏并网日期");
  word("--village", options.village, "A village's folder, whose own tariffs come first",
       "村庄文件夹,其自有电价优先");
  bill->add_flag("--json", options.as_json, say("Print JSON", "以 JSON 输出"));
  bill->footer(
      say("Example:\n  xiaoyuan bill beijing-residential --month 2026-10 --kwh 200 "
          "--before-kwh 2800\n",
          "示例:\n  xiaoyuan bill beijing-residential --month 2026-10 --kwh 200 "
          "--before-kwh 2800\n"));
  return bill;
}

}  // namespace xiaoyuan::cli
