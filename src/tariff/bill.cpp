#include "tariff/bill.hpp"

#include <fmt/format.h>

#include <algorithm>
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

class Biller {
 public:
  Biller(const Schedule& schedule, MeteredEnergy before) : schedule_(schedule), counted_(before) {}

  /// The bill of slots [first, end), all of one month.
  Bill bill(std::size_t first, std::size_t end, std::span<const double> kwh_by_slot) {
    const Slot& slot = schedule_.slots[first];
    Bill bill{slot.year, slot.month, {}, {}};
    std::vector<MeteredEnergy> energies;
    for (std::size_t i = first; i < end; ++i) {
      energies.push_back(MeteredEnergy::of(kwh_by_slot[i]));
      bill.energy += energies.back();
    }
    if (schedule_.tiers && schedule_.tiers->period == TierPeriod::month) {
      counted_ = {};
    }
    const MeteredEnergy after = counted_ + bill.energy;
    const Version& version = schedule_.tariff.versions[slot.version];
    if (schedule_.tiers && end - first == 1) {
      add_tiers(bill, slot.price, version, after);
    } else {
      for (std::size_t i = first; i < end; ++i) {
        const Version& own = schedule_.tariff.versions[schedule_.slots[i].version];
        add_line(bill, schedule_.slots[i].label,
                 with_document({"metered in this period", "该时段计量电量"}, own),
                 energies[i - first], schedule_.slots[i].price);
      }
      if (schedule_.tiers) {
        add_tiers(bill, Price{}, version, after);
      }
    }
    counted_ = after;
    return bill;
  }

 private:
  /// A line per tier: at the full price where the month knows one price only, else the addition.
  void add_tiers(Bill& bill, Price base, const Version& version, MeteredEnergy after) {
    const Tiers& tiers = *schedule_.tiers;
    const bool is_addition = base == Price{};
    for (std::size_t tier = is_addition ? 1 : 0; tier < tiers.additions.size(); ++tier) {
      add_line(bill, tier_label(tier, is_addition),
               with_document(tier_explanation(tiers, tier), version),
               in_tier(tiers, tier, counted_, after), base + tiers.additions[tier]);
    }
  }

  const Schedule& schedule_;
  MeteredEnergy counted_;
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

double tier_additions_yuan(const Tiers& tiers, double year_kwh) {
  double yuan = 0.0;
  for (std::size_t tier = 1; tier < tiers.additions.size(); ++tier) {
    const double step =
        tiers.additions[tier].yuan_per_kwh() - tiers.additions[tier - 1].yuan_per_kwh();
    yuan += step * std::max(0.0, year_kwh - tiers.limits_kwh[tier - 1]);
  }
  return yuan;
}

}  // namespace xiaoyuan::tariff
