// A small export cap that all houses of an area share: how much more PV fits behind it, what energy
// it loses at which house, and what the least curtailment would have lost for the same PV.
//
// A house feeds in no more than its cap, whatever it uses itself: made' = min(made, use + cap). The
// cap is the same kW at every house, or the same share of the PV that stands there. For so much PV
// the cap is the highest that keeps every limit in every step; the PV grows until the cap loses
// `most_lost_share` of what the added PV could make.
//
// Beside it stands the least cost: every house curtailed only in the steps, and by as much, as the
// limits ask for at the least loss (optimum/coupled.hpp, with the network's sensitivities as
// weights). What the cap loses more is the price of fairness, and of a rule that needs no wire.
#pragma once
#include "hosting/area_rows.hpp"
#include "hosting/remedies.hpp"

namespace xiaoyuan::hosting {

enum class CapRule {
  same_kw,    ///< at every house
  same_share  ///< of the PV that stands at it
};

struct ExportCapOptions {
  std::size_t transformer = 0;  ///< whose area
  double today_kw = 0.0;        ///< more PV that the area bears without a cap
  CapRule rule = CapRule::same_kw;
  Spreading spreading = Spreading::evenly;
  double most_lost_share = 0.05;  ///< network.most_lost_share, of the added PV's energy
  double tolerance_kw = 0.1;
};

/// Energy that is not fed in.
struct Curtailed {
  double kwh = 0.0;   ///< a year
  double yuan = 0.0;  ///< at the export price
  std::vector<double> kwh_by_house;
};

struct ExportCap {
  Remedy remedy;
  CapRule rule = CapRule::same_kw;
  double cap = 0.0;           ///< kW, or a share; highest_cap where none is needed
  double added_kw = 0.0;      ///< in all, beyond what stands there
  std::vector<double> pv_kw;  ///< added, by house
  Curtailed lost;
  std::optional<Curtailed> least;  ///< none where no curtailment was found that keeps the limits
  double least_bound_yuan = 0.0;   ///< no curtailment loses less, for the limits as linearised
  double fairness_yuan = 0.0;      ///< a year: what the cap loses more than the least
  double lost_share = 0.0;         ///< of what the added PV could make
  wires::LimitUse hardest;         ///< of the year behind the cap
};

/// Where today's state breaks a limit that no cap keeps, `added_kw` is 0.
Result<ExportCap> export_cap(const VillageYear& village, const EnergyPrices& prices,
                             const ExportCapOptions& options, const Spread& spread = in_turn);

}  // namespace xiaoyuan::hosting
