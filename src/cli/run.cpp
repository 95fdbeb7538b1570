#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>

#include "cli/account.hpp"
#include "cli/bill.hpp"
#include "cli/commands.hpp"
#include "cli/office_words.hpp"
#include "cli/serve.hpp"
#include "cli/share.hpp"
#include "cli/simulate.hpp"
#include "cli/size_words.hpp"
#include "cli/terminal.hpp"
#include "report/version.hpp"

namespace xiaoyuan::cli {

namespace {

/// CLI11 speaks English; these are its complaints in both languages.
Text complaint(const CLI::ParseError& error, const CLI::App& app) {
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) {
    known.push_back(command->get_name());
  }
  if (kind == CLI::ExitCodes::ExtrasError) {
    const std::string word = app.remaining().empty() ? "" : app.remaining().front();
    Text text = unknown_name(word, known);
    return {text.en + "; see --help", text.zh + ";请看 --help"};
  }
  if (kind == CLI::ExitCodes::RequiredError) {
    return {fmt::format("{}; see --help", error.what()),
            fmt::format("缺少必需的参数({});请看 --help", error.what())};
  }
  return {fmt::format("{}; see --help", error.what()),
          fmt::format("命令参数有误({});请看 --help", error.what())};
}

struct Words {
  Language language;
  std::string operator()(const char* en, const char* zh) const {
    return language == Language::chinese ? zh : en;
  }
};

/// CLI11 takes "-5t" after "--claim" for an option; joined to it ("--claim=-5t") it is a value, and
/// the command says what is wrong with it.
std::vector<std::string> with_negatives_joined(int argc, const char* const* argv) {
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool is_negative = word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
    if (is_negative && !words.empty() && words.back().starts_with("--") &&
        !words.back().contains('=')) {
      words.back() += fmt::format("={}", word);
    } else {
      words.emplace_back(word);
    }
  }
  std::ranges::reverse(words);  // CLI11 takes them from the back
  return words;
}

CLI::App* add_carbon(CLI::App& app, CarbonOptions& options, const Words& say) {
  CLI::App* carbon = app.add_subcommand(
      "carbon", say("What a published claim of avoided tonnes means under each emission factor",
                    "由公布的减排量反推:按各排放因子相当于多少发电量与装机"));
  carbon->add_option("--claim", options.claim,
                     say("Tonnes of CO2 a year, with unit: 1130t, 1.13kt, 1130000kg",
                         "年减排量,带单位:1130t、1.13kt、1130000kg、1130吨"));
  carbon->add_option("--yield", options.yield,
                     say("Yearly yield, kWh/kWp (default: measured in Tongzhou)",
                         "每千瓦年发电量,kWh/kWp(默认取通州实测值)"));
  carbon->add_option(
      "--kwp", options.kwp,
      say("Capacity published beside the claim: 1500, 1.5MWp", "同时公布的装机容量:1500、1.5MWp"));
  carbon->add_option("--kwh", options.kwh,
                     say("A year's energy published beside the claim: 2.0GWh",
                         "同时公布的年发电量:2.0GWh、213万千瓦时"));
  carbon->add_option(
      "--kwp-per-home", options.kwp_per_home,
      say("Also say how many houses of this capacity that is", "另按每户装机折算户数"));
  carbon->add_flag("--factors", options.list_factors,
                   say("List the factors with validity and source", "列出排放因子及有效期、来源"));
  carbon->add_flag("--json", options.as_json, say("Answer as JSON", "以 JSON 输出"));
  carbon->footer(say("Example:\n  xiaoyuan carbon --claim 1130t --kwp 1500 --kwp-per-home 10\n",
                     "示例:\n  xiaoyuan carbon --claim 1130吨 --kwp 1500 --kwp-per-home 10\n"));
  return carbon;
}

