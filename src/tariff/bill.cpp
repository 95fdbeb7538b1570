#include "tariff/bill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::tariff {

namespace {

__extension__ typedef __int128 Wide;  // g++ and clang have it; -Wpedantic wants to be told

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t lower_limit(const Tiers& tiers, std::size_t tier) {
  return tier == 0 ? 0 : tiers.limit(tier - 1).mwh;
}
std::int64_t upper_limit(const Tiers& tiers, std::size_t tier) {
  return tier == tiers.limits_kwh.size() ? no_limit : tiers.limit(tier).mwh;
}

/// The part of [from, to) that lies in a tier.
MeteredEnergy in_tier(const Tiers& tiers, std::size_t tier, MeteredEnergy from, MeteredEnergy to) {
  const std::int64_t low = std::max(from.mwh, lower_limit(tiers, tier));
  const std::int64_t high = std::min(to.mwh, upper_limit(tiers, tier));
  return {std::max<std::int64_t>(0, high - low)};
}

Text tier_explanation(const Tiers& tiers, std::size_t tier) {
  const bool yearly = tiers.period == TierPeriod::year;
  const double low = tier == 0 ? 0.0 : tiers.limits_kwh[tier - 1];
  if (tier == tiers.limits_kwh.size()) {
    return {fmt::format("beyond {} kWh of the {}", low, yearly ? "year" : "month"),
            fmt::format("{}累计超过 {} 千瓦时的部分", yearly ? "全年" : "当月", low)};
  }
  return {fmt::format("from {} to {} kWh of the {}", low, tiers.limits_kwh[tier],
                      yearly ? "year" : "month"),
          fmt::format("{}累计 {} 至 {} 千瓦时的部分", yearly ? "全年" : "当月", low,
                      tiers.limits_kwh[tier])};
}

Text tier_label(std::size_t tier, bool is_addition) {
  static constexpr const char* numerals[] = {"一", "二", "三", "四", "五", "六"};
  return {fmt::format("Tier {}{}", tier + 1, is_addition ? " addition" : ""),
          fmt::format("第{}档{}", tier < 6 ? numerals[tier] : "多", is_addition ? "加价" : "电量")};
}

Text with_document(Text text, const Version& version) {
  text.en += fmt::format(" ({})", version.document);
  text.zh += fmt::format("({})", version.document);
  return text;
}

/// Where a line stands in the tariff.
struct Cell {
  BillPart part = BillPart::period;
  std::size_t slot = 0;
  std::size_t tier = 0;
};

/// What a line charges for.
struct Charge {
  MeteredEnergy energy;
  Price price;
};

void add_line(Bill& bill, Cell cell, Text label, Text explanation, Charge charge) {
  if (charge.energy.mwh != 0) {
    bill.lines.push_back({std::move(label), std::move(explanation), charge.energy, charge.price,
                          amount(charge.energy, charge.price), cell.part, cell.slot, cell.tier});
  }
}

Price difference(Price a, Price b) { return {a.units - b.units}; }

Text line_of(const Text& first, const Text& second) {
  return {first.en + ", " + second.en, first.zh + "·" + second.zh};
}

const Text metered{"metered in this period", "该时段计量电量"};

class Biller {
 public:
  Biller(const Schedule& schedule, Counted& counted) : schedule_(schedule), counted_(counted) {}

  /// The bill of the slots from `first` on, all of one month, whose energies these are.
  Bill bill(std::size_t first, std::span<const MeteredEnergy> energies) {
    const Slot& slot = schedule_.slots[first];
    Bill bill{slot.year, slot.month, {}, {}};
    first_ = first;
    energies_ = energies;
    for (const MeteredEnergy energy : energies) {
      bill.energy += energy;
    }
    if (schedule_.tiers && schedule_.tiers->period == TierPeriod::month) {
      counted_.tier_period = {};
    }
    const MeteredEnergy after = counted_.tier_period + bill.energy;
    add_energy(bill, after);
    add_subsidy(bill);
    counted_.tier_period = after;
    if (schedule_.mechanism) {
      add_difference(bill, *schedule_.mechanism, counted_.in_mechanism);
    }
    return bill;
  }

