#include "office/against_plan_reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/csv.hpp"
#include "readings/decimal.hpp"

namespace xiaoyuan::office {

namespace {

constexpr const char* ratio_column = "weather_ratio";
constexpr const char* outage_column = "outage_generation_wh";
constexpr const char* planned_column = "planned_generation_wh";
constexpr const char* possible_column = "possible_generation_wh";
constexpr int ppm_decimals = 6;
constexpr std::int64_t mwh_of_wh = 1000;
/// Above it a cell is a slip of the pen: a hundred times the plan, 10 GWh of a household's month.
constexpr std::int64_t most_ppm = 100'000'000;
constexpr std::int64_t most_wh = 10'000'000'000;

std::vector<std::string> header_of(const CsvTable& table) {
  std::vector<std::string> names{"household", "month", ratio_column, outage_column};
  if (!table.rows.empty()) {
    names.insert(names.end(), table.rows.front().cells.begin(), table.rows.front().cells.end());
  }
  return names;
}

class ReasonRows {
 public:
  ReasonRows(const CsvTable& table, const std::string& name, const ReasonsWanted& wanted)
      : table_(table),
        name_(name),
        wanted_(wanted),
        columns_(table, name, header_of(table), errors_) {}

  Result<ReasonsByHousehold> read() {
    if (columns_.well_formed()) {
      check_columns();
    }
    if (errors_.empty()) {
      for (std::size_t i = 1; i < table_.rows.size(); ++i) {
        take(table_.rows[i]);
      }
    }
    if (!errors_.empty()) {
      return std::unexpected(std::move(errors_));
    }
    return std::move(known_);
  }

 private:
  void check_columns() {
    for (const char* column : {"household", "month"}) {
      if (!columns_.has(column)) {
        lacks({fmt::format("the table has no column \"{}\"", column),
               fmt::format("表中缺少“{}”列", column)});
      }
    }
    has_both_ = columns_.has(planned_column) && columns_.has(possible_column);
    if (!has_both_ && !columns_.has(ratio_column) && !columns_.has(outage_column)) {
      lacks({fmt::format("the table names no reason: a column \"{}\" or \"{}\" is expected",
                         ratio_column, outage_column),
             fmt::format("表中没有原因列,应有“{}”或“{}”", ratio_column, outage_column)});
    }
  }

  void lacks(Text what) { errors_.push_back({Fault::bad_input, std::move(what), {name_, 1, ""}}); }

  void take(const CsvRow& row) {
    const std::string household(columns_.cell(row, "household"));
    if (std::ranges::find(wanted_.households, household) == wanted_.households.end()) {
      columns_.complain(row, "household", unknown_name(household, wanted_.households));
    }
    const std::string month(columns_.cell(row, "month"));
    Date date;
    if (month.size() != 7 || !parse_date(month + "-01", date)) {
      columns_.complain(row, "month",
                        {fmt::format("expected a month like 2026-10, found \"{}\"", month),
                         fmt::format("应为形如 2026-10 的月份,实为“{}”", month)});
      return;
    }
    const settle::KnownReasons reasons = reasons_of(row);
    if (!seen_.insert({household, month}).second) {
      columns_.complain(row, "household",
                        {fmt::format("{} is there twice for {}", household, month),
                         fmt::format("{} 在 {} 重复出现", household, month)});
    }
    if (ledger::Period::of(date) == wanted_.month) {
      known_.insert_or_assign(household, reasons);
    }
  }

  settle::KnownReasons reasons_of(const CsvRow& row) {
    settle::KnownReasons reasons;
    if (has_both_) {
      const auto planned = number(row, planned_column, {0, most_wh});
      const auto possible = number(row, possible_column, {0, most_wh});
      if (planned && possible && *planned > 0) {
        reasons.weather_ppm = (*possible * 1'000'000 + *planned / 2) / *planned;
      }
    } else {
      reasons.weather_ppm = number(row, ratio_column, {ppm_decimals, most_ppm});
    }
    if (const auto outage = number(row, outage_column, {0, most_wh})) {
      reasons.outage = MeteredEnergy{*outage * mwh_of_wh};
    }
    return reasons;
  }

  struct NumberForm {
    int decimals = 0;
    std::int64_t most = 0;
  };
  /// Nothing where the cell is empty, and with a complaint where it is no such number.
  std::optional<std::int64_t> number(const CsvRow& row, const char* column,
                                     const NumberForm& form) {
    const std::string_view cell = columns_.cell(row, column);
    if (cell.empty()) {
      return std::nullopt;
    }
    const auto value = readings::parse_decimal(cell, form.decimals);
    if (!value) {
      columns_.complain(row, column,
                        readings::decimal_expected(cell, form.decimals, value.error()));
      return std::nullopt;
    }
    if (*value < 0 || *value > form.most) {
      std::int64_t whole = form.most;
      for (int i = 0; i < form.decimals; ++i) {
        whole /= 10;
      }
      columns_.complain(row, column,
                        {fmt::format("expected a number from 0 to {}, found {}", whole, cell),
                         fmt::format("应为 0 至 {} 的数,实为 {}", whole, cell)});
      return std::nullopt;
    }
    return *value;
  }

  const CsvTable& table_;
  const std::string& name_;
  const ReasonsWanted& wanted_;
  Errors errors_;
  CsvColumns columns_;
  bool has_both_ = false;
  ReasonsByHousehold known_;
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

Result<ReasonsByHousehold> read_reasons(std::string_view bytes, const std::string& name,
                                        const ReasonsWanted& wanted) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  return ReasonRows(table, name, wanted).read();
}

}  // namespace xiaoyuan::office
