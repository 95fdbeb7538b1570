// The course of a plan from a village's files to its report, for every door: read everything, size,
// plan, compare with the scenarios, draw years, write results.json, households.xlsx and
// report.html.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "plan/inputs.hpp"
#include "report/results.hpp"

namespace xiaoyuan::desk {

enum class Scenarios : std::uint8_t { beside, left_out };

struct CourseOptions {
  std::string scenario{};                     ///< plan this variant alone
  std::vector<std::string> hourly{};          ///< ids whose hours are written, or "all"
  std::size_t draws = 0;                      ///< of weather, loads and prices
  unsigned threads = 0;                       ///< 0: one for each core
  Language language = Language::english;      ///< of the report
  Scenarios scenarios = Scenarios::beside;    ///< those of the village
  Text base_name = {"As planned", "本规划"};  ///< of the plan beside its variants
};

/// What stands beside the plan.
struct Variant {
  std::string id;
  Text name;
  std::vector<std::string> sets;
  plan::Inputs inputs;
};

struct CoursePart {
  Text label;    ///< "planning"
  Text counted;  ///< "households"
};

/// How whoever asked is told, and where the files go.
struct CourseEnds {
  /// False: stop with Fault::interrupted.
  std::function<bool(const CoursePart& part, std::size_t done, std::size_t all)> on_progress;
  std::function<Result<void>(const std::string& name, std::string_view bytes)> take;
};

class Course {
 public:
  /// Reads the village and, unless one of them is planned, all its scenarios: what is wrong in one
  /// is said before the first is planned.
  static Result<Course> read(const Files& village, const Files& share, CourseOptions options);
  const plan::Inputs& inputs() const { return inputs_; }
  /// One more to stand beside the plan, before its scenarios.
  void compare_with(Variant variant) { variants_.insert(variants_.begin(), std::move(variant)); }
  Result<report::Findings> run(const CourseEnds& ends);

 private:
  explicit Course(CourseOptions options) : options_(std::move(options)) {}
  plan::Workers workers(const CourseEnds& ends, const CoursePart& part) const;
  bool wants_hours(const std::string& id) const;
  Result<std::optional<plan::VillageSizing>> size(const CourseEnds& ends);
  Result<plan::Study> study(const CourseEnds& ends) const;
  Result<std::vector<plan::ScenarioFigures>> compare(const CourseEnds& ends,
                                                     const plan::Study& study) const;
  Result<void> write(const CourseEnds& ends, const report::Findings& findings) const;

  CourseOptions options_;
  plan::Inputs inputs_;
  std::vector<Variant> variants_;
};

}  // namespace xiaoyuan::desk
