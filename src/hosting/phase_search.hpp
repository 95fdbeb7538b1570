// The local search and the enumeration of phases on a few moments (hosting/phases.hpp).
#pragma once
#include "base/random.hpp"
#include "hosting/phases.hpp"

namespace xiaoyuan::hosting {

class PhaseSearch {
 public:
  /// Village and question outlive it.
  static Result<PhaseSearch> of(const VillageYear& village, const PhaseQuestion& question);
  const PhaseQuestion& question() const { return *question_; }
  /// The single-phase houses of the area.
  const std::vector<std::size_t>& movable() const { return movable_; }
  /// False when it is one already.
  bool add_moment(std::size_t step);

  double borne_kw(const Assignment& phases) const;
  /// An assignment that strains the wires least when `kw` are added; from `best` and other starts.
  Assignment searched(const Assignment& best, double kw, const Spread& spread) const;
  /// Looks at all of them: puts the one that bears most in place of `best`, which bears `kw`.
  void enumerate(std::size_t count, Assignment& best, double& kw) const;
  /// `best` with as many houses back on today's phases as may be while it still bears `kw`.
  Assignment trimmed(const Assignment& best, const Assignment& today, double kw) const;
  /// One house more on another phase than today: the one that strains the wires least at `kw`.
  Assignment one_more(const Assignment& phases, const Assignment& today, double kw) const;

 private:
  PhaseSearch(const PhaseQuestion& question, PhaseArea area);
  PhaseTrials trials() const;
  Assignment start(std::size_t number, const Assignment& best, Random& random) const;
  Assignment numbered(std::size_t number) const;
  void descend(PhaseTrials& trials, Assignment& phases, Strain& strain, double kw,
               Random& random) const;
  bool step_down(PhaseTrials& trials, const std::vector<Assignment>& next, Assignment& phases,
                 Strain& strain, double kw) const;
  std::vector<Assignment> moved(const Assignment& phases) const;
  std::vector<Assignment> exchanged(const Assignment& phases, Random& random) const;
  /// The least strained of `next` at `kw`, by a look at one moment first.
  std::size_t least_strained(PhaseTrials& trials, const std::vector<Assignment>& next,
                             std::size_t moment, double kw, Strain& strain) const;

  const PhaseQuestion* question_;
  PhaseArea area_;
  std::vector<std::size_t> movable_;
  std::vector<std::size_t> moments_;
};

}  // namespace xiaoyuan::hosting
