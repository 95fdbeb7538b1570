// Sums of a household's year and of its months.
#pragma once
#include <span>
#include <vector>

#include "plan/flows.hpp"
#include "plan/months.hpp"
#include "tariff/bill.hpp"

namespace xiaoyuan::plan {

double sum(std::span<const double> values);

/// Sums of a year or a month, kWh.
struct EnergySums {
  double load_kwh = 0.0;
  double heat_pump_kwh = 0.0;
  double car_kwh = 0.0;
  double pv_kwh = 0.0;  ///< made, curtailed energy included
  double import_kwh = 0.0;
  double export_kwh = 0.0;
  double curtailed_kwh = 0.0;
  double battery_loss_kwh = 0.0;
  double self_used_kwh() const { return pv_kwh - export_kwh - curtailed_kwh; }
  EnergySums& operator+=(const EnergySums& other);
};

EnergySums sums_of(const Site& site, const Flows& flows);

/// A month of a household or of the village; the battery's loss is known for the year alone.
struct MonthSums {
  int year = 0;
  int month = 1;
  EnergySums energy;
  double import_yuan = 0.0;
  double export_yuan = 0.0;
};

/// The bills of a year, month by month.
struct YearBills {
  std::vector<tariff::Bill> buying;
  std::vector<tariff::Bill> selling;
};

std::vector<MonthSums> month_sums(const MonthAxis& axis, const Site& site, const Flows& flows,
                                  const YearBills& bills);
/// Adds month by month; an empty sum takes the other's months.
void add_months(std::vector<MonthSums>& sum, const std::vector<MonthSums>& other);

}  // namespace xiaoyuan::plan
