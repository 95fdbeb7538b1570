// The claim calculator of the doors: the shipped factors, a question as it is asked, and both as
// JSON (carbon/inverse.hpp says what is reckoned).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "carbon/inverse.hpp"
#include "model/assumption.hpp"

namespace xiaoyuan::desk {

struct ShippedFactors {
  carbon::FactorFile factors;
  model::Assumption yield;  ///< by which a claim becomes capacity where nobody gives one
};
/// All files of share/factors. All errors at once.
Result<ShippedFactors> read_shipped_factors(const Files& share);

/// A claim as somebody asks about it; two of yield, kwp and kwh make the third.
struct ClaimQuestion {
  double tonnes = 0.0;
  std::optional<double> kwh{};
  std::optional<double> kwp{};
  std::optional<double> yield_kwh_per_kwp{};
  std::optional<double> kwp_per_home{};
};
struct AskedClaim {
  carbon::PublishedClaim claim;
  Text yield_source;
};
/// Errors: figures out of range, all three of yield, kwp and kwh.
Result<AskedClaim> asked_claim(const ClaimQuestion& question, const model::Assumption& yield);

/// "xiaoyuan.claim/1"
std::string claim_json(const AskedClaim& asked, const carbon::FactorFile& file);
/// "xiaoyuan.factors/1"
std::string factors_json(const carbon::FactorFile& file);

/// Least and most energy that tonnes may mean under the factors of these regions; under those of
/// all regions where none is named.
struct ClaimedEnergy {
  double least_kwh = 0.0;
  double most_kwh = 0.0;
};
ClaimedEnergy claimed_energy(double tonnes, const carbon::FactorFile& file,
                             const std::vector<std::string>& regions);

}  // namespace xiaoyuan::desk
