// The readings that are shipped with the pilot village: they are what the program makes, they
// import whole, and after the corrections every household and month settles to what truly flowed.
#include <algorithm>
#include <map>

#include "made_year.hpp"

namespace xiaoyuan::sim {
namespace {

using readings::Channel;
using readings::MeterPoint;
using readings::Rate;
using readings::Registers;

std::string shipped_bytes(const std::string& name) { return test::project_bytes(shipped + name); }

const readings::ArchiveFile& shipped_archive() {
  static const readings::ArchiveFile file =
      good(readings::read_archive(shipped_bytes("readings/intervals.xyr"), "xyr", beijing()));
  return file;
}

/// All registers, without or with the file that came in the month after.
enum class Corrections { without, with };
Registers known(Corrections corrections) {
  auto all = registers_of(shipped_bytes("readings/registers.csv"), Instant{});
  if (corrections == Corrections::with) {
    std::ranges::move(registers_of(shipped_bytes("readings/corrections-2026-11.csv"),
                                   Instant{std::chrono::seconds{1}}),
                      std::back_inserter(all));
  }
  return Registers(std::move(all));
}

/// What truth.csv says, by household, month and channel.
class Truth {
 public:
  Truth() : columns_(shipped_bytes("readings/truth.csv")) {
    for (std::size_t i = 0; i < columns_.text("household").size(); ++i) {
      rows_[{columns_.text("household")[i], columns_.text("month")[i]}] = i;
    }
  }
  std::int64_t wh(const MeterPoint& point, std::chrono::year_month month) const {
    const auto name = fmt::format("{}-{:02}", int{month.year()}, unsigned{month.month()});
    static const std::vector<std::string> columns{"import_wh", "export_wh", "generation_wh"};
    return std::stoll(columns_.text(
        columns[static_cast<std::size_t>(point.channel)])[rows_.at({point.household, name})]);
  }
  std::size_t size() const { return rows_.size(); }