std::string examples(const Words& say) {
  return say(
      "Examples:\n"
      "  xiaoyuan new my-village\n"
      "  xiaoyuan check my-village\n"
      "  xiaoyuan plan my-village --out my-village/out\n"
      "  xiaoyuan plan my-village --out out --hourly H001,H007 --lang zh\n"
      "  xiaoyuan dispatch home.csv --battery-kwh 15 --battery-kw 5 --out schedule.csv\n",
      "示例:\n"
      "  xiaoyuan new my-village\n"
      "  xiaoyuan check my-village\n"
      "  xiaoyuan plan my-village --out my-village/out\n"
      "  xiaoyuan plan my-village --out out --hourly H001,H007 --lang en\n"
      "  xiaoyuan dispatch home.csv --battery-kwh 15 --battery-kw 5 --out schedule.csv\n");
}

/// The words of a tank and of a load that may wait.
void add_second_stores(CLI::App& dispatch, const Words& say, DispatchOptions& options) {
  const auto number = [&](const char* name, auto& value, const char* en, const char* zh) {
    return dispatch.add_option(name, value, say(en, zh));
  };
  number("--tank-kwh", options.tank.capacity_kwh,
         "Heat that a hot-water or buffer tank holds in use, kWh",
         "热水箱或蓄热水箱的可用储热量,千瓦时");
  number("--heater-kw", options.tank.heater_kw, "Electric power of its heater or heat pump, kW",
         "电加热器或热泵的电功率,千瓦");
  number("--tank-loss-per-hour", options.tank.loss_per_hour,
         "Part of the stored heat lost in an hour", "水箱每小时散热比例");
  number("--tank-start-kwh", options.tank.start_kwh, "Heat stored at the beginning, kWh",
         "初始储热量,千瓦时");
  number("--shift-kw", options.shift.power_kw, "Most power of the load that may wait, kW",
         "可平移负荷的最大功率,千瓦");
  number("--shift-hours", options.shift.hours,
         "Hours within which it may be moved, from the first row on (24)",
         "可平移的时间窗长度(自首行起),小时,默认 24");
}

/// The words of `xiaoyuan dispatch`.
CLI::App* add_dispatch(CLI::App& app, const Words& say, DispatchOptions& options) {
  CLI::App* dispatch = app.add_subcommand(
      "dispatch", say("The exact optimum of a battery for one CSV table of load, PV and prices",
                      "根据负荷、光伏与电价 CSV 表,精确求解储能最优调度"));
  dispatch->footer(say(
      "The table's columns: load_kw, pv_kw, buy, sell (yuan/kWh), and time if one likes; heat_kw "
      "(heat from a tank) with cop; shift_kw (a load that may wait) with shift_window.",
      "表的列:load_kw、pv_kw、buy、sell(元/千瓦时),可另加 time;heat_kw(水箱供热)与 cop;"
      "shift_kw(可平移负荷)与 shift_window。"));
  dispatch->add_option("file", options.file, say("The table", "CSV 表"))->required();
  const auto number = [&](const char* name, auto& value, const char* en, const char* zh) {
    return dispatch->add_option(name, value, say(en, zh));
  };
  district::StoreTerms& store = options.store;
  number("--battery-kwh", store.capacity_kwh, "Capacity, kWh", "电池容量,千瓦时")->required();
  number("--battery-kw", store.power_kw, "Power on the AC side, kW", "交流侧充放电功率,千瓦")
      ->required();
  number("--efficiency", store.efficiency, "Of charging, and of discharging",
         "充电、放电各自的效率")
      ->capture_default_str();
  number("--soc-min", store.least_charge, "Least stored, of the capacity",
         "荷电状态下限(占容量比例)")
      ->capture_default_str();
  number("--soc-max", store.most_charge, "Most stored, of the capacity", "荷电状态上限(占容量比例)")
      ->capture_default_str();
  number("--wear", store.wear_yuan_per_kwh, "Yuan for a kWh charged or discharged, stored side",
         "每充入或放出 1 千瓦时(电池侧)的损耗成本,元");
  number("--standing-loss-per-month", store.standing_loss_per_month,
         "Part of the stored energy lost in a month", "每月自放电比例");
  number("--step-minutes", options.step_minutes, "Length of a row", "每行的时间步长,分钟")
      ->capture_default_str();
  number("--end", options.end, "cyclic, not-below, equal or free",
         "末态:cyclic 首尾循环、not-below 不低于初始、equal 等于初始、free 不限")
      ->capture_default_str();
  dispatch->add_flag_callback(
      "--cyclic", [&options] { options.end = "cyclic"; },
      say("The same as --end cyclic", "等同 --end cyclic"));
  number("--start-kwh", options.start_kwh, "Stored at the beginning, kWh", "初始存储电量,千瓦时");
  number("--import-limit-kw", options.import_limit_kw, "Most import", "购电功率上限");
  number("--export-limit-kw", options.export_limit_kw, "Most export; more PV is curtailed",
         "上网功率上限,超出部分弃光");
  number("--tiers", options.tiers, "Limits of the tiers over the table, kWh: 2880,4800",
         "阶梯电量上限(按全表累计),千瓦时,如 2880,4800");
  number("--tier-additions", options.tier_additions, "What each tier adds, yuan/kWh: 0,0.05,0.3",
         "各档加价,元/千瓦时,如 0,0.05,0.3");
  add_second_stores(*dispatch, say, options);
  number("--sell-cap-kwh", options.sell_cap_kwh,
         "What may be sold at the column sell over the table, kWh",
         "全表内可按 sell 列结算的上网电量上限,千瓦时");
  number("--sell-beyond", options.sell_beyond_yuan,
         "What a kWh beyond it earns more (below 0: less), yuan/kWh",
         "超出上限部分较 sell 列的加价(负数为减价),元/千瓦时");
  number("--out", options.out, "Write the schedule to this CSV file", "将调度计划写入此 CSV 文件");
  dispatch->add_flag("--json", options.as_json, say("Print JSON", "以 JSON 输出"));
  return dispatch;
}

