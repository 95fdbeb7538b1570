// What all households behind a transformer may draw and feed back together, and how far they go
// beyond it.
//
//   import:  S·n·cos φ            export:  β·S·n·cos φ − P_G
//
// S rating, n transformers in parallel, cos φ power factor, β the allowed reverse load rate of DL/T
// 2041-2025, P_G generation that is not distributed (hosting/dlt2041.hpp). A village may give both.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "model/village.hpp"

namespace xiaoyuan::plan {

struct TransformerLimits {
  double import_kw = 0.0;
  double export_kw = 0.0;
};
TransformerLimits limits_of(const model::Transformer& transformer,
                            const model::Assumptions& assumptions);

/// How far a year's flow lies beyond a limit, one way.
struct Beyond {
  double hours = 0.0;
  double kwh = 0.0;
  double peak_kw = 0.0;  ///< of the flow itself
  std::size_t peak_step = 0;
};
struct BeyondLimits {
  Beyond import;
  Beyond exported;
  bool any() const { return import.hours > 0.0 || exported.hours > 0.0; }
};
/// `net_kwh` is import less export, by step.
BeyondLimits beyond(const TransformerLimits& limits, std::span<const double> net_kwh,
                    double step_hours);

/// 101 percentiles of a flow, falling, kW.
std::vector<double> duration_kw(std::vector<double> net_kwh, double step_hours);

}  // namespace xiaoyuan::plan