 private:
  test::Columns columns_;
  std::map<std::pair<std::string, std::string>, std::size_t> rows_;
};

/// What is wrong with the quantities of all points and months: "H001 2025-11: …".
std::vector<std::string> trouble(const Registers& registers, std::size_t& judged) {
  const Truth truth;
  std::vector<std::string> all;
  for (const MeterPoint& point : shipped_points()) {
    for (int m = 0; m < 12; ++m) {
      const auto month = november() + std::chrono::months{m};
      const auto found = readings::quantity(point, Rate::total, registers,
                                            readings::month_of(beijing(), month), {});
      const std::string where =
          fmt::format("{} {}-{:02}", point.household, int{month.year()}, unsigned{month.month()});
      if (!found) {
        all.push_back(where + " refused");
        continue;
      }
      std::int64_t left_out_mwh = 0;
      for (const readings::Piece& piece : found->pieces) {
        left_out_mwh += 10'000 * piece.multiplier;
      }
      const std::int64_t apart = found->energy.mwh - truth.wh(point, month) * 1000;
      if (apart >= left_out_mwh || -apart >= left_out_mwh) {
        all.push_back(fmt::format("{} apart {}", where, apart));
      }
      ++judged;
    }
  }
  return all;
}

TEST(ShippedReadings, SettleToWhatTrulyFlowedOnceTheCorrectionsCame) {
  std::size_t judged = 0;
  EXPECT_EQ(trouble(known(Corrections::with), judged), std::vector<std::string>{});
  EXPECT_EQ(judged, 158U * 12U);
}

TEST(ShippedReadings, AreWrongInThreeMonthsBeforeTheCorrectionsCame) {
  std::size_t judged = 0;
  const auto found = trouble(known(Corrections::without), judged);
  EXPECT_EQ(found,
            (std::vector<std::string>{"H036 2026-09 apart -31634000", "H036 2026-10 apart 31630000",
                                      "H048 2026-10 refused"}));
}

TEST(ShippedReadings, HaveARolloverASwappedMeterAndAMultiplier) {
  const Registers registers = known(Corrections::with);
  std::size_t rolled = 0;
  std::size_t swapped = 0;
  std::size_t multiplied = 0;
  for (const MeterPoint& point : shipped_points()) {
    for (int m = 0; m < 12; ++m) {
      const auto quantity = good(readings::quantity(
          point, Rate::total, registers,
          readings::month_of(beijing(), november() + std::chrono::months{m}), {}));
      rolled += std::ranges::count(quantity.pieces, true, &readings::Piece::rolled_over);
      swapped += quantity.pieces.size() > 1 ? 1 : 0;
      multiplied += quantity.pieces.front().multiplier == 20 ? 1 : 0;
    }
  }
  EXPECT_EQ(rolled, 1U);
  EXPECT_EQ(swapped, 2U);      // bought and sold, in April
  EXPECT_EQ(multiplied, 24U);  // made and sold, each month
}

/// Floating point may differ in its last bits from compiler to compiler, and so a watt-hour may
/// fall into the step before.
TEST(ShippedReadings, AreWhatTheProgramMakes) {
  for (const NamedBytes& file : files_of(pilot_year())) {
    if (file.name == "meters.csv") {
      EXPECT_EQ(file.bytes, shipped_bytes(file.name));
    } else if (file.name == "readings/registers.csv") {
      const auto made = registers_of(file.bytes, Instant{});
      const auto kept = registers_of(shipped_bytes(file.name), Instant{});
      ASSERT_EQ(made.size(), kept.size());
      for (std::size_t i = 0; i < made.size(); ++i) {
        EXPECT_EQ(made[i].key, kept[i].key);
        EXPECT_NEAR(made[i].value.kwh(), kept[i].value.kwh(), 0.0101);
      }
    } else if (file.name == "readings/intervals.xyr") {
      const auto made = good(readings::read_archive(file.bytes, "made", beijing()));
      const auto& kept = shipped_archive();
      ASSERT_EQ(made.days.size(), kept.days.size());
      std::int64_t most_apart = 0;
      for (std::size_t i = 0; i < made.days.size(); ++i) {
        ASSERT_EQ(made.days[i].axis, kept.days[i].axis);
        for (std::size_t k = 0; k < made.days[i].counts.size(); ++k) {
          most_apart =
              std::max(most_apart, std::abs(made.days[i].counts[k] - kept.days[i].counts[k]));
        }
      }
      EXPECT_LE(most_apart, 1);
    }
  }
}

TEST(ShippedReadings, HaveIntervalsThatSumToTheRegistersToTheLastDigit) {
  const auto& archive = shipped_archive();
  EXPECT_TRUE(archive.report.refused.empty());
  EXPECT_EQ(archive.report.readings + archive.report.empty, 1'385'520U);
  std::map<std::pair<std::string, Channel>, std::vector<readings::Intervals>> series;
  for (const readings::Intervals& day : archive.days) {
    series[{day.meter, day.channel}].push_back(day);
  }
  const Registers registers = known(Corrections::with);
  std::size_t whole = 0;
  std::size_t spoilt = 0;
  for (const MeterPoint& point : shipped_points()) {
    for (const readings::Service& service : point.services) {
      const Instant end = service.to.value_or(pilot_year().year.read.end());
      const auto* begin_reading =
          registers.find({service.meter, point.channel, Rate::total, service.from}, Instant::max());
      const auto* end_reading =
          registers.find({service.meter, point.channel, Rate::total, end}, Instant::max());
      ASSERT_TRUE(begin_reading && end_reading);
      std::int64_t sum_mwh = 0;
      for (const readings::Intervals& day : series.at({service.meter, point.channel})) {
        sum_mwh += readings::total(day).mwh;
      }
      const std::int64_t digit_mwh = 10'000;
      const std::int64_t capacity = service.form.capacity()->mwh;
      const std::int64_t shown =
          (begin_reading->value.mwh + sum_mwh / service.multiplier / digit_mwh * digit_mwh) %
          capacity;
      (shown == end_reading->value.mwh ? whole : spoilt) += 1;
    }
  }
  EXPECT_EQ(whole, 156U);
  EXPECT_EQ(spoilt, 4U);  // missing days, a clock set back, a spike, a negative
}

TEST(ShippedReadings, SayNothingNewWhenTheyAreSentAgainAndAreRefusedWhenTheyContradict) {
  const auto interval_file = [&](const std::string& name) {
    return good(readings::read_intervals(shipped_bytes("readings/" + name), name,
                                         mapping("intervals_60")))
        .days;
  };
  const auto sorted = [&](const readings::Intervals& sent) {
    const auto found = std::ranges::find_if(shipped_archive().days, [&](const auto& day) {
      return day.meter == sent.meter && day.channel == sent.channel && day.axis == sent.axis;
    });
    return readings::sort_out(*found, sent, readings::Resend::refuse);
  };
  const auto week = interval_file("resent.csv");
  ASSERT_EQ(week.size(), 7U);
  for (const readings::Intervals& day : week) {
    EXPECT_EQ(sorted(day).duplicates, 24U);
    EXPECT_FALSE(sorted(day).is_new());
  }
  const auto other = interval_file("contradicting.csv");
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(sorted(other.front()).conflicts, std::vector<std::size_t>{18});
}

}  // namespace
}  // namespace xiaoyuan::sim