/// The words of `xiaoyuan district`.
CLI::App* add_district(CLI::App& app, const Words& say, DistrictOptions& options) {
  CLI::App* district = app.add_subcommand(
      "district", say("The exact dispatch of every household of a district, streamed and resumable",
                      "逐户精确求解一个区域的储能最优调度,流式计算、可中断续算"));
  district->footer(
      say("DIR holds district.toml, district.csv and shapes/{prices,loads,roofs}.csv.\n"
          "On a cluster: mpirun xiaoyuan-district-mpi DIR --out OUT",
          "DIR 中有 district.toml、district.csv 与 shapes/{prices,loads,roofs}.csv。\n"
          "在集群上:mpirun xiaoyuan-district-mpi DIR --out OUT"));
  district->add_option("district", options.district, say("The district's folder", "区域文件夹"))
      ->required();
  district->add_option("--out", options.out, say("Folder for the results", "结果文件夹"));
  district->add_flag("--resume", options.resume,
                     say("Go on with the unfinished job in --out", "续算 --out 中未完成的任务"));
  district
      ->add_option("--threads", options.threads,
                   say("Threads; 0 is one for each core (under MPI: one for each rank)",
                       "线程数;0 为每核一个(MPI 下为每进程一个)"))
      ->check(CLI::Range(0, 256));
  district
      ->add_option("--chunk", options.chunk_lines,
                   say("Households of a chunk, the piece that a kill costs; 1000 if left out",
                       "每块户数(中断时最多损失一块),缺省为 1000"))
      ->check(CLI::Range(1, 10000000));
  district
      ->add_option("--make", options.households_to_make,
                   say("Write an example district of so many households into DIR instead",
                       "改为在 DIR 中写出这么多户的示例区域"))
      ->check(CLI::Range(1, 100000000));
  district->add_option("--seed", options.seed, say("Seed of the example", "示例的随机种子"))
      ->capture_default_str();
  district
      ->add_option("--step-minutes", options.step_minutes,
                   say("Step of the example", "示例的时间步长,分钟"))
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  return district;
}

