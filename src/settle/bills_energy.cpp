#include "settle/bills_energy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "readings/shares.hpp"

namespace xiaoyuan::settle {

namespace {

using readings::kwh_text;
using readings::Rate;

constexpr std::int64_t whole_kwh_mwh = 1'000'000;

void combine(Evidence& evidence, const Evidence& other) {
  evidence.sources.insert(evidence.sources.end(), other.sources.begin(), other.sources.end());
  evidence.rules.insert(evidence.rules.end(), other.rules.begin(), other.rules.end());
  evidence.grade = readings::worse(evidence.grade, other.grade);
}

Text names_of(const std::vector<Rate>& rates) {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const Rate rate : rates) {
    en.push_back(readings::name_of(rate).en);
    zh.push_back(readings::name_of(rate).zh);
  }
  return {joined(en), joined(zh, "、")};
}

/// Works one household's month through; what is wrong with any part is kept.
class Division {
 public:
  Division(const BillInputs& inputs, readings::Channel channel)
      : inputs_(inputs), tariff_(*inputs.tariff), channel_(channel) {
    all_.slots.resize(tariff_.schedule.slots.size());
  }

  Result<SlotEnergies> divided() {
    for (const Metered& part : inputs_.metered) {
      all_.total += part.total.energy;
      stand_on(all_.evidence, channel_, Rate::total, part.total);
      divide(part);
    }
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    return std::move(all_);
  }

 private:
  void complain(const Text& what) {
    errors_.push_back(refused_bill(inputs_.household, what).error().front());
  }
  void give(std::size_t slot, MeteredEnergy energy, const Evidence& evidence) {
    all_.slots[slot].energy += energy;
    combine(all_.slots[slot].evidence, evidence);
  }

  void divide(const Metered& part) {
    std::vector<const PriceStretch*> within;
    for (const PriceStretch& stretch : tariff_.stretches) {
      if (stretch.period.from < part.period.to && stretch.period.to > part.period.from) {
        within.push_back(&stretch);
      }
    }
    expects(!within.empty());
    if (within.size() > 1) {
      const std::string day = text_of(within[1]->first_day);
      by_intervals(part, {fmt::format("the price changes on {}, and the registers of that day at "
                                      "00:00 are missing",
                                      day),
                          fmt::format("{} 起电价变更,缺少当日 0 时冻结示数", day)});
    } else if (within[0]->one_slot) {
      Evidence evidence;
      stand_on(evidence, channel_, Rate::total, part.total);
      give(*within[0]->one_slot, part.total.energy, evidence);
    } else {
      by_registers(part, *within[0]);
    }
  }

  /// Each period by its register; one that is missing is what the others leave of the total.
  void by_registers(const Metered& part, const PriceStretch& stretch) {
    std::vector<Rate> missing;
    std::vector<Rate> ambiguous;
    MeteredEnergy sum;
    for (const PriceStretch::RateSlot& wanted : stretch.slots) {
      const auto read = std::ranges::find(part.by_rate, wanted.rate, &RateQuantity::rate);
      if (!wanted.slot) {
        ambiguous.push_back(wanted.rate);
      } else if (read == part.by_rate.end()) {
        missing.push_back(wanted.rate);
      } else {
        sum += read->quantity.energy;
      }
    }
    if (!ambiguous.empty()) {
      const Text names = names_of(ambiguous);
      by_intervals(part,
                   {fmt::format("the hours of one register have several prices: {}", names.en),
                    fmt::format("同一分时示数对应多个电价:{}", names.zh)});
    } else if (missing.size() > 1) {
      const Text names = names_of(missing);
      by_intervals(part, {fmt::format("the registers of these periods are missing: {}", names.en),
                          fmt::format("缺少分时示数:{}", names.zh)});
    } else if (fit(part, stretch, sum, missing)) {
      give_rates(part, stretch, sum, missing);
    }
  }

  /// Whether the periods and the total belong together.
  bool fit(const Metered& part, const PriceStretch& stretch, MeteredEnergy sum,
           const std::vector<Rate>& missing) {
    for (const RateQuantity& read : part.by_rate) {
      const auto wanted =
          std::ranges::find(stretch.slots, read.rate, &PriceStretch::RateSlot::rate);
      if (wanted == stretch.slots.end() && read.quantity.energy.mwh != 0) {
        const Text name = readings::name_of(read.rate);
        complain({fmt::format("its meter counted {} kWh in a period that tariff \"{}\" does not "
                              "have: {}",
                              kwh_text(read.quantity.energy), tariff_.schedule.tariff.id, name.en),
                  fmt::format("电能表在{}时段计得 {} kWh,而电价“{}”无此时段", name.zh,
                              kwh_text(read.quantity.energy), tariff_.schedule.tariff.id)});
        return false;
      }
    }
    const bool agrees =
        missing.empty() ? sum == part.total.energy || part.sum.outcome == readings::Outcome::passed
                        : sum <= part.total.energy;
    if (!agrees) {
      complain({fmt::format("the registers of its periods sum to {} kWh, the total says {} kWh",
                            kwh_text(sum), kwh_text(part.total.energy)),
                fmt::format("分时示数合计 {} kWh,与总示数 {} kWh 不符", kwh_text(sum),
                            kwh_text(part.total.energy))});
    }
    return agrees;
  }

