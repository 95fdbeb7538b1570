#include "readings/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr std::int64_t one_kwh_mwh = 1'000'000;

/// Works one register of one point through; every trouble is kept, not only the first.
struct Counting {
  const MeterPoint& point;
  Rate rate;
  const Registers& registers;
  const QuantityRules& rules;
  Quantity quantity;
  Errors errors;
  std::size_t rollovers = 0;

  void complain(const RegisterKey& key, Text what) {
    const Text name = name_of(key);
    errors.push_back({Fault::bad_input,
                      {fmt::format("household {}, {}: {}", point.household, name.en, what.en),
                       fmt::format("住户 {},{}:{}", point.household, name.zh, what.zh)},
                      {}});
  }
  RegisterKey key_at(const Service& service, Instant at) const {
    return {service.meter, point.channel, rate, at};
  }
  std::optional<MeteredEnergy> reading_at(const Service& service, Instant at);
  MeteredEnergy cut(MeteredEnergy reading) const;
  std::optional<MeteredEnergy> most(const Period& period) const;
  std::optional<MeteredEnergy> rolled(const Service& service, const Piece& piece,
                                      MeteredEnergy difference);
  void judge_power(const Service& service, const Piece& piece);
  void add_piece(const Service& service, const Period& period);
  void check_services(const Period& period);
  void note_rules();
};

std::optional<MeteredEnergy> Counting::reading_at(const Service& service, Instant at) {
  const RegisterKey key = key_at(service, at);
  const RegisterReading* reading = registers.find(key, rules.known_at);
  if (!reading || reading->quality == Quality::missing) {
    complain(key, {"no reading; a quantity is never made without the registers of both its ends",
                   "缺少示数;没有起止示数不得计算电量"});
    return std::nullopt;
  }
  const auto capacity = service.form.capacity();
  if (reading->value.mwh < 0 || (capacity && reading->value >= *capacity)) {
    const std::string shown = kwh_text(reading->value, service.form.decimals);
    complain(key, {fmt::format("{} kWh does not fit a register of {} digits", shown,
                               service.form.whole_digits.value_or(0)),
                   fmt::format("示数 {} kWh 超出表计 {} 位整数的量程", shown,
                               service.form.whole_digits.value_or(0))});
    return std::nullopt;
  }
  quantity.grade = worse(quantity.grade, grade_of(reading->quality));
  return reading->value;
}

MeteredEnergy Counting::cut(MeteredEnergy reading) const {
  return rules.whole_kwh == WholeKwh::exact
             ? reading
             : MeteredEnergy{reading.mwh - reading.mwh % one_kwh_mwh};
}

/// What could have flowed through the point at most.
std::optional<MeteredEnergy> Counting::most(const Period& period) const {
  return point.most_w ? energy_of(*point.most_w, period.to - period.from) : std::nullopt;
}

/// The difference of a register that stands lower than before, if it can only have rolled over.
std::optional<MeteredEnergy> Counting::rolled(const Service& service, const Piece& piece,
                                              MeteredEnergy difference) {
  const RegisterKey key = key_at(service, piece.period.to);
  const int digits = service.form.decimals;
  const std::string fall =
      fmt::format("{} kWh → {} kWh", kwh_text(piece.start, digits), kwh_text(piece.end, digits));
  const auto capacity = service.form.capacity();
  const auto limit = most(piece.period);
  if (!capacity || !limit) {
    const bool no_width = !capacity;
    complain(key, {fmt::format("the register fell, {}; a rollover is not assumed without {}: was "
                               "the meter changed, reset or misread?",
                               fall, no_width ? "the register's width" : "the point's most power"),
                   fmt::format("示数倒走,{};{}未知,不推定为翻转:请核查是否换表、清零或抄错", fall,
                               no_width ? "表计位数" : "计量点容量")});
    return std::nullopt;
  }
  const MeteredEnergy through_zero = difference + *capacity;
  const auto flowed = times(through_zero, service.multiplier);
  if (!flowed || *flowed > *limit) {
    complain(key,
             {fmt::format("the register fell, {}; a rollover would mean {} kWh, but at most {} kWh "
                          "can have flowed: was the meter changed or reset?",
                          fall, flowed ? kwh_text(*flowed, 0) : "too many", kwh_text(*limit, 0)),
              fmt::format("示数倒走,{};若为翻转则电量为 {} kWh,而按容量至多 {} kWh:请核查是否换表"
                          "或清零",
                          fall, flowed ? kwh_text(*flowed, 0) : "过大", kwh_text(*limit, 0))});
    return std::nullopt;
  }
  ++rollovers;
  return through_zero;
}

