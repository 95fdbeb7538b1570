// What the tests of bills share: shipped tariffs laid over a month, energies as registers give
// them.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "settle/bills.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::settle::test {

inline const Zone& beijing() {
  static const Zone zone = *Zone::find("Asia/Shanghai");
  return zone;
}

inline std::chrono::year_month month(int year, unsigned number) {
  return std::chrono::year{year} / std::chrono::month{number};
}
inline Date day(int year, unsigned number, unsigned of_month) {
  return month(year, number) / std::chrono::day{of_month};
}
inline MeteredEnergy kwh(std::int64_t whole, std::int64_t mwh = 0) {
  return {whole * 1'000'000 + mwh};
}

/// A shipped tariff with figures that the test gives.
inline tariff::Tariff shipped(const std::string& name,
                              std::map<std::string, std::string> given = {}) {
  auto tariff =
      tariff::read_tariff(xiaoyuan::test::project_bytes("share/tariffs/" + name + ".toml"), name);
  EXPECT_TRUE(tariff.has_value()) << name;
  auto filled = tariff::with_inputs(*tariff, {std::move(given), "test"}, {});
  EXPECT_TRUE(filled.has_value()) << name;
  return *filled;
}

inline MonthTariff laid(const tariff::Tariff& tariff, std::chrono::year_month when) {
  auto made = month_tariff(tariff, beijing(), when);
  EXPECT_TRUE(made.has_value()) << (made ? "" : message(made.error()[0], Language::english));
  return *made;
}

inline readings::Quantity quantity(MeteredEnergy energy,
                                   readings::Grade grade = readings::Grade::measured) {
  readings::Piece piece;
  piece.meter = "100";
  piece.end = energy;
  piece.energy = energy;
  return {energy, grade, {piece}, {}};
}

/// The whole month by its total, and by the registers of periods where there are any.
inline Metered metered(const MonthTariff& tariff, MeteredEnergy total,
                       std::map<readings::Rate, MeteredEnergy> rates = {}) {
  Metered part{.period = tariff.month, .total = quantity(total), .by_rate = {}};
  for (const auto& [rate, energy] : rates) {
    part.by_rate.push_back({rate, quantity(energy)});
  }
  return part;
}

inline BillInputs inputs(const MonthTariff& tariff, std::vector<Metered> parts,
                         std::optional<tariff::Counted> counted = tariff::Counted{}) {
  return {.household = "H001",
          .tariff = &tariff,
          .metered = std::move(parts),
          .intervals = nullptr,
          .counted = counted};
}

inline const StatementLine* line(const MonthBill& bill, const std::string& id) {
  for (const StatementLine& one : bill.lines) {
    if (one.id == id) {
      return &one;
    }
  }
  return nullptr;
}

/// "bought.tier1 80 × 0.4883 = -39.06 | …" of a bill, or its errors in English.
inline std::string shown(const Result<MonthBill>& bill) {
  std::string text;
  if (!bill) {
    for (const Error& error : bill.error()) {
      EXPECT_FALSE(error.what.zh.empty());
      text += message(error, Language::english) + "\n";
    }
    return text;
  }
  for (const StatementLine& one : bill->lines) {
    EXPECT_FALSE(one.explanation.en.empty() || one.explanation.zh.empty()) << one.id;
    EXPECT_FALSE(one.document.empty()) << one.id;
    text += (text.empty() ? "" : " | ") + one.id + " " + readings::kwh_text(*one.energy) + " " +
            text_of(*one.amount);
  }
  return text;
}

/// Hourly intervals of a month, each as `watt_hours` says of its local hour.
template <class WattHours>
readings::Intervals hourly(const MonthTariff& tariff, WattHours watt_hours) {
  const auto hours = static_cast<std::size_t>((tariff.month.to - tariff.month.from).count() / 3600);
  auto all = readings::empty_intervals("100", readings::Channel::imported,
                                       {tariff.month.from, std::chrono::hours{1}, hours}, {1000});
  for (std::size_t i = 0; i < hours; ++i) {
    all.counts[i] = watt_hours(static_cast<int>(i / 24), static_cast<int>(i % 24));
    all.quality[i] = readings::Quality::measured;
  }
  return all;
}

}  // namespace xiaoyuan::settle::test
