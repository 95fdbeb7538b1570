// Bills against a slow and obvious oracle: every step's energy at its own price, every mWh at its
// own tier, in whole numbers, rounded nowhere.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tariff/bill.hpp"
#include "tariff/tariffs.hpp"

namespace xiaoyuan::tariff {
namespace {

__extension__ typedef __int128 Wide;

/// A random tariff as the oracle sees it: a price for each hour of the day in two seasons.
struct Random {
  std::vector<int> low_months;                    ///< of the first season
  std::vector<std::vector<std::size_t>> periods;  ///< by season, by hour
  std::vector<std::vector<std::int64_t>> prices;  ///< by season, by period; 1e-4 yuan
  std::vector<int> limits;                        ///< kWh
  std::vector<std::int64_t> additions;            ///< 1e-4 yuan
  std::string order;
  bool is_monthly = false;
};

Random random_tariff() {
  Random random;
  for (int month = 1; month <= 12; ++month) {
    if (month == 1 || *rc::gen::inRange(0, 2) == 1) {
      random.low_months.push_back(month);
    }
  }
  for (int season = 0; season < 2; ++season) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    std::vector<std::size_t> hours;
    for (std::size_t hour = 0; hour < 24; ++hour) {
      hours.push_back(hour < count ? hour : *rc::gen::inRange<std::size_t>(0, count));
    }
    random.periods.push_back(hours);
    std::vector<std::int64_t> prices;
    for (std::size_t period = 0; period < count; ++period) {
      prices.push_back(*rc::gen::inRange<std::int64_t>(-2000, 15000));
    }
    random.prices.push_back(prices);
  }
  random.limits = {*rc::gen::inRange(1, 600), *rc::gen::inRange(600, 1500)};
  const auto second = *rc::gen::inRange<std::int64_t>(0, 2000);
  random.additions = {0, second, second + *rc::gen::inRange<std::int64_t>(0, 4000)};
  random.order = *rc::gen::element<std::string>("added", "tier_then_tou", "tou_then_tier");
  random.is_monthly = *rc::gen::inRange(0, 2) == 1;
  return random;
}

std::string price_text(std::int64_t units) {
  return (units < 0 ? "-" : "") + std::to_string(std::abs(units) / 10000) + "." +
         std::to_string(10000 + std::abs(units) % 10000).substr(1);
}

std::string two(std::size_t hour) { return (hour < 10 ? "0" : "") + std::to_string(hour); }

std::string season_text(const Random& random, std::size_t season) {
  std::string text;
  for (std::size_t period = 0; period < random.prices[season].size(); ++period) {
    std::string windows;
    for (std::size_t hour = 0; hour < 24; ++hour) {
      if (random.periods[season][hour] == period) {
        windows += (windows.empty() ? "\"" : ", \"") + two(hour) + ":00-" + two(hour + 1) + ":00\"";
      }
    }
    text += "[[version.season.period]]\nname = \"p" + std::to_string(period) +
            "\"\nlabel = { en = \"p" + std::to_string(period) +
            "\", zh = \"z\" }\nyuan_per_kwh = " + price_text(random.prices[season][period]) +
            "\nwindows = [" + windows + "]\n";
  }
  return text;
}

std::string file_of(const Random& random) {
  std::string months;
  for (const int month : random.low_months) {
    months += (months.empty() ? "" : ", ") + std::to_string(month);
  }
  std::string text =
      "id = \"x\"\nname = { en = \"x\", zh = \"x\" }\nregion = \"r\"\ncustomer = \"c\"\n"
      "direction = \"import\"\n[[version]]\nvalid_from = 2020-01-01\ndocument = \"d\"\n"
      "source = \"s\"\nconfidence = \"high\"\n[[version.season]]\nmonths = [" +
      months + "]\n" + season_text(random, 0) + "[[version.season]]\nrest = true\n" +
      season_text(random, 1);
  text += "[version.tiers]\nperiod = \"" + std::string(random.is_monthly ? "month" : "year") +
          "\"\norder = \"" + random.order + "\"\nlimits_kwh = [" +
          std::to_string(random.limits[0]) + ", " + std::to_string(random.limits[1]) +
          "]\nadditions_yuan_per_kwh = [0, " + price_text(random.additions[1]) + ", " +
          price_text(random.additions[2]) + "]\n";
  if (random.order == "tier_then_tou") {
    text += "base_yuan_per_kwh = 0.5\n";
  }
  return text;
}

/// The sum in mWh · 1e-4 yuan/kWh = 1e-10 yuan, step by step, mWh by mWh of a tier.
Wide oracle(const Random& random, const std::vector<Civil>& times,
            const std::vector<std::int64_t>& mwh) {
  Wide sum = 0;
  std::int64_t counted = 0;
  int month = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Civil& time = times[i];
    if (random.is_monthly && time.month != month) {
      counted = 0;
    }
    month = time.month;
    const bool is_low = std::ranges::find(random.low_months, month) != random.low_months.end();
    const std::size_t season = is_low ? 0 : 1;
    const auto hour = static_cast<std::size_t>(time.hour());
    sum += Wide{mwh[i]} * random.prices[season][random.periods[season][hour]];
    const std::int64_t edges[] = {0, random.limits[0] * std::int64_t{1'000'000},
                                  random.limits[1] * std::int64_t{1'000'000},
                                  std::int64_t{1} << 60};
    for (std::size_t tier = 0; tier < 3; ++tier) {
      const std::int64_t from = std::max(counted, edges[tier]);
      const std::int64_t to = std::min(counted + mwh[i], edges[tier + 1]);
      sum += Wide{std::max<std::int64_t>(0, to - from)} * random.additions[tier];
    }
    counted += mwh[i];
  }
  return sum;
}