CLI::App* add_plan(CLI::App& app, PlanOptions& options, const Words& say) {
  CLI::App* plan =
      app.add_subcommand("plan", say("Plan a village and write the report", "规划村庄并写出报告"));
  plan->footer(examples(say));
  plan->add_option("village", options.village, say("The village's folder", "村庄文件夹"))
      ->required();
  plan->add_option("--out", options.out, say("Folder for the results", "结果文件夹"))->required();
  plan->add_option("--hourly", options.hourly,
                   say("Also write hourly/<id>.csv for these households, or all",
                       "另为这些住户(或 all 全部)写出 hourly/<编号>.csv"))
      ->delimiter(',');
  plan->add_option("--years", options.draws,
                   say("Years of weather, loads and prices to draw for P10/P50/P90; 0: none",
                       "为 P10/P50/P90 抽取的年数(气象、负荷、电价);0 为不抽取"))
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  plan->add_option(
      "--scenario", options.scenario,
      say("Plan this scenario of village.toml alone", "仅规划 village.toml 中的这一方案"));
  plan->add_option("--threads", options.threads,
                   say("Threads; 0 is one for each core", "线程数;0 为每核一个"))
      ->check(CLI::Range(0, 256));
  return plan;
}

CLI::App* add_tariff(CLI::App& app, TariffOptions& options, const Words& say) {
  CLI::App* tariff = app.add_subcommand(
      "tariff", say("List the tariffs, or show a day's prices and whence they come",
                    "列出电价,或显示某日各时段电价及其来源"));
  tariff->footer(
      say("Examples:\n"
          "  xiaoyuan tariff\n"
          "  xiaoyuan tariff shandong-residential-tou --day 2026-07-01\n"
          "  xiaoyuan tariff shandong-commercial --day 2026-07-01 \\\n"
          "    --given base_price_yuan_per_kwh=0.65 --given floating_price_yuan_per_kwh=0.45\n",
          "示例:\n"
          "  xiaoyuan tariff\n"
          "  xiaoyuan tariff shandong-residential-tou --day 2026-07-01\n"
          "  xiaoyuan tariff shandong-commercial --day 2026-07-01 \\\n"
          "    --given base_price_yuan_per_kwh=0.65 --given floating_price_yuan_per_kwh=0.45\n"));
  tariff->add_option("name", options.name,
                     say("A tariff; none lists them all", "电价名称;不填则列出全部"));
  tariff->add_option(
      "--day", options.day,
      say("A day like 2026-07-01; today if left out", "日期,如 2026-07-01;不填为今日"));
  tariff->add_option(
      "--village", options.village,
      say("A village's folder, whose own tariffs come first", "村庄文件夹,其自有电价优先"));
  tariff->add_option("--given", options.given,
                     say("A figure that the tariff needs: key=value; may be repeated",
                         "电价所需的待填数值:键=值;可重复"));
  tariff->add_flag("--json", options.as_json, say("Print JSON", "以 JSON 输出"));
  return tariff;
}

/// The words of `xiaoyuan flow`.
CLI::App* add_flow(CLI::App& app, FlowOptions& options, const Words& say) {
  CLI::App* flow =
      app.add_subcommand("flow", say("The power flow of one low-voltage network at its one moment",
                                     "单个低压网络文件的单时刻潮流计算"));
  flow->footer(
      say("FILE is OpenDSS text (.dss), or JSON of pandapower's tables or of power-grid-model.",
          "文件为 OpenDSS 文本(.dss),或 pandapower 表、power-grid-model 的 JSON。"));
  flow->add_option("file", options.file, say("The network", "网络文件"))->required();
  flow->add_option(
      "--csv", options.csv,
      say("Write the voltages of all buses to this CSV file", "将全部节点电压写入此 CSV 文件"));
  flow->add_option("--rows", options.rows, say("Buses and lines to show", "显示的节点与线路数"))
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  return flow;
}

