// What a village's doors say of energy, beside the hours that truly flowed.
#include "desk/energy_shelf.hpp"
#include "desk/energy_transformers.hpp"
#include "desk/households.hpp"
#include "readings/seal.hpp"
#include "support/desk_village.hpp"
#include "support/office_village.hpp"
#include "support/seven_homes.hpp"

namespace xiaoyuan::desk {
namespace {

using office::test::got;
using xiaoyuan::test::january_hours;
using xiaoyuan::test::lost_hour;
using xiaoyuan::test::seven;
using xiaoyuan::test::SevenHomes;
using xiaoyuan::test::TrueHour;

constexpr std::int64_t mwh_of_ten_wh = 10'000;
constexpr std::size_t leased = 2;

const SevenHomes& homes() {
  static const std::unique_ptr<SevenHomes> made = xiaoyuan::test::seven_homes();
  return *made;
}

const VillageFigures& figures() {
  static EnergyShelf shelf;
  static const std::shared_ptr<const VillageFigures> made = got(shelf.figures(*homes().desk()));
  return *made;
}

Date day(unsigned number) { return std::chrono::year(2026) / 1 / std::chrono::day(number); }
const Date february = std::chrono::year(2026) / 2 / 1;

EnergySeries series(std::span<const std::size_t> households, const EnergyWanted& wanted) {
  const EnergyPlace place = figures().place_of(households);
  if (wanted.step == EnergyStepLength::day || wanted.step == EnergyStepLength::month) {
    return series_of_days(place, wanted);
  }
  EnergySeries made;
  const auto done = homes().desk()->look([&](Table& table) -> Result<void> {
    TRY(made, series_of_steps(place, wanted, table.store));
    return {};
  });
  EXPECT_TRUE(done);
  return made;
}

/// Sums over true hours by the definitions alone.
Energy true_energy(std::size_t home, std::size_t from, std::size_t to) {
  TrueHour sum;
  for (std::size_t hour = from; hour < to; ++hour) {
    sum.generated += homes().hours[home][hour].generated;
    sum.exported += homes().hours[home][hour].exported;
    sum.imported += homes().hours[home][hour].imported;
  }
  const auto mwh = [](std::int64_t ten_wh) { return MeteredEnergy{ten_wh * mwh_of_ten_wh}; };
  Energy energy{.bought = mwh(sum.imported)};
  energy.used = mwh(sum.imported + sum.generated - sum.exported);
  if (home != 1) {
    energy.made = mwh(sum.generated);
    energy.sold = mwh(sum.exported);
    energy.self_used = mwh(sum.generated - sum.exported);
  }
  return energy;
}

TEST(EnergySeries, OfHoursIsWhatFlowedInThem) {
  for (std::size_t home = 0; home < seven; ++home) {
    const std::array<std::size_t, 1> one{home};
    const EnergySeries hours =
        series(one, {.from = day(1), .to = february, .step = EnergyStepLength::hour});
    ASSERT_EQ(hours.steps.size(), january_hours);
    for (std::size_t hour = 0; hour < january_hours; ++hour) {
      const bool is_lost = home == 1 && hour == lost_hour;
      const Energy expected = is_lost ? Energy{} : true_energy(home, hour, hour + 1);
      ASSERT_EQ(hours.steps[hour].energy, expected) << home << " " << hour;
      ASSERT_EQ(hours.steps[hour].quality == readings::Quality::missing, is_lost);
    }
    EXPECT_EQ(hours.missing_steps, home == 1 ? 1U : 0U);
  }
}

TEST(EnergySeries, OfDaysIsTheSumOfTheirHoursAndADayWithAHoleIsNothing) {
  for (std::size_t home = 0; home < seven; ++home) {
    const std::array<std::size_t, 1> one{home};
    const EnergySeries days = series(one, {.from = day(1), .to = february});
    ASSERT_EQ(days.steps.size(), 31U);
    for (std::size_t i = 0; i < 31; ++i) {
      const bool is_lost = home == 1 && i == lost_hour / 24;
      const Energy expected = is_lost ? Energy{} : true_energy(home, 24 * i, 24 * (i + 1));
      EXPECT_EQ(days.steps[i].energy, expected) << home << " " << i;
    }
  }
}

TEST(EnergySeries, OfAMonthIsTheRegistersWhichTheDaysAddUpTo) {
  for (std::size_t home = 0; home < seven; ++home) {
    const std::array<std::size_t, 1> one{home};
    const EnergySeries month =
        series(one, {.from = day(1), .to = february, .step = EnergyStepLength::month});
    ASSERT_EQ(month.steps.size(), 1U);
    EXPECT_EQ(month.steps[0].energy, true_energy(home, 0, january_hours));
    EXPECT_EQ(month.steps[0].source, EnergySource::registers);
    const EnergySeries days = series(one, {.from = day(1), .to = february});
    if (home != 1) {
      EXPECT_EQ(days.sums, month.steps[0].energy);
    }
  }
}

TEST(EnergySeries, OfAMonthWithoutFreezeIsWhatIsKnownOfItsDays) {
  const std::array<std::size_t, 1> one{0};
  const EnergySeries months = series(one, {.from = std::chrono::year(2025) / 12 / 1,
                                           .to = std::chrono::year(2026) / 3 / 1,
                                           .step = EnergyStepLength::month});
  ASSERT_EQ(months.steps.size(), 3U);
  EXPECT_EQ(months.steps[0].energy, Energy{});
  EXPECT_EQ(months.steps[0].source, EnergySource::none);
  EXPECT_EQ(months.steps[1].source, EnergySource::registers);
  EXPECT_EQ(months.steps[2].quality, readings::Quality::missing);
}

TEST(EnergySeries, OfTheVillageIsTheSumOfItsHouseholdsInEveryStep) {
  const std::vector<std::size_t> all = figures().all_households();
  ASSERT_EQ(all.size(), seven);
  for (const auto step : {EnergyStepLength::hour, EnergyStepLength::day, EnergyStepLength::month}) {
    const EnergyWanted wanted{.from = day(1), .to = february, .step = step};
    const EnergySeries village = series(all, wanted);
    std::vector<Energy> sums(village.steps.size());
    std::vector<std::size_t> heard(village.steps.size(), 0);
    for (const std::size_t home : all) {
      const std::array<std::size_t, 1> one{home};
      const EnergySeries own = series(one, wanted);
      for (std::size_t i = 0; i < sums.size(); ++i) {
        add(sums[i], own.steps[i].energy);
        heard[i] += own.steps[i].heard;
      }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const Energy& energy = village.steps[i].energy;
      ASSERT_EQ(energy, sums[i]);
      ASSERT_EQ(village.steps[i].heard, heard[i]);
      ASSERT_EQ(*energy.made, *energy.self_used + *energy.sold);
      ASSERT_EQ(*energy.used, *energy.self_used + *energy.bought);
    }
  }
}

TEST(EnergySeries, RefusesQuartersOfHourlyReadingsAndTooManyDays) {
  const std::array<std::size_t, 1> one{0};
  const EnergyPlace place = figures().place_of(one);
  const auto refused = homes().desk()->look([&](Table& table) -> Result<void> {
    TRY(const EnergySeries none,
        series_of_steps(place, {.from = day(1), .to = day(2), .step = EnergyStepLength::quarter},
                        table.store));
    static_cast<void>(none);
    return {};
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(message(refused.error().front(), Language::english),
            "step: the readings come in steps of 60 minutes; ask for longer ones");
  EXPECT_FALSE(checked({.from = day(2), .to = day(2)}));
  EXPECT_FALSE(checked(
      {.from = day(1), .to = std::chrono::year(2027) / 1 / 1, .step = EnergyStepLength::hour}));
}

TEST(SoFar, IsTheLastDayAndItsMonth) {
  const std::vector<std::size_t> all = figures().all_households();
  const SoFar part = so_far(figures().place_of(all));
  ASSERT_TRUE(part.today && part.this_month);
  Energy today;
  for (const std::size_t home : all) {
    add(today, true_energy(home, january_hours - 24, january_hours));
  }
  EXPECT_EQ(part.today->energy, today);
  EXPECT_EQ(part.today->missing_steps, 0U);
  EXPECT_EQ(part.this_month->missing_steps, 1U);
  EXPECT_EQ(part.this_month->from, xiaoyuan::test::january());
}

TEST(LiveValues, AreThoseOfTheLastHour) {
  ASSERT_TRUE(figures().live);
  Energy last;
  for (std::size_t home = 0; home < seven; ++home) {
    add(last, true_energy(home, january_hours - 1, january_hours));
  }
  EXPECT_EQ(figures().live->energy, last);
  EXPECT_EQ(figures().live->heard, seven);
  EXPECT_EQ(figures().live->at, xiaoyuan::test::january() + std::chrono::hours(january_hours));
}

TEST(EnergyDays, LeaveOutAStepThatCannotBe) {
  const readings::Service service{.meter = "1",
                                  .form = {},
                                  .multiplier = 1,
                                  .from = xiaoyuan::test::january(),
                                  .to = std::nullopt};
  const ServedHome home{.household = 0, .service = &service, .most_w = 39'600};
  const TimeAxis axis{.start = xiaoyuan::test::january(), .step = std::chrono::hours(1), .size = 5};
  readings::Intervals hours =
      readings::empty_intervals("1", readings::Channel::imported, axis, MeteredEnergy{1000});
  hours.counts = {39'600, 6'553'500, -1, 0, 12};
  hours.quality.assign(5, readings::Quality::measured);
  hours.quality[3] = readings::Quality::missing;
  const std::vector<StepUse> expected{StepUse::counts, StepUse::is_impossible,
                                      StepUse::is_impossible, StepUse::is_not_known,
                                      StepUse::counts};
  for (std::size_t step = 0; step < expected.size(); ++step) {
    EXPECT_EQ(use_of_step(hours, step, home), expected[step]) << step;
  }
  EXPECT_EQ(use_of_step(hours, 1, {.household = 0, .service = &service}), StepUse::counts);
}

TEST(Transformers, WorstReverseFlowIsThatOfTheHours) {
  EnergyShelf shelf;
  const auto planned = got(shelf.planned(*homes().desk()));
  const auto rows = transformer_rows(figures(), *planned);
  ASSERT_EQ(rows.size(), 1U);
  std::int64_t worst = 0;
  for (std::size_t hour = 0; hour < january_hours; ++hour) {
    std::int64_t net = 0;
    for (std::size_t home = 0; home < seven; ++home) {
      net += homes().hours[home][hour].exported - homes().hours[home][hour].imported;
    }
    worst = std::max(worst, hour == lost_hour ? 0 : net);
  }
  ASSERT_TRUE(rows[0].worst_reverse);
  EXPECT_NEAR(rows[0].worst_reverse->kw, static_cast<double>(worst) / 100.0, 1e-9);
  EXPECT_EQ(rows[0].hours_seen, january_hours - 1);
  // January has no typical moment: only the plan grades.
  ASSERT_EQ(rows[0].grades.size(), 2U);
  EXPECT_EQ(rows[0].grades[0].basis, GradeBasis::plan);
  EXPECT_EQ(rows[0].grades[0].allowed_kw, planned->transformers[0].standard_2025.allowed_kw);
}

TEST(Totals, OfAMonthAreTheSumOfItsStatementsAndCountLeasedRoofsOnce) {
  const VillageView& view = *figures().view;
  ASSERT_EQ(view.months.size(), 1U);
  const auto totals = totals_of(view.months);
  ASSERT_TRUE(totals);
  EXPECT_EQ(totals->households, seven);
  Energy sum;
  Money paid;
  Money sold_by_grid;
  for (std::size_t home = 0; home < seven; ++home) {
    add(sum, true_energy(home, 0, january_hours));
  }
  EXPECT_EQ(totals->energy, sum);
  for (const StatementView& statement : view.months[0].statements) {
    if (statement.holder == settle::Holder::household) {
      paid += -statement.bought;
    }
    if (statement.holder != settle::Holder::grid_company) {
      sold_by_grid += statement.sold;
    }
  }
  EXPECT_EQ(totals->money.paid, paid);
  EXPECT_EQ(totals->money.earned, sold_by_grid);
  // 0.3598 yuan a kWh sold, each statement rounded to the fen.
  EXPECT_NEAR(static_cast<double>(totals->money.earned.fen), sum.sold->kwh() * 35.98, seven);
  EXPECT_EQ(plant_owner(view, view.plan->village.households[leased]), "C1");
  EXPECT_EQ(leased_by(view, "C1"), std::vector<std::string>{"H3"});
}

TEST(Households, AreSortedByFiguresWithTheUnknownLast) {
  const VillageView& view = *figures().view;
  HouseholdSearch search{.sort = HouseholdSort::made, .order = Order::falling, .limit = 3};
  const HouseholdPage first = got(page_of(view, search));
  EXPECT_EQ(first.count, seven);
  EXPECT_EQ(first.giving + first.taking, seven);
  ASSERT_EQ(first.rows.size(), 3U);
  search.after = first.next;
  search.limit = 10;
  const HouseholdPage rest = got(page_of(view, search));
  ASSERT_EQ(rest.rows.size(), 4U);
  EXPECT_EQ(rest.rows.back().index, 1U);  // H2 makes nothing
  EXPECT_EQ(rest.next, "");
  std::vector<HouseholdRow> all = first.rows;
  all.insert(all.end(), rest.rows.begin(), rest.rows.end());
  for (std::size_t i = 1; i + 1 < all.size(); ++i) {
    EXPECT_GE(*all[i - 1].last_month->energy.made, *all[i].last_month->energy.made);
  }
  EXPECT_EQ(got(page_of(view, {.text = "h2"})).count, 1U);
  EXPECT_FALSE(page_of(view, {.after = "H99"}));
}

TEST(EnergyShelf, TellsOfADayThatIsDamagedEveryTimeItIsAsked) {
  const xiaoyuan::test::DeskVillage small;
  small.tell(1);
  EnergyShelf shelf;
  ASSERT_TRUE(shelf.figures(*small.desk()));
  EXPECT_TRUE(small.desk()->work([](Table& table) -> Result<void> {
    const Instant midnight = office::test::day_at(2026, 3, 1) - std::chrono::hours(8);
    store::Batch batch{.key = "damaged", .recorded_at = midnight};
    batch.days.push_back({.meter = "102",
                          .channel = readings::Channel::imported,
                          .start = midnight,
                          .recorded_at = midnight,
                          .source = "damaged.csv",
                          .packed = "no packed day",
                          .digest = readings::digest_of("102", "no packed day")});
    got(table.store.write(batch));
    return {};
  }));
  EXPECT_FALSE(shelf.figures(*small.desk()));
  EXPECT_FALSE(shelf.figures(*small.desk())) << "what was known before is not all there is";
}

}  // namespace
}  // namespace xiaoyuan::desk
