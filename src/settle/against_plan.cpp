#include "settle/against_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/check.hpp"
#include "readings/meter.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideMoney;  // g++ and clang have it; -Wpedantic wants to be told

/// Half up, away from zero at the half.
std::int64_t against_rounded(WideMoney value, WideMoney divisor) {
  const WideMoney half = divisor / 2;
  return static_cast<std::int64_t>((value < 0 ? value - half : value + half) / divisor);
}

constexpr WideMoney mwh_units_of_fen = 1'000'000'000'000;  // mWh × 1e-8 yuan/kWh in a fen

/// energy × (a + b) / 2
Money at_mean(MeteredEnergy energy, Price a, Price b) {
  const WideMoney prices = static_cast<WideMoney>(a.units) + b.units;
  return {against_rounded(energy.mwh * prices, 2 * mwh_units_of_fen)};
}

std::string against_kwh(MeteredEnergy energy) {
  return readings::kwh_text({std::abs(energy.mwh)}, 2);
}

/// "+13.67", "−13.67", "0.00"
std::string against_yuan(Money money) {
  const char* sign = money.fen > 0 ? "+" : money.fen < 0 ? "−" : "";
  return sign + text_of({std::abs(money.fen)});
}

/// One reason's words: where energy is more, and where it is less.
struct ReasonWords {
  Text label;
  Text more;
  Text less;
};

ReasonWords made_words(Reason reason, Against against) {
  const bool plan = against == Against::plan;
  if (reason == Reason::weather) {
    return {{"Weather", "天气"},
            {plan ? "More sun than planned: {} kWh more made, {} yuan."
                  : "More sun than last month: {} kWh more made, {} yuan.",
             plan ? "日照好于计划:多发 {} 千瓦时,{} 元。" : "日照好于上月:多发 {} 千瓦时,{} 元。"},
            {plan ? "Less sun than planned: {} kWh less made, {} yuan."
                  : "Less sun than last month: {} kWh less made, {} yuan.",
             plan ? "日照少于计划:少发 {} 千瓦时,{} 元。" : "日照少于上月:少发 {} 千瓦时,{} 元。"}};
  }
  if (reason == Reason::outage) {
    return {{"Outages", "停电"},
            {"Fewer hours without supply: {} kWh more made, {} yuan.",
             "停电减少:多发 {} 千瓦时,{} 元。"},
            {"Hours without supply: {} kWh not made, {} yuan.", "停电期间少发 {} 千瓦时,{} 元。"}};
  }
  return {{"Generation otherwise", "其他发电因素"},
          {"{} kWh more made for other reasons, {} yuan.", "其他原因多发 {} 千瓦时,{} 元。"},
          {"{} kWh less made for other reasons (dirt, shade, faults), {} yuan.",
           "其他原因(积灰、遮挡、故障等)少发 {} 千瓦时,{} 元。"}};
}

/// Where neither weather nor outages are known, or one of them is not.
ReasonWords untold_words(const KnownReasons& known) {
  const bool weather = known.weather_ppm.has_value();
  const bool outage = known.outage.has_value();
  const Text missing = weather  ? Text{"outages not known", "停电情况未知"}
                       : outage ? Text{"weather not known", "气象情况未知"}
                                : Text{"weather and outages not known", "气象与停电情况未知"};
  return {{"Generation, not told apart", "发电量变化(未细分)"},
          {"{} kWh more made, not told apart (" + missing.en + "), {} yuan.",
           "多发 {} 千瓦时,未细分原因(" + missing.zh + "),{} 元。"},
          {"{} kWh less made, not told apart (" + missing.en + "), {} yuan.",
           "少发 {} 千瓦时,未细分原因(" + missing.zh + "),{} 元。"}};
}

ReasonWords use_words(Reason reason) {
  if (reason == Reason::use) {
    return {{"Use", "用电"},
            {"{} kWh more used, {} yuan.", "多用电 {} 千瓦时,{} 元。"},
            {"{} kWh less used, {} yuan.", "少用电 {} 千瓦时,{} 元。"}};
  }
  return {{"Self-use", "自发自用"},
          {"{} kWh more of the own power used at home, in place of buying, {} yuan.",
           "自发自用增加 {} 千瓦时,少买电,{} 元。"},
          {"{} kWh less of the own power used at home, sold instead, {} yuan.",
           "自发自用减少 {} 千瓦时,改为上网,{} 元。"}};
}

ReasonWords money_words(Reason reason) {
  if (reason == Reason::price) {
    const Text text{"Other prices: {} yuan.", "电价变化:{} 元。"};
    return {{"Prices", "电价"}, text, text};
  }
  if (reason == Reason::other) {
    const Text text{"Rent, loans, dividends and fees: {} yuan.",
                    "租金、贷款、分红、服务费等:{} 元。"};
    return {{"Contracts", "合同往来"}, text, text};
  }
  const Text text{"Tiers, times of day and rounding: {} yuan.", "阶梯、分时与尾差:{} 元。"};
  return {{"Tiers, times of day, rounding", "阶梯、分时与尾差"}, text, text};
}

ReasonWords words_for(Reason reason, const KnownReasons& known, Against against) {
  switch (reason) {
    case Reason::made_otherwise:
      if (!known.weather_ppm || !known.outage) {
        return untold_words(known);
      }
      return made_words(reason, against);
    case Reason::weather:
    case Reason::outage:
      return made_words(reason, against);
    case Reason::use:
    case Reason::used_at_once:
      return use_words(reason);
    case Reason::price:
    case Reason::other:
    case Reason::rest:
      break;
  }
  return money_words(reason);
}

