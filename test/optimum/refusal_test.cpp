// What cannot be answered is refused by name, with the nearest figure that could be.
#include <gtest/gtest.h>

#include <cmath>

#include "optimum/optimum.hpp"

namespace xiaoyuan::optimum {
namespace {

struct Small {
  std::vector<double> load = std::vector<double>(40, 1.0);
  std::vector<double> pv = std::vector<double>(40, 0.0);
  std::vector<double> buy = std::vector<double>(40, 0.5);
  std::vector<double> sell = std::vector<double>(40, 0.3);
  std::vector<double> least;
  DispatchProblem problem;
  Small() {
    problem.year.load_kwh = load;
    problem.year.pv_kwh = pv;
    problem.year.buy = buy;
    problem.year.sell = sell;
    problem.year.import_limit_kwh = problem.year.export_limit_kwh = 100.0;
    problem.year.battery = {.ceiling_kwh = 10, .charge_kw = 2, .discharge_kw = 2};
    problem.end = YearEnd::free;
  }
  std::string refusal() const {
    const auto result = optimal_dispatch(problem);
    if (result) {
      return "solved";
    }
    EXPECT_FALSE(result.error().front().what.zh.empty());
    return result.error().front().where.field + ": " + result.error().front().what.en;
  }
};

TEST(Refusal, NamesDataThatMakeNoProblem) {
  Small small;
  small.problem.year.battery.charge_efficiency = 1.05;
  EXPECT_EQ(small.refusal(), "charge_efficiency: expected a number from 0.01 to 1, found 1.05");
  small = Small();
  small.problem.year.battery.floor_kwh = 12;
  EXPECT_EQ(small.refusal(),
            "ceiling_kwh: the capacity in use (10 kWh) lies below the reserve (12 kWh); raise the "
            "capacity to 12 kWh or lower the reserve to 10 kWh");
  small = Small();
  small.buy[7] = std::nan("");
  small.problem.year.buy = small.buy;
  EXPECT_EQ(small.refusal(), "buy: step 7: expected a finite number, found nan");
  small = Small();
  small.problem.year.load_kwh = {};
  EXPECT_EQ(small.refusal(), "load_kwh: the series is empty: a dispatch needs one step at least");
  small = Small();
  small.load[3] = -1.0;
  small.problem.year.load_kwh = small.load;
  EXPECT_EQ(small.refusal(), "load_kwh: step 3: expected a number from 0 up, found -1");
}

TEST(Refusal, TellsAllThatIsWrongAtOnce) {
  Small small;
  small.problem.year.battery.charge_efficiency = 1.05;
  small.problem.year.sell = std::span(small.sell).first(30);
  small.problem.start_kwh = 11;
  const auto result = optimal_dispatch(small.problem);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().size(), 3U);
}

TEST(Refusal, NamesTheNearestNeedThatCanBeMet) {
  Small small;
  small.least.assign(40, 0.0);
  small.least[3] = 9.5;
  small.problem.year.least_kwh = small.least;
  EXPECT_EQ(small.refusal(),
            ": the store needs 9.500 kWh by the end of step 3 but at most 8.000 kWh can be there; "
            "lower the need to 8.000 kWh or begin 1 steps earlier");
  small.least[3] = 8.0;
  small.problem.year.least_kwh = small.least;
  EXPECT_EQ(small.refusal(), "solved");
}

TEST(Refusal, NamesTheImportLimitThatWouldServe) {
  Small small;
  small.load[5] = 9.0;
  small.problem.year.load_kwh = small.load;
  small.problem.year.import_limit_kwh = 4.0;
  EXPECT_NE(small.refusal().find("raise the import limit to 7.000 kWh"), std::string::npos)
      << small.refusal();
  small.problem.year.import_limit_kwh = 7.0;
  small.problem.start_kwh = 2.0;
  EXPECT_EQ(small.refusal(), "solved");
}

Car car_of(double needed_kwh) {
  return {.battery = {.ceiling_kwh = 60,
                      .charge_kw = 7,
                      .discharge_kw = 7,
                      .charge_efficiency = 0.95,
                      .discharge_efficiency = 0.95},
          .start_kwh = 10,
          .stays = {{.arrival = 18, .departure = 20, .needed_kwh = needed_kwh, .trip_kwh = 5}}};
}

TEST(Refusal, TellsWhatACarCanHaveAndHowMuchEarlierItMustCome) {
  const Small small;
  const auto refused = CarStore::of(small.problem.year, car_of(35));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().what.en,
            "the car needs 35.000 kWh by step 20 but at most 23.300 kWh can be in it; lower the "
            "need to 23.300 kWh or arrive 2 steps earlier");
  Car earlier = car_of(35);
  earlier.stays.front().arrival -= 2;
  const auto served = CarStore::of(small.problem.year, earlier);
  ASSERT_TRUE(served.has_value());
  EXPECT_TRUE(optimal_dispatch(served->problem()).has_value());
  const auto enough = CarStore::of(small.problem.year, car_of(23.3));
  ASSERT_TRUE(enough.has_value());
  EXPECT_TRUE(optimal_dispatch(enough->problem()).has_value());
}

