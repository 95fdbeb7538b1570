#include "optimum/coupled_fair.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "optimum/coupled_home.hpp"
#include "optimum/coupled_refusal.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();
constexpr int rounds = 4;
constexpr double kept_to_kwh = 1e-9;

double weight(const StoreYear& year, Rule rule, double rating_kw, std::size_t step) {
  switch (rule) {
    case Rule::equal_power:
      return 1.0;
    case Rule::equal_share:
      return rating_kw;
    case Rule::pro_rata:
      return year.pv_kwh[step];
  }
  return 1.0;
}

/// What one household would send through its meter if nobody limited it, and how far PV can lower
/// that.
struct Wish {
  double grid_kwh;
  double most_grid_kwh;  ///< with all PV curtailed
  double weight;
  double limited(double level) const {
    return std::max(grid_kwh, std::min(-level * weight, most_grid_kwh));
  }
};

double together(const std::vector<Wish>& wishes, double level) {
  double total = 0.0;
  for (const Wish& wish : wishes) {
    total += wish.limited(level);
  }
  return total;
}

/// The highest level at which all together export no more than the limit.
double level_of(const std::vector<Wish>& wishes, double limit) {
  if (-together(wishes, no_limit) <= limit) {
    return no_limit;
  }
  double low = 0.0;
  double high = 0.0;
  for (const Wish& wish : wishes) {
    high = wish.weight > 0.0 ? std::max(high, -wish.grid_kwh / wish.weight) : high;
  }
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (-together(wishes, middle) <= limit ? low : high) = middle;
  }
  return low;
}

class FairVillage {
 public:
  FairVillage(const CoupledProblem& problem, Rule rule, std::span<const double> ratings_kw)
      : problem_(problem),
        shared_kwh_(problem.limits.front().export_limits_kwh),
        limited_(problem),
        rule_(rule),
        ratings_kw_(ratings_kw) {
    const std::size_t size = problem.households.front().year.size();
    limits_.assign(problem.households.size(), std::vector<double>(size, no_limit));
    level_.assign(size, no_limit);
    for (SharedLimit& limit : limited_.limits) {
      limit.export_limits_kwh = {};
    }
  }

  /// Levels for what the schedules want to export; false where they stay as they were.
  bool fill(const CoupledResult& schedules) {
    const std::vector<double> before = level_;
    std::vector<Wish> wishes(limits_.size());
    for (std::size_t t = 0; t < level_.size(); ++t) {
      for (std::size_t i = 0; i < wishes.size(); ++i) {
        wishes[i] = wish(i, t, schedules);
      }
      level_[t] = level_of(wishes, shared_kwh_[t]);
      for (std::size_t i = 0; i < wishes.size(); ++i) {
        limits_[i][t] = level_[t] == no_limit ? no_limit : level_[t] * wishes[i].weight;
      }
    }
    return level_ != before;
  }

  /// Every household alone, for what that costs.
  void begin(const CoupledResult& alone) {
    for (const CoupledHousehold& home : alone.households) {
      alone_yuan_.push_back(home.alone_yuan);
    }
  }

