// "Which factor did they use?" What a published claim of avoided tonnes means under each factor.
//
//   E = 1000·t / f,   P = E / y,   homes = P / p
//   claim that a known energy E_k would give:  t_f = E_k·f / 1000,   misfit = t_f / t − 1
//
//   t claimed tonnes a year, f factor (kg/kWh), E energy (kWh), y yield (kWh/kWp), P capacity
//   (kWp), p capacity of one house (kWp).
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "carbon/factor.hpp"

namespace xiaoyuan::carbon {

struct PublishedClaim {
  double tonnes = 0.0;
  double yield_kwh_per_kwp = 0.0;
  std::optional<double> known_kwh;     ///< the year's energy, where it was published too
  std::optional<double> kwp_per_home;  ///< to say how many houses that is
};

/// The claim under one factor.
struct Meaning {
  double kwh = 0.0;
  double kwp = 0.0;
  std::optional<double> homes;
  std::optional<double> misfit;  ///< 0.02: the factor gives 2 % more than was claimed
};

Meaning meaning_of(const PublishedClaim& claim, double kg_per_kwh);

struct Explanation {
  const Factor* factor = nullptr;
  Meaning meaning;
};

/// The claim under every factor: grouped by kind, in each the least factor first (the most energy).
/// The pointers point into `factors`; factors of 0 say nothing and are left out.
std::vector<Explanation> explanations(const PublishedClaim& claim, std::span<const Factor> factors);

/// Those with the least misfit first; empty without a known energy.
std::vector<Explanation> best_fits(const std::vector<Explanation>& explanations);

/// "the claim fits mee-2023-north within 0.3 %"
Text sentence_of(const Explanation& best);

}  // namespace xiaoyuan::carbon
