// What one area bears when something is changed: at once on the moments that bind, and over the
// whole year.
//
// An area that breaks a limit today bears less than nothing more: −35 kW says that it would keep
// its limits if 35 kW of what stands there were away, from every house the same share. So a remedy
// is told from another before all is well again.
#pragma once
#include <functional>

#include "hosting/capacity_filling.hpp"
#include "hosting/capacity_search.hpp"

namespace xiaoyuan::hosting {

/// What a remedy makes of a village.
struct AreaChange {
  std::function<void(VillageYear& village)> apply;
  std::optional<TrialGrid::Rules> rules = std::nullopt;  ///< none: inverters are as today
};

class AreaRoom {
 public:
  /// The village outlives it.
  static Result<AreaRoom> of(const VillageYear& village, std::size_t transformer,
                             const CapacityOptions& options, const Spread& spread);

  const VillageYear& village() const { return *village_; }
  std::size_t transformer() const { return transformer_; }
  const wires::Transformer& its_transformer() const {
    return village_->network.transformers[transformer_];
  }
  const CapacityOptions& options() const { return options_; }
  /// kw below 0: of what stands there so much is too much.
  const Capacity& today() const { return today_; }
  /// Steps of the year, for each kind of limit those that use it most, at today's PV, at today's
  /// capacity and beyond.
  const std::vector<std::size_t>& moments() const { return moments_; }
  /// Where roofs are full or a search ends.
  double end_kw() const { return end_kw_; }
  /// All that stands there, as a number below 0.
  double least_kw() const { return -stands_kw_; }
  Added added(double kw) const;
  bool is_own(const House& house) const { return house.transformer == transformer_; }

  /// By the moments alone: what the whole year then bears is no more.
  Result<double> at_most_kw(const AreaChange& change) const;
  /// Over the whole year: the answer of the moments, held against all steps; those that it breaks
  /// join them.
  Result<Capacity> capacity(const AreaChange& change, const Spread& spread) const;
  /// The steps that use most beyond a limit when `kw` are added; none: all limits are kept.
  Result<std::vector<std::size_t>> broken_steps(const AreaChange& change, double kw,
                                                const Spread& spread) const;

 private:
  struct Borne {
    double kw = 0.0;
    wires::LimitUse binding = {};
  };
  AreaRoom(const VillageYear& village, std::size_t transformer, const CapacityOptions& options);
  Result<Borne> borne_in(const TrialGrid& grid, std::vector<std::size_t> steps, double tolerance_kw,
                         const Spread& spread) const;
  Result<std::vector<wires::LimitUse>> year(const TrialGrid& grid, double kw,
                                            const Spread& spread) const;
  GrowthPath path(double from_kw, double end_kw) const;
  Result<std::vector<std::size_t>> binding_moments(const Spread& spread) const;
  VillageYear excerpt() const;

  const VillageYear* village_;
  std::size_t transformer_;
  CapacityOptions options_;
  Filling filling_;
  double end_kw_ = 0.0;
  double stands_kw_ = 0.0;
  Capacity today_;
  std::vector<std::size_t> moments_;
  VillageYear few_;  ///< the village in the moments alone
};

}  // namespace xiaoyuan::hosting
