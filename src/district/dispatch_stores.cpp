#include "district/dispatch_stores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"

namespace xiaoyuan::district {

namespace {

constexpr double hours_of_a_day = 24.0;
constexpr double whole_share = 1e-6;

Error about(const char* option, Text what) {
  return {Fault::bad_input, std::move(what), {option, 0, ""}};
}

Error missing_column(const char* option, const char* column) {
  return about(option, {fmt::format("needs the column {} in the table", column),
                        fmt::format("需要表中有 {} 列", column)});
}

Error missing_word(const char* option, const char* column) {
  return about(option, {fmt::format("is needed with the column {}", column),
                        fmt::format("表中有 {} 列时须给出此项", column)});
}

void check_word(const char* option, const std::optional<double>& value, const Range& range,
                const char* column, Errors& errors) {
  if (!value) {
    errors.push_back(missing_word(option, column));
  } else if (!range.holds(*value)) {
    errors.push_back(about(option, number_expected(range, text_of(*value))));
  }
}

void check_tank(const DispatchTable& table, const TankTerms& tank, bool is_cyclic, Errors& errors) {
  constexpr Range loss_range{0.0, 0.5};
  if (table.heat_kw.empty()) {
    if (tank.capacity_kwh || tank.heater_kw || tank.start_kwh) {
      errors.push_back(missing_column(tank.capacity_kwh ? "--tank-kwh" : "--heater-kw", "heat_kw"));
    }
    return;
  }
  check_word("--tank-kwh", tank.capacity_kwh, {0.0, 1e9}, "heat_kw", errors);
  check_word("--heater-kw", tank.heater_kw, {0.0, 1e9}, "heat_kw", errors);
  if (!loss_range.holds(tank.loss_per_hour)) {
    errors.push_back(
        about("--tank-loss-per-hour", number_expected(loss_range, text_of(tank.loss_per_hour))));
  }
  if (!is_cyclic) {
    const double most = tank.capacity_kwh.value_or(0.0);
    check_word("--tank-start-kwh", tank.start_kwh, {0.0, most}, "heat_kw", errors);
  } else if (tank.start_kwh) {
    errors.push_back(
        about("--tank-start-kwh", {"a cyclic schedule finds its own start; leave this out",
                                   "首尾循环的计划自行确定初始储热量;请去掉此项"}));
  }
}

void check_shift(const DispatchTable& table, const ShiftTerms& shift, double step_hours,
                 Errors& errors) {
  if (table.shift_kw.empty()) {
    if (shift.power_kw || shift.hours) {
      errors.push_back(missing_column(shift.power_kw ? "--shift-kw" : "--shift-hours", "shift_kw"));
    }
    return;
  }
  check_word("--shift-kw", shift.power_kw, {0.0, 1e9}, "shift_kw", errors);
  const double rows = shift.hours.value_or(hours_of_a_day) / step_hours;
  const bool is_whole = rows >= 1.0 && std::abs(rows - std::round(rows)) < whole_share * rows;
  if (shift.hours && !table.shift_windows.empty()) {
    errors.push_back(
        about("--shift-hours", {"the column shift_window names the windows; leave this out",
                                "时间窗已由 shift_window 列给出;请去掉此项"}));
  } else if (table.shift_windows.empty() && !is_whole) {
    errors.push_back(about("--shift-hours",
                           {fmt::format("a window of {:g} h is no whole number of rows of {:g} h",
                                        shift.hours.value_or(hours_of_a_day), step_hours),
                            fmt::format("{:g} 小时的时间窗不是每行 {:g} 小时的整数倍",
                                        shift.hours.value_or(hours_of_a_day), step_hours)}));
  }
  const double most = table.shift_kw.empty() ? 0.0 : *std::ranges::max_element(table.shift_kw);
  if (shift.power_kw && most > *shift.power_kw) {
    errors.push_back(about(
        "--shift-kw", {fmt::format("the column shift_kw holds {:g} kW; give at least that", most),
                       fmt::format("shift_kw 列中有 {:g} 千瓦;此项应不小于该值", most)}));
  }
}

/// Rows on end with one name are one window, a row without a name stands alone; without names every
/// `rows` rows are one.
std::vector<optimum::LoadWindow> windows_of(const DispatchTable& table, std::size_t rows,
                                            double step_hours) {
  std::vector<optimum::LoadWindow> windows;
  const std::size_t size = table.size();
  for (std::size_t begin = 0; begin < size;) {
    std::size_t end = begin + 1;
    if (table.shift_windows.empty()) {
      end = std::min(size, begin + rows);
    } else {
      const std::string& name = table.shift_windows[begin];
      while (end < size && !name.empty() && table.shift_windows[end] == name) {
        ++end;
      }
    }
    double needed_kwh = 0.0;
    for (std::size_t t = begin; t < end; ++t) {
      needed_kwh += table.shift_kw[t] * step_hours;
    }
    if (needed_kwh > 0.0) {
      windows.push_back({begin, end, needed_kwh});
    }
    begin = end;
  }
  return windows;
}

}  // namespace

Result<DispatchStores> DispatchStores::of(const DispatchTable& table, const TankTerms& tank,
                                          const ShiftTerms& shift,
                                          const optimum::DispatchProblem& home) {
  const double hours = home.year.step_hours;
  const bool is_cyclic = home.end == optimum::YearEnd::cyclic;
  Errors errors;
  check_tank(table, tank, is_cyclic, errors);
  check_shift(table, shift, hours, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  DispatchStores all;
  if (!table.heat_kw.empty()) {
    for (const double kw : table.heat_kw) {
      all.heat_kwh_.push_back(kw * hours);
    }
    all.cop_ = table.cop;
    all.stores_.push_back({.ceiling_kwh = *tank.capacity_kwh,
                           .heater_kw = *tank.heater_kw,
                           .standing_loss_per_hour = tank.loss_per_hour,
                           .cop = all.cop_,
                           .use_kwh = all.heat_kwh_,
                           .end = home.end,
                           .start_kwh = tank.start_kwh.value_or(0.0)});
    all.kinds_.push_back(StoreKind::tank);
  }
  if (!table.shift_kw.empty()) {
    const auto rows =
        static_cast<std::size_t>(std::lround(shift.hours.value_or(hours_of_a_day) / hours));
    std::vector<double> unplanned_kwh;
    for (const double kw : table.shift_kw) {
      unplanned_kwh.push_back(kw * hours);
    }
    auto load = optimum::ShiftableLoad::of(windows_of(table, rows, hours), *shift.power_kw, hours,
                                           table.size(), unplanned_kwh);
    if (!load) {
      return std::unexpected(std::move(load.error()));
    }
    all.load_ = std::move(*load);
    all.stores_.push_back(all.load_->store());
    all.kinds_.push_back(StoreKind::shift);
  }
  return all;
}

Errors in_words_of(Errors errors, const std::vector<StoreKind>& kinds) {
  for (Error& error : errors) {
    for (std::size_t j = 0; j < kinds.size(); ++j) {
      if (error.where.field.starts_with(fmt::format("stores[{}]", j))) {
        error.where = {kinds[j] == StoreKind::tank ? "--heater-kw, --tank-kwh" : "--shift-kw", 0,
                       ""};
        break;
      }
    }
  }
  return errors;
}

}  // namespace xiaoyuan::district
