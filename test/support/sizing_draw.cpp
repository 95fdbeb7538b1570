#include "support/sizing_draw.hpp"

#include <algorithm>
#include <cmath>

#include "support/cases.hpp"

namespace xiaoyuan::test {

SizingHousehold::SizingHousehold(const std::string& bytes, double hours) : hours_(hours) {
  const Columns columns(bytes);
  load_ = columns.numbers("load_kw");
  shape_ = columns.numbers("pv_kw");
  buy_ = columns.numbers("buy");
  sell_ = columns.numbers("sell");
  for (std::size_t t = 0; t < load_.size(); ++t) {
    load_[t] *= hours;
    shape_[t] *= hours / 10.0;  // the file's PV is that of 10 kWp
  }
}

optimum::SizingProblem SizingHousehold::problem() const {
  optimum::SizingProblem problem;
  problem.load_kwh = load_;
  problem.buy = buy_;
  problem.sell = sell_;
  problem.step_hours = hours_;
  problem.roofs = {{"roof", shape_, 20.0, 0.0, optimum::priced(290.0)}};
  optimum::BatteryChoice& battery = problem.battery;
  battery.most_kwh = 60.0;
  battery.most_kw_per_kwh = 0.5;
  battery.floor_share = 0.1;
  battery.ceiling_share = 0.9;
  battery.charge_efficiency = 0.95;
  battery.discharge_efficiency = 0.95;
  battery.energy = optimum::priced(75.0);
  battery.power = optimum::priced(0.0);
  return problem;
}

DrawnSizing::DrawnSizing(std::uint64_t seed) : random_(seed) {
  const auto size = static_cast<std::size_t>(24 + draw(30));
  const auto roofs = static_cast<std::size_t>(1 + draw(2));
  shapes.resize(roofs);
  draw_series(size);
  draw_battery();
  problem.load_kwh = load;
  problem.buy = buy;
  problem.sell = sell;
  problem.carbon_kg_per_kwh = carbon;
  problem.step_hours = draw(2) < 1.0 ? 1.0 : 0.5;
  problem.export_limit_kwh = draw(3) < 2.0 ? 1e6 : draw(1.5);
  for (std::size_t i = 0; i < roofs; ++i) {
    const double room = 0.5 + draw(4);
    problem.roofs.push_back({"roof " + std::to_string(i), shapes[i], room, 0.0,
                             draw_purchase(draw(0.25) * static_cast<double>(size), room)});
  }
  if (draw(3) < 1.0) {
    problem.tier_limits_kwh = {0.2 * static_cast<double>(size), 0.5 * static_cast<double>(size)};
    problem.tier_additions_yuan = {0.0, 0.1, 0.3};
  }
  if (draw(4) < 1.0) {
    problem.years = {{8.0, 1.0, 0.95}, {4.0, 0.8, 0.75}};
    for (optimum::RoofPlane& roof : problem.roofs) {
      roof.purchase.counted = 12.0;
    }
    problem.battery.energy.counted = 13.0;
    problem.battery.power.counted = 13.0;
  }
}

void DrawnSizing::limit() {
  const std::size_t size = load.size();
  if (draw(3) < 2.0) {
    problem.import_limit_kwh = 0.6 + draw(1.5);
  }
  if (draw(3) < 1.0) {
    for (std::size_t t = 0; t < size; ++t) {
      imports.push_back(draw(4) < 1.0 ? 0.3 + draw(1.2) : 5.0);
    }
    problem.import_limits_kwh = imports;
  }
  if (draw(3) < 1.0) {
    for (std::size_t t = 0; t < size; ++t) {
      exports.push_back(draw(2) < 1.0 ? draw(0.5) : 5.0);
    }
    problem.export_limits_kwh = exports;
  }
  if (draw(3) < 1.0) {
    problem.reserve_kwh = draw(0.5) * problem.battery.most_kwh;
  }
  if (draw(3) < 1.0) {
    problem.tier_limits_kwh = {0.05 * static_cast<double>(size), 0.15 * static_cast<double>(size)};
    problem.tier_additions_yuan = {0.0, 0.1, 0.3};
    for (std::size_t t = 0; t < size; ++t) {
      problem.tier_period_of_step.push_back(static_cast<std::uint16_t>(3 * t / size));
    }
  }
}

void DrawnSizing::bend() {
  for (int i = 0; i < 6; ++i) {
    const auto t = static_cast<std::size_t>(draw(static_cast<double>(load.size())));
    sell[t] = buy[t] + 0.02 + draw(0.2);
  }
  if (draw(3) < 1.0) {
    const auto t = static_cast<std::size_t>(draw(static_cast<double>(load.size())));
    buy[t] = -draw(0.2);
    sell[t] = buy[t] - draw(0.2);
  }
}

void DrawnSizing::draw_series(std::size_t size) {
  const bool has_negative_sell = draw(5) < 1.0;
  for (std::size_t t = 0; t < size; ++t) {
    load.push_back(draw(3) < 0.3 ? 0.0 : draw(2));
    const bool is_day = t % 24 >= 7 && t % 24 < 18;
    for (auto& shape : shapes) {
      shape.push_back(is_day ? draw(1) : 0.0);
    }
    buy.push_back(0.2 + std::round(draw(10)) / 10.0);
    sell.push_back(
        std::min(buy.back(), std::round(draw(8) - (has_negative_sell ? 3.0 : 0.0)) / 10.0));
    carbon.push_back(0.3 + draw(0.6));
    sell.back() = has_negative_sell ? sell.back() : std::max(0.0, sell.back());
  }
}

void DrawnSizing::draw_battery() {
  optimum::BatteryChoice& battery = problem.battery;
  battery.most_kwh = 1.0 + draw(6);
  battery.most_kw = draw(2) < 1.0 ? optimum::no_limit : 0.5 + draw(2);
  battery.most_kw_per_kwh = draw(2) < 1.0 ? optimum::no_limit : 0.2 + draw(0.8);
  battery.floor_share = draw(2) < 1.0 ? 0.0 : draw(0.2);
  battery.ceiling_share = draw(2) < 1.0 ? 1.0 : 0.8 + draw(0.2);
  battery.charge_efficiency = 0.8 + draw(0.2);
  battery.discharge_efficiency = 0.8 + draw(0.2);
  battery.standing_loss_per_hour = draw(3) < 2.0 ? 0.0 : draw(0.02);
  battery.wear_yuan_per_kwh = draw(2) < 1.0 ? 0.0 : draw(0.05);
  const double days = static_cast<double>(load.size()) / 24.0;
  battery.energy = draw_purchase(draw(0.5) * days, battery.most_kwh);
  battery.power = draw_purchase(draw(0.3) * days, 2.0);
}

optimum::Purchase DrawnSizing::draw_purchase(double about, double size) {
  optimum::Purchase purchase = optimum::priced(about);
  if (draw(3) < 1.0) {
    purchase.pieces = {{draw(0.6) * size + 0.01, 0.8 * about}, {optimum::no_limit, 1.2 * about}};
  }
  if (draw(3) < 1.0) {
    purchase.upkeep_yuan = 0.1 * about;
  }
  return purchase;
}

}  // namespace xiaoyuan::test
