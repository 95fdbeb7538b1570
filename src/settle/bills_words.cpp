#include "settle/bills_words.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "tariff/day.hpp"

namespace xiaoyuan::settle {

namespace {

using tariff::BillLine;
using tariff::BillPart;

/// A whole number with its last digits behind the point, without zeros at its end.
std::string decimal_text(std::int64_t units, std::int64_t one, int digits) {
  const std::int64_t size = std::llabs(units);
  std::string text =
      fmt::format("{}{}.{:0{}}", units < 0 ? "-" : "", size / one, size % one, digits);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text;
}

const std::string& kind_word(tariff::PeriodKind kind) {
  static const std::vector<std::string> words{"critical-peak", "peak", "flat", "valley",
                                              "deep-valley"};
  return words[static_cast<std::size_t>(kind)];
}

const tariff::Slot& slot_of_line(const BilledMonth& month, const BillLine& line) {
  return month.schedule.slots[line.slot];
}

const tariff::Version& version_of_line(const BilledMonth& month, const BillLine& line) {
  return month.schedule.tariff.versions[slot_of_line(month, line).version];
}

/// Which kWh of the year or month fall into a tier.
Text tier_sentence(const BilledMonth& month, const BillLine& line) {
  const tariff::Tiers& tiers = *month.schedule.tiers;
  const bool yearly = tiers.period == tariff::TierPeriod::year;
  const MeteredEnergy before = yearly ? month.before.tier_period : MeteredEnergy{};
  const std::string from = short_kwh(before);
  const std::string to = short_kwh(before + month.energies.total);
  const std::string part = short_kwh(line.energy);
  const bool is_last = line.tier == tiers.limits_kwh.size();
  const std::string limit = short_kwh(tiers.limit(is_last ? line.tier - 1 : line.tier));
  return {fmt::format("the {} went from {} to {} kWh with this bill; {} kWh of it lie {} {} kWh",
                      yearly ? "year" : "month", from, to, part,
                      is_last ? "beyond" : "in the tier up to", limit),
          fmt::format("本次计费使{}累计电量由 {} 增至 {} 千瓦时,其中 {} 千瓦时{} {} 千瓦时{}",
                      yearly ? "年度" : "当月", from, to, part, is_last ? "超过" : "在", limit,
                      is_last ? "的限额" : "以内的本档")};
}

Text period_sentence(const BilledMonth& month, const BillLine& line) {
  if (month.energies.slots[line.slot].from_intervals) {
    return {fmt::format("{} kWh in these hours: the registers' energy, divided by the intervals",
                        short_kwh(line.energy)),
            fmt::format("该时段 {} 千瓦时:总示数电量按分时段数据划分", short_kwh(line.energy))};
  }
  return {fmt::format("{} kWh by the registers", short_kwh(line.energy)),
          fmt::format("按电能表示数计量 {} 千瓦时", short_kwh(line.energy))};
}

Text addition_sentence(const BilledMonth& month, const BillLine& line) {
  const std::string flat = price_text(month.schedule.tiers->base);
  const std::string whole = price_text(slot_of_line(month, line).price);
  return {fmt::format("{} kWh of this period, whose price is {} in place of {}",
                      short_kwh(line.energy), whole, flat),
          fmt::format("该时段 {} 千瓦时,电价为 {} 而非 {}", short_kwh(line.energy), whole, flat)};
}

Text subsidy_sentence(const BilledMonth& month, const BillLine& line) {
  const auto& cap = version_of_line(month, line).subsidy->cap_kwh;
  Text text{fmt::format("{} kWh of the subsidised hours", short_kwh(line.energy)),
            fmt::format("补贴时段电量 {} 千瓦时", short_kwh(line.energy))};
  if (cap) {
    const MeteredEnergy most = MeteredEnergy::of(*cap);
    text.en += fmt::format("; {} of at most {} kWh a season were used before",
                           short_kwh(month.before.subsidised), short_kwh(most));
    text.zh += fmt::format(";每季上限 {} 千瓦时,此前已用 {} 千瓦时", short_kwh(most),
                           short_kwh(month.before.subsidised));
  }
  return text;
}

Text difference_sentence(const BilledMonth& month, const BillLine& line) {
  const tariff::Mechanism& mechanism = *month.schedule.mechanism;
  const std::string price = price_text(mechanism.price);
  const std::string reference = price_text({mechanism.price.units - line.price.units});
  Text text{fmt::format("{} of {} kWh sold are under the mechanism: its price {} less the month's "
                        "reference price {}, {}",
                        short_kwh(line.energy), short_kwh(month.energies.total), price, reference,
                        line.price.units < 0 ? "collected" : "paid"),
            fmt::format("上网 {} 千瓦时中 {} 千瓦时为机制电量:机制电价 {} 减当月市场交易均价 {},{}",
                        short_kwh(month.energies.total), short_kwh(line.energy), price, reference,
                        line.price.units < 0 ? "差额收回" : "差额补给")};
  if (mechanism.yearly_cap_kwh) {
    const std::string cap = short_kwh(MeteredEnergy::of(*mechanism.yearly_cap_kwh));
    const std::string used = short_kwh(month.before.in_mechanism);
    text.en += fmt::format("; the year's cap is {} kWh, of which {} were used before", cap, used);
    text.zh += fmt::format(";年度机制电量上限 {} 千瓦时,此前已用 {} 千瓦时", cap, used);
  }
  return text;
}

}  // namespace

std::string price_text(Price price) { return decimal_text(price.units, 100'000'000, 8); }

std::string short_kwh(MeteredEnergy energy) { return decimal_text(energy.mwh, 1'000'000, 6); }

std::string line_id(const tariff::Schedule& schedule, const BillLine& line) {
  const bool sells = schedule.tariff.direction == tariff::Direction::export_;
  const std::string side = sells ? "sold." : "bought.";
  const std::string kind = kind_word(schedule.slots[line.slot].kind);
  const std::string tier = fmt::format("tier{}", line.tier + 1);
  switch (line.part) {
    case BillPart::period:
      if (schedule.mechanism) {
        return "sold.market";
      }
      return sells && kind == "flat" ? "sold.feed-in" : side + kind;
    case BillPart::period_addition:
      return side + kind + ".addition";
    case BillPart::tier:
      return side + tier;
    case BillPart::tier_addition:
      return side + tier + ".addition";
    case BillPart::period_in_tier:
      return side + tier + "." + kind;
    case BillPart::subsidy:
      return side + "subsidy";
    case BillPart::market:
      return "sold.market";
    case BillPart::difference:
      break;
  }
  return "mechanism.difference";
}

Text explained(const BilledMonth& month, const BillLine& line) {
  switch (line.part) {
    case BillPart::period_addition:
      return addition_sentence(month, line);
    case BillPart::tier:
    case BillPart::tier_addition:
      return tier_sentence(month, line);
    case BillPart::period_in_tier:
      return {fmt::format("{} kWh: this period's part of the tier, in proportion to the month's "
                          "tiers",
                          short_kwh(line.energy)),
              fmt::format("{} 千瓦时:本时段电量按当月各档比例分摊至本档", short_kwh(line.energy))};
    case BillPart::subsidy:
      return subsidy_sentence(month, line);
    case BillPart::difference:
      return difference_sentence(month, line);
    case BillPart::period:
    case BillPart::market:
      break;
  }
  return period_sentence(month, line);
}

std::string document_of(const BilledMonth& month, const BillLine& line) {
  if (line.part == BillPart::difference) {
    return month.schedule.mechanism->document;
  }
  const tariff::Version& version = version_of_line(month, line);
  return line.part == BillPart::subsidy ? version.subsidy->document : version.document;
}

std::string version_of(const BilledMonth& month, const BillLine& line) {
  return fmt::format("{} from {}", month.schedule.tariff.id,
                     text_of(version_of_line(month, line).valid_from));
}

}  // namespace xiaoyuan::settle