/// A register that leapt further than could have flowed was reset, misread or swapped.
void Counting::judge_power(const Service& service, const Piece& piece) {
  const auto limit = most(piece.period);
  // A register is frozen with all its digits, a bill may cut them: one kWh more is no leap.
  const auto slack = times({one_kwh_mwh}, service.multiplier);
  if (limit && slack && piece.energy > *limit + *slack) {
    complain(key_at(service, piece.period.to),
             {fmt::format("the register rose by {} kWh, but at most {} kWh can have flowed: was it "
                          "reset or misread?",
                          kwh_text(piece.energy), kwh_text(*limit, 0)),
              fmt::format("电量 {} kWh 超过按容量计算的上限 {} kWh:请核查是否清零或抄错",
                          kwh_text(piece.energy), kwh_text(*limit, 0))});
  }
}

void Counting::add_piece(const Service& service, const Period& period) {
  const auto start = reading_at(service, period.from);
  const auto end = reading_at(service, period.to);
  if (!start || !end) {
    return;
  }
  Piece piece{.meter = service.meter,
              .multiplier = service.multiplier,
              .period = period,
              .start = *start,
              .end = *end,
              .rolled_over = false,
              .energy = {}};
  MeteredEnergy difference = cut(*end) - cut(*start);
  if (*end < *start) {
    const auto through_zero = rolled(service, piece, difference);
    if (!through_zero) {
      return;
    }
    difference = *through_zero;
    piece.rolled_over = true;
  }
  const auto energy = times(difference, service.multiplier);
  if (!energy) {
    complain(key_at(service, period.to),
             {fmt::format("the multiplier {} makes the quantity too large to be true",
                          service.multiplier),
              fmt::format("倍率 {} 使电量过大,不合常理", service.multiplier)});
    return;
  }
  piece.energy = *energy;
  judge_power(service, piece);
  quantity.energy += piece.energy;
  quantity.pieces.push_back(std::move(piece));
}

/// The services must cover the period, each instant once.
void Counting::check_services(const Period& period) {
  Instant covered = period.from;
  for (const Service& service : point.services) {
    if (service.from >= period.to || (service.to && *service.to <= period.from)) {
      continue;
    }
    if (service.from > covered || (service.from < covered && service.from > period.from)) {
      break;
    }
    covered = service.to ? std::min(*service.to, period.to) : period.to;
  }
  if (covered < period.to) {
    const Text channel = name_of(point.channel);
    errors.push_back(
        {Fault::bad_input,
         {fmt::format("household {}, {}: from {} no meter served, or two did; write when each was "
                      "installed and removed",
                      point.household, channel.en, text_of(covered)),
          fmt::format("住户 {}({}):自 {} 起没有在运电能表,或有两只重叠;请填写各表的装拆时间",
                      point.household, channel.zh, text_of(covered))},
         {}});
  }
}

void Counting::note_rules() {
  auto note = [&](Rule rule, Outcome outcome, Text why) {
    quantity.rules.push_back({rule, outcome, std::move(why)});
  };
  note(Rule::negative_difference, Outcome::passed, {"no register fell", "示数未倒走"});
  if (rollovers > 0) {
    quantity.rules.back() = {Rule::negative_difference,
                             Outcome::acted,
                             {"a register fell and had rolled over", "示数倒走,系翻转所致"}};
    note(Rule::rollover, Outcome::acted,
         {"its width is known and the energy could have flowed", "表计位数已知,且电量在容量之内"});
  } else {
    note(Rule::rollover, Outcome::skipped, {"no register fell", "示数未倒走"});
  }
  if (quantity.pieces.size() > 1) {
    note(Rule::meter_change, Outcome::acted,
         {fmt::format("{} pieces, each with its own readings", quantity.pieces.size()),
          fmt::format("分 {} 段,各按起止示数计算", quantity.pieces.size())});
  } else {
    note(Rule::meter_change, Outcome::passed, {"one meter, one multiplier", "一只表、一个倍率"});
  }
  if (point.most_w) {
    note(Rule::most_power, Outcome::passed,
         {fmt::format("within {} W", *point.most_w), fmt::format("未超过 {} W", *point.most_w)});
  } else {
    note(Rule::most_power, Outcome::skipped,
         {"the point's most power is not known", "计量点容量未知"});
  }
  if (rules.whole_kwh == WholeKwh::truncated_readings) {
    note(Rule::whole_kwh, Outcome::acted,
         {"readings cut to whole kWh; the fraction carries", "示数截去小数,余数自动结转下月"});
  } else {
    note(Rule::whole_kwh, Outcome::skipped, {"the bill is exact", "按示数全部位数计算"});
  }
}

}  // namespace