  Result<CoupledResult> answer(const Spread& spread) {
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      StoreYear& year = limited_.households[i].year;
      const StoreYear& own = problem_.households[i].year;
      for (std::size_t t = 0; t < level_.size(); ++t) {
        limits_[i][t] = std::min(limits_[i][t], export_limit(own, t));
      }
      year.export_limits_kwh = limits_[i];
    }
    return coupled_dispatch(limited_, spread);
  }

  /// For stores that export more than curtailing PV makes up for: nobody may export more than its
  /// part of the present schedules, so that all together keep the limit however they change.
  void hold(const CoupledResult& schedules) {
    std::vector<Wish> wishes(limits_.size());
    for (std::size_t t = 0; t < level_.size(); ++t) {
      for (std::size_t i = 0; i < wishes.size(); ++i) {
        wishes[i] = wish(i, t, schedules);
        wishes[i].most_grid_kwh = no_limit;
      }
      level_[t] = level_of(wishes, shared_kwh_[t]);
      for (std::size_t i = 0; i < wishes.size(); ++i) {
        limits_[i][t] = std::max(0.0, -wishes[i].limited(level_[t]));
      }
    }
  }

  bool keeps_limit(const FairResult& fair) const {
    for (std::size_t t = 0; t < level_.size(); ++t) {
      if (-fair.total_kwh[t] > shared_kwh_[t] + kept_to_kwh) {
        return false;
      }
    }
    return true;
  }

  /// The level for the stores as they run, and what that comes to.
  FairResult result(const CoupledResult& schedules) {
    fill(schedules);
    FairResult fair{0.0, level_, {}, schedules.households};
    fair.total_kwh.assign(level_.size(), 0.0);
    for (std::size_t i = 0; i < limits_.size(); ++i) {
      const DispatchProblem& home = problem_.households[i];
      CoupledHousehold& own = fair.households[i];
      own.curtailed_kwh = 0.0;
      own.alone_yuan = alone_yuan_[i];
      Schedule schedule{stored(home, own.path), {}};
      for (std::size_t t = 0; t < level_.size(); ++t) {
        const Wish wish = wish_of(home.year, own.path.change_kwh[t], limits_[i][t], t);
        own.grid_kwh[t] = wish.limited(1.0);
        own.curtailed_kwh += own.grid_kwh[t] - (wish.most_grid_kwh - home.year.pv_kwh[t]);
        fair.total_kwh[t] += own.grid_kwh[t];
      }
      schedule.grid_kwh = own.grid_kwh;
      own.cost_yuan = cost_of(home, schedule);
      fair.cost_yuan += own.cost_yuan;
    }
    return fair;
  }

 private:
  static Wish wish_of(const StoreYear& year, double change, double weight, std::size_t step) {
    const StepFlow flow = flow_of(year, step, change);
    return {flow.import_kwh - flow.export_kwh,
            year.load_kwh[step] + battery::ac_energy_kwh(year.battery, change), weight};
  }
  Wish wish(std::size_t i, std::size_t step, const CoupledResult& schedules) const {
    const StoreYear& year = problem_.households[i].year;
    const double rating_kw = ratings_kw_.empty() ? 1.0 : ratings_kw_[i];
    return wish_of(year, schedules.households[i].path.change_kwh[step],
                   weight(year, rule_, rating_kw, step), step);
  }
  static std::vector<double> stored(const DispatchProblem& home, const StorePath& path) {
    const double kept = 1.0 - battery::standing_loss(home.year.battery, home.year.step_hours);
    std::vector<double> stored{path.start_kwh};
    for (std::size_t t = 0; t < path.change_kwh.size(); ++t) {
      stored.push_back(kept * stored.back() + path.change_kwh[t] - drain(home.year, t));
    }
    return stored;
  }

  const CoupledProblem& problem_;
  std::span<const double> shared_kwh_;
  CoupledProblem limited_;
  Rule rule_;
  std::span<const double> ratings_kw_;
  std::vector<std::vector<double>> limits_;  ///< of export, by household and step
  std::vector<double> level_;
  std::vector<double> alone_yuan_;
};

}  // namespace

Result<FairResult> fair_dispatch(const CoupledProblem& problem, Rule rule,
                                 std::span<const double> ratings_kw, const Spread& spread) {
  Errors errors = wrong_data(problem);
  if (rule == Rule::equal_share && ratings_kw.size() != problem.households.size()) {
    errors.push_back({Fault::bad_input,
                      {"one rating for each household is needed", "每户须给出一个额定功率"},
                      {"", 0, "ratings_kw"}});
  }
  if (problem.limits.size() != 1 || problem.limits.front().export_limits_kwh.empty() ||
      !problem.limits.front().weights.empty()) {
    errors.push_back({Fault::bad_input,
                      {"a rule of sharing needs one limit of export to share, without weights",
                       "分配规则需要给出一个共享的上网限值(不带权重)"},
                      {"", 0, "limits"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  FairVillage village(problem, rule, ratings_kw);
  TRY(CoupledResult schedules, village.answer(spread));
  village.begin(schedules);
  for (int i = 0; i < rounds && village.fill(schedules); ++i) {
    TRY(schedules, village.answer(spread));
  }
  FairResult fair = village.result(schedules);
  if (!village.keeps_limit(fair)) {
    village.hold(schedules);
    TRY(schedules, village.answer(spread));
    fair = village.result(schedules);
  }
  return fair;
}

}  // namespace xiaoyuan::optimum
