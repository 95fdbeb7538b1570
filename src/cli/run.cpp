#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "cli/commands.hpp"
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
      "  xiaoyuan plan my-village --out out --hourly H001,H007 --lang zh\n",
      "示例:\n"
      "  xiaoyuan new my-village\n"
      "  xiaoyuan check my-village\n"
      "  xiaoyuan plan my-village --out my-village/out\n"
      "  xiaoyuan plan my-village --out out --hourly H001,H007 --lang en\n");
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

}  // namespace

int run(int argc, const char* const* argv) {
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

  PlanOptions options;
  const CLI::App* plan = add_plan(app, options, say);
  std::string folder;
  CLI::App* check = app.add_subcommand(
      "check", say("Check a village's files; write nothing", "检查村庄文件,不写任何内容"));
  check->add_option("village", folder, say("The village's folder", "村庄文件夹"))->required();
  CLI::App* fresh =
      app.add_subcommand("new", say("Write a commented example village", "写出带注释的示例村庄"));
  fresh->add_option("folder", folder, say("A new folder", "新文件夹"))->required();
  CarbonOptions carbon_options;
  const CLI::App* carbon = add_carbon(app, carbon_options, say);
  TariffOptions tariff_options;
  CLI::App* tariff = add_tariff(app, tariff_options, say);
  SizeOptions size_options;
  const CLI::App* size = add_size(app, language, size_options);
  try {
    app.parse(with_negatives_joined(argc, argv));
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "xiaoyuan: {}\n", complaint(error, app).in(language));
    return 2;
  }
  if (*plan) {
    return run_plan(options, language);
  }
  if (*size) {
    return run_size(size_options, language);
  }
  if (*check) {
    return run_check(folder, language);
  }
  if (*fresh) {
    return run_new(folder, language);
  }
  if (*carbon) {
    return run_carbon(carbon_options, language);
  }
  if (*tariff) {
    return run_tariff(tariff_options, language);
  }
  fmt::print("{}", app.help());
  return 0;
}

}  // namespace xiaoyuan::cli
