#include "support/joint_draw.hpp"

#include <algorithm>

namespace xiaoyuan::test {

DrawnJoint::DrawnJoint(std::uint64_t seed, Drawn::Prices prices)
    : home(seed, prices), random_(seed + 1000000) {
  const auto stores = 1 + static_cast<int>(draw(2.5));
  for (int j = 0; j < stores; ++j) {
    draw_tank();
  }
  if (stores < 3 && draw(3) < 1.0) {
    draw_load();
  }
  join();
}

void DrawnJoint::join() {
  home.join();
  problem.home = home.problem;
  for (std::size_t j = 0; j < series.size(); ++j) {
    optimum::SecondStore& store = problem.stores[j];
    store.cop = series[j].cop;
    store.use_kwh = series[j].use;
    store.heater_limits_kwh = series[j].limits;
    store.least_kwh = series[j].least;
    store.most_kwh = series[j].most;
  }
}

void DrawnJoint::draw_tank() {
  const std::size_t size = home.load.size();
  optimum::SecondStore store;
  store.floor_kwh = draw(2) < 1.0 ? 0.0 : draw(1);
  store.ceiling_kwh = store.floor_kwh + draw(6);
  store.heater_kw = 0.2 + draw(2);
  store.standing_loss_per_hour = draw(2) < 1.0 ? 0.0 : draw(0.05);
  store.end = optimum::YearEnd(static_cast<int>(draw(4)));
  const double room = store.ceiling_kwh - store.floor_kwh;
  store.start_kwh = store.floor_kwh + draw(1) * room;
  store.end_kwh = draw(2) < 1.0 ? -1.0 : store.floor_kwh + draw(1) * room;
  const double heat = store.heater_kw * home.problem.year.step_hours;
  const auto fill = [&](std::vector<double>& values, double share, auto&& next) {
    for (std::size_t t = 0; t < size && share > 0.0; ++t) {
      values.push_back(next());
    }
  };
  DrawnStore drawn;
  fill(drawn.cop, 2.0 - draw(3), [&] { return 1.0 + draw(3); });
  fill(drawn.use, 3.0 - draw(4), [&] { return draw(2) < 1.0 ? 0.0 : draw(0.8) * heat; });
  fill(drawn.limits, 1.0 - draw(3), [&] { return draw(4) < 1.0 ? 0.0 : draw(2) * heat; });
  fill(drawn.least, 1.0 - draw(3),
       [&] { return draw(8) < 1.0 ? store.floor_kwh + draw(0.3) * room : 0.0; });
  fill(drawn.most, 1.0 - draw(3),
       [&] { return draw(5) < 1.0 ? store.ceiling_kwh - draw(0.3) * room : 100.0; });
  series.push_back(std::move(drawn));
  problem.stores.push_back(store);
}

void DrawnJoint::draw_load() {
  const std::size_t size = home.load.size();
  const double power_kw = 0.5 + draw(2);
  const double step_kwh = power_kw * home.problem.year.step_hours;
  std::vector<optimum::LoadWindow> windows;
  for (std::size_t begin = static_cast<std::size_t>(draw(3)); begin < size;) {
    const std::size_t end = std::min(size, begin + 1 + static_cast<std::size_t>(draw(6)));
    windows.push_back({begin, end, draw(1) * step_kwh * static_cast<double>(end - begin)});
    begin = end + static_cast<std::size_t>(draw(4));
  }
  auto made = optimum::ShiftableLoad::of(windows, power_kw, home.problem.year.step_hours, size);
  if (made) {
    load = std::move(*made);
    problem.stores.push_back(load->store());
  }
}

}  // namespace xiaoyuan::test
