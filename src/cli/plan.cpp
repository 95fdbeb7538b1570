#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "plan/study.hpp"
#include "report/hourly.hpp"
#include "report/page.hpp"
#include "report/results.hpp"
#include "report/summary.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

Result<plan::Inputs> read_village(const std::string& village) {
  TRY(const auto share, store::share_folder());
  return plan::read_inputs(store::folder(village), store::folder(share));
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

Result<std::string> plan_and_write(const PlanOptions& options, Language language) {
  TRY(const plan::Inputs inputs, read_village(options.village));
  if (auto checked = check_hourly(options, inputs.village); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  TRY(store::OutputFolder output, store::OutputFolder::begin(options.out));
  Progress progress({"planning", "规划"}, language);
  Errors write_errors;
  plan::StudyOptions how;
  how.threads = options.threads;
  how.on_progress = [&](std::size_t done, std::size_t all) {
    progress.show(done, all);
    return !interrupted() && write_errors.empty();
  };
  how.on_household = [&](const model::Household& home, const plan::HouseholdYear& year) {
    if (wants(options, home.id)) {
      auto written = output.write("hourly/" + home.id + ".csv", report::hourly_csv(inputs, year));
      gather(written, write_errors);
    }
  };
  auto study = plan::study(inputs, how);
  if (!write_errors.empty()) {
    return std::unexpected(std::move(write_errors));
  }
  if (!study) {
    return std::unexpected(std::move(study.error()));
  }
  const std::string results = report::results_json(inputs, *study);
  for (const auto& [name, bytes] :
       {std::pair<const char*, std::string>{"results.json", results},
        std::pair<const char*, std::string>{"report.html", report::page_html(results)}}) {
    if (auto written = output.write(name, bytes); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  if (auto finished = output.finish(); !finished) {
    return std::unexpected(std::move(finished.error()));
  }
  return report::summary(inputs, *study, language);
}

}  // namespace

int run_plan(const PlanOptions& options, Language language) {
  catch_interrupts();
  auto summary = plan_and_write(options, language);
  if (!summary) {
    return report_errors(summary.error(), language);
  }
  const Text where{fmt::format("Report: {0}/report.html   Figures: {0}/results.json", options.out),
                   fmt::format("报告:{0}/report.html   数据:{0}/results.json", options.out)};
  fmt::print("{}\n{}\n", *summary, where.in(language));
  return 0;
}

int run_check(const std::string& village, Language language) {
  const auto inputs = read_village(village);
  if (!inputs) {
    return report_errors(inputs.error(), language);
  }
  if (const Errors errors = plan::check_loads(*inputs); !errors.empty()) {
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
