#include "tariff/bill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::tariff {

namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t lower_limit(const Tiers& tiers, std::size_t tier) {
  return tier == 0 ? 0 : MeteredEnergy::of(tiers.limits_kwh[tier - 1]).mwh;
}
std::int64_t upper_limit(const Tiers& tiers, std::size_t tier) {
  return tier == tiers.limits_kwh.size() ? no_limit : MeteredEnergy::of(tiers.limits_kwh[tier]).mwh;
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

void add_line(Bill& bill, Text label, Text explanation, MeteredEnergy energy, Price price) {
  if (energy.mwh != 0) {
    bill.lines.push_back(
        {std::move(label), std::move(explanation), energy, price, amount(energy, price)});
  }
}

Price difference(Price a, Price b) { return {a.units - b.units}; }

Text line_of(const Text& first, const Text& second) {
  return {first.en + ", " + second.en, first.zh + "·" + second.zh};
}

const Text metered{"metered in this period", "该时段计量电量"};

class Biller {
 public:
  Biller(const Schedule& schedule, MeteredEnergy before) : schedule_(schedule), counted_(before) {}

  /// The bill of slots [first, end), all of one month.
  Bill bill(std::size_t first, std::size_t end, std::span<const double> kwh_by_slot) {
    const Slot& slot = schedule_.slots[first];
    Bill bill{slot.year, slot.month, {}, {}};
    first_ = first;
    energies_.clear();
    for (std::size_t i = first; i < end; ++i) {
      energies_.push_back(MeteredEnergy::of(kwh_by_slot[i]));
      bill.energy += energies_.back();
    }
    if (schedule_.tiers && schedule_.tiers->period == TierPeriod::month) {
      counted_ = {};
    }
    const MeteredEnergy after = counted_ + bill.energy;
    add_energy(bill, after);
    add_subsidy(bill);
    counted_ = after;
    if (schedule_.mechanism) {
      add_difference(bill, *schedule_.mechanism, in_mechanism_);
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
      add_tiers(bill, slot(0).price, TierLine::whole_price, after);
    } else if (schedule_.tiers->order == TierOrder::tier_then_tou) {
      add_tiers(bill, schedule_.tiers->base, TierLine::whole_price, after);
      add_period_additions(bill);
    } else {
      add_periods(bill);
      add_tiers(bill, Price{}, TierLine::addition, after);
    }
  }

  void add_periods(Bill& bill) {
    for (std::size_t i = 0; i < energies_.size(); ++i) {
      add_line(bill, slot(i).label, with_document(metered, version_of(i)), energies_[i],
               slot(i).price);
    }
  }

  /// What each period adds to the flat price, or takes off.
  void add_period_additions(Bill& bill) {
    for (std::size_t i = 0; i < energies_.size(); ++i) {
      const Price addition = difference(slot(i).price, schedule_.tiers->base);
      if (addition != Price{}) {
        add_line(bill, line_of(slot(i).label, {"over the flat price", "分时加减价"}),
                 with_document(metered, version_of(i)), energies_[i], addition);
      }
    }
  }

  enum class TierLine { whole_price, addition };

  /// A line per tier: at the whole price, or what the tier adds to the periods'.
  void add_tiers(Bill& bill, Price base, TierLine kind, MeteredEnergy after) {
    const Tiers& tiers = *schedule_.tiers;
    const bool is_addition = kind == TierLine::addition;
    for (std::size_t tier = is_addition ? 1 : 0; tier < tiers.additions.size(); ++tier) {
      add_line(bill, tier_label(tier, is_addition),
               with_document(tier_explanation(tiers, tier), version_of(0)),
               in_tier(tiers, tier, counted_, after), base + tiers.additions[tier]);
    }
  }

  /// The energy of a period that falls to a tier: in proportion to the month's tiers, in whole mWh
  /// that add up to the period's.
  MeteredEnergy shared(std::size_t period, std::size_t tier, MeteredEnergy after) const {
    const Tiers& tiers = *schedule_.tiers;
    const double month = static_cast<double>((after - counted_).mwh);
    const auto up_to = [&](std::size_t last) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k <= last; ++k) {
        sum += in_tier(tiers, k, counted_, after).mwh;
      }
      const double part = month == 0.0 ? 0.0 : static_cast<double>(sum) / month;
      return std::llround(part * static_cast<double>(energies_[period].mwh));
    };
    return {up_to(tier) - (tier == 0 ? 0 : up_to(tier - 1))};
  }

  void add_cell(Bill& bill, std::size_t period, std::size_t tier, MeteredEnergy after) {
    add_line(bill, line_of(tier_label(tier, false), slot(period).label),
             with_document(tier_explanation(*schedule_.tiers, tier), version_of(period)),
             shared(period, tier, after), slot(period).by_tier[tier]);
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
      subsidised_ = {};
      return;
    }
    const Subsidy& subsidy = *version_of(last).subsidy;
    Text explanation{fmt::format("metered in these hours ({})", subsidy.document),
                     fmt::format("相应时段计量电量({})", subsidy.document)};
    if (subsidy.cap_kwh) {
      const MeteredEnergy left = MeteredEnergy::of(*subsidy.cap_kwh) - subsidised_;
      energy = std::min(energy, std::max(left, MeteredEnergy{}));
      explanation.en += fmt::format(", up to {} kWh a season", *subsidy.cap_kwh);
      explanation.zh += fmt::format(",每季最多 {} 千瓦时", *subsidy.cap_kwh);
    }
    subsidised_ += energy;
    add_line(bill, subsidy.label, std::move(explanation), energy,
             difference(Price{}, subsidy.price));
  }

  const Schedule& schedule_;
  std::size_t first_ = 0;
  std::vector<MeteredEnergy> energies_;  ///< of the month's slots
  MeteredEnergy counted_;                ///< of the tier year
  MeteredEnergy subsidised_;             ///< of the season
  MeteredEnergy in_mechanism_;           ///< of the year
};

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

std::vector<Bill> bills(const Schedule& schedule, std::span<const double> kwh_by_slot,
                        MeteredEnergy before) {
  expects(kwh_by_slot.size() == schedule.slots.size());
  std::vector<Bill> all;
  Biller biller(schedule, before);
  std::size_t first = 0;
  while (first < schedule.slots.size()) {
    std::size_t end = first + 1;
    while (end < schedule.slots.size() &&
           schedule.slots[end].month == schedule.slots[first].month &&
           schedule.slots[end].year == schedule.slots[first].year) {
      ++end;
    }
    all.push_back(biller.bill(first, end, kwh_by_slot));
    first = end;
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
