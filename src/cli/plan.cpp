#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "plan/study.hpp"
#include "report/hourly.hpp"
#include "report/page.hpp"
#include "report/results.hpp"
#include "report/summary.hpp"
#include "report/workbook.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

Result<plan::Inputs> read_village(const std::string& village, const std::string& scenario = "") {
  TRY(const auto share, store::share_folder());
  return plan::read_inputs(store::folder(village), store::folder(share), scenario);
}

Result<void> check_hourly(const PlanOptions& options, const model::Village& village) {
  std::vector<std::string> known{"all"};
  for (const model::Household& home : village.households) {
    known.push_back(home.id);
  }
  Errors errors;
  for (const std::string& id : options.hourly) {
    if (std::ranges::find(known, id) == known.end()) {
      errors.push_back({Fault::bad_input, unknown_name(id, known), {"--hourly", 0, ""}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

bool wants(const PlanOptions& options, const std::string& id) {
  return std::ranges::any_of(
      options.hourly, [&](const std::string& wanted) { return wanted == "all" || wanted == id; });
}

/// One run of `xiaoyuan plan`: from a village's folder to the files of its report.
class Run {
 public:
  Run(const PlanOptions& options, Language language) : options_(options), language_(language) {}

  Result<std::string> plan_and_write() {
    TRY(plan::Inputs inputs, read_village(options_.village, options_.scenario));
    if (auto checked = check_hourly(options_, inputs.village); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
    TRY(std::vector<plan::Inputs> variants, read_variants(inputs.village));
    TRY(store::OutputFolder output, store::OutputFolder::begin(options_.out));
    TRY(auto sizing, size(inputs, variants));
    report::Findings findings;
    findings.language = language_;
    TRY(findings.study, study_of(inputs, output));
    findings.study.sizing = std::move(sizing);
    TRY(findings.scenarios, compare(inputs, findings.study, variants));
    if (options_.draws > 0) {
      Progress progress({"drawing years", "多年抽样"}, {"years", "年"}, language_);
      TRY(findings.uncertainty,
          plan::uncertainty(inputs, findings.study, options_.draws, workers(progress)));
    }
    if (interrupted()) {
      return std::unexpected(plan::interrupted());
    }
    if (auto written = write(inputs, findings, output); !written) {
      return std::unexpected(std::move(written.error()));
    }
    return report::summary(inputs, findings, language_);
  }

 private:
  plan::Workers workers(Progress& progress) const {
    return {options_.threads, [&progress](std::size_t done, std::size_t all) {
              progress.show(done, all);
              return !interrupted();
            }};
  }

  /// Every scenario is read before the first is planned: what is wrong in one is said at once.
  Result<std::vector<plan::Inputs>> read_variants(const model::Village& village) const {
    std::vector<plan::Inputs> variants;
    Errors errors;
    if (!options_.scenario.empty()) {
      return variants;
    }
    for (const model::Scenario& scenario : village.scenarios) {
      auto inputs = read_village(options_.village, scenario.id);
      if (gather(inputs, errors)) {
        variants.push_back(std::move(*inputs));
      }
    }
    if (!errors.empty()) {
      return std::unexpected(std::move(errors));
    }
    return variants;
  }

  /// Sizes the village, and every variant whose plan is made with its sizes.
  Result<std::optional<plan::VillageSizing>> size(plan::Inputs& inputs,
                                                  std::vector<plan::Inputs>& variants) const {
    Progress progress({"sizing", "容量优化"}, {"households", "户"}, language_);
    TRY(auto sizing, plan::sized(inputs, workers(progress)));
    for (plan::Inputs& variant : variants) {
      if (plan::applies_sizes(variant)) {
        TRY(const auto applied, plan::sized(variant, workers(progress)));
        expects(applied.has_value());
      }
    }
    return sizing;
  }

  Result<plan::Study> study_of(const plan::Inputs& inputs, store::OutputFolder& output) const {
    Progress progress({"planning", "规划"}, {"households", "户"}, language_);
    std::optional<Progress> on_wires;  // begins when the households are done
    Errors write_errors;
    plan::StudyOptions how;
    how.workers = {options_.threads, [&](std::size_t done, std::size_t all) {
                     progress.show(done, all);
                     return !interrupted() && write_errors.empty();
                   }};
    how.on_household = [&](const model::Household& home, const plan::HouseholdYear& year) {
      if (wants(options_, home.id)) {
        auto written = output.write("hourly/" + home.id + ".csv", report::hourly_csv(inputs, year));
        gather(written, write_errors);
      }
    };
    how.on_wires = [&](std::size_t done, std::size_t all) {
      if (!on_wires) {
        on_wires.emplace(Text{"power flow", "潮流计算"}, Text{"parts", "项"}, language_);
      }
      on_wires->show(done, all);
      return !interrupted();
    };
    auto study = plan::study(inputs, how);
    if (!write_errors.empty()) {
      return std::unexpected(std::move(write_errors));
    }
    return study;
  }

  Result<std::vector<plan::ScenarioFigures>> compare(
      const plan::Inputs& inputs, const plan::Study& study,
      const std::vector<plan::Inputs>& variants) const {
    std::vector<plan::ScenarioFigures> all;
    if (variants.empty()) {
      return all;
    }
    all.push_back(plan::figures_of(inputs, study));
    all.front().name = {"As planned", "本规划"};
    for (std::size_t i = 0; i < variants.size(); ++i) {
      const model::Scenario& scenario = inputs.village.scenarios[i];
      Progress progress(scenario.name, {"households", "户"}, language_);
      TRY(const plan::Study variant, plan::study(variants[i], {.workers = workers(progress),
                                                               .on_household = {},
                                                               .depth = plan::Depth::money,
                                                               .on_wires = {}}));
      plan::ScenarioFigures figures = plan::figures_of(variants[i], variant);
      figures.id = scenario.id;
      figures.name = scenario.name;
      figures.sets = scenario.sets;
      figures.explained = plan::explained(all.front(), figures);
      all.push_back(std::move(figures));
    }
    return all;
  }

  Result<void> write(const plan::Inputs& inputs, const report::Findings& findings,
                     store::OutputFolder& output) const {
    const std::string results = report::results_json(inputs, findings);
    TRY(const std::string workbook, report::households_workbook(inputs, findings.study, language_));
    for (const auto& [name, bytes] :
         {std::pair<const char*, std::string>{"results.json", results},
          std::pair<const char*, std::string>{"households.xlsx", workbook},
          std::pair<const char*, std::string>{"report.html", report::page_html(results)}}) {
      if (auto written = output.write(name, bytes); !written) {
        return written;
      }
    }
    return output.finish();
  }

  const PlanOptions& options_;
  Language language_;
};

}  // namespace

int run_plan(const PlanOptions& options, Language language) {
  catch_interrupts();
  auto summary = Run(options, language).plan_and_write();
  if (!summary) {
    return report_errors(summary.error(), language);
  }
  const Text where{
      fmt::format("Report: {0}/report.html   Figures: {0}/results.json   Workbook: "
                  "{0}/households.xlsx",
                  options.out),
      fmt::format("报告:{0}/report.html   数据:{0}/results.json   表格:{0}/households.xlsx",
                  options.out)};
  fmt::print("{}\n{}\n", *summary, where.in(language));
  return 0;
}

int run_check(const std::string& village, Language language) {
  const auto inputs = read_village(village);
  if (!inputs) {
    return report_errors(inputs.error(), language);
  }
  Errors errors = plan::check_loads(*inputs);
  for (const model::Scenario& scenario : inputs->village.scenarios) {
    auto variant = read_village(village, scenario.id);
    gather(variant, errors);
  }
  if (!errors.empty()) {
    return report_errors(errors, language);
  }
  for (const Text& warning : inputs->warnings) {
    fmt::print("{}{}\n", Text{"note: ", "提示:"}.in(language), warning.in(language));
  }
  const Text good{
      fmt::format("{}: {} households, nothing wrong", village, inputs->village.households.size()),
      fmt::format("{}:{} 户,未发现错误", village, inputs->village.households.size())};
  fmt::print("{}\n", good.in(language));
  return 0;
}

int run_new(const std::string& folder, Language language) {
  const auto share = store::share_folder();
  if (!share) {
    return report_errors(share.error(), language);
  }
  if (const auto copied = store::copy_folder(*share / "example", folder); !copied) {
    return report_errors(copied.error(), language);
  }
  const Text next{
      fmt::format("Wrote an example village to {0}. Edit village.toml and "
                  "households.csv, then: xiaoyuan plan {0} --out {0}/out",
                  folder),
      fmt::format("已在 {0} 写出示例村庄。请编辑 village.toml 与 households.csv,然后运行:"
                  "xiaoyuan plan {0} --out {0}/out",
                  folder)};
  fmt::print("{}\n", next.in(language));
  return 0;
}

}  // namespace xiaoyuan::cli
