#include "desk/plans_course.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "plan/scenarios.hpp"
#include "plan/study.hpp"
#include "plan/uncertainty.hpp"
#include "report/hourly.hpp"
#include "report/page.hpp"
#include "report/workbook.hpp"

namespace xiaoyuan::desk {

namespace {

const Text of_households{"households", "户"};

}  // namespace

Result<Course> Course::read(const Files& village, const Files& share, CourseOptions options) {
  Course course(std::move(options));
  TRY(course.inputs_, plan::read_inputs(village, share, course.options_.scenario));
  if (!course.options_.scenario.empty() || course.options_.scenarios == Scenarios::left_out) {
    return course;
  }
  Errors errors;
  for (const model::Scenario& scenario : course.inputs_.village.scenarios) {
    auto inputs = plan::read_inputs(village, share, scenario.id);
    if (gather(inputs, errors)) {
      course.variants_.push_back({scenario.id, scenario.name, scenario.sets, std::move(*inputs)});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return course;
}

plan::Workers Course::workers(const CourseEnds& ends, const CoursePart& part) const {
  return {options_.threads, [&ends, part](std::size_t done, std::size_t all) {
            return ends.on_progress(part, done, all);
          }};
}

bool Course::wants_hours(const std::string& id) const {
  return std::ranges::any_of(
      options_.hourly, [&](const std::string& wanted) { return wanted == "all" || wanted == id; });
}

/// Sizes the village, and every variant whose plan is made with its sizes.
Result<std::optional<plan::VillageSizing>> Course::size(const CourseEnds& ends) {
  const CoursePart part{{"sizing", "容量优化"}, of_households};
  TRY(auto sizing, plan::sized(inputs_, workers(ends, part)));
  for (Variant& variant : variants_) {
    if (plan::applies_sizes(variant.inputs)) {
      TRY(const auto applied, plan::sized(variant.inputs, workers(ends, part)));
      expects(applied.has_value());
    }
  }
  return sizing;
}

Result<plan::Study> Course::study(const CourseEnds& ends) const {
  Errors write_errors;
  plan::StudyOptions how;
  how.workers = {options_.threads, [&](std::size_t done, std::size_t all) {
                   const CoursePart part{{"planning", "规划"}, of_households};
                   return ends.on_progress(part, done, all) && write_errors.empty();
                 }};
  how.on_household = [&](const model::Household& home, const plan::HouseholdYear& year) {
    if (wants_hours(home.id)) {
      auto written = ends.take("hourly/" + home.id + ".csv", report::hourly_csv(inputs_, year));
      gather(written, write_errors);
    }
  };
  how.on_wires = [&](std::size_t done, std::size_t all) {
    return ends.on_progress({{"power flow", "潮流计算"}, {"parts", "项"}}, done, all);
  };
  auto study = plan::study(inputs_, how);
  if (!write_errors.empty()) {
    return std::unexpected(std::move(write_errors));
  }
  return study;
}

Result<std::vector<plan::ScenarioFigures>> Course::compare(const CourseEnds& ends,
                                                           const plan::Study& study) const {
  std::vector<plan::ScenarioFigures> all;
  if (variants_.empty()) {
    return all;
  }
  all.push_back(plan::figures_of(inputs_, study));
  all.front().name = options_.base_name;
  for (const Variant& variant : variants_) {
    TRY(const plan::Study other,
        plan::study(variant.inputs, {.workers = workers(ends, {variant.name, of_households}),
                                     .on_household = {},
                                     .depth = plan::Depth::money,
                                     .on_wires = {}}));
    plan::ScenarioFigures figures = plan::figures_of(variant.inputs, other);
    figures.id = variant.id;
    figures.name = variant.name;
    figures.sets = variant.sets;
    figures.explained = plan::explained(all.front(), figures);
    all.push_back(std::move(figures));
  }
  return all;
}

Result<void> Course::write(const CourseEnds& ends, const report::Findings& findings) const {
  const std::string results = report::results_json(inputs_, findings);
  TRY(const std::string workbook,
      report::households_workbook(inputs_, findings.study, findings.language));
  for (const auto& [name, bytes] :
       {std::pair<const char*, std::string>{"results.json", results},
        std::pair<const char*, std::string>{"households.xlsx", workbook},
        std::pair<const char*, std::string>{"report.html", report::page_html(results)}}) {
    if (auto written = ends.take(name, bytes); !written) {
      return written;
    }
  }
  return {};
}

Result<report::Findings> Course::run(const CourseEnds& ends) {
  TRY(auto sizing, size(ends));
  report::Findings findings;
  findings.language = options_.language;
  TRY(findings.study, study(ends));
  findings.study.sizing = std::move(sizing);
  TRY(findings.scenarios, compare(ends, findings.study));
  if (options_.draws > 0) {
    const CoursePart part{{"drawing years", "多年抽样"}, {"years", "年"}};
    TRY(findings.uncertainty,
        plan::uncertainty(inputs_, findings.study, options_.draws, workers(ends, part)));
  }
  if (!ends.on_progress({{"writing", "写出报告"}, {"reports", "份"}}, 0, 1)) {
    return std::unexpected(plan::interrupted());
  }
  if (auto written = write(ends, findings); !written) {
    return std::unexpected(std::move(written.error()));
  }
  return findings;
}

}  // namespace xiaoyuan::desk