bool tells_energy(Reason reason) { return reason <= Reason::used_at_once; }

void explain(ReasonPart& part, const ReasonWords& words) {
  const Text& pattern = part.energy.mwh < 0 ? words.less : words.more;
  const std::string yuan = against_yuan(part.money);
  const std::string kwh = against_kwh(part.energy);
  const auto filled = [&](const std::string& text) {
    return tells_energy(part.reason) ? fmt::format(fmt::runtime(text), kwh, yuan)
                                     : fmt::format(fmt::runtime(text), yuan);
  };
  part.label = words.label;
  part.explanation = {filled(pattern.en), filled(pattern.zh)};
}

/// What was made more or less, by its reasons.
std::vector<ReasonPart> made_parts(const ComparedMonth& before, MeteredEnergy difference,
                                   const KnownReasons& known) {
  MeteredEnergy weather;
  if (known.weather_ppm) {
    const WideMoney more =
        static_cast<WideMoney>(before.made.mwh) * (*known.weather_ppm - 1'000'000);
    weather.mwh = against_rounded(more, 1'000'000);
  }
  const MeteredEnergy outage = MeteredEnergy{} - known.outage.value_or(MeteredEnergy{});
  return {{Reason::weather, weather, {}, {}, {}},
          {Reason::outage, outage, {}, {}, {}},
          {Reason::made_otherwise, difference - weather - outage, {}, {}, {}}};
}

/// Energies and what they cost, from which a mean is made.
struct PriceSum {
  WideMoney energy = 0;
  WideMoney cost = 0;

  void add(MeteredEnergy amount, Price price) {
    energy += amount.mwh;
    cost += static_cast<WideMoney>(amount.mwh) * price.units;
  }
  Price mean() const { return {energy == 0 ? 0 : against_rounded(cost, energy)}; }
};

}  // namespace

bool is_base_price(std::string_view line) {
  return line.find(".addition") == std::string_view::npos &&
         line.find(".subsidy") == std::string_view::npos;
}

MeanPrices mean_prices(std::span<const PricedLine> before, std::span<const PricedLine> now) {
  PriceSum sum_before;
  PriceSum sum_now;
  PriceSum of_all;
  bool shares_a_line = false;
  for (const PricedLine& line : before) {
    of_all.add(line.energy, line.price);
    const auto same = std::ranges::find(now, line.id, &PricedLine::id);
    if (same != now.end()) {
      shares_a_line = true;
      sum_before.add(line.energy + same->energy, line.price);
      sum_now.add(line.energy + same->energy, same->price);
    }
  }
  for (const PricedLine& line : now) {
    of_all.add(line.energy, line.price);
  }
  return shares_a_line ? MeanPrices{sum_before.mean(), sum_now.mean()}
                       : MeanPrices{of_all.mean(), of_all.mean()};
}

Comparison compare(const ComparedMonth& before, const ComparedMonth& now,
                   const KnownReasons& reasons, Against against) {
  expects(before.self_used().mwh >= 0 && now.self_used().mwh >= 0);
  Comparison result{.parts = {},
                    .made = now.made - before.made,
                    .used = now.used() - before.used(),
                    .used_at_once = now.self_used() - before.self_used(),
                    .sold = now.sold - before.sold,
                    .bought = now.bought - before.bought,
                    .money = now.net() - before.net()};
  result.parts = made_parts(before, result.made, reasons);
  for (ReasonPart& part : result.parts) {
    part.money = at_mean(part.energy, before.sell, now.sell);
  }
  const Price spread_before{before.buy.units - before.sell.units};
  const Price spread_now{now.buy.units - now.sell.units};
  const WideMoney price_effect = static_cast<WideMoney>(before.sold.mwh + now.sold.mwh) *
                                     (now.sell.units - before.sell.units) -
                                 static_cast<WideMoney>(before.bought.mwh + now.bought.mwh) *
                                     (now.buy.units - before.buy.units);
  result.parts.push_back(
      {Reason::use, result.used, -at_mean(result.used, before.buy, now.buy), {}, {}});
  result.parts.push_back({Reason::used_at_once,
                          result.used_at_once,
                          at_mean(result.used_at_once, spread_before, spread_now),
                          {},
                          {}});
  result.parts.push_back(
      {Reason::price, {}, {against_rounded(price_effect, 2 * mwh_units_of_fen)}, {}, {}});
  result.parts.push_back({Reason::other, {}, now.other - before.other, {}, {}});
  Money rest = result.money;
  for (const ReasonPart& part : result.parts) {
    rest = rest - part.money;
  }
  result.parts.push_back({Reason::rest, {}, rest, {}, {}});
  for (ReasonPart& part : result.parts) {
    explain(part, words_for(part.reason, reasons, against));
  }
  return result;
}

std::vector<Change> changes_of(const Comparison& comparison) {
  std::vector<Change> changes;
  for (const ReasonPart& part : comparison.parts) {
    if (part.money.fen != 0 || part.energy.mwh != 0) {
      changes.push_back({part.label, part.explanation, part.money});
    }
  }
  return changes;
}

}  // namespace xiaoyuan::settle
