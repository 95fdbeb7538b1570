// Sums over households, exact: whole micro-yuan and watt-hours, the same in any order.
#pragma once
#include <string>
#include <string_view>

#include "district/household_year.hpp"

namespace xiaoyuan::district {

struct Totals {
  std::int64_t households = 0;
  std::int64_t with_battery = 0;
  std::int64_t exact = 0;
  std::int64_t branched = 0;
  std::int64_t bounded = 0;
  std::int64_t impossible = 0;  ///< without a schedule; in none of the sums below
  std::int64_t cost_micro_yuan = 0;
  std::int64_t bound_micro_yuan = 0;
  std::int64_t saved_micro_yuan = 0;   ///< against the batteries left alone, where that may be
  std::int64_t needs_its_battery = 0;  ///< households whose load cannot be met without it
  std::int64_t load_wh = 0;
  std::int64_t pv_wh = 0;
  std::int64_t import_wh = 0;
  std::int64_t export_wh = 0;
  std::int64_t curtailed_wh = 0;
  std::int64_t loss_wh = 0;
  double worst_gap = 0.0;

  void add(const Household& home, const HouseholdFigures& figures);
  void add(const Totals& others);
  std::int64_t self_use_wh() const { return pv_wh - curtailed_wh - export_wh; }
  friend bool operator==(const Totals&, const Totals&) = default;
};

/// One line, and back: what a chunk's record says. False when the line is none of ours.
std::string totals_line(const Totals& totals);
bool read_totals_line(std::string_view line, Totals& totals);

/// A whole number with a point before its last digits: (−1234, 3) → "-1.234".
std::string decimal(std::int64_t value, int digits);

/// The first line of households.csv, and a household's line.
std::string household_header();
std::string household_line(const Household& home, const HouseholdFigures& figures);

std::string totals_json(const Totals& totals, std::string_view job);
std::string totals_text(const Totals& totals, Language language);

}  // namespace xiaoyuan::district
