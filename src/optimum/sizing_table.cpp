#include "optimum/sizing_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

#include "base/csv.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr std::array pv_columns{"pv_kw_per_kwp", "pv2_kw_per_kwp", "pv3_kw_per_kwp",
                                "pv4_kw_per_kwp"};
constexpr std::size_t most_errors = 20;  // a year of rows may all be wrong in the same way
constexpr xiaoyuan::Range price_range{-100.0, 100.0};  // yuan/kWh
constexpr xiaoyuan::Range power_range{0.0, 1e6};       // kW
constexpr xiaoyuan::Range carbon_range{0.0, 10.0};     // kg/kWh

/// Minutes since 1970 of "2025-07-01 00:30" (or with a T, or with seconds).
std::optional<double> minute_of(std::string_view text) {
  const std::size_t gap = text.find_first_of(" T");
  Date date;
  if (gap == std::string_view::npos || !parse_date(text.substr(0, gap), date)) {
    return std::nullopt;
  }
  const auto parts = parts_of(text.substr(gap + 1), ':');
  const auto hour = parts.size() >= 2 ? parse_number(parts[0]) : std::nullopt;
  const auto minute = parts.size() >= 2 ? parse_number(parts[1]) : std::nullopt;
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute >= 60) {
    return std::nullopt;
  }
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return static_cast<double>(days) * 1440.0 + *hour * 60.0 + *minute;
}

class Reader {
 public:
  Reader(const CsvTable& table, const std::string& name, const TableOptions& options,
         Errors& errors)
      : table_(table),
        name_(name),
        options_(options),
        errors_(errors),
        columns_(table, name,
                 {"time", "load_kw", "pv_kw", "pv_kw_per_kwp", "pv2_kw_per_kwp", "pv3_kw_per_kwp",
                  "pv4_kw_per_kwp", "buy", "sell", "carbon_kg_per_kwh", "import_limit_kw",
                  "export_limit_kw"},
                 errors) {}
  SizingTable read();

 private:
  std::size_t size() const { return table_.rows.size() - 1; }
  const CsvRow& row(std::size_t step) const { return table_.rows[step + 1]; }
  void complain(const std::string& field, std::string en, std::string zh) {
    errors_.push_back({Fault::bad_input, {std::move(en), std::move(zh)}, {name_, 1, field}});
  }
  std::vector<double> series(const std::string& column, const xiaoyuan::Range& range, double times);
  double step_hours();
  double step_of_time();
  std::vector<std::uint16_t> months(double hours);
  void read_pv(double hours, SizingTable& all);

  const CsvTable& table_;
  const std::string& name_;
  const TableOptions& options_;
  Errors& errors_;
  CsvColumns columns_;
};

std::vector<double> Reader::series(const std::string& column, const xiaoyuan::Range& range,
                                   double times) {
  std::vector<double> values;
  if (!columns_.has(column)) {
    complain(column, "this column is missing", "缺少此列");
    return values;
  }
  values.reserve(size());
  for (std::size_t t = 0; t < size(); ++t) {
    values.push_back(columns_.number(row(t), column, range) * times);
  }
  return values;
}

/// The step by the time column, which must rise evenly.
double Reader::step_of_time() {
  double step = options_.step_minutes;
  std::optional<double> last;
  for (std::size_t t = 0; t < size(); ++t) {
    const auto minute = minute_of(columns_.cell(row(t), "time"));
    if (!minute) {
      columns_.complain(row(t), "time",
                        {fmt::format("expected a time like 2025-07-01 00:30, found \"{}\"",
                                     columns_.cell(row(t), "time")),
                         fmt::format("应为形如 2025-07-01 00:30 的时间,实为“{}”",
                                     columns_.cell(row(t), "time"))});
      return 60.0;
    }
    const double passed = last ? *minute - *last : 0.0;
    if (t == 1 && step == 0.0) {
      step = passed;
    }
    if (last && (passed != step || passed <= 0.0)) {
      columns_.complain(
          row(t), "time",
          {fmt::format("expected {} minutes after the row before, found {}", step, passed),
           fmt::format("应比上一行晚 {} 分钟,实为 {} 分钟", step, passed)});
      return 60.0;
    }
    last = minute;
  }
  return step > 0.0 ? step : 60.0;
}

