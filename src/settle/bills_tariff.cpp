#include <fmt/format.h>

#include <algorithm>

#include "settle/bills.hpp"
#include "tariff/day.hpp"

namespace xiaoyuan::settle {

namespace {

using std::chrono::sys_days;

/// A register of a period counts the hours of one kind.
readings::Rate rate_of(tariff::PeriodKind kind) {
  switch (kind) {
    case tariff::PeriodKind::critical_peak:
      return readings::Rate::critical_peak;
    case tariff::PeriodKind::peak:
      return readings::Rate::peak;
    case tariff::PeriodKind::flat:
      return readings::Rate::flat;
    case tariff::PeriodKind::valley:
      return readings::Rate::valley;
    case tariff::PeriodKind::deep_valley:
      break;
  }
  return readings::Rate::deep_valley;
}

/// Whether a kWh costs the same in both.
bool cost_the_same(const tariff::Slot& a, const tariff::Slot& b) {
  return a.price == b.price && a.by_tier == b.by_tier && a.is_subsidised == b.is_subsidised;
}

Result<void> refuse_new_tiers(const tariff::Tariff& tariff, const Date& first, const Date& after) {
  const std::size_t begun = tariff::version_on(tariff, first);
  for (sys_days day = first; begun < tariff.versions.size() && day < sys_days{after};
       day += std::chrono::days{1}) {
    const std::size_t version = tariff::version_on(tariff, day);
    if (version < tariff.versions.size() &&
        tariff.versions[version].tiers != tariff.versions[begun].tiers) {
      const std::string date = text_of(Date{day});
      return fail(Fault::impossible,
                  {fmt::format("the tiers of tariff \"{}\" change on {}, within the month; how a "
                               "bill counts across such a day is not known",
                               tariff.id, date),
                   fmt::format("电价“{}”的阶梯在月中({})变更;跨越该日的账单如何累计,尚无依据",
                               tariff.id, date)});
    }
  }
  return {};
}

/// The minutes of a month, day by day.
class Stretches {
 public:
  Stretches(const tariff::Tariff& tariff, const Zone& zone, const tariff::Schedule& schedule)
      : tariff_(tariff), zone_(zone), schedule_(schedule) {}

  std::vector<PriceStretch> over(const readings::Period& month, const Date& first,
                                 const Date& after) {
    month_ = month;
    const tariff::Season* season = nullptr;
    std::size_t version = 0;
    for (sys_days day = first; day < sys_days{after}; day += std::chrono::days{1}) {
      const auto table = tariff::day_table(tariff_, day);  // schedule() has taken every day of it
      if (table->season != season || table->version != version) {
        season = table->season;
        version = table->version;
        begins_.emplace_back(day);
      }
    }
    std::vector<PriceStretch> all;
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      const Instant to = i + 1 < begins_.size() ? zone_.instant(begins_[i + 1], 0) : month.to;
      if (all.empty() || !is_one(slots_in({all.back().period.from, to}))) {
        all.push_back(stretch({zone_.instant(begins_[i], 0), to}, begins_[i]));
      } else {
        all.back() = stretch({all.back().period.from, to}, all.back().first_day);
      }
    }
    return all;
  }

 private:
  /// The slots of a part of the month, in their order.
  std::vector<std::size_t> slots_in(const readings::Period& period) const {
    std::vector<bool> is_there(schedule_.slots.size(), false);
    const auto from = static_cast<std::size_t>((period.from - month_.from) / minute);
    const auto to = static_cast<std::size_t>((period.to - month_.from) / minute);
    for (std::size_t i = from; i < to; ++i) {
      is_there[schedule_.slot[i]] = true;
    }
    std::vector<std::size_t> slots;
    for (std::size_t i = 0; i < is_there.size(); ++i) {
      if (is_there[i]) {
        slots.push_back(i);
      }
    }
    return slots;
  }

