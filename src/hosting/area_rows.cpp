#include "hosting/area_rows.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t row_lanes = wires::Steps::most;
constexpr std::size_t new_rows_at_once = 3;

double line_amps_of(const wires::Steps& steps, const wires::LimitUse& use, std::size_t lane) {
  if (use.wire < steps.wires()) {
    return std::abs(steps.line_amps(use.element, use.wire, lane));
  }
  wires::Complex back;  // what the phases carry comes back in the neutral
  for (std::size_t phase = 0; phase < 3; ++phase) {
    back += steps.line_amps(use.element, phase, lane);
  }
  return std::abs(back);
}

/// Fed back: above 0 for a reverse limit, below for a limit of what is drawn.
double transformer_used(const wires::Steps& steps, const VillageYear& village,
                        const wires::LimitUse& use, std::size_t lane) {
  const wires::Transformer& transformer = village.network.transformers[use.element];
  const wires::Complex kva = wires::delivered_kva(steps, village.network, use.element, lane);
  const bool is_reverse = use.kind == wires::LimitKind::transformer_reverse;
  const double sign = (kva.real() < 0.0) == is_reverse ? 1.0 : -1.0;
  if (use.wire < 3) {
    return sign * std::abs(steps.transformer_amps(use.element, use.wire, lane)) /
           wires::rated_amps(transformer);
  }
  return sign * std::abs(kva) / use.limit;
}

/// How much of the row's limit a solved step uses.
double used_of(const wires::Steps& steps, const VillageYear& village, const wires::LimitUse& use,
               std::size_t lane) {
  switch (use.kind) {
    case wires::LimitKind::voltage_high:
    case wires::LimitKind::voltage_low: {
      const double nominal_v = village.limits.nominal_v;
      const double volts = steps.phase_v(village.houses[use.element].bus, use.wire, lane);
      return (volts - nominal_v) / (use.limit - nominal_v);
    }
    case wires::LimitKind::unbalance:
      return wires::unbalance_at(steps, use.element, lane) / use.limit;
    case wires::LimitKind::line:
      return line_amps_of(steps, use, lane) / use.limit;
    case wires::LimitKind::transformer:
    case wires::LimitKind::transformer_reverse:
      return transformer_used(steps, village, use, lane);
    case wires::LimitKind::solution:
      break;
  }
  return use.used;
}

}  // namespace

double LimitRow::whole(const VillageYear& village) const {
  const bool is_voltage =
      use.kind == wires::LimitKind::voltage_high || use.kind == wires::LimitKind::voltage_low;
  return is_voltage ? std::abs(use.limit - village.limits.nominal_v) : use.limit;
}

const char* LimitRow::unit() const {
  switch (use.kind) {
    case wires::LimitKind::voltage_high:
    case wires::LimitKind::voltage_low:
      return "V";
    case wires::LimitKind::line:
      return "A";
    case wires::LimitKind::transformer:
    case wires::LimitKind::transformer_reverse:
      return "kVA";
    case wires::LimitKind::unbalance:
    case wires::LimitKind::solution:
      break;
  }
  return "";
}

const wires::LimitUse& AreaYear::worst() const {
  return *std::ranges::max_element(hardest, {}, &wires::LimitUse::used);
}

AreaYear area_year(const TrialGrid& grid, std::size_t transformer,
                   const std::vector<LimitRow>& rows, const Spread& spread) {
  const VillageYear& village = grid.village();
  const Added none;
  AreaYear year;
  year.hardest.resize(village.steps);
  year.used.assign(rows.size(), std::vector<double>(village.steps));
  wires::Series series;
  series.steps = village.steps;
  series.accuracy = trial_accuracy;
  series.powers = powers(village, none).powers;
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      const std::size_t step = steps.first + lane;
      year.hardest[step] = grid.area(transformer).hardest(steps, lane);
      for (std::size_t m = 0; m < rows.size(); ++m) {
        year.used[m][step] = used_of(steps, village, rows[m].use, lane);
      }
    }
  };
  for (const wires::Unsolved& unsolved : wires::run(grid.flow(), series, spread).unsolved) {
    for (std::vector<double>& used : year.used) {
      used[unsolved.step] = year.hardest[unsolved.step].used;
    }
  }
  return year;
}

LimitRow limit_row(const TrialGrid& grid, const wires::LimitUse& use) {
  constexpr double more_kw = 1.0;
  const VillageYear& village = grid.village();
  const std::size_t houses = village.houses.size();
  const Added none;
  const wires::YearOfPowers moment =
      powers_at(village, std::vector<std::size_t>(houses + 1, use.step), none);
  std::vector<double> used(houses + 1, use.used);
  wires::Series series;
  series.steps = houses + 1;
  series.powers = [&](const wires::Steps& steps, double* watts, double* vars) {
    moment.powers(steps, watts, vars);
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      if (const std::size_t trial = steps.first + lane; trial > 0) {
        watts[2 * (trial - 1) * row_lanes + lane] += 1000.0 * more_kw;
      }
    }
  };
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      if (steps.is_solved(lane)) {
        used[steps.first + lane] = used_of(steps, village, use, lane);
      }
    }
  };
  wires::run(grid.flow(), series);
  LimitRow row{use, {}};
  for (std::size_t h = 0; h < houses; ++h) {
    row.weights.push_back((used[0] - used[h + 1]) / more_kw);
  }
  return row;
}

bool add_broken_rows(const TrialGrid& grid, const AreaYear& year, std::vector<LimitRow>& rows) {
  std::vector<wires::LimitUse> broken;
  for (const wires::LimitUse& use : year.hardest) {
    const bool is_known =
        use.used <= 1.0 + kept_to_share ||
        std::ranges::any_of(rows, [&](const LimitRow& row) { return row.is_of(use); });
    if (!is_known && use.kind != wires::LimitKind::solution) {
      broken.push_back(use);
    }
  }
  std::ranges::stable_sort(broken, std::greater<>(), &wires::LimitUse::used);
  const std::size_t before = rows.size();
  for (const wires::LimitUse& use : broken) {
    const bool is_new =
        std::ranges::none_of(rows, [&](const LimitRow& row) { return row.is_of(use); });
    if (is_new && rows.size() < before + new_rows_at_once) {
      rows.push_back(limit_row(grid, use));
    }
  }
  return rows.size() > before;
}

}  // namespace xiaoyuan::hosting