double Reader::step_hours() {
  if (columns_.has("time")) {
    return step_of_time() / 60.0;
  }
  if (options_.step_minutes > 0.0) {
    return options_.step_minutes / 60.0;
  }
  for (const double days : {365.0, 366.0}) {
    for (const double minutes : {60.0, 30.0, 15.0, 5.0, 1.0}) {
      if (static_cast<double>(size()) == days * 1440.0 / minutes) {
        return minutes / 60.0;
      }
    }
  }
  complain(
      "",
      fmt::format("{} rows are no year of 60, 30, 15, 5 or 1 minutes; give --step-minutes "
                  "or a time column",
                  size()),
      fmt::format("{} 行不是 60、30、15、5 或 1 分钟步长的一整年;请给出 --step-minutes 或 time 列",
                  size()));
  return 1.0;
}

std::vector<std::uint16_t> Reader::months(double hours) {
  const double days = static_cast<double>(size()) * hours / 24.0;
  const bool is_year = days == 365.0 || days == 366.0;
  if (!columns_.has("time") && !is_year) {
    return {};
  }
  const std::chrono::sys_days begin =
      std::chrono::year(days == 366.0 ? 2024 : 2025) / std::chrono::January / 1;
  std::vector<std::uint16_t> all;
  std::optional<int> first;
  for (std::size_t t = 0; t < size(); ++t) {
    auto day = begin + std::chrono::days(static_cast<int>(static_cast<double>(t) * hours / 24.0));
    if (columns_.has("time")) {
      const auto minute = minute_of(columns_.cell(row(t), "time"));
      day = std::chrono::sys_days(
          std::chrono::days(static_cast<int>(std::floor(minute.value_or(0.0) / 1440.0))));
    }
    const std::chrono::year_month_day date(day);
    const int month =
        12 * static_cast<int>(date.year()) + static_cast<int>(static_cast<unsigned>(date.month()));
    first = first.value_or(month);
    all.push_back(static_cast<std::uint16_t>(std::max(0, month - *first)));
  }
  return all;
}

void Reader::read_pv(double hours, SizingTable& all) {
  for (const char* column : pv_columns) {
    if (columns_.has(column)) {
      all.kwh_per_kwp.push_back(series(column, power_range, hours));
    }
  }
  if (!columns_.has("pv_kw")) {
    return;
  }
  if (!all.kwh_per_kwp.empty()) {
    complain("pv_kw", "stands beside pv_kw_per_kwp; keep one of them",
             "与 pv_kw_per_kwp 同时出现;请只保留其一");
  } else if (!(options_.pv_kwp > 0.0)) {
    complain("pv_kw", "needs --pv-kwp, the capacity that this column is of",
             "需要 --pv-kwp 说明此列对应的装机容量");
  } else {
    all.kwh_per_kwp.push_back(series("pv_kw", power_range, hours / options_.pv_kwp));
  }
}

SizingTable Reader::read() {
  SizingTable all;
  if (!columns_.well_formed()) {
    return all;
  }
  if (size() == 0) {
    complain("", "has no row below its header", "表头之下没有数据行");
    return all;
  }
  all.step_hours = step_hours();
  all.load_kwh = series("load_kw", power_range, all.step_hours);
  all.buy = series("buy", price_range, 1.0);
  all.sell = series("sell", price_range, 1.0);
  read_pv(all.step_hours, all);
  if (columns_.has("import_limit_kw")) {
    all.import_limits_kwh = series("import_limit_kw", power_range, all.step_hours);
  }
  if (columns_.has("export_limit_kw")) {
    all.export_limits_kwh = series("export_limit_kw", power_range, all.step_hours);
  }
  all.month_of_step = months(all.step_hours);
  if (columns_.has("carbon_kg_per_kwh")) {
    all.carbon_kg_per_kwh = series("carbon_kg_per_kwh", carbon_range, 1.0);
  }
  return all;
}

}  // namespace

Result<SizingTable> read_sizing_table(std::string_view bytes, const std::string& name,
                                      const TableOptions& options) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  Errors errors;
  SizingTable all = Reader(table, name, options, errors).read();
  if (errors.size() > most_errors) {
    const std::size_t more = errors.size() - most_errors;
    errors.resize(most_errors);
    errors.push_back({Fault::bad_input,
                      {fmt::format("and {} more errors of this kind", more),
                       fmt::format("以及另外 {} 处类似错误", more)},
                      {name, 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return all;
}

}  // namespace xiaoyuan::optimum
