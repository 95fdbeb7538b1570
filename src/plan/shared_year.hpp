// A year of all households behind one transformer as one problem of the optimiser.
//
// A household is one meter, or two where all its PV is sold: its use and its PV. Where batteries
// run by the plain rule or on forecasts they go on doing so, as part of the use, and curtailing PV
// is all that is free.
#pragma once
#include <vector>

#include "optimum/coupled.hpp"
#include "plan/household_battery.hpp"
#include "plan/transformer_limits.hpp"

namespace xiaoyuan::plan {

/// A household behind the transformer, as it runs alone.
struct Neighbour {
  const model::Household* home = nullptr;
  std::size_t household = 0;  ///< its index in the village
  double rating_kw = 0.0;     ///< of its PV
  std::vector<double> load_kwh;
  std::vector<double> pv_kwh;
  std::vector<double> curtailed_kwh;  ///< by its own mode
  std::vector<double> net_kwh;        ///< import less export
  optimum::StorePath path;            ///< of a battery that goes on as it would alone
};

enum class Limited { both_ways, export_only };

/// What all together do under a rule.
struct SharedSchedules {
  double cost_yuan = 0.0;  ///< energy, and the wear of batteries that the optimum runs
  /// The optimiser's certificate and prices; only for Curtailment::least_cost.
  optimum::CoupledResult proof;
  std::vector<double> total_kwh;   ///< import less export of all, by step
  std::vector<Granted> granted;    ///< by neighbour
  std::vector<double> cost_of;     ///< by neighbour
  std::vector<double> alone_yuan;  ///< what each would pay without the limits
  std::vector<double> withheld_kwh;
};

class SharedYear {
 public:
  SharedYear(SharedYear&&) = default;
  SharedYear& operator=(SharedYear&&) = default;
  /// Of the households behind a transformer, whose PV yields a share of what it does when new.
  /// Errors: what their load files or schedules say.
  static Result<SharedYear> of(const Shared& shared, std::size_t transformer, double yield,
                               const xiaoyuan::Spread& spread);

  const std::vector<Neighbour>& neighbours() const { return neighbours_; }
  /// Import less export of all when nobody thinks of the others.
  std::vector<double> alone_kwh() const;
  /// Lays down what all together must keep.
  void set_limits(const TransformerLimits& limits, Limited limited);
  /// The problem of all together under the limits laid down.
  const optimum::CoupledProblem& problem() const { return problem_; }
  /// Runs all by a rule. Errors: Fault::impossible where no schedules keep the limits,
  /// Fault::bad_input where the prices leave the optimiser's convex case.
  Result<SharedSchedules> run(model::Curtailment rule, const xiaoyuan::Spread& spread) const;

 private:
  explicit SharedYear(const Shared& shared) : shared_(&shared) {}
  void add_meters(const Neighbour& neighbour);
  void add_problems();
  std::vector<double> ratings_kw() const;
  void grant(const optimum::CoupledHousehold& meter, std::size_t index,
             SharedSchedules& schedules) const;

  enum class Part { whole, use, pv };
  struct Meter {
    std::size_t neighbour;
    Part part;
  };
  const Shared* shared_;
  std::vector<Neighbour> neighbours_;
  std::vector<Meter> meters_;
  std::vector<std::vector<double>> use_kwh_;  ///< by neighbour: with a battery run by rule in it
  std::vector<double> nothing_;
  std::vector<double> import_limits_kwh_;
  std::vector<double> export_limits_kwh_;
  optimum::CoupledProblem problem_;
};

}  // namespace xiaoyuan::plan
