#include "settle/sharing_apportion.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/check.hpp"
#include "base/hash.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideEnergy;  // g++ and clang have it; -Wpedantic wants to be told
__extension__ typedef unsigned __int128 WidePart;

constexpr std::int64_t one_wh = std::int64_t{1} << 32;  // of credits
constexpr std::uint64_t low_half = 0xFFFFFFFFU;
constexpr int levels = 255;  // by the leading bits of what is left over

std::uint64_t sharing_name_hash(const std::string& name) {
  const Digest digest = sha256(name);
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    hash = hash << 8 | digest.bytes[i];
  }
  return hash;
}

/// The finaliser of SplitMix64.
std::uint64_t sharing_mixed(std::uint64_t value) {
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9U;
  value = (value ^ value >> 27) * 0x94D049BB133111EBU;
  return value ^ value >> 31;
}

/// The share of a weight: whole Wh and 2⁻³² Wh.
struct SharingShare {
  std::int64_t whole = 0;
  std::int64_t part = 0;
};

/// By the definition.
SharingShare sharing_share(std::int64_t whole, std::int64_t weight, std::int64_t weights) {
  const WideEnergy product = static_cast<WideEnergy>(whole) * weight;
  return {static_cast<std::int64_t>(product / weights),
          static_cast<std::int64_t>((product % weights << 32) / weights)};
}

/// Shares of one interval without a division for each. With r = P mod W and R = ⌊2⁶⁴·r/W⌋,
///
///   2³²·r·w/W = w·R/2³² + ε,  0 ≤ ε < w/2³²
///
/// so that ⌊w·R/2³²⌋ is exact unless adding w carries out of the low half; then it is reckoned by
/// the definition (once in thousands). Holds for W < 2³¹.
class QuickShares {
 public:
  QuickShares(std::int64_t whole, std::int64_t weights)
      : whole_(whole), weights_(weights), each_(whole / weights) {
    const auto left = static_cast<WidePart>(whole % weights);
    const auto ratio = static_cast<std::uint64_t>((left << 64) / static_cast<WidePart>(weights));
    high_ = ratio >> 32;
    low_ = ratio & low_half;
  }
  SharingShare of(std::int64_t weight) const {
    const auto w = static_cast<std::uint64_t>(weight);
    const std::uint64_t product = w * low_;
    if ((product & low_half) + w > low_half) [[unlikely]] {
      return sharing_share(whole_, weight, weights_);
    }
    const std::uint64_t part = w * high_ + (product >> 32);
    return {weight * each_ + static_cast<std::int64_t>(part >> 32),
            static_cast<std::int64_t>(part & low_half)};
  }

 private:
  std::int64_t whole_;
  std::int64_t weights_;
  std::int64_t each_;
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

struct PlainShares {
  std::int64_t whole;
  std::int64_t weights;
  SharingShare of(std::int64_t weight) const { return sharing_share(whole, weight, weights); }
};

/// 0 where a member is full; else the higher, the more it is owed.
std::uint8_t sharing_level(std::int64_t part, std::int64_t cap, std::int64_t owed) {
  const std::int64_t leading = std::clamp<std::int64_t>(owed >> 24, 0, levels - 1);
  return part < cap ? static_cast<std::uint8_t>(leading + 1) : std::uint8_t{0};
}

/// The floors of all members, and what each is still owed; Σ of the floors.
template <class Shares>
std::int64_t sharing_floors(const Shares& shares, const Portion& portion, std::int64_t* parts,
                            std::int64_t* credits) {
  std::int64_t sum = 0;
  const std::size_t size = portion.weights.size();
  const std::int64_t* weights = portion.weights.data();
  const std::int64_t* caps = portion.caps.data();
  for (std::size_t i = 0; i < size; ++i) {
    const SharingShare share = shares.of(weights[i]);
    const std::int64_t owed = share.part + credits[i];
    const std::int64_t wished = share.whole + (owed >> 32);
    const std::int64_t taken = std::clamp(wished, std::int64_t{0}, caps[i]);
    parts[i] = taken;
    credits[i] = (owed & static_cast<std::int64_t>(low_half)) + (wished - taken) * one_wh;
    sum += taken;
  }
  return sum;
}

}  // namespace

Apportionment::Apportionment(const std::vector<std::string>& members)
    : ranks_(members.size()), credits_(members.size(), 0), levels_(members.size(), 0) {
  std::vector<std::uint32_t> order(members.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::ranges::sort(order, [&](auto a, auto b) { return members[a] < members[b]; });
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    ranks_[order[rank]] = rank;
  }
  for (const std::string& member : members) {
    hashes_.push_back(sharing_name_hash(member));
  }
  candidates_.reserve(members.size());
}

