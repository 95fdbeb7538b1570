#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "desk/files_whole.hpp"
#include "desk/plans.hpp"
#include "desk/plans_changes.hpp"
#include "desk/plans_course.hpp"
#include "report/results_parts.hpp"

namespace xiaoyuan::desk {

namespace {

using RequestJson = nlohmann::ordered_json;

constexpr std::string_view unchanged = "unchanged";

/// The files of a village that can be planned; else what is wrong with it.
Result<Files> village_files(const Villages& villages, const std::string& name) {
  const auto found = villages.find(name);
  if (!found) {
    return fail(Fault::not_found, {"there is no such village", "没有此村庄"}, {"", 0, name});
  }
  const auto view = found->view();
  if (!view->plan) {
    return std::unexpected(view->errors);
  }
  return view->plan->folder;
}

/// The village as it stands, beside what is planned of it.
Result<Variant> unchanged_village(const Files& village, const Files& share) {
  TRY(plan::Inputs inputs, plan::read_inputs(village, share));
  return Variant{std::string(unchanged), {"As it stands", "现状方案"}, {}, std::move(inputs)};
}

/// One plan from its record to its files.
class PlanRun {
 public:
  PlanRun(const PlanPlace& place, const PlanRecord& record, const Bench& bench)
      : place_(place), record_(record), bench_(bench) {}

  Result<void> run() {
    TRY(const Files village, village_files(place_.villages, record_.asked.village));
    TRY(const Changes changes, read_changes(record_.asked.changes));
    TRY(const ChangedVillage changed, lay_changes(village, changes, record_.asked.name));
    auto course = read(village, changes, changed);
    if (!course) {
      return std::unexpected(changed.told(std::move(course.error())));
    }
    auto findings = course->run(ends());
    if (!findings) {
      return std::unexpected(changed.told(std::move(findings.error())));
    }
    if (auto taken = take("village.toml", changed.toml); !taken) {
      return taken;
    }
    if (auto taken = take("households.csv", changed.households); !taken) {
      return taken;
    }
    return finish(course->inputs(), *findings);
  }

 private:
  /// With changes the village as it stands is compared, else its own scenarios are.
  Result<Course> read(const Files& village, const Changes& changes,
                      const ChangedVillage& changed) const {
    const PlanAsked& asked = record_.asked;
    CourseOptions options{.scenario = changed.scenario,
                          .hourly = {},
                          .draws = asked.draws,
                          .threads = place_.threads,
                          .language = asked.language};
    if (!changes.are_none()) {
      options.base_name = {asked.name, asked.name};
    }
    if (!asked.compares || !changes.are_none()) {
      options.scenarios = Scenarios::left_out;
    }
    TRY(Course course, Course::read(changed.files, place_.share, std::move(options)));
    if (asked.compares && !changes.are_none()) {
      TRY(Variant before, unchanged_village(village, place_.share));
      course.compare_with(std::move(before));
    }
    return course;
  }

  CourseEnds ends() {
    return {.on_progress =
                [this](const CoursePart& part, std::size_t done, std::size_t all) {
                  return bench_.on_progress(part.label, done, all);
                },
            .take = [this](const std::string& name,
                           std::string_view bytes) { return take(name, bytes); }};
  }

  Result<void> take(const std::string& name, std::string_view bytes) {
    files_.push_back(name);
    return write_whole(place_.plans.folder_of(record_.id) / name, bytes);
  }

  Result<void> finish(const plan::Inputs& inputs, const report::Findings& findings) const {
    plan::ScenarioFigures own = plan::figures_of(inputs, findings.study);
    own.name = {record_.asked.name, record_.asked.name};
    return place_.plans.finish(record_.id,
                               {.village_name = inputs.village.name,
                                .figures = report::scenarios_json({own}).front().dump(),
                                .scenarios = report::scenarios_json(findings.scenarios).dump(),
                                .files = files_});
  }

  const PlanPlace& place_;
  const PlanRecord& record_;
  const Bench& bench_;
  std::vector<std::string> files_;
};

}  // namespace

Work plan_work(PlanPlace place) {
  return [place = std::move(place)](const Bench& bench) -> Result<std::string> {
    const RequestJson request = RequestJson::parse(bench.job.request, nullptr, false);
    const std::string id = request.is_object() ? request.value("plan", "") : "";
    const auto record = place.plans.find(id);
    if (!record) {
      return fail(Fault::not_found, {"the plan was removed", "该规划已删除"}, {"", 0, id});
    }
    auto done = PlanRun(place, *record, bench).run();
    if (!place.plans.find(id)) {  // removed while it ran
      std::error_code ignored;
      std::filesystem::remove_all(place.plans.folder_of(id), ignored);
    }
    if (!done) {
      return std::unexpected(std::move(done.error()));
    }
    return RequestJson{{"plan", id}}.dump();
  };
}

Result<PlanRecord> ask_for_plan(Plans& plans, Jobs& jobs, const PlanAsked& asked, Instant now) {
  TRY(PlanRecord plan, plans.add(asked, now));
  auto job = jobs.ask({.kind = "plan",
                       .village = asked.village,
                       .account = asked.account,
                       .request = RequestJson{{"plan", plan.id}}.dump()},
                      now);
  if (!job) {
    const auto removed = plans.remove(plan.id);
    static_cast<void>(removed);
    return std::unexpected(std::move(job.error()));
  }
  if (auto put = plans.put_job(plan.id, job->id); !put) {
    return std::unexpected(std::move(put.error()));
  }
  plan.job = job->id;
  return plan;
}

}  // namespace xiaoyuan::desk