  /// The period that gets what the registers leave of the total: the missing one; else the flat
  /// one, as grid companies make it from the total (recalled, not seen); else the peak.
  static Rate rest_of(const PriceStretch& stretch, const std::vector<Rate>& missing) {
    if (!missing.empty()) {
      return missing.front();
    }
    for (const Rate rate : {Rate::flat, Rate::peak}) {
      if (std::ranges::find(stretch.slots, rate, &PriceStretch::RateSlot::rate) !=
          stretch.slots.end()) {
        return rate;
      }
    }
    return stretch.slots.front().rate;
  }

  void give_rates(const Metered& part, const PriceStretch& stretch, MeteredEnergy sum,
                  const std::vector<Rate>& missing) {
    const MeteredEnergy left = part.total.energy - sum;
    const Rate rest = rest_of(stretch, missing);
    for (const PriceStretch::RateSlot& wanted : stretch.slots) {
      const auto read = std::ranges::find(part.by_rate, wanted.rate, &RateQuantity::rate);
      Evidence evidence;
      MeteredEnergy energy;
      if (read != part.by_rate.end()) {
        energy = read->quantity.energy;
        stand_on(evidence, channel_, wanted.rate, read->quantity);
      }
      if (wanted.rate == rest && (left.mwh != 0 || !missing.empty())) {
        energy += left;
        stand_on(evidence, channel_, Rate::total, part.total);
        evidence.rules.push_back(
            {readings::Rule::rates_sum,
             readings::Outcome::acted,
             {fmt::format("the total less the other periods: {} kWh", kwh_text(energy)),
              fmt::format("由总电量减其余时段得出:{} kWh", kwh_text(energy))}});
      }
      if (energy.mwh < 0) {
        complain({fmt::format("the registers leave {} kWh for the period {}", kwh_text(energy),
                              readings::name_of(rest).en),
                  fmt::format("{}时段电量推得 {} kWh,为负", readings::name_of(rest).zh,
                              kwh_text(energy))});
      }
      give(*wanted.slot, energy, evidence);
    }
  }

  /// Sums of the intervals by slot over a part of the month; nothing when something is wrong.
  struct Sums {
    std::vector<std::int64_t> mwh;
    readings::Grade grade = readings::Grade::measured;
  };
  std::optional<Sums> interval_sums(const Metered& part, const Text& why) {
    const readings::Intervals& intervals = *inputs_.intervals;
    const TimeAxis& axis = intervals.axis;
    const bool is_laid = axis.start <= part.period.from && axis.end() >= part.period.to &&
                         (part.period.from - axis.start) % axis.step == std::chrono::seconds{0} &&
                         (part.period.to - part.period.from) % axis.step == std::chrono::seconds{0};
    if (!is_laid) {
      complain({why.en + "; the intervals do not cover the readings' dates exactly",
                why.zh + ";分时段数据未完整覆盖抄表区间"});
      return std::nullopt;
    }
    Sums sums{std::vector<std::int64_t>(all_.slots.size(), 0)};
    const auto first = static_cast<std::size_t>((part.period.from - axis.start) / axis.step);
    const auto end = static_cast<std::size_t>((part.period.to - axis.start) / axis.step);
    std::size_t missing = 0;
    for (std::size_t i = first; i < end; ++i) {
      const auto slot = slot_of(axis.at(i), axis.step);
      if (!slot) {
        complain({fmt::format("{}; a price changes within the interval that begins at {}", why.en,
                              text_of(axis.at(i))),
                  fmt::format("{};{} 开始的时段内电价变更,无法划分", why.zh, text_of(axis.at(i)))});
        return std::nullopt;
      }
      missing += intervals.is_missing(i) ? 1 : 0;
      sums.mwh[*slot] += intervals.at(i).mwh;
      sums.grade = readings::worse(sums.grade, readings::grade_of(intervals.quality[i]));
    }
    if (missing > 0) {
      complain({fmt::format("{}; {} of {} intervals are missing", why.en, missing, end - first),
                fmt::format("{};{} 个时段中缺 {} 个", why.zh, end - first, missing)});
      return std::nullopt;
    }
    return sums;
  }