  /// Whether the registers of periods have one price each in all these slots.
  bool is_one(const std::vector<std::size_t>& slots) const {
    return std::ranges::all_of(slots, [&](std::size_t slot) {
      return std::ranges::all_of(slots, [&](std::size_t other) {
        return schedule_.slots[slot].kind != schedule_.slots[other].kind ||
               cost_the_same(schedule_.slots[slot], schedule_.slots[other]);
      });
    });
  }

  PriceStretch stretch(const readings::Period& period, const Date& first_day) const {
    PriceStretch made{.period = period, .first_day = first_day, .slots = {}, .one_slot = {}};
    const std::vector<std::size_t> slots = slots_in(period);
    const tariff::Slot& first = schedule_.slots[slots.front()];
    if (std::ranges::all_of(
            slots, [&](std::size_t i) { return cost_the_same(schedule_.slots[i], first); })) {
      made.one_slot = slots.front();
    }
    for (const std::size_t i : slots) {
      const readings::Rate rate = rate_of(schedule_.slots[i].kind);
      const auto known = std::ranges::find(made.slots, rate, &PriceStretch::RateSlot::rate);
      if (known == made.slots.end()) {
        made.slots.push_back({rate, i});
      } else if (known->slot && !cost_the_same(schedule_.slots[*known->slot], schedule_.slots[i])) {
        known->slot.reset();
      }
    }
    std::ranges::sort(made.slots, {}, &PriceStretch::RateSlot::rate);
    return made;
  }

  static constexpr std::chrono::seconds minute{60};
  const tariff::Tariff& tariff_;
  const Zone& zone_;
  const tariff::Schedule& schedule_;
  readings::Period month_;
  std::vector<Date> begins_;  ///< of a version or a season
};

}  // namespace

Result<MonthTariff> month_tariff(const tariff::Tariff& tariff, const Zone& zone,
                                 std::chrono::year_month month) {
  const Date first = month / 1;
  const Date after = (month + std::chrono::months{1}) / 1;
  if (auto checked = refuse_new_tiers(tariff, first, after); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  MonthTariff laid{.schedule = {}, .month = readings::month_of(zone, month), .stretches = {}};
  const auto minutes = static_cast<std::size_t>((laid.month.to - laid.month.from).count() / 60);
  const TimeAxis axis{laid.month.from, std::chrono::seconds{60}, minutes};
  TRY(laid.schedule, tariff::schedule(tariff, zone.civil(axis), 1));
  laid.stretches = Stretches{tariff, zone, laid.schedule}.over(laid.month, first, after);
  return laid;
}

Result<MonthTariff> month_tariff(const tariff::Mechanism& mechanism, const Zone& zone,
                                 std::chrono::year_month month) {
  TRY(MonthTariff laid, month_tariff(tariff::market_tariff(mechanism), zone, month));
  TRY(laid.schedule, tariff::under_mechanism(std::move(laid.schedule), mechanism));
  return laid;
}

std::vector<readings::Rate> rates_of(const MonthTariff& tariff) {
  std::vector<readings::Rate> rates;
  for (const PriceStretch& stretch : tariff.stretches) {
    for (const PriceStretch::RateSlot& one : stretch.slots) {
      if (!stretch.one_slot && std::ranges::find(rates, one.rate) == rates.end()) {
        rates.push_back(one.rate);
      }
    }
  }
  std::ranges::sort(rates);
  return rates;
}

bool counts_on(const MonthTariff& tariff) {
  const tariff::Schedule& schedule = tariff.schedule;
  const bool tiers = schedule.tiers && schedule.tiers->period == tariff::TierPeriod::year;
  const bool cap = schedule.mechanism && schedule.mechanism->yearly_cap_kwh;
  const bool subsidy = std::ranges::any_of(schedule.slots, [&](const tariff::Slot& slot) {
    return slot.is_subsidised && schedule.tariff.versions[slot.version].subsidy->cap_kwh;
  });
  return ((tiers || cap) && tariff.month_number() != 1) || subsidy;
}

}  // namespace xiaoyuan::settle