void Apportionment::forget() { std::ranges::fill(credits_, 0); }

/// Who is given a Wh of two that are owed something.
bool Apportionment::goes_before(const Portion& portion, std::uint32_t a, std::uint32_t b) const {
  if (credits_[a] != credits_[b]) {
    return credits_[a] > credits_[b];
  }
  if (portion.caps[a] != portion.caps[b]) {
    return portion.caps[a] < portion.caps[b];
  }
  const std::uint64_t interval = sharing_mixed(static_cast<std::uint64_t>(portion.interval));
  const std::uint64_t hash_a = sharing_mixed(hashes_[a] ^ interval);
  const std::uint64_t hash_b = sharing_mixed(hashes_[b] ^ interval);
  return hash_a != hash_b ? hash_a < hash_b : ranks_[a] < ranks_[b];
}

void Apportionment::divide(const Portion& portion, std::span<std::int64_t> parts) {
  expects(portion.weights.size() == credits_.size() && portion.caps.size() == credits_.size() &&
          parts.size() == credits_.size());
  std::int64_t weights = 0;
  for (const std::int64_t weight : portion.weights) {
    weights += weight;
  }
  if (portion.whole == 0 || weights == 0) {
    std::ranges::fill(parts, 0);
    return;
  }
  expects(portion.whole > 0 && portion.whole < most_in_interval && weights < most_in_interval);
  const std::int64_t left = portion.whole - lay_floors(portion, weights, parts);
  if (left >= 0) {
    give(portion, left, parts);
  } else {
    take_one_each(portion, -left, parts);
  }
}

std::int64_t Apportionment::lay_floors(const Portion& portion, std::int64_t weight,
                                       std::span<std::int64_t> parts) {
  return weight < std::int64_t{1} << 31 ? sharing_floors(QuickShares(portion.whole, weight),
                                                         portion, parts.data(), credits_.data())
                                        : sharing_floors(PlainShares{portion.whole, weight},
                                                         portion, parts.data(), credits_.data());
}

/// One Wh each, in rounds where there are more Wh than members with room for one.
void Apportionment::give(const Portion& portion, std::int64_t left, std::span<std::int64_t> parts) {
  while (left > 0) {
    std::array<std::uint32_t, levels + 1> count{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      levels_[i] = sharing_level(parts[i], portion.caps[i], credits_[i]);
      ++count[levels_[i]];
    }
    const std::int64_t open = std::ssize(parts) - count[0];
    expects(open > 0);
    const std::int64_t now = std::min(left, open);
    std::int64_t edge_left = now;
    std::size_t edge = levels;
    while (edge_left > count[edge]) {
      edge_left -= count[edge--];
    }
    give_above(edge, parts);
    give_at(portion, static_cast<std::size_t>(edge_left), parts);
    left -= now;
  }
}

/// A Wh for all whose leading bits are above the edge; those at the edge are kept for comparing.
void Apportionment::give_above(std::size_t edge, std::span<std::int64_t> parts) {
  candidates_.resize(parts.size());
  std::size_t found = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::int64_t up = levels_[i] > edge ? 1 : 0;
    candidates_[found] = static_cast<std::uint32_t>(i);
    found += levels_[i] == edge ? 1 : 0;
    parts[i] += up;
    credits_[i] -= up << 32;
  }
  candidates_.resize(found);
}

/// A Wh for those candidates that are owed most.
void Apportionment::give_at(const Portion& portion, std::size_t count,
                            std::span<std::int64_t> parts) {
  if (count < candidates_.size()) {
    std::ranges::nth_element(candidates_, candidates_.begin() + static_cast<std::ptrdiff_t>(count),
                             [&](auto a, auto b) { return goes_before(portion, a, b); });
  }
  for (std::size_t k = 0; k < count; ++k) {
    ++parts[candidates_[k]];
    credits_[candidates_[k]] -= one_wh;
  }
}

/// The other way round, where floors of 0 stand for members that owe: one Wh less for those that
/// are owed least.
void Apportionment::take_one_each(const Portion& portion, std::int64_t excess,
                                  std::span<std::int64_t> parts) {
  while (excess > 0) {
    candidates_.clear();
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      if (parts[i] > 0) {
        candidates_.push_back(i);
      }
    }
    expects(!candidates_.empty());
    std::ranges::sort(candidates_, [&](auto a, auto b) { return goes_before(portion, b, a); });
    const auto now = std::min<std::int64_t>(excess, std::ssize(candidates_));
    for (std::int64_t k = 0; k < now; ++k) {
      const std::uint32_t i = candidates_[static_cast<std::size_t>(k)];
      --parts[i];
      credits_[i] += one_wh;
    }
    excess -= now;
  }
}

}  // namespace xiaoyuan::settle
