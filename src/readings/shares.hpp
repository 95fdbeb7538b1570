// Divides a whole number of units by weights so that the parts add to the whole exactly.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xiaoyuan::readings {

/// Parts of `whole` (not negative) in proportion to `weights` (not negative): each the floor of its
/// share, and one unit more for the largest remainders, the earlier first where they are equal.
/// Where all weights are 0, even parts.
std::vector<std::int64_t> shares(std::int64_t whole, std::span<const std::int64_t> weights);

/// The same where no part may be above `most`: what is cut off one goes to the others by their
/// weights. Nothing where `most` for each is less than the whole.
std::optional<std::vector<std::int64_t>> shares_up_to(std::int64_t most, std::int64_t whole,
                                                      std::span<const std::int64_t> weights);

}  // namespace xiaoyuan::readings
