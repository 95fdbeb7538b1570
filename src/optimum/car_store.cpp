#include "optimum/car_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "optimum/refusal.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double charged_slack_kwh = 1e-9;

double to_wh_below(double kwh) { return std::floor(kwh * 1000.0 + 1e-6) / 1000.0; }

Errors wrong_stays(const Car& car, std::size_t size) {
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < car.stays.size(); ++i) {
    const Stay& stay = car.stays[i];
    if (stay.arrival >= stay.departure || stay.departure > size) {
      return {{Fault::bad_input,
               {fmt::format("stay {}: expected arrival before departure and departure up to step "
                            "{}, found {} and {}",
                            i, size, stay.arrival, stay.departure),
                fmt::format("第 {} 次停留:到达应早于离开,且离开不晚于第 {} 步,实为 {} 与 {}", i,
                            size, stay.arrival, stay.departure)},
               {"", 0, "stays"}}};
    }
    if (stay.arrival < free_from) {
      return {{Fault::bad_input,
               {fmt::format("stay {} begins at step {}, before the one before ends at step {}", i,
                            stay.arrival, free_from),
                fmt::format("第 {} 次停留始于第 {} 步,早于上一次停留结束的第 {} 步", i,
                            stay.arrival, free_from)},
               {"", 0, "stays"}}};
    }
    free_from = stay.departure;
  }
  return {};
}

/// The need of a stay that the charger cannot meet, in the words of whoever plugs the car in.
Error short_of(const Stay& stay, double needed, double reached, double charged_in_step) {
  const double nearest = to_wh_below(reached);
  const double steps = charged_in_step > charged_slack_kwh
                           ? std::ceil((needed - reached) / charged_in_step - charged_slack_kwh)
                           : 0.0;
  const bool helps = steps > 0.0 && steps <= static_cast<double>(stay.arrival);
  return {Fault::impossible,
          {fmt::format("the car needs {:.3f} kWh by step {} but at most {:.3f} kWh can be in it; "
                       "lower the need to {:.3f} kWh{}",
                       needed, stay.departure, nearest, nearest,
                       helps ? fmt::format(" or arrive {:.0f} steps earlier", steps) : ""),
           fmt::format("车辆在第 {} 步前需充至 {:.3f} 千瓦时,但最多只能充至 {:.3f} "
                       "千瓦时;请将需求降到 {:.3f} 千瓦时{}",
                       stay.departure, needed, nearest, nearest,
                       helps ? fmt::format(",或提前 {:.0f} 步到达", steps) : "")},
          {"", 0, "stays"}};
}

/// Charges as fast as may be all year: the first need that is missed even so.
Errors unmet_needs(const StoreYear& year, const Car& car) {
  const double kept = 1.0 - battery::standing_loss(year.battery, year.step_hours);
  double stored = car.start_kwh;
  std::size_t at = 0;
  for (const Stay& stay : car.stays) {
    for (; at < stay.departure; ++at) {
      const double room = year.pv_kwh[at] + import_limit(year, at) - year.load_kwh[at];
      const double ac = std::min(charge_limit(year, at), room);
      const double change = battery::stored_change_kwh(year.battery, ac);
      stored = std::min(kept * stored + change - drain(year, at), year.battery.ceiling_kwh);
    }
    const double needed = std::max(stay.needed_kwh, year.battery.floor_kwh + stay.trip_kwh);
    if (stored < needed - charged_slack_kwh) {
      const double charged =
          std::min(year.battery.charge_kw * year.step_hours, year.import_limit_kwh) *
          year.battery.charge_efficiency;
      return {short_of(stay, needed, stored, needed > year.battery.ceiling_kwh ? 0.0 : charged)};
    }
  }
  return {};
}

}  // namespace

Result<CarStore> CarStore::of(const StoreYear& home, const Car& car) {
  const std::size_t size = home.size();
  if (auto errors = wrong_stays(car, size); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  CarStore store;
  store.charge_kwh_.assign(size, 0.0);
  store.discharge_kwh_.assign(size, 0.0);
  store.least_kwh_.assign(size, 0.0);
  store.drain_kwh_.assign(size, 0.0);
  const double charge_kwh = car.battery.charge_kw * home.step_hours;
  const double discharge_kwh = car.battery.discharge_kw * home.step_hours;
  for (const Stay& stay : car.stays) {
    for (std::size_t t = stay.arrival; t < stay.departure; ++t) {
      const double lacking = std::max(0.0, home.load_kwh[t] - home.pv_kwh[t]);
      store.charge_kwh_[t] = charge_kwh;
      store.discharge_kwh_[t] = car.gives_back == GivesBack::nothing ? 0.0
                                : car.gives_back == GivesBack::to_house
                                    ? std::min(lacking, discharge_kwh)
                                    : discharge_kwh;
    }
    store.least_kwh_[stay.departure - 1] = stay.needed_kwh;
    if (stay.departure < size) {
      store.drain_kwh_[stay.departure] = stay.trip_kwh;
    }
  }
  StoreYear& year = store.problem_.year;
  year = home;
  year.battery = car.battery;
  year.charge_limits_kwh = store.charge_kwh_;
  year.discharge_limits_kwh = store.discharge_kwh_;
  year.least_kwh = store.least_kwh_;
  year.drain_kwh = store.drain_kwh_;
  store.problem_.end = YearEnd::free;
  store.problem_.start_kwh = car.start_kwh;
  if (auto errors = wrong_data(store.problem_); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  if (auto errors = unmet_needs(year, car); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return store;
}

}  // namespace xiaoyuan::optimum
