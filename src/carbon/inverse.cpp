#include "carbon/inverse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/check.hpp"

namespace xiaoyuan::carbon {

Meaning meaning_of(const PublishedClaim& claim, double kg_per_kwh) {
  expects(kg_per_kwh > 0.0 && claim.tonnes > 0.0 && claim.yield_kwh_per_kwp > 0.0);
  Meaning meaning;
  meaning.kwh = 1000.0 * claim.tonnes / kg_per_kwh;
  meaning.kwp = meaning.kwh / claim.yield_kwh_per_kwp;
  if (claim.kwp_per_home) {
    meaning.homes = meaning.kwp / *claim.kwp_per_home;
  }
  if (claim.known_kwh) {
    meaning.misfit = *claim.known_kwh * kg_per_kwh / 1000.0 / claim.tonnes - 1.0;
  }
  return meaning;
}

std::vector<Explanation> explanations(const PublishedClaim& claim,
                                      std::span<const Factor> factors) {
  std::vector<Explanation> all;
  for (const Factor& factor : factors) {
    if (factor.kg_per_kwh > 0.0) {
      all.push_back({&factor, meaning_of(claim, factor.kg_per_kwh)});
    }
  }
  std::ranges::sort(all, {}, [](const Explanation& one) {
    return std::tuple(one.factor->kind, one.factor->kg_per_kwh, one.factor->id);
  });
  return all;
}

std::vector<Explanation> best_fits(const std::vector<Explanation>& explanations) {
  std::vector<Explanation> fits;
  std::ranges::copy_if(explanations, std::back_inserter(fits),
                       [](const Explanation& one) { return one.meaning.misfit.has_value(); });
  std::ranges::stable_sort(
      fits, {}, [](const Explanation& one) { return std::abs(one.meaning.misfit.value_or(0.0)); });
  return fits;
}

Text sentence_of(const Explanation& best) {
  const Factor& factor = *best.factor;
  // Rounded up: "within" must hold.
  const double percent = std::ceil(std::abs(best.meaning.misfit.value_or(0.0)) * 1e3) / 10.0;
  return {fmt::format("the claim fits {} ({}, {} kg/kWh) within {:.1f} %", factor.id,
                      factor.name.en, factor.kg_per_kwh, percent),
          fmt::format("该数据与“{}”({},{} kg/kWh)相符,偏差不超过 {:.1f}%", factor.name.zh,
                      factor.id, factor.kg_per_kwh, percent)};
}

}  // namespace xiaoyuan::carbon
