// One whole number of Wh divided in proportion to weights, interval after interval, so that every
// interval adds up exactly and no member stays behind over the day.
//
//   x_i = ⌊2³² · P · w_i / W⌋            exact share, in 2⁻³² Wh        W = Σ w_i
//   t_i = x_i + credit_i                 with what earlier intervals owe
//   a_i = ⌊t_i⌋ within [0, cap_i], and one Wh more (or less) in the order of t_i − a_i, the largest
//         first, until Σ a_i = P         largest remainder (Hamilton 1792; Hare-Niemeyer)
//   credit_i ← t_i − a_i
//
// Equal remainders: the smaller cap (import) first, for the Wh is more to it; then a hash of member
// and interval (SHA-256 of the name once, mixed with the interval by the finaliser of SplitMix64,
// Steele et al. 2014). Nothing depends on the order of the members. Whole numbers throughout; a
// total below 2³¹ takes the fast loop, up to 2⁴⁶ the plain one; both give the same.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace xiaoyuan::settle {

/// Σ of the weights, and a whole, of one interval stay below it.
inline constexpr std::int64_t most_in_interval = std::int64_t{1} << 46;
/// For weights that nothing limits.
inline constexpr std::int64_t no_cap = std::int64_t{1} << 50;

/// What is divided in one interval.
struct Portion {
  std::int64_t whole = 0;
  std::span<const std::int64_t> weights;
  std::span<const std::int64_t> caps;  ///< most that a member takes; 0 for weights of 0
  std::int64_t interval = 0;           ///< names it for the hash
};

/// The credits of one side (who takes, or who gives) of a village and the space to reckon in.
class Apportionment {
 public:
  explicit Apportionment(const std::vector<std::string>& members);
  /// At the beginning of a settlement day.
  void forget();
  /// Fills `parts`, whose sum is the whole: Σ of the caps must not be below it. Takes no memory.
  void divide(const Portion& portion, std::span<std::int64_t> parts);
  /// In 2⁻³² Wh; above 0: the member is owed.
  const std::vector<std::int64_t>& credits() const { return credits_; }

 private:
  std::int64_t lay_floors(const Portion& portion, std::int64_t weight,
                          std::span<std::int64_t> parts);
  void give(const Portion& portion, std::int64_t left, std::span<std::int64_t> parts);
  void give_above(std::size_t edge, std::span<std::int64_t> parts);
  void give_at(const Portion& portion, std::size_t count, std::span<std::int64_t> parts);
  void take_one_each(const Portion& portion, std::int64_t excess, std::span<std::int64_t> parts);
  bool goes_before(const Portion& portion, std::uint32_t a, std::uint32_t b) const;

  std::vector<std::uint64_t> hashes_;  // of the names
  std::vector<std::uint32_t> ranks_;   // in the order of the names, should hashes be equal
  std::vector<std::int64_t> credits_;  // while an interval is divided: t_i − a_i
  std::vector<std::uint8_t> levels_;   // 0: full; else 1 and up by t_i − a_i
  std::vector<std::uint32_t> candidates_;
};

}  // namespace xiaoyuan::settle