  /// The slot of an interval, or nothing where two share it.
  std::optional<std::size_t> slot_of(Instant at, std::chrono::seconds step) const {
    constexpr std::chrono::seconds minute{60};
    const auto& slots = tariff_.schedule.slot;
    const auto first = static_cast<std::size_t>((at - tariff_.month.from) / minute);
    const auto last = static_cast<std::size_t>(
        (at + step - std::chrono::seconds{1} - tariff_.month.from) / minute);
    for (std::size_t i = first + 1; i <= last; ++i) {
      if (slots[i] != slots[first]) {
        return std::nullopt;
      }
    }
    return slots[first];
  }

  /// Intervals say how the registers' energy falls on the slots; the registers say how much it is.
  void by_intervals(const Metered& part, const Text& why) {
    if (!inputs_.intervals) {
      complain({why.en + "; without intervals the month cannot be divided",
                why.zh + ";又无分时段数据,当月电量无法划分"});
      return;
    }
    const auto sums = interval_sums(part, why);
    if (!sums) {
      return;
    }
    MeteredEnergy sum;
    for (const std::int64_t mwh : sums->mwh) {
      sum += {mwh};
    }
    const bool is_usable = std::ranges::all_of(sums->mwh, [](auto mwh) { return mwh >= 0; }) &&
                           part.total.energy.mwh >= 0 &&
                           (sum.mwh > 0 || part.total.energy.mwh == 0);
    if (!is_usable) {
      complain({fmt::format("{}; the intervals sum to {} kWh where the registers say {} kWh",
                            why.en, kwh_text(sum), kwh_text(part.total.energy)),
                fmt::format("{};分时段数据合计 {} kWh,而示数为 {} kWh", why.zh, kwh_text(sum),
                            kwh_text(part.total.energy))});
      return;
    }
    give_shares(part, *sums, sum, why);
  }

  void give_shares(const Metered& part, const Sums& sums, MeteredEnergy sum, const Text& why) {
    Evidence evidence;
    stand_on(evidence, channel_, Rate::total, part.total);
    evidence.grade = readings::worse(evidence.grade, sums.grade);
    // A register leaves out less than its last digit at both ends, a bill less than a whole kWh.
    std::int64_t slack = whole_kwh_mwh;
    for (const readings::Piece& piece : part.total.pieces) {
      slack = std::max(slack, whole_kwh_mwh * piece.multiplier);
    }
    const std::int64_t apart = (part.total.energy - sum).mwh;
    if (apart > slack || -apart > slack) {
      evidence.grade = readings::worse(evidence.grade, readings::Grade::estimated);
    }
    evidence.rules.push_back(
        {readings::Rule::anchor,
         apart == 0 ? readings::Outcome::passed : readings::Outcome::acted,
         {fmt::format("{}; divided by intervals: they sum to {} kWh, the registers say {} kWh",
                      why.en, kwh_text(sum), kwh_text(part.total.energy)),
          fmt::format("{};按分时段数据划分:其合计 {} kWh,示数 {} kWh", why.zh, kwh_text(sum),
                      kwh_text(part.total.energy))}});
    const auto shares = readings::shares(part.total.energy.mwh, sums.mwh);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (shares[i] != 0) {
        give(i, {shares[i]}, evidence);
        all_.slots[i].from_intervals = true;
      }
    }
    combine(all_.evidence, {{}, {evidence.rules.back()}, evidence.grade});
  }

  const BillInputs& inputs_;
  const MonthTariff& tariff_;
  readings::Channel channel_;
  SlotEnergies all_;
  Errors errors_;
};

}  // namespace

void stand_on(Evidence& evidence, readings::Channel channel, readings::Rate rate,
              const readings::Quantity& quantity) {
  for (const readings::Piece& piece : quantity.pieces) {
    evidence.sources.push_back({channel, rate, piece, quantity.grade});
  }
  evidence.rules.insert(evidence.rules.end(), quantity.rules.begin(), quantity.rules.end());
  evidence.grade = readings::worse(evidence.grade, quantity.grade);
}

std::unexpected<Errors> refused_bill(const std::string& household, const Text& what) {
  return fail(Fault::bad_input, {fmt::format("household {}: {}", household, what.en),
                                 fmt::format("住户 {}:{}", household, what.zh)});
}

std::vector<MeteredEnergy> SlotEnergies::energies() const {
  std::vector<MeteredEnergy> all;
  all.reserve(slots.size());
  for (const SlotEnergy& slot : slots) {
    all.push_back(slot.energy);
  }
  return all;
}

Result<SlotEnergies> slot_energies(const BillInputs& inputs, readings::Channel channel) {
  expects(inputs.tariff != nullptr && !inputs.metered.empty());
  expects(inputs.metered.front().period.from == inputs.tariff->month.from);
  expects(inputs.metered.back().period.to == inputs.tariff->month.to);
  for (std::size_t i = 1; i < inputs.metered.size(); ++i) {
    expects(inputs.metered[i].period.from == inputs.metered[i - 1].period.to);
  }
  return Division{inputs, channel}.divided();
}

}  // namespace xiaoyuan::settle
