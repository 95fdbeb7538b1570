// Validation, estimation and editing of intervals: what is impossible is taken out, what is missing
// is estimated by the written rule, and estimates are scaled so that they sum to the registers.
//
// The written rule (Hunan metering rules of 2025-10-24, §9.3.2; facts settle.fill.*): generation
// falls between 06:00 and 18:00, what is missing outside is spread evenly from the freeze; up to
// two missing points lie on a line; more follow the generation efficiency of the same region,
//
//   g_i = η_i (mWh per kWp and step) × capacity (Wp) / 1000;
//
// the surplus follows what a house uses on similar days. With Q generation, Z import and F export
// registers, T1 and T2 their multipliers, and W the mean over four similar days of ΔQ·T1 + ΔZ·T2 −
// ΔF·T2,
//
//   F_N = F_{N−1} + ((Q_N − Q_{N−1})·T1 + (Z_N − Z_{N−1})·T2 − W) / T2,   a negative step counts as
//   0:
//
// by interval, export = max(0, generation + import − W).
#pragma once
#include <optional>
#include <vector>

#include "readings/intervals.hpp"
#include "readings/rules.hpp"

namespace xiaoyuan::readings {

/// A register at an instant of the axis, times its multiplier.
struct Anchor {
  Instant at;
  MeteredEnergy energy;
};

/// Generation efficiency of the same region by step, and the capacity that it is for.
struct RegionalEfficiency {
  std::vector<std::int64_t> mwh_per_kwp;
  std::int64_t capacity_wp = 0;
};

/// What similar days used in each step, one series for each similar day (the rule wants four);
/// nothing where such a day does not know.
using SimilarDays = std::vector<std::vector<std::optional<MeteredEnergy>>>;

/// What estimation may lean on, all over the axis of the raw intervals. What is not there is a rule
/// skipped.
struct EstimationInputs {
  Zone zone;
  std::optional<std::int64_t> most_w;  ///< more than this is a spike
  std::vector<Anchor> anchors;         ///< in the order of time
  MeteredEnergy register_step;         ///< what an anchor leaves out at most
  std::optional<RegionalEfficiency> efficiency;
  SimilarDays similar;                 ///< import: of import; export: of use, W
  std::optional<Intervals> generated;  ///< for export
  std::optional<Intervals> imported;
};

struct Edit {
  Instant at;
  std::optional<MeteredEnergy> before;  ///< nothing: it was missing
  std::optional<MeteredEnergy> after;   ///< nothing: it is now
  std::optional<Rule> taken_out_by;
  std::optional<Rule> made_by;
};

struct Estimation {
  Intervals version;  ///< the new version; its unit may be finer than the raw one's
  std::vector<Edit> edits;
  std::vector<RuleNote> rules;
  Grade grade = Grade::measured;  ///< refused: intervals and registers contradict each other
};

/// Estimates never change what was measured and possible. Between two anchors the estimates sum to
/// what the registers leave, exactly (largest remainder); where nothing says how much or how, a
/// step stays missing.
Estimation estimate(const Intervals& raw, const EstimationInputs& inputs);

}  // namespace xiaoyuan::readings
