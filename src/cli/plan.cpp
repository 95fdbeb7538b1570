#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "desk/plans_course.hpp"
#include "plan/inputs.hpp"
#include "report/summary.hpp"
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

/// A bar for each part of the course; the one before goes when the next begins.
class Bars {
 public:
  explicit Bars(Language language) : language_(language) {}

  bool show(const desk::CoursePart& part, std::size_t done, std::size_t all) {
    if (!bar_ || part.label != label_) {
      bar_.reset();
      label_ = part.label;
      bar_.emplace(part.label, part.counted, language_);
    }
    bar_->show(done, all);
    return !interrupted();
  }

 private:
  Language language_;
  Text label_{};
  std::optional<Progress> bar_{};
};

Result<std::string> plan_and_write(const PlanOptions& options, Language language) {
  TRY(const auto share, store::share_folder());
  TRY(desk::Course course, desk::Course::read(store::folder(options.village), store::folder(share),
                                              {.scenario = options.scenario,
                                               .hourly = options.hourly,
                                               .draws = options.draws,
                                               .threads = options.threads,
                                               .language = language}));
  if (auto checked = check_hourly(options, course.inputs().village); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  TRY(store::OutputFolder output, store::OutputFolder::begin(options.out));
  report::Findings findings;
  {
    Bars bars(language);
    TRY(findings,
        course.run(
            {.on_progress = [&bars](const desk::CoursePart& part, std::size_t done,
                                    std::size_t all) { return bars.show(part, done, all); },
             .take = [&output](const std::string& name,
                               std::string_view bytes) { return output.write(name, bytes); }}));
  }
  if (auto finished = output.finish(); !finished) {
    return std::unexpected(std::move(finished.error()));
  }
  return report::summary(course.inputs(), findings, language);
}

}  // namespace

int run_plan(const PlanOptions& options, Language language) {
  catch_interrupts();
  auto summary = plan_and_write(options, language);
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
