// What one area bears when something is changed: at once on the moments that bind, and over the
// whole year.
#pragma once
#include <functional>

#include "hosting/capacity_filling.hpp"
#include "hosting/capacity_trials.hpp"

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
  const Capacity& today() const { return today_; }
  /// Steps of the year, for each kind of limit those that use it most, at today's PV, at today's
  /// capacity and beyond.
  const std::vector<std::size_t>& moments() const { return moments_; }
  /// Where roofs are full or a search ends.
  double end_kw() const { return end_kw_; }
  Added added(double kw) const { return filling_.at(kw); }
  bool is_own(const House& house) const { return house.transformer == transformer_; }

  /// By the moments alone: what the whole year then bears is no more.
  Result<double> at_most_kw(const AreaChange& change) const;
  /// Over the whole year.
  Result<Capacity> capacity(const AreaChange& change, const Spread& spread) const;

 private:
  AreaRoom(const VillageYear& village, std::size_t transformer, const CapacityOptions& options);
  Result<std::vector<std::size_t>> binding_moments(const Spread& spread) const;
  VillageYear excerpt() const;

  const VillageYear* village_;
  std::size_t transformer_;
  CapacityOptions options_;
  Filling filling_;
  double end_kw_ = 0.0;
  Capacity today_;
  std::vector<std::size_t> moments_;
  VillageYear few_;  ///< the village in the moments alone
};

}  // namespace xiaoyuan::hosting
