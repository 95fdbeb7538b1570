// Sharing inside a village: who used the energy that neighbours exported in the same interval, and
// who sold it. Off by default: neighbours may not sell to each other over the public network
// outside pilots (facts, settle.p2p).
//
//   c_i import, e_j export of a member in an interval, whole Wh; D = Σ c_i, S = Σ e_j, M = min(S,
//   D) a_i received, s_j sold:   Σ a_i = Σ s_j = M (≤ M for static shares),   0 ≤ a_i ≤ c_i c_i =
//   a_i + from the grid,   e_j = s_j + to the grid
//
// s_j is in proportion to e_j. a_i is by one of the keys below; rounding: sharing_apportion.hpp.
// Day totals belong to registers: what does not sum to them is refused (sharing_gate.hpp).
//
// Which key is whose:
//   static_weights   Austria "statisch" (ElWOG 2010 § 16e: a fixed part, at most what was used in
//                    the quarter hour, the rest is surplus); Spain (RD 244/2019, annex I, β_i that
//                    add up to 1, since TED/1247/2021 an own set for every hour); France, clé
//                    statique, and with a set for every interval dynamique simple (Code de
//                    l'énergie D315-4, D315-6)
//   dynamic          Austria "dynamisch"; France where no key is named (D315-6: au prorata de leur
//                    consommation)
//   Italy's CER fixes M alone (energia condivisa: the hourly minimum of what is fed in and drawn);
//                    the community's statute divides the money, by any of these keys
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "settle/sharing_apportion.hpp"

namespace xiaoyuan::settle {

/// What sharing means for the grid company's bill. In every mode that bill is fixed by registers
/// alone, and the books reconcile with it.
enum class SharingMode : std::uint8_t {
  off,  ///< every meter is billed for its own import and export; nothing moves between members
  /// The grid company sees one meter at the gate and bills its registers. Import, export and the
  /// bill are split among the members by what each took from and gave to the grid; `unaccounted`
  /// carries its own part (losses, lamps).
  single_meter_internal,
  /// Members stand on a wire of their own behind the gate: as above, the gate's registers are
  /// billed and split.
  physical_private_wire,
  /// Every member's meter is billed in full for all it imported and paid for all it exported;
  /// sharing is a credit: money moves between members only, and sums to 0.
  virtual_credit
};

enum class SharingKey : std::uint8_t {
  static_weights,        ///< a_i = min(c_i, S·w_i/W); what a member refuses goes to the grid
  static_offered_again,  ///< what a member refuses is offered to the others by their weights
  dynamic,               ///< a_i = M·c_i/D
  equal,                 ///< the same for each who imports, what is refused offered again
  prosumer_first         ///< dynamic among those named first, then dynamic among the others
};

/// Whether the grid company bills the gate and no member.
constexpr bool bills_gate(SharingMode mode) {
  return mode == SharingMode::single_meter_internal || mode == SharingMode::physical_private_wire;
}

const std::vector<std::string>& words_of(SharingMode);
const std::vector<std::string>& words_of(SharingKey);
Text name_of(SharingMode mode);
Text name_of(SharingKey key);

struct SharingRule {
  SharingKey key = SharingKey::dynamic;
  /// Parts of a member: one for each, or a row for every interval. For the static keys.
  std::vector<std::int64_t> weights;
  /// The parts of which static shares are parts (100 for per cent): what is not given to members
  /// goes to the grid. 0: the sum of the weights.
  std::int64_t whole = 0;
  std::vector<std::uint8_t> first;  ///< 1 for each member that prosumer_first serves first
};

/// Energy of the members, interval by interval: that of interval t and member i at t·members + i.
struct SharingTable {
  std::vector<std::string> members;
  std::vector<std::int64_t> intervals;    ///< a name of each, UTC seconds where times are known
  std::vector<std::size_t> days;          ///< intervals at which a settlement day begins
  std::vector<std::int64_t> imported_wh;  ///< c
  std::vector<std::int64_t> exported_wh;  ///< e
};

/// One interval of a village.
struct SharedInterval {
  std::int64_t demand_wh = 0;  ///< D
  std::int64_t supply_wh = 0;  ///< S
  std::int64_t shared_wh = 0;  ///< Σ a = Σ s
};

struct IntervalEnergy {
  std::int64_t interval = 0;  ///< its name
  std::size_t index = 0;      ///< its row of weights
  std::span<const std::int64_t> imported_wh;
  std::span<const std::int64_t> exported_wh;
};

/// A run over the intervals of a village in their order; takes no memory after it was made.
class Sharing {
 public:
  /// The rule belongs to the members: see check_rule.
  Sharing(const std::vector<std::string>& members, SharingRule rule);
  Sharing(const Sharing&) = delete;
  Sharing& operator=(const Sharing&) = delete;
  void begin_day();
  SharedInterval share(const IntervalEnergy& energy, std::span<std::int64_t> received_wh,
                       std::span<std::int64_t> sold_wh);

 private:
  std::int64_t receive(const IntervalEnergy& energy, const SharedInterval& sums,
                       std::span<std::int64_t> received);
  std::int64_t static_shares(const IntervalEnergy& energy, std::int64_t supply,
                             std::span<std::int64_t> received);
  std::int64_t offer_again(const IntervalEnergy& energy, std::int64_t supply,
                           std::span<std::int64_t> received);
  std::int64_t refuse(const IntervalEnergy& energy, std::int64_t pot,
                      std::span<std::int64_t> received);
  void first_then_others(const IntervalEnergy& energy, std::int64_t supply,
                         std::span<std::int64_t> received);
  std::span<const std::int64_t> weights_at(std::size_t index) const;

  std::size_t size_;
  SharingRule rule_;
  Apportionment takers_;
  Apportionment givers_;
  std::vector<std::int64_t> weights_;  // of the interval: of those who are still open
  std::vector<std::int64_t> caps_;
  std::vector<std::int64_t> parts_;
};

/// Whether a rule fits members and intervals: as many weights as there are members (or members
/// times intervals), none below 0, not all 0, no more than the whole.
Result<void> check_rule(const SharingRule& rule, std::size_t members, std::size_t intervals);

/// A month of a village.
struct SharedMonth {
  std::vector<std::int64_t> received_wh;  ///< a, laid out as the table
  std::vector<std::int64_t> sold_wh;      ///< s
  std::vector<SharedInterval> intervals;
};
Result<SharedMonth> share(const SharingTable& table, const SharingRule& rule);

/// What a member's intervals come to.
struct MemberTotal {
  std::int64_t imported_wh = 0, received_wh = 0, exported_wh = 0, sold_wh = 0;
  std::int64_t from_grid_wh() const { return imported_wh - received_wh; }
  std::int64_t to_grid_wh() const { return exported_wh - sold_wh; }
};
std::vector<MemberTotal> member_totals(const SharingTable& table, const SharedMonth& month);

}  // namespace xiaoyuan::settle
