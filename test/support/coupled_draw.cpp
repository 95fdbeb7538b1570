#include "support/coupled_draw.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "support/cases.hpp"

namespace xiaoyuan::test {

DrawnVillage::DrawnVillage(std::uint64_t seed, Mixture mixture) {
  Random random(seed);
  const auto draw = [&](double below) { return below * random.uniform(); };
  const auto homes = static_cast<std::size_t>(3 + draw(4));
  const auto steps = static_cast<std::size_t>(12 + draw(37));
  std::vector<double> buy(steps);
  std::vector<double> sell(steps);
  for (std::size_t t = 0; t < steps; ++t) {
    buy[t] = 0.3 + std::round(draw(8)) / 10.0;
    sell[t] = std::min(buy[t], std::round(draw(5)) / 10.0);
  }
  const bool differ = draw(2) < 1.0;
  for (std::size_t i = 0; i < homes; ++i) {
    loads.emplace_back();
    pvs.emplace_back();
    buys.push_back(buy);
    sells.push_back(sell);
    for (std::size_t t = 0; t < steps; ++t) {
      const double sun = std::max(0.0, std::sin(6.2832 * (static_cast<double>(t) / 24.0 - 0.25)));
      loads[i].push_back(draw(2));
      pvs[i].push_back(sun * draw(5));
      buys[i][t] += differ ? draw(0.1) : 0.0;
      sells[i][t] -= differ ? draw(0.1) * sells[i][t] : 0.0;
    }
  }
  double peak = 0.0;
  double surplus = 0.0;
  for (std::size_t t = 0; t < steps; ++t) {
    double net = 0.0;
    for (std::size_t i = 0; i < homes; ++i) {
      net += loads[i][t] - pvs[i][t];
    }
    peak = std::max(peak, net);
    surplus = std::max(surplus, -net);
  }
  imports.assign(steps, peak * (0.75 + draw(0.6)));
  exports.assign(steps, surplus * (0.2 + draw(1.0)));
  for (std::size_t i = 0; i < homes; ++i) {
    optimum::DispatchProblem home;
    home.year = {loads[i], pvs[i], buys[i], sells[i], 1.0, 1e6, 1e6, {}};
    if (draw(4) < 3.0) {
      home.year.battery = {.floor_kwh = draw(0.5),
                           .ceiling_kwh = 1.0 + draw(5),
                           .charge_kw = 0.2 + draw(2),
                           .discharge_kw = 0.2 + draw(2),
                           .charge_efficiency = 0.9 + draw(0.1),
                           .discharge_efficiency = 0.9 + draw(0.1),
                           .standing_loss_per_hour = draw(2) < 1.0 ? 0.0 : draw(0.01),
                           .wear_yuan_per_kwh = draw(2) < 1.0 ? 0.0 : draw(0.05)};
    }
    problem.households.push_back(home);
  }
  problem.limits = {{imports, exports, {}}};
  if (mixture == Mixture::full) {
    add_limits_by_step(seed);
  } else if (mixture == Mixture::weighted) {
    add_weighted_limits(seed);
  }
}

/// One or two limits more, each of what its own weights make of the flows of the households alone.
void DrawnVillage::add_weighted_limits(std::uint64_t seed) {
  Random random(seed + 2'000'000);
  const auto draw = [&](double below) { return below * random.uniform(); };
  const std::size_t steps = imports.size();
  const std::size_t more = draw(2) < 1.0 ? 1 : 2;
  if (problem.households.front().year.battery.exists() && draw(2) < 1.0) {
    for (std::size_t t = 0; t < steps; ++t) {  // its PV may not be curtailed
      loads[0][t] -= 0.5 * pvs[0][t];
      pvs[0][t] = 0.0;
    }
    problem.households.front().year.load = optimum::Load::net;
  }
  weighted_imports.resize(more);
  weighted_exports.resize(more);
  for (std::size_t m = 0; m < more; ++m) {
    std::vector<double> weights;
    const double unit = std::exp2(draw(8) - 6.0);
    for (std::size_t i = 0; i < loads.size(); ++i) {
      weights.push_back(unit * (0.5 + draw(0.5)));
    }
    double peak = 0.0;
    double surplus = 0.0;
    for (std::size_t t = 0; t < steps; ++t) {
      double sum = 0.0;
      for (std::size_t i = 0; i < loads.size(); ++i) {
        sum += weights[i] * (loads[i][t] - pvs[i][t]);
      }
      peak = std::max(peak, sum);
      surplus = std::max(surplus, -sum);
    }
    weighted_imports[m].assign(steps, peak * (0.8 + draw(0.5)));
    weighted_exports[m].assign(steps, surplus * (0.3 + draw(0.9)));
    problem.limits.push_back({weighted_imports[m], weighted_exports[m], weights});
  }
}

void DrawnVillage::add_limits_by_step(std::uint64_t seed) {
  Random random(seed + 1'000'000);
  const auto draw = [&](double below) { return below * random.uniform(); };
  const std::size_t steps = imports.size();
  const std::size_t homes = problem.households.size();
  for (auto* series : {&drains, &charges, &reserves, &own_exports}) {
    series->assign(homes, std::vector<double>(steps));
  }
  for (std::size_t i = 0; i < homes; ++i) {
    optimum::DispatchProblem& home = problem.households[i];
    const battery::Spec& store = home.year.battery;
    for (std::size_t t = 0; t < steps; ++t) {
      imports[t] *= 1.0 + draw(0.1);
      exports[t] *= 1.0 + draw(0.1);
      own_exports[i][t] = 0.5 + draw(4);
      charges[i][t] = store.charge_kw * (0.6 + draw(0.8));
      reserves[i][t] = store.floor_kwh + draw(0.3) * (store.ceiling_kwh - store.floor_kwh);
      drains[i][t] = draw(0.1) * store.charge_kw;
    }
    if (draw(2) < 1.0) {
      home.year.export_limits_kwh = own_exports[i];
    }
    if (store.exists() && draw(2) < 1.0) {
      home.year.charge_limits_kwh = charges[i];
      home.year.least_kwh = reserves[i];
    }
    if (store.exists() && draw(3) < 1.0) {
      home.year.drain_kwh = drains[i];
    }
    if (draw(2) < 1.0) {
      home.tier_limits_kwh = {draw(12), 12 + draw(12)};
      home.tier_additions_yuan = {0.0, draw(0.1), 0.1 + draw(0.3)};
      for (std::size_t t = 0; t < steps && i % 2 == 0; ++t) {
        home.tier_period_of_step.push_back(t < steps / 2 ? 0 : 1);
      }
    }
  }
}

Spread on_threads(unsigned threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threads; ++i) {
      helpers.emplace_back(run);
    }
    run();
  };
}

