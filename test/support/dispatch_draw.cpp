#include "support/dispatch_draw.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::test {

Drawn::Drawn(std::uint64_t seed, Prices prices) : random_(seed) {
  const bool is_convex = prices == Prices::convex || prices == Prices::capped;
  const auto size = static_cast<std::size_t>(4 + draw(is_convex ? 40 : 12));
  draw_series(size);
  draw_battery();
  problem.year.step_hours = draw(2) < 1.0 ? 1.0 : 0.25;
  problem.year.export_limit_kwh = draw(2) < 1.0 ? 1e6 : draw(1.5);
  problem.year.import_limit_kwh = draw(3) < 2.0 ? 1e6 : 2.0 + draw(2);
  draw_limits(size);
  if (prices != Prices::some_bent) {
    draw_tiers(size);
  }
  if (prices == Prices::capped || prices == Prices::bent_and_capped) {
    draw_cap();
  }
  if (!is_convex) {
    bend(size);
  }
  problem.end = optimum::YearEnd(static_cast<int>(draw(4)));
  const battery::Spec& spec = problem.year.battery;
  const double room = spec.ceiling_kwh - spec.floor_kwh;
  problem.start_kwh = spec.floor_kwh + draw(1) * room;
  problem.end_kwh = draw(2) < 1.0 ? -1.0 : spec.floor_kwh + draw(1) * room;
  join();
}

void Drawn::join() {
  optimum::StoreYear& year = problem.year;
  year.load_kwh = load;
  year.pv_kwh = pv;
  year.buy = buy;
  year.sell = sell;
  year.export_limits_kwh = exports;
  year.import_limits_kwh = imports;
  year.charge_limits_kwh = charges;
  year.discharge_limits_kwh = discharges;
  year.least_kwh = least;
  year.most_kwh = most;
  year.drain_kwh = drains;
}

void Drawn::draw_series(std::size_t size) {
  const bool has_negative_sell = draw(4) < 1.0;
  const bool is_flat = draw(3) < 1.0;
  for (std::size_t t = 0; t < size; ++t) {
    load.push_back(draw(3) < 0.3 ? 0.0 : draw(2));
    pv.push_back(draw(2) < 1.0 ? 0.0 : draw(4));
    buy.push_back(is_flat ? 0.5 : std::round(draw(10)) / 10.0);
    const double sold = std::round((draw(12) - (has_negative_sell ? 4.0 : 0.0))) / 10.0;
    sell.push_back(std::min(buy.back(), has_negative_sell ? sold : std::abs(sold)));
  }
}

void Drawn::draw_battery() {
  battery::Spec& spec = problem.year.battery;
  spec.floor_kwh = draw(2) < 1.0 ? 0.0 : draw(1);
  spec.ceiling_kwh = spec.floor_kwh + 0.1 + draw(5);
  spec.charge_kw = 0.1 + draw(2);
  spec.discharge_kw = 0.1 + draw(2);
  spec.charge_efficiency = draw(3) < 1.0 ? 1.0 : 0.7 + draw(0.3);
  spec.discharge_efficiency = draw(3) < 1.0 ? 1.0 : 0.7 + draw(0.3);
  spec.standing_loss_per_hour = draw(2) < 1.0 ? 0.0 : draw(0.05);
  spec.wear_yuan_per_kwh = draw(2) < 1.0 ? 0.0 : draw(0.1);
}

void Drawn::draw_limits(std::size_t size) {
  const battery::Spec& spec = problem.year.battery;
  const double room = spec.ceiling_kwh - spec.floor_kwh;
  const auto fill = [&](std::vector<double>& series, auto&& next) {
    if (draw(3) < 1.0) {
      for (std::size_t t = 0; t < size; ++t) {
        series.push_back(next());
      }
    }
  };
  fill(exports, [&] { return draw(3) < 1.0 ? draw(1) : 5.0; });
  fill(imports, [&] { return draw(5) < 1.0 ? 1.5 + draw(1) : 5.0; });
  fill(charges, [&] { return draw(3) < 1.0 ? 0.0 : draw(2); });
  fill(discharges, [&] { return draw(3) < 1.0 ? 0.0 : draw(2); });
  fill(least, [&] { return draw(8) < 1.0 ? spec.floor_kwh + draw(0.4) * room : 0.0; });
  fill(most, [&] { return draw(5) < 1.0 ? spec.ceiling_kwh - draw(0.4) * room : 100.0; });
  fill(drains, [&] { return draw(6) < 1.0 ? draw(0.2) : 0.0; });
}

void Drawn::draw_tiers(std::size_t size) {
  if (draw(2) < 1.0) {
    return;
  }
  problem.tier_additions_yuan = {0.0};
  double limit = 0.0;
  const int tiers = 1 + static_cast<int>(draw(3));
  for (int k = 0; k < tiers; ++k) {
    limit += 0.5 + draw(20);
    problem.tier_limits_kwh.push_back(limit);
    problem.tier_additions_yuan.push_back(problem.tier_additions_yuan.back() + 0.05 + draw(0.4));
  }
  if (draw(2) < 1.0) {
    const auto periods = 2 + static_cast<std::size_t>(draw(4));
    for (double& one : problem.tier_limits_kwh) {
      one /= static_cast<double>(periods);
    }
    for (std::size_t t = 0; t < size; ++t) {
      problem.tier_period_of_step.push_back(static_cast<std::uint16_t>(t * periods / size));
    }
  }
}

/// Beyond the cap a kWh earns less, or more; then the prices leave room for it, but for a few
/// steps.
void Drawn::draw_cap() {
  double made = 0.0;
  for (const double kwh : pv) {
    made += kwh;
  }
  problem.export_cap_kwh = draw(8) < 1.0 ? 0.0 : draw(0.8) * made;
  problem.export_beyond_yuan = (draw(2) < 1.0 ? -1.0 : 1.0) * (0.02 + draw(0.3));
  for (std::size_t t = 0; t < sell.size() && problem.export_beyond_yuan > 0.0; ++t) {
    if (t % 16 != 15) {
      sell[t] = std::min(sell[t], buy[t] - problem.export_beyond_yuan);
    }
  }
}

void Drawn::bend(std::size_t size) {
  const int bends = 1 + static_cast<int>(draw(3));
  for (int i = 0; i < bends; ++i) {
    const auto t = static_cast<std::size_t>(draw(static_cast<double>(size)));
    if (draw(2) < 1.0) {
      buy[t] = -0.05 - draw(0.5);
      sell[t] = draw(2) < 1.0 ? buy[t] - draw(0.2) : -draw(0.3);
    } else {
      sell[t] = buy[t] + 0.05 + draw(0.5);
    }
  }
}

}  // namespace xiaoyuan::test