/// Every command with the words that it was given.
class Commands {
 public:
  Commands(CLI::App& app, const Words& say) : language_(say.language) {
    CLI::App* check = app.add_subcommand(
        "check", say("Check a village's files; write nothing", "检查村庄文件,不写任何内容"));
    check->add_option("village", folder_, say("The village's folder", "村庄文件夹"))->required();
    CLI::App* fresh =
        app.add_subcommand("new", say("Write a commented example village", "写出带注释的示例村庄"));
    fresh->add_option("folder", folder_, say("A new folder", "新文件夹"))->required();
    all_ = {
        {fresh, [this](const district::Crew&) { return run_new(folder_, language_); }},
        {check, [this](const district::Crew&) { return run_check(folder_, language_); }},
        {add_plan(app, plan_, say),
         [this](const district::Crew&) { return run_plan(plan_, language_); }},
        {add_tariff(app, tariff_, say),
         [this](const district::Crew&) { return run_tariff(tariff_, language_); }},
        {add_bill(app, language_, bill_),
         [this](const district::Crew&) { return run_bill(bill_, language_); }},
        {add_carbon(app, carbon_, say),
         [this](const district::Crew&) { return run_carbon(carbon_, language_); }},
        {add_dispatch(app, say, dispatch_),
         [this](const district::Crew&) { return run_dispatch(dispatch_, language_); }},
        {add_flow(app, flow_, say),
         [this](const district::Crew&) { return run_flow(flow_, language_); }},
        {add_size(app, language_, size_),
         [this](const district::Crew&) { return run_size(size_, language_); }},
        {add_simulate(app, language_, simulate_),
         [this](const district::Crew&) { return run_simulate(simulate_, language_); }},
        {add_share(app, language_, share_),
         [this](const district::Crew&) { return run_share(share_, language_); }},
        {add_account(app, language_, account_),
         [this, &app](const district::Crew&) {
           return run_account(*app.get_subcommand("account"), account_, language_);
         }},
        {add_serve(app, language_, serve_),
         [this](const district::Crew&) { return run_serve(serve_, language_); }},
        {add_district(app, say, district_),
         [this](const district::Crew& crew) { return run_district(district_, crew, language_); }},
    };
    for (const auto& [command, run] : add_office(app, language_, office_)) {
      all_.emplace_back(command, [run = run](const district::Crew&) { return run(); });
    }
  }
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;

  /// The exit code of the command that was given; nothing when none was.
  std::optional<int> run(const district::Crew& crew) const {
    for (const auto& [app, run] : all_) {
      if (*app) {
        return run(crew);
      }
    }
    return std::nullopt;
  }

 private:
  Language language_;
  std::string folder_;
  PlanOptions plan_;
  TariffOptions tariff_;
  BillOptions bill_;
  CarbonOptions carbon_;
  DispatchOptions dispatch_;
  FlowOptions flow_;
  SizeOptions size_;
  SimulateOptions simulate_;
  ShareOptions share_;
  DistrictOptions district_;
  AccountOptions account_;
  ServeOptions serve_;
  OfficeOptions office_;
  std::vector<std::pair<const CLI::App*, std::function<int(const district::Crew&)>>> all_;
};

}  // namespace

int run(int argc, const char* const* argv) { return run_among(district::alone(), argc, argv); }

int run_among(const district::Crew& crew, int argc, const char* const* argv) {
  const Language language = language_of(argc, argv);
  const Words say{language};
  CLI::App app{
      say("Plans a village's roofs: what each makes, uses, sells and earns, what the "
          "transformer bears, how much carbon it saves.",
          "规划一个村庄的屋顶光伏:每户发多少、用多少、卖多少、收益多少,台区能否承载,减排多少。"),
      "xiaoyuan"};
  app.set_version_flag("--version", std::string("xiaoyuan ") + report::program_version(),
                       say("Print the version", "显示版本"));
  app.set_help_flag("-h,--help", say("Print this help", "显示此帮助"));
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.footer(examples(say));
  std::string chosen_language;
  app.add_option("--lang", chosen_language, say("Language: zh or en", "语言:zh 或 en"))
      ->check(CLI::IsMember({"zh", "en"}));

  const Commands commands(app, say);
  try {
    app.parse(with_negatives_joined(argc, argv));
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "xiaoyuan: {}\n", complaint(error, app).in(language));
    return 2;
  }
  if (const auto code = commands.run(crew)) {
    return *code;
  }
  fmt::print("{}", app.help());
  return 0;
}

}  // namespace xiaoyuan::cli