Period month_of(const Zone& zone, std::chrono::year_month month) {
  return {zone.instant(Date{month / 1}, 0),
          zone.instant(Date{(month + std::chrono::months{1}) / 1}, 0)};
}

Result<Quantity> quantity(const MeterPoint& point, Rate rate, const Registers& registers,
                          const Period& period, const QuantityRules& rules) {
  expects(period.from < period.to);
  Counting counting{point, rate, registers, rules, {}, {}};
  counting.check_services(period);
  for (const Service& service : point.services) {
    const Period part{std::max(service.from, period.from),
                      service.to ? std::min(*service.to, period.to) : period.to};
    if (part.from < part.to) {
      counting.add_piece(service, part);
    }
  }
  if (!counting.errors.empty()) {
    return std::unexpected(std::move(counting.errors));
  }
  counting.note_rules();
  return std::move(counting.quantity);
}

Result<RateQuantities> quantities(const MeterPoint& point, std::span<const Rate> rates,
                                  const Registers& registers, const Period& period,
                                  const QuantityRules& rules) {
  Errors errors;
  RateQuantities all;
  auto total = quantity(point, Rate::total, registers, period, rules);
  if (gather(total, errors)) {
    all.total = std::move(*total);
  }
  std::int64_t sum_mwh = 0;
  for (const Rate rate : rates) {
    auto part = quantity(point, rate, registers, period, rules);
    if (gather(part, errors)) {
      sum_mwh += part->energy.mwh;
      all.by_rate.push_back(std::move(*part));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  if (rates.empty()) {
    all.sum = {Rule::rates_sum, Outcome::skipped, {"only the total is read", "只抄总示数"}};
    return all;
  }
  // Every reading leaves out less than a last digit (or a kWh), at both ends of every piece.
  std::int64_t tolerance = 0;
  for (const Service& service : point.services) {
    const std::int64_t digit =
        rules.whole_kwh == WholeKwh::exact ? service.form.last_digit().mwh : one_kwh_mwh;
    const bool serves = service.from < period.to && (!service.to || *service.to > period.from);
    tolerance += serves ? digit * service.multiplier * static_cast<std::int64_t>(rates.size()) : 0;
  }
  const std::int64_t apart = all.total.energy.mwh - sum_mwh;
  const Text why{fmt::format("the periods sum to {} kWh, the total says {} kWh",
                             kwh_text({sum_mwh}), kwh_text(all.total.energy)),
                 fmt::format("分时合计 {} kWh,总示数 {} kWh", kwh_text({sum_mwh}),
                             kwh_text(all.total.energy))};
  const bool agrees = apart <= tolerance && -apart <= tolerance;
  all.sum = {Rule::rates_sum, agrees ? Outcome::passed : Outcome::failed, why};
  return all;
}

Result<Quantity> self_use(const Quantity& generated, const Quantity& exported,
                          const std::string& household) {
  if (exported.energy > generated.energy) {
    return fail(
        Fault::bad_input,
        {fmt::format("household {}: {} kWh exported, but only {} kWh generated; self-use "
                     "cannot be negative: check both meters",
                     household, kwh_text(exported.energy), kwh_text(generated.energy)),
         fmt::format("住户 {}:上网 {} kWh 大于发电 {} kWh,自用电量不能为负;请核查两只电能表",
                     household, kwh_text(exported.energy), kwh_text(generated.energy))});
  }
  Quantity used;
  used.energy = generated.energy - exported.energy;
  used.grade = worse(generated.grade, exported.grade);
  used.rules.push_back(
      {Rule::bill_identity,
       Outcome::passed,
       {fmt::format("{} - {} kWh", kwh_text(generated.energy), kwh_text(exported.energy)),
        fmt::format("{} - {} kWh", kwh_text(generated.energy), kwh_text(exported.energy))}});
  return used;
}

}  // namespace xiaoyuan::readings
