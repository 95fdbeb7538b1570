// The fast way through a plain year: the dynamic program of optimum/store_recursion.hpp for all
// values of stored energy at once, without a single piece.
//
// Where there are few prices there are few slopes, and between two neighbouring slopes the best
// change of a step does not depend on λ, the value of stored energy. Let S_t(λ) be the stored
// energy at t that is worth λ. It obeys
//
//   S_t(λ) = clamp(S_{t+1}(λ) − u_t(λ), s_min, s_max),
//   u_t(λ) = clamp(v_t, low(λ), high(λ)),   v_t the change that leaves nothing for the meter,
//
// with low and high from {−discharge, 0, charge} by the two prices of the step. One lane for each
// interval of λ: a step is five operations on a vector, without a branch. The schedule then rides
// forward between two lanes: while the store is neither empty nor full λ does not move,
//
//   s_{t+1} = min(s_t + u_t(lane above), S_{t+1}(lane below)),   λ_t the slope between the two.
//
// It applies to 0 ≤ sell ≤ buy with no standing loss and no limit that binds.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "optimum/lane_loops.hpp"
#include "optimum/stored_value.hpp"

namespace xiaoyuan::optimum {

/// What a plain year comes to.
struct PlainYear {
  double cost_yuan = 0.0;     ///< import at its price and the addition
  double bound_yuan = 0.0;    ///< what `values` prove
  double without_yuan = 0.0;  ///< the store left alone, with the addition
  double import_kwh = 0.0;
  double idle_import_kwh = 0.0;  ///< with the store left alone
  double export_kwh = 0.0;
};

struct PlainSchedule {
  std::span<const double> change_kwh;
  std::span<const double> stored_value;
};

/// Adds up a schedule and what its values prove, where no limit binds and 0 ≤ sell ≤ buy in every
/// step; nothing elsewhere. `scratch` is memory to use again.
std::optional<PlainYear> plain_sums(const StoreYear& year, const Ends& ends, double addition,
                                    const PlainSchedule& schedule, std::vector<double>& scratch);

/// Where the lanes write what they find.
struct LaneAnswer {
  StorePath& path;
  std::vector<double>& values;
  PlainYear& sums;
};

class Lanes {
 public:
  /// Solves the year with `addition` on every import; false where this way does not apply, and then
  /// the answer means nothing.
  bool solve(const StoreYear& year, const Ends& ends, double addition, LaneAnswer answer);

 private:
  static constexpr std::size_t most_lanes = 32;
  static constexpr std::size_t most_pairs = 64;
  struct Pair {
    double buy;
    double sell;
  };

  bool pair_prices(const StoreYear& year);
  bool lay_lanes(const battery::Spec& spec, double addition);
  bool rest(const StoreYear& year, double addition, bool has_surplus, LaneAnswer answer);
  bool walk(const Ends& ends, LaneAnswer answer);
  bool turn(const Ends& ends);
  bool ride(StorePath& path, std::vector<double>& values);
  void mend_turn(const StorePath& path, std::vector<double>& values) const;
  void walk_back(std::size_t from, std::size_t to, double* rows) const;
  void walk_forth(std::size_t from, std::size_t to, double* row) const;
  double* row(std::size_t step) { return rows_ + step * lanes_; }

  std::size_t size_ = 0;
  std::vector<double> known_buy_;  ///< whose pairs these are
  std::vector<double> known_sell_;
  std::vector<Pair> pairs_;
  std::vector<std::uint8_t> pair_of_step_;
  std::vector<double> zero_change_kwh_;  ///< v
  std::vector<double> slopes_;           ///< between the lanes: slope i stands between i and i + 1
  std::size_t used_lanes_ = 0;
  std::size_t lanes_ = 0;      ///< padded
  std::vector<double> table_;  ///< by pair: low of every lane, then high of every lane
  std::vector<double> memory_;
  double* rows_ = nullptr;
  double floor_kwh_ = 0.0;
  double ceiling_kwh_ = 0.0;
  double charge_kwh_ = 0.0;     ///< most change of stored energy in a step
  double discharge_kwh_ = 0.0;  ///< least, as a positive number
  bool is_cyclic_ = false;
  double start_kwh_ = 0.0;
  double end_kwh_ = 0.0;
  std::size_t turn_lane_ = 0;  ///< the lane below the turn's slope
};

}  // namespace xiaoyuan::optimum