 private:
  const Slot& slot(std::size_t i) const { return schedule_.slots[first_ + i]; }
  const Version& version_of(std::size_t i) const {
    return schedule_.tariff.versions[slot(i).version];
  }

  void add_energy(Bill& bill, MeteredEnergy after) {
    if (!schedule_.tiers) {
      add_periods(bill);
    } else if (schedule_.tiers->have_tables) {
      add_tables(bill, after);
    } else if (energies_.size() == 1) {
      add_tiers(bill, slot(0).price, BillPart::tier, after);
    } else if (schedule_.tiers->order == TierOrder::tier_then_tou) {
      add_tiers(bill, schedule_.tiers->base, BillPart::tier, after);
      add_period_additions(bill);
    } else {
      add_periods(bill);
      add_tiers(bill, Price{}, BillPart::tier_addition, after);
    }
  }

  void add_periods(Bill& bill) {
    for (std::size_t i = 0; i < energies_.size(); ++i) {
      add_line(bill, {BillPart::period, first_ + i}, slot(i).label,
               with_document(metered, version_of(i)), {energies_[i], slot(i).price});
    }
  }

  /// What each period adds to the flat price, or takes off.
  void add_period_additions(Bill& bill) {
    for (std::size_t i = 0; i < energies_.size(); ++i) {
      const Price addition = difference(slot(i).price, schedule_.tiers->base);
      if (addition != Price{}) {
        add_line(bill, {BillPart::period_addition, first_ + i},
                 line_of(slot(i).label, {"over the flat price", "分时加减价"}),
                 with_document(metered, version_of(i)), {energies_[i], addition});
      }
    }
  }

  /// A line per tier: at the whole price, or what the tier adds to the periods'.
  void add_tiers(Bill& bill, Price base, BillPart part, MeteredEnergy after) {
    const Tiers& tiers = *schedule_.tiers;
    const bool is_addition = part == BillPart::tier_addition;
    for (std::size_t tier = is_addition ? 1 : 0; tier < tiers.additions.size(); ++tier) {
      add_line(bill, {part, first_, tier}, tier_label(tier, is_addition),
               with_document(tier_explanation(tiers, tier), version_of(0)),
               {in_tier(tiers, tier, counted_.tier_period, after), base + tiers.additions[tier]});
    }
  }

  /// The energy of a period that falls to a tier: in proportion to the month's tiers, in whole mWh
  /// that add up to the period's,
  ///
  ///   round(E_period · Σ_{k ≤ tier} T_k / Σ T) − the same up to the tier before,
  ///
  /// T_k the month's energy in tier k; exact, rounded half up.
  MeteredEnergy shared(std::size_t period, std::size_t tier, MeteredEnergy after) const {
    const Tiers& tiers = *schedule_.tiers;
    const std::int64_t month = (after - counted_.tier_period).mwh;
    const auto up_to = [&](std::size_t last) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k <= last; ++k) {
        sum += in_tier(tiers, k, counted_.tier_period, after).mwh;
      }
      const Wide product = static_cast<Wide>(energies_[period].mwh) * sum;
      return month == 0 ? 0 : static_cast<std::int64_t>((product + month / 2) / month);
    };
    return {up_to(tier) - (tier == 0 ? 0 : up_to(tier - 1))};
  }

  void add_cell(Bill& bill, std::size_t period, std::size_t tier, MeteredEnergy after) {
    add_line(bill, {BillPart::period_in_tier, first_ + period, tier},
             line_of(tier_label(tier, false), slot(period).label),
             with_document(tier_explanation(*schedule_.tiers, tier), version_of(period)),
             {shared(period, tier, after), slot(period).by_tier[tier]});
  }

  void add_tables(Bill& bill, MeteredEnergy after) {
    const std::size_t tiers = schedule_.tiers->additions.size();
    const bool by_tier = schedule_.tiers->order == TierOrder::tier_then_tou;
    for (std::size_t cell = 0; cell < tiers * energies_.size(); ++cell) {
      const std::size_t tier = by_tier ? cell / energies_.size() : cell % tiers;
      const std::size_t period = by_tier ? cell % energies_.size() : cell / tiers;
      add_cell(bill, period, tier, after);
    }
  }

  /// Below zero, up to the cap of the season; a month without it ends the season's count.
  void add_subsidy(Bill& bill) {
    MeteredEnergy energy;
    std::size_t last = energies_.size();
    for (std::size_t i = 0; i < energies_.size(); ++i) {
      if (slot(i).is_subsidised) {
        energy += energies_[i];
        last = i;
      }
    }
    if (last == energies_.size()) {
      counted_.subsidised = {};
      return;
    }
    const Subsidy& subsidy = *version_of(last).subsidy;
    Text explanation{fmt::format("metered in these hours ({})", subsidy.document),
                     fmt::format("相应时段计量电量({})", subsidy.document)};
    if (subsidy.cap_kwh) {
      const MeteredEnergy left = MeteredEnergy::of(*subsidy.cap_kwh) - counted_.subsidised;
      energy = std::min(energy, std::max(left, MeteredEnergy{}));
      explanation.en += fmt::format(", up to {} kWh a season", *subsidy.cap_kwh);
      explanation.zh += fmt::format(",每季最多 {} 千瓦时", *subsidy.cap_kwh);
    }
    counted_.subsidised += energy;
    add_line(bill, {BillPart::subsidy, first_ + last}, subsidy.label, std::move(explanation),
             {energy, difference(Price{}, subsidy.price)});
  }

  const Schedule& schedule_;
  std::size_t first_ = 0;
  std::span<const MeteredEnergy> energies_;  ///< of the month's slots
  Counted& counted_;
};