TEST(Car, ChargesWhenItIsCheapWhileItIsThereAndHoldsWhatIsNeeded) {
  Small small;
  for (std::size_t t = 24; t < 30; ++t) small.buy[t] = 0.2;
  small.problem.year.buy = small.buy;
  Car car = car_of(0);
  car.stays = {{2, 8, 15, 12}, {20, 36, 40, 20}};
  const auto store = CarStore::of(small.problem.year, car);
  ASSERT_TRUE(store.has_value());
  const auto best = optimal_dispatch(store->problem());
  ASSERT_TRUE(best.has_value());
  EXPECT_TRUE(certified(store->problem(), *best).is_feasible());
  double cheap = 0.0;
  double away = 0.0;
  for (std::size_t t = 0; t < 40; ++t) {
    const double change = best->path.change_kwh[t];
    cheap += t >= 24 && t < 30 ? change : 0.0;
    away += t < 2 || (t >= 8 && t < 20) || t >= 36 ? std::abs(change) : 0.0;
    EXPECT_GE(change, -1e-9) << "it gives nothing back";
  }
  EXPECT_NEAR(cheap, 37.0, 1e-9);  // 10 + 5 − 12 on arrival; 40 are needed
  EXPECT_EQ(away, 0.0);
}

TEST(Car, ThatFeedsTheHouseNeverExportsAndNeverCostsMore) {
  Small small;
  for (std::size_t t = 20; t < 24; ++t) small.buy[t] = 1.2;
  small.problem.year.buy = small.buy;
  Car car = car_of(0);
  car.start_kwh = 30;
  car.stays = {{18, 38, 30, 5}};
  const auto plain = CarStore::of(small.problem.year, car);
  car.gives_back = GivesBack::to_house;
  const auto house = CarStore::of(small.problem.year, car);
  ASSERT_TRUE(plain.has_value() && house.has_value());
  const auto without = optimal_dispatch(plain->problem());
  const auto with = optimal_dispatch(house->problem());
  ASSERT_TRUE(without.has_value() && with.has_value());
  // Four dear kWh come from the car, and are charged again at 0.5 with both losses.
  EXPECT_NEAR(without->cost_yuan - with->cost_yuan, 4 * 1.2 - 4 * 0.5 / 0.95 / 0.95, 1e-9);
}

TEST(Car, StaysThatOverlapAreNamed) {
  const Small small;
  Car car = car_of(0);
  car.stays = {{2, 10, 0, 0}, {8, 12, 0, 0}};
  const auto refused = CarStore::of(small.problem.year, car);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().where.field, "stays");
}

}  // namespace
}  // namespace xiaoyuan::optimum
