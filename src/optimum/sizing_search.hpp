// The search for the best sizes: cutting planes in the sizes, and branches where they are not
// convex.
//
// Every dispatch gives a cut (optimum/sizing_year.hpp) that is true for all sizes, all branches and
// all limits of the quantity, so one collection of cuts serves them all. A branch is a box of
// sizes, or a product of the catalogue; in it the prices are replaced by their lower hull, and the
// least of cuts + hull under the budget is its bound (optimum/sizing_master.hpp). The next dispatch
// is taken between that least and the best sizes known: far enough to cut, near enough to be good.
// A branch whose bound does not undercut the best sizes is closed; one that is solved while its
// hull lies below the true price is split at a corner of the price, or between two numbers of
// modules.
//
// With a limit of the quantity the multiplier of the limit is sought at each visit, and the best
// sizes are a mixture of two visits on either side: feasible, because all is convex.
#pragma once
#include <optional>
#include <vector>

#include "optimum/sizing_year.hpp"

namespace xiaoyuan::optimum {

enum class Target { cost, quantity };

struct Hunt {
  Target target = Target::cost;
  double most_quantity = no_limit;  ///< weighted over the representative years
  double gap = 1e-4;
};

/// Sizes with what they come to.
struct Visit {
  Sizes sizes;
  std::optional<std::size_t> product;
  Weighed energy;
  double outlay_yuan = 0.0;
  double capex_yuan = 0.0;
  double of(Target target) const {
    return target == Target::cost ? energy.cost_yuan + outlay_yuan : energy.quantity;
  }
};

struct Found {
  Visit best;
  double bound = 0.0;       ///< of the target
  double multiplier = 0.0;  ///< what the limit of the quantity costs, yuan a unit
};

class SizingSearch {
 public:
  SizingSearch(const SizingProblem& problem, SizedYears& years);
  /// Nothing when no sizes keep the limits.
  std::optional<Found> find(const Hunt& hunt);
  const Visit& nothing() const { return visits_.front(); }
  /// The best schedules at these sizes that keep the limit, and the multiplier that leads to them.
  struct Settled {
    std::vector<StorePath> paths;
    Blend blend;
    Weighed energy;
    Cut cut;
  };
  Settled settle(const Visit& visit, double most_quantity, double multiplier);

 private:
  struct Branch {
    double bound;
    Sizes low;
    Sizes high;
    std::optional<std::size_t> product;
  };
  struct Relaxed {
    double bound;
    Sizes sizes;
    double multiplier;
  };
  /// The best visit of a branch by the hull's prices.
  struct Inner {
    Sizes sizes;
    double value = no_limit;
  };
  class BranchProgram;
  std::size_t axes() const { return problem_.roofs.size() + 2; }
  const Purchase& purchase(std::size_t axis) const;
  std::vector<Branch> roots() const;
  std::optional<Relaxed> relax(const Branch& branch) const;
  bool refine(Branch& branch, Inner& inner);
  void split(const Branch& branch, const Inner& inner, std::vector<Branch>& open) const;
  std::size_t widest_axis(const Branch& branch) const;
  Sizes start_of(const Branch& branch) const;
  Sizes between(const Branch& branch, const Sizes& least, const Sizes& known) const;
  bool visit(const Branch& branch, const Sizes& sizes, double multiplier);
  Visit visited(const Branch& branch, const Sizes& sizes, const Blend& blend);
  bool seek(const Branch& branch, const Sizes& sizes, double multiplier);
  void offer(const Visit& visit);
  void offer_mixtures(const Visit& visit);
  void offer_whole(const Visit& visit);
  void note_inner(const Branch& branch, Inner& inner) const;
  double hull_value(const Branch& branch, const Visit& visit) const;
  void price(Visit& visit) const;
  /// Is the size of an axis that of the product itself?
  bool is_fixed(const std::optional<std::size_t>& product, std::size_t axis) const;
  /// What the product itself costs, without roofs and without power that is chosen.
  Visit product_alone(const std::optional<std::size_t>& product) const;
  bool keeps_quantity(double quantity) const;
  bool is_whole(const Visit& visit) const;
  bool is_inside(const Branch& branch, const Visit& visit) const;
  double tolerance() const;
  bool is_usable(const Cut& cut) const;
  bool has_usable_cut() const;

  const SizingProblem& problem_;
  SizedYears& years_;
  Hunt hunt_;
  std::vector<Cut> cuts_;
  std::vector<Visit> visits_;
  std::optional<Visit> best_;
  std::vector<Visit> candidates_;  ///< that keep the limit, whole or not: of this hunt
  double multiplier_ = 0.0;
};

}  // namespace xiaoyuan::optimum