RC_GTEST_PROP(Bill, EqualsEveryStepAtItsOwnPriceAndTier, ()) {
  const Random random = random_tariff();
  const auto tariff = read_tariff(file_of(random), "x.toml");
  RC_ASSERT(tariff.has_value());
  const auto times = hours_from(day(2026, *rc::gen::inRange(1U, 13U), 17), 45);
  std::vector<std::int64_t> mwh;
  std::vector<double> kwh;
  std::int64_t metered = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    mwh.push_back(*rc::gen::inRange<std::int64_t>(0, 4'000) * 1000);
    kwh.push_back(static_cast<double>(mwh.back()) / 1e6);
    metered += mwh.back();
  }
  const auto laid = schedule(*tariff, times, 60);
  RC_ASSERT(laid.has_value());
  const auto all = bills(*laid, energy_by_slot(*laid, kwh));
  std::size_t lines = 0;
  MeteredEnergy billed;
  for (const Bill& bill : all) {
    Money sum;
    for (const BillLine& line : bill.lines) {
      RC_ASSERT(line.amount == amount(line.energy, line.price));
      sum += line.amount;
      ++lines;
    }
    RC_ASSERT(sum == bill.total());
    billed += bill.energy;
  }
  RC_ASSERT(billed.mwh == metered);
  const auto exact_fen = static_cast<double>(oracle(random, times, mwh)) / 1e8;
  const double apart = std::abs(static_cast<double>(total(all).fen) - exact_fen);
  RC_ASSERT(apart <= 0.5 * static_cast<double>(lines) + 1e-6);
}

RC_GTEST_PROP(TierTables, CoverEveryPeriodAndEqualTheProportionalSum, ()) {
  const std::vector<std::string> names{"peak", "valley"};
  std::vector<std::vector<double>> prices(2);
  std::string periods;
  for (std::size_t i = 0; i < 2; ++i) {
    std::string list;
    for (int tier = 0; tier < 3; ++tier) {
      const auto units = *rc::gen::inRange<std::int64_t>(0, 15000);
      prices[i].push_back(static_cast<double>(units) / 1e4);
      list += (tier == 0 ? "" : ", ") + price_text(units);
    }
    periods += "[[version.season.period]]\nname = \"" + names[i] +
               "\"\nlabel = { en = \"a\", zh = \"z\" }\nyuan_per_kwh_by_tier = [" + list +
               "]\nwindows = [\"" + (i == 0 ? "08:00-22:00" : "22:00-08:00") + "\"]\n";
  }
  const auto tariff = read_tariff(
      "id = \"x\"\nname = { en = \"x\", zh = \"x\" }\nregion = \"r\"\ncustomer = \"c\"\n"
      "direction = \"import\"\n[[version]]\nvalid_from = 2020-01-01\ndocument = \"d\"\n"
      "source = \"s\"\nconfidence = \"high\"\n[[version.season]]\nrest = true\n" +
          periods + "[version.tiers]\nperiod = \"month\"\nlimits_kwh = [100, 250]\n",
      "x.toml");
  RC_ASSERT(tariff.has_value());
  const auto laid = schedule(*tariff, hours_of(2026, 3, 31), 60);
  const std::vector<double> kwh{*rc::gen::inRange(0, 400'000) / 1e3,
                                *rc::gen::inRange(1, 400'000) / 1e3};  // valley comes first
  const auto all = bills(*laid, kwh);
  const double month = kwh[0] + kwh[1];
  const double tiers[] = {std::min(month, 100.0), std::clamp(month - 100.0, 0.0, 150.0),
                          std::max(0.0, month - 250.0)};
  double expected = 0.0;
  MeteredEnergy in_lines;
  for (int tier = 0; tier < 3; ++tier) {
    expected += tiers[tier] / month *
                (kwh[0] * prices[1][static_cast<std::size_t>(tier)] +
                 kwh[1] * prices[0][static_cast<std::size_t>(tier)]);
  }
  for (const BillLine& line : all[0].lines) {
    RC_ASSERT(line.energy > MeteredEnergy{});
    in_lines += line.energy;
  }
  RC_ASSERT(in_lines == all[0].energy);
  RC_ASSERT(std::abs(total(all).yuan() - expected) <= 0.00501 * 6);
}

}  // namespace
}  // namespace xiaoyuan::tariff