Pattern reference_household(double step_hours) {
  const auto bytes = case_bytes(step_hours < 1.0 ? "household/household_35040.csv"
                                                 : "household/household_8760.csv");
  if (!bytes) {
    return {};
  }
  const Columns columns(*bytes);
  Pattern pattern{columns.numbers("load_kw"), columns.numbers("pv_kw"), columns.numbers("buy"),
                  columns.numbers("sell"), step_hours};
  for (std::size_t t = 0; t < pattern.load_kwh.size(); ++t) {
    pattern.load_kwh[t] *= step_hours;
    pattern.pv_kwh[t] *= step_hours;
  }
  return pattern;
}

/// Neighbours use more or less, some hours and days later, with chance in every step.
Street::Street(Pattern of, const Shape& shape) : pattern(std::move(of)) {
  const std::size_t size = pattern.load_kwh.size();
  const double hours = pattern.step_hours;
  Random random(7);
  loads.resize(shape.households);
  pvs.resize(shape.households);
  for (std::size_t i = 0; i < shape.households; ++i) {
    const double use = 0.5 + random.uniform();
    const double roof = 0.5 + random.uniform();
    const double late_hours = 24.0 * std::floor(28.0 * random.uniform()) + 3.0 * random.uniform();
    const auto late = static_cast<std::size_t>(late_hours / hours);
    for (std::size_t t = 0; t < size; ++t) {
      loads[i].push_back(use * pattern.load_kwh[(t + late) % size] *
                         (0.8 + 0.4 * random.uniform()));
      pvs[i].push_back(roof * pattern.pv_kwh[t] * (0.95 + 0.1 * random.uniform()));
    }
    optimum::DispatchProblem home;
    home.year = {loads[i], pvs[i], pattern.buy, pattern.sell, hours, 1e6, 1e6, {}};
    if (i % 10 < shape.with_battery_of_ten) {
      home.year.battery = {1.5, 13.5, 5, 5, 0.95, 0.95, 0, 0};
    }
    problem.households.push_back(home);
  }
  const double all_hours = hours * static_cast<double>(shape.households);
  imports.assign(size, shape.import_kw * all_hours);
  exports.assign(size, shape.export_kw * all_hours);
  problem.limits = {{imports, exports, {}}};
  for (std::size_t m = 0; m < shape.wires; ++m) {
    add_wire(m, random);
  }
}

/// A limit of the wires: households further along weigh more.
void Street::add_wire(std::size_t wire, Random& random) {
  std::vector<double> weights;
  double sum = 0.0;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    weights.push_back(0.2 + 0.8 * random.uniform());
    sum += weights.back();
  }
  const double share =
      (1.0 - 0.1 * static_cast<double>(wire)) * sum / static_cast<double>(loads.size());
  wires.push_back(exports);
  for (double& limit : wires.back()) {
    limit *= share;
  }
  problem.limits.push_back({{}, wires.back(), weights});
}

}  // namespace xiaoyuan::test
