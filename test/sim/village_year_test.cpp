// A made-up year: its reasons add up, its faults are mended by the rules of readings, its bytes do
// not depend on threads, and it has registers for the periods of the day.
#include "sim/village_year.hpp"

#include <algorithm>

#include "made_year.hpp"
#include "readings/estimation.hpp"
#include "readings/similar.hpp"

namespace xiaoyuan::sim {
namespace {

using readings::Channel;
using readings::Intervals;

TEST(MadeYear, HasNoReasonThatIsNotWrittenDown) {
  const VillageYear& made = pilot_year();
  std::int64_t outage_wh = 0;
  std::int64_t inverter_wh = 0;
  for (std::size_t h = 0; h < made.homes.size(); ++h) {
    const auto& home = made.year.inputs.village.households[h];
    for (const MonthTruth& month : made.homes[h].months) {
      const std::int64_t left_wh =
          month.possible_generation_wh - month.outage_generation_wh - month.inverter_generation_wh;
      EXPECT_LE(std::abs(month.generated_wh - left_wh), 3);
      const bool is_apart = home.mode == model::Mode::full_export;
      const std::int64_t self_used = is_apart ? 0 : month.generated_wh - month.exported_wh;
      EXPECT_GE(self_used, 0) << home.id;
      if (home.battery.energy_kwh == 0.0) {
        EXPECT_LE(std::abs(month.used_wh - month.imported_wh - self_used), 3) << home.id;
      }
      outage_wh += month.outage_generation_wh;
      inverter_wh += month.inverter_generation_wh;
    }
  }
  EXPECT_GT(outage_wh, 100'000);    // T1's roofs at noon in July
  EXPECT_GT(inverter_wh, 300'000);  // three weeks in May
}

/// The means that the plan takes as given are those of the climate and the loads it was made from:
/// another year of them lies around the plan and is not it.
TEST(MadeYear, LiesAroundThePlan) {
  double planned = 0.0;
  double possible = 0.0;
  double planned_use = 0.0;
  double used = 0.0;
  for (const HomeYear& home : pilot_year().homes) {
    for (const MonthTruth& month : home.months) {
      planned += static_cast<double>(month.planned_generation_wh);
      possible += static_cast<double>(month.possible_generation_wh);
      planned_use += static_cast<double>(month.planned_use_wh);
      used += static_cast<double>(month.used_wh);
    }
  }
  EXPECT_NEAR(possible / planned, 1.0, 0.15);
  EXPECT_NE(possible, planned);
  EXPECT_NEAR(used / planned_use, 1.0, 0.1);
}

TEST(MadeYear, StandsStillInAnOutage) {
  const VillageYear& made = pilot_year();
  const auto outage = std::ranges::find(made.raw.faults, EventKind::outage, &FaultRecord::kind);
  ASSERT_NE(outage, made.raw.faults.end());
  std::size_t dark = 0;
  for (const Metering& metering : made.meters) {
    const auto& home = made.year.inputs.village.households[metering.home];
    const auto& transformer = made.year.inputs.village.transformers[home.transformer];
    for (std::size_t i = 0; i < metering.wh.size(); ++i) {
      const Instant at = made.year.read.at(i);
      if (transformer.id == outage->household && at >= outage->from && at < outage->to) {
        EXPECT_EQ(metering.wh[i], 0);
        ++dark;
      }
    }
  }
  EXPECT_GT(dark, 5U * 36U);
}

/// The raw month of a point's meter in which a fault happens, with its registers as anchors.
struct FaultyMonth {
  Intervals raw;
  readings::EstimationInputs inputs;
  MeteredEnergy truth;
};
FaultyMonth faulty_month(EventKind kind, std::size_t which = 0) {
  const VillageYear& made = pilot_year();
  std::vector<FaultRecord> faults;
  std::ranges::copy_if(made.raw.faults, std::back_inserter(faults),
                       [&](const FaultRecord& fault) { return fault.kind == kind; });
  const FaultRecord& fault = faults.at(which);
  const auto raw = std::ranges::find_if(made.raw.months, [&](const Intervals& each) {
    return each.meter == fault.meter && each.channel == fault.channel &&
           each.axis.start <= fault.from && fault.from < each.axis.end();
  });
  const auto metering = std::ranges::find_if(made.meters, [&](const Metering& each) {
    return each.point.household == fault.household && each.point.channel == fault.channel;
  });
  FaultyMonth found{.raw = *raw, .inputs = {}, .truth = {}};
  found.inputs.zone = beijing();
  found.inputs.most_w = metering->point.most_w;
  found.inputs.register_step = metering->point.services.front().form.last_digit();
  for (const Instant at : {raw->axis.start, raw->axis.end()}) {
    found.inputs.anchors.push_back(
        {at, metering->shown(metering->registers.front(), 0, at, made.year.read)});
  }
  const auto first =
      static_cast<std::size_t>((raw->axis.start - made.year.read.start) / raw->axis.step);
  for (std::size_t i = 0; i < raw->axis.size; ++i) {
    found.truth.mwh += metering->wh[first + i] * 1000;
  }
  return found;
}

TEST(MadeYear, HasFaultsThatTheRulesOfReadingsMend) {
  for (const EventKind kind : {EventKind::missing_intervals, EventKind::spike,
                               EventKind::negative_interval, EventKind::clock_shift}) {
    const std::string word = words_of(kind)[static_cast<std::size_t>(kind)];
    FaultyMonth month = faulty_month(kind);
    if (kind == EventKind::clock_shift) {
      const auto fault = *std::ranges::find(pilot_year().raw.faults, kind, &FaultRecord::kind);
      const readings::ClockShift shift{fault.meter, fault.from, fault.to, std::chrono::hours{2}};
      month.raw = readings::unshifted(month.raw, std::span(&shift, 1)).intervals;
      EXPECT_EQ(readings::missing_count(month.raw), 2U);
    }
    if (kind == EventKind::missing_intervals) {  // what the roofs nearby made for each kWp
      month.inputs.efficiency = readings::RegionalEfficiency{
          .mwh_per_kwp = std::vector<std::int64_t>(month.raw.axis.size, 200'000),
          .capacity_wp = 10'000};
    }
    const auto mended = readings::estimate(month.raw, month.inputs);
    const bool is_taken_out = kind == EventKind::spike || kind == EventKind::negative_interval;
    EXPECT_EQ(mended.grade, is_taken_out ? readings::Grade::edited : readings::Grade::estimated)
        << word;
    EXPECT_EQ(readings::missing_count(mended.version), 0U) << word;
    EXPECT_NEAR(readings::total(mended.version).kwh(), month.truth.kwh(), 0.0101) << word;
  }
}

plan::Inputs inputs_of(const test::Folder& folder) {
  return good(plan::read_inputs(test::files_of(folder), test::shipped_share()));
}

/// A few households of the pilot village.
test::Folder few_households() {
  test::Folder folder = test::shipped_without_wires("villages/xinggezhuang");
  std::string& rows = folder.at("households.csv");
  std::size_t end = 0;
  for (int line = 0; line < 13; ++line) {
    end = rows.find('\n', end) + 1;
  }
  rows.resize(end);
  return folder;
}

TEST(MadeYear, HasTheSameBytesOnAnyNumberOfThreads) {
  const plan::Inputs planned = inputs_of(few_households());
  const YearWanted wanted{.from = november(), .months = 2};
  const auto one = files_of(good(village_year(planned, wanted, {.threads = 1, .on_progress = {}})));
  const auto three =
      files_of(good(village_year(planned, wanted, {.threads = 3, .on_progress = {}})));
  ASSERT_EQ(one.size(), three.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].bytes, three[i].bytes) << one[i].name;
  }
  const auto other =
      files_of(good(village_year(planned, {.from = november(), .months = 2, .seed = 2}, {})));
  EXPECT_NE(one[1].bytes, other[1].bytes);
}

TEST(MadeYear, HasARegisterForEachPeriodOfTheDay) {
  test::Folder folder = few_households();
  folder = test::replaced(folder, "village.toml", "import = \"beijing-residential\"",
                          "import = \"shandong-residential-tou\"\n"
                          "tier_limits_kwh = [2520, 4800]\n"
                          "tier_limits_source = \"made up for this test\"");
  const auto made = good(village_year(
      inputs_of(folder),
      {.from = std::chrono::year{2026} / 3, .months = 2, .step = std::chrono::minutes{15}}, {}));
  const auto files = files_of(made);
  auto all = registers_of(files[1].bytes, Instant{}, "registers_rates");
  std::ranges::move(
      registers_of(files[2].bytes, Instant{std::chrono::seconds{1}}, "registers_rates"),
      std::back_inserter(all));
  std::vector<readings::Rate> rates(made.year.rates.begin(), made.year.rates.end());
  std::ranges::sort(rates);
  const auto rest = std::ranges::unique(rates);
  rates.erase(rest.begin(), rest.end());
  EXPECT_EQ(rates.size(), 2U);  // peak and valley
  const readings::Registers registers(all);
  std::size_t misread = 0;
  for (const auto& point : good(readings::read_points(files[0].bytes, "m", beijing()))) {
    if (point.channel == Channel::imported && point.services.size() == 1) {
      const auto sum_known_at = [&](Instant known_at) {
        return good(readings::quantities(point, rates, registers,
                                         readings::month_of(beijing(), std::chrono::year{2026} / 3),
                                         {.known_at = known_at}))
            .sum.outcome;
      };
      EXPECT_EQ(sum_known_at(Instant::max()), readings::Outcome::passed) << point.household;
      misread += sum_known_at(Instant{}) == readings::Outcome::failed ? 1 : 0;
    }
  }
  EXPECT_EQ(misread, 1U);  // the periods tell that the total was read too low
}

/// Then everything that can happen happens to one house in one month.
TEST(MadeYear, IsMadeOfOneHouseAndOneMonthToo) {
  test::Folder folder = few_households();
  std::string& rows = folder.at("households.csv");
  std::string house;
  for (std::size_t at = rows.find('\n') + 1; at < rows.size();) {
    const std::size_t end = rows.find('\n', at) + 1;
    if (rows.substr(at, end - at).find("self_use_surplus") != std::string::npos) {
      house = rows.substr(at, end - at);
    }
    at = end;
  }
  rows = rows.substr(0, rows.find('\n') + 1) + house;
  for (const int minutes : {15, 60}) {
    const auto made = good(village_year(
        inputs_of(folder),
        {.from = std::chrono::year{2026} / 2, .months = 1, .step = std::chrono::minutes{minutes}},
        {}));
    EXPECT_GE(made.raw.faults.size(), 10U);
    const auto files = files_of(made);
    EXPECT_TRUE(readings::read_points(files[0].bytes, "m", beijing()).has_value());
    const auto archive = good(readings::read_archive(files[3].bytes, "x.xyr", beijing()));
    EXPECT_TRUE(archive.report.refused.empty());
  }
}

TEST(MadeYear, TakesWholeWattHoursWhoseSumIsTheSum) {
  EXPECT_EQ(whole_wh(std::vector<double>{0.0004, 0.0004, 0.0004, 0.0008}),
            (std::vector<std::int64_t>{0, 0, 1, 1}));
}

TEST(MadeYear, RefusesAStepThatIsNoPartOfAnHour) {
  const auto made =
      actual_year(pilot_year().year.inputs, {.from = november(), .step = std::chrono::minutes{7}});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(message(made.error().front(), Language::english),
            "--step: expected a step that is a part of an hour");
}

}  // namespace
}  // namespace xiaoyuan::sim
