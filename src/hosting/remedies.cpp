#include "hosting/remedies.hpp"

#include <algorithm>

#include "hosting/remedies_makers.hpp"

namespace xiaoyuan::hosting {

namespace {

using Maker = std::function<MaybeRemedy(const RemedyCase&)>;

std::vector<Maker> makers(const RemedyOptions& options) {
  std::vector<Maker> all{other_phases, other_tap, stronger_conductor, second_line,
                         larger_transformer};
  for (const InverterSetting& setting : options.settings) {
    all.emplace_back([&setting](const RemedyCase& area) { return as_set(area, setting); });
  }
  return all;
}

int rank_of(const Remedy& remedy) {
  if (remedy.more_kw < least_more_kw) {
    return 2;
  }
  return remedy.yuan_per_kw ? 0 : 1;
}

bool stands_before(const Remedy& one, const Remedy& other) {
  const int rank = rank_of(one);
  if (rank != rank_of(other)) {
    return rank < rank_of(other);
  }
  return rank == 0 ? *one.yuan_per_kw < *other.yuan_per_kw : one.more_kw > other.more_kw;
}

Result<std::vector<Remedy>> remedies_of(const RemedyCase& area) {
  std::vector<MadeRemedy> made;
  for (const Maker& maker : makers(*area.options)) {
    TRY(auto one, maker(area));
    if (one) {
      made.push_back(std::move(*one));
    }
  }
  std::ranges::stable_sort(made, stands_before, &MadeRemedy::remedy);
  TRY(auto both, together(area, made));
  if (both) {
    made.push_back(std::move(*both));
  }
  std::vector<Remedy> all;
  for (MadeRemedy& one : made) {
    all.push_back(std::move(one.remedy));
  }
  TRY(const std::vector<Remedy> others, with_energy(area));
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

}  // namespace

void rank(std::vector<Remedy>& remedies) { std::ranges::stable_sort(remedies, stands_before); }

Result<std::vector<Remedy>> remedies(const VillageYear& village, const RemedyCosts& costs,
                                     const RemedyOptions& options, const Spread& spread) {
  std::vector<Remedy> all;
  for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
    TRY(const AreaRoom room, AreaRoom::of(village, t, options.capacity, spread));
    if (!room.today().is_bounded) {
      continue;
    }
    TRY(const std::vector<Remedy> some, remedies_of({&room, &costs, &options, &spread}));
    all.insert(all.end(), some.begin(), some.end());
  }
  rank(all);
  return all;
}

}  // namespace xiaoyuan::hosting