/// How many slots from `first` on belong to its month.
std::size_t slots_of_month(const Schedule& schedule, std::size_t first) {
  const Slot& slot = schedule.slots[first];
  std::size_t end = first + 1;
  while (end < schedule.slots.size() && schedule.slots[end].month == slot.month &&
         schedule.slots[end].year == slot.year) {
    ++end;
  }
  return end - first;
}

}  // namespace

Money Bill::total() const {
  Money sum;
  for (const BillLine& line : lines) {
    sum += line.amount;
  }
  return sum;
}

Money total(std::span<const Bill> bills) {
  Money sum;
  for (const Bill& bill : bills) {
    sum += bill.total();
  }
  return sum;
}

std::vector<double> energy_by_slot(const Schedule& schedule, std::span<const double> kwh) {
  expects(kwh.size() == schedule.slot.size());
  std::vector<double> sums(schedule.slots.size(), 0.0);
  for (std::size_t i = 0; i < kwh.size(); ++i) {
    sums[schedule.slot[i]] += kwh[i];
  }
  return sums;
}

Bill month_bill(const Schedule& schedule, std::span<const MeteredEnergy> by_slot,
                Counted& counted) {
  expects(!schedule.slots.empty() && by_slot.size() == schedule.slots.size());
  expects(slots_of_month(schedule, 0) == by_slot.size());
  return Biller(schedule, counted).bill(0, by_slot);
}

std::vector<Bill> bills(const Schedule& schedule, std::span<const double> kwh_by_slot,
                        MeteredEnergy before) {
  expects(kwh_by_slot.size() == schedule.slots.size());
  std::vector<MeteredEnergy> energies;
  energies.reserve(kwh_by_slot.size());
  for (const double kwh : kwh_by_slot) {
    energies.push_back(MeteredEnergy::of(kwh));
  }
  std::vector<Bill> all;
  Counted counted{.tier_period = before, .subsidised = {}, .in_mechanism = {}};
  Biller biller(schedule, counted);
  for (std::size_t first = 0; first < energies.size();) {
    const std::size_t count = slots_of_month(schedule, first);
    all.push_back(biller.bill(first, std::span{energies}.subspan(first, count)));
    first += count;
  }
  return all;
}

std::vector<BillLine> year_lines(std::span<const Bill> bills) {
  std::vector<BillLine> sums;
  for (const Bill& bill : bills) {
    for (const BillLine& line : bill.lines) {
      const auto same = std::ranges::find_if(sums, [&](const BillLine& sum) {
        return sum.label == line.label && sum.price == line.price &&
               sum.explanation == line.explanation;
      });
      if (same == sums.end()) {
        sums.push_back(line);
      } else {
        same->energy += line.energy;
        same->amount += line.amount;
      }
    }
  }
  return sums;
}

}  // namespace xiaoyuan::tariff
