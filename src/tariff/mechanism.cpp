#include "tariff/mechanism.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "tariff/bill.hpp"
#include "tariff/tariff.hpp"

namespace xiaoyuan::tariff {

namespace {

__extension__ typedef __int128 Wide;  // g++ and clang have it; -Wpedantic wants to be told

const Text market_label{"sold in the market", "市场交易上网电量"};

Price difference_of(const Mechanism& mechanism, int month) {
  const Price reference = mechanism.reference[static_cast<std::size_t>(month - 1)];
  return {mechanism.price.units - reference.units};
}

std::string percent_of(double ratio) { return fmt::format("{:g} %", ratio * 100.0); }

Text explained(const Mechanism& mechanism, int month) {
  const double price = mechanism.price.yuan_per_kwh();
  const double reference = mechanism.reference[static_cast<std::size_t>(month - 1)].yuan_per_kwh();
  return {fmt::format("{} of the energy sold, at the mechanism price {} less the month's reference "
                      "price {} ({})",
                      percent_of(mechanism.ratio), price, reference, mechanism.document),
          fmt::format("上网电量的 {} 为机制电量,按机制电价 {} 与当月市场交易均价 {} "
                      "的差价多退少补({})",
                      percent_of(mechanism.ratio), price, reference, mechanism.document)};
}

Text explained_cap(double cap_kwh) {
  return {fmt::format("; the year's cap of {} kWh is reached", cap_kwh),
          fmt::format(";已达年度机制电量上限 {} 千瓦时", cap_kwh)};
}

/// `part / whole`, rounded half up, away from zero at the half; `whole` is above 0.
std::int64_t rounded(Wide part, Wide whole) {
  const Wide size = part < 0 ? -part : part;
  const auto result = static_cast<std::int64_t>((size + whole / 2) / whole);
  return part < 0 ? -result : result;
}

/// The market's line of a month: its amount is the exact sum of its steps, its price the mean.
class MonthOfSales {
 public:
  void add(double kwh, double yuan_per_kwh) {
    const MeteredEnergy energy = MeteredEnergy::of(kwh);
    energy_ += energy;
    sum_ += static_cast<Wide>(energy.mwh) * Price::of(yuan_per_kwh).units;
  }
  BillLine line(const std::string& document) const {
    constexpr Wide one_fen = 1'000'000'000'000;
    return {market_label,
            {fmt::format("by market prices of each step, shown with their mean ({})", document),
             fmt::format("按各时段市场电价计算,此处电价为加权均价({})", document)},
            energy_,
            Price{rounded(sum_, energy_.mwh)},
            Money{rounded(sum_, one_fen)},
            BillPart::market};
  }
  MeteredEnergy energy() const { return energy_; }

 private:
  MeteredEnergy energy_;
  Wide sum_ = 0;  ///< mWh · 1e-8 yuan/kWh = 1e-12 fen
};

}  // namespace

MeteredEnergy Mechanism::covered(MeteredEnergy sold) const {
  // A ratio is written with a few decimals; nine hold it exactly.
  constexpr std::int64_t whole = 1'000'000'000;
  const std::int64_t part = std::llround(ratio * static_cast<double>(whole));
  return {rounded(static_cast<Wide>(sold.mwh) * part, whole)};
}

double effective_yuan_per_kwh(const Mechanism& mechanism, int month, double market_yuan_per_kwh) {
  return market_yuan_per_kwh + mechanism.ratio * difference_of(mechanism, month).yuan_per_kwh();
}

void add_difference(Bill& bill, const Mechanism& mechanism, MeteredEnergy& counted) {
  MeteredEnergy energy = mechanism.covered(bill.energy);
  Text explanation = explained(mechanism, bill.month);
  if (mechanism.yearly_cap_kwh) {
    const MeteredEnergy left = MeteredEnergy::of(*mechanism.yearly_cap_kwh) - counted;
    if (energy >= left) {
      energy = std::max(left, MeteredEnergy{});
      const Text cap = explained_cap(*mechanism.yearly_cap_kwh);
      explanation = {explanation.en + cap.en, explanation.zh + cap.zh};
    }
  }
  counted += energy;
  const Price price = difference_of(mechanism, bill.month);
  if (bill.energy.mwh != 0) {
    bill.lines.push_back({{"mechanism difference", "机制电价差价"},
                          std::move(explanation),
                          energy,
                          price,
                          amount(energy, price),
                          BillPart::difference});
  }
}

std::vector<Bill> market_bills(const Mechanism& mechanism, const MarketYear& year) {
  expects(mechanism.required.empty());
  expects(year.kwh.size() == year.times.size() && year.yuan_per_kwh.size() == year.times.size());
  std::vector<Bill> all;
  MeteredEnergy counted;
  std::size_t first = 0;
  while (first < year.times.size()) {
    const Civil& time = year.times[first];
    MonthOfSales month;
    std::size_t end = first;
    for (; end < year.times.size() && year.times[end].month == time.month &&
           year.times[end].year == time.year;
         ++end) {
      month.add(year.kwh[end], year.yuan_per_kwh[end]);
    }
    Bill bill{time.year, time.month, {}, month.energy()};
    if (month.energy().mwh != 0) {
      bill.lines.push_back(month.line(mechanism.document));
    }
    add_difference(bill, mechanism, counted);
    all.push_back(std::move(bill));
    first = end;
  }
  return all;
}

Tariff market_tariff(const Mechanism& mechanism) {
  Tariff tariff;
  tariff.id = mechanism.id;
  tariff.name = mechanism.name;
  tariff.region = mechanism.region;
  tariff.customer = "household PV";
  tariff.direction = Direction::export_;
  tariff.required = mechanism.required;
  tariff.note = mechanism.note;
  Version version;
  version.valid_from = mechanism.valid_from;
  version.valid_to = mechanism.valid_to;
  version.document = mechanism.document;
  version.source = mechanism.source;
  version.confidence = mechanism.confidence;
  version.connected_before = mechanism.connected_before;
  for (std::size_t month = 0; month < mechanism.market.size(); ++month) {
    Period period;
    period.name = "flat";
    period.label = market_label;
    period.price = mechanism.market[month];
    period.windows.push_back({0, 0});
    Season season;
    season.name = fmt::format("month {}", month + 1);
    season.label = {season.name, fmt::format("{} 月", month + 1)};
    season.months.push_back(static_cast<int>(month) + 1);
    season.periods.push_back(std::move(period));
    version.seasons.push_back(std::move(season));
  }
  tariff.versions.push_back(std::move(version));
  return tariff;
}

}  // namespace xiaoyuan::tariff
