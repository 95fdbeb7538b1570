#include "plan/energy_sums.hpp"

#include <algorithm>
#include <numeric>

namespace xiaoyuan::plan {

namespace {

void add_yuan(std::vector<MonthSums>& months, const std::vector<tariff::Bill>& bills,
              double MonthSums::* yuan) {
  for (const tariff::Bill& bill : bills) {
    const auto month = std::ranges::find_if(months, [&](const MonthSums& one) {
      return one.year == bill.year && one.month == bill.month;
    });
    (*month).*yuan += bill.total().yuan();
  }
}

}  // namespace

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

EnergySums& EnergySums::operator+=(const EnergySums& other) {
  load_kwh += other.load_kwh;
  heat_pump_kwh += other.heat_pump_kwh;
  car_kwh += other.car_kwh;
  pv_kwh += other.pv_kwh;
  import_kwh += other.import_kwh;
  export_kwh += other.export_kwh;
  curtailed_kwh += other.curtailed_kwh;
  battery_loss_kwh += other.battery_loss_kwh;
  return *this;
}

EnergySums sums_of(const Site& site, const Flows& flows) {
  return {.load_kwh = sum(site.load_kwh),
          .heat_pump_kwh = sum(site.heat_pump_kwh),
          .car_kwh = sum(site.car_kwh),
          .pv_kwh = sum(site.pv_kwh),
          .import_kwh = sum(flows.import_kwh),
          .export_kwh = sum(flows.export_kwh),
          .curtailed_kwh = sum(flows.curtailed_kwh),
          .battery_loss_kwh =
              sum(flows.battery_kwh) - (flows.battery_end_kwh - flows.battery_start_kwh)};
}

std::vector<MonthSums> month_sums(const MonthAxis& axis, const Site& site, const Flows& flows,
                                  const YearBills& bills) {
  std::vector<MonthSums> months;
  for (const MonthAxis::Month& month : axis.months) {
    months.push_back({month.year, month.month, {}, 0.0, 0.0});
  }
  const auto add = [&](const std::vector<double>& values, double EnergySums::* part) {
    for (std::size_t t = 0; t < values.size(); ++t) {
      months[axis.of_step[t]].energy.*part += values[t];
    }
  };
  add(site.load_kwh, &EnergySums::load_kwh);
  add(site.heat_pump_kwh, &EnergySums::heat_pump_kwh);
  add(site.car_kwh, &EnergySums::car_kwh);
  add(site.pv_kwh, &EnergySums::pv_kwh);
  add(flows.import_kwh, &EnergySums::import_kwh);
  add(flows.export_kwh, &EnergySums::export_kwh);
  add(flows.curtailed_kwh, &EnergySums::curtailed_kwh);
  add_yuan(months, bills.buying, &MonthSums::import_yuan);
  add_yuan(months, bills.selling, &MonthSums::export_yuan);
  return months;
}

void add_months(std::vector<MonthSums>& sum, const std::vector<MonthSums>& other) {
  if (sum.empty()) {
    sum = other;
    return;
  }
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i].energy += other[i].energy;
    sum[i].import_yuan += other[i].import_yuan;
    sum[i].export_yuan += other[i].export_yuan;
  }
}

}  // namespace xiaoyuan::plan
