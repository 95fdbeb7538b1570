#include "optimum/lane_loops.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

// The vectors live inside functions that are inlined: no calling convention is concerned.
#pragma GCC diagnostic ignored "-Wpsabi"
#define XIAOYUAN_INLINE inline __attribute__((always_inline))

namespace xiaoyuan::optimum::lane_loops {

namespace {

constexpr std::size_t width = 4;
using Vector = double __attribute__((vector_size(width * sizeof(double)), may_alias));

XIAOYUAN_INLINE Vector all(double value) { return Vector{value, value, value, value}; }
XIAOYUAN_INLINE Vector lesser(const Vector& a, const Vector& b) { return a < b ? a : b; }
XIAOYUAN_INLINE Vector larger(const Vector& a, const Vector& b) { return a > b ? a : b; }
XIAOYUAN_INLINE Vector load(const double* from) {
  Vector value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
XIAOYUAN_INLINE void store(double* to, const Vector& value) {
  std::memcpy(to, &value, sizeof value);
}
XIAOYUAN_INLINE double total(const Vector& value) {
  return (value[0] + value[1]) + (value[2] + value[3]);
}

template <std::size_t vectors>
XIAOYUAN_INLINE void back_body(const Walk& walk, std::size_t from, std::size_t to, double* rows) {
  constexpr std::size_t lanes = vectors * width;
  const Vector floor = all(walk.floor);
  const Vector ceiling = all(walk.ceiling);
  Vector stored[vectors];
#pragma GCC unroll 8
  for (std::size_t i = 0; i < vectors; ++i) {
    stored[i] = load(rows + to * lanes + i * width);
  }
  for (std::size_t t = to; t-- > from;) {
    const double* low = walk.table + 2 * lanes * walk.pairs[t];
    const Vector zero = all(walk.zero_change[t]);
    double* row = rows + t * lanes;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < vectors; ++i) {
      const Vector change =
          lesser(larger(zero, load(low + i * width)), load(low + lanes + i * width));
      stored[i] = lesser(larger(stored[i] - change, floor), ceiling);
      store(row + i * width, stored[i]);
    }
  }
}

template <std::size_t vectors>
XIAOYUAN_INLINE void forth_body(const Walk& walk, std::size_t from, std::size_t to, double* row) {
  constexpr std::size_t lanes = vectors * width;
  for (std::size_t t = from; t < to; ++t) {
    const double* low = walk.table + 2 * lanes * walk.pairs[t];
    const Vector zero = all(walk.zero_change[t]);
#pragma GCC unroll 8
    for (std::size_t i = 0; i < vectors; ++i) {
      const Vector change =
          lesser(larger(zero, load(low + i * width)), load(low + lanes + i * width));
      const Vector stored = load(row + i * width) + change;
      store(row + i * width, lesser(larger(stored, all(walk.floor)), all(walk.ceiling)));
    }
  }
}

XIAOYUAN_INLINE void back_any(const Walk& walk, std::size_t from, std::size_t to, double* rows) {
  switch (walk.lanes) {
    case 8:
      return back_body<2>(walk, from, to, rows);
    case 16:
      return back_body<4>(walk, from, to, rows);
    case 24:
      return back_body<6>(walk, from, to, rows);
    default:
      return back_body<8>(walk, from, to, rows);
  }
}
XIAOYUAN_INLINE void forth_any(const Walk& walk, std::size_t from, std::size_t to, double* row) {
  switch (walk.lanes) {
    case 8:
      return forth_body<2>(walk, from, to, row);
    case 16:
      return forth_body<4>(walk, from, to, row);
    case 24:
      return forth_body<6>(walk, from, to, row);
    default:
      return forth_body<8>(walk, from, to, row);
  }
}

/// What the meter shows for a grid energy, in money.
XIAOYUAN_INLINE Vector metered(const Vector& grid, const Vector& buy, const Vector& sell) {
  const Vector none = all(0.0);
  return larger(grid, none) * buy + lesser(grid, none) * sell;
}

/// Four steps' prices, ready for any change.
struct Four {
  Vector net, buy, sell, to_charge, to_discharge, wear;
};

/// Energy and wear for a change; `grid` receives what goes through the meter.
XIAOYUAN_INLINE Vector cost_of(const Four& four, const Vector& change, Vector& grid) {
  const Vector up = larger(change, all(0.0));
  const Vector down = lesser(change, all(0.0));
  grid = four.net + up * four.to_charge + down * four.to_discharge;
  return metered(grid, four.buy, four.sell) + four.wear * (up - down);
}

struct Totals {
  Vector cost, bound, without, imported, idle_imported, exported;
};

/// Changes and values by step, and the values before the four steps in hand.
struct Schedule {
  const double* changes;
  const double* values;
  Vector before;
};

/// Four steps at once; `offset` is where they begin in arrays that all have room for four.
XIAOYUAN_INLINE void add_four(const Prices& prices, const Store& battery, std::size_t t,
                              const Schedule& schedule, Totals& sums) {
  const Vector none = all(0.0);
  const Vector net = load(prices.load + t) - load(prices.pv + t);
  const Vector buy = load(prices.buy + t) + all(prices.addition);
  const Vector sell = load(prices.sell + t);
  const Vector change = load(schedule.changes + t);
  const Vector value = load(schedule.values + t);
  const Four four{net,
                  buy,
                  sell,
                  all(1.0 / battery.charge_efficiency),
                  all(battery.discharge_efficiency),
                  all(battery.wear)};
  Vector grid = none;
  sums.cost += cost_of(four, change, grid);
  sums.imported += larger(grid, none);
  sums.exported -= lesser(grid, none);
  const Vector idle = metered(net, buy, sell);
  sums.without += idle;
  sums.idle_imported += larger(net, none);
  const Vector most = all(battery.charge_kwh);
  const Vector least = all(-battery.discharge_kwh);
  const Vector zero = lesser(larger(load(prices.zero_change + t), least), most);
  Vector best = idle;
  Vector unused = none;
  best = lesser(best, cost_of(four, most, unused) - value * most);
  best = lesser(best, cost_of(four, least, unused) - value * least);
  best = lesser(best, cost_of(four, zero, unused) - value * zero);
  const Vector jump = schedule.before - value * all(battery.kept);
  sums.bound += best + lesser(jump * all(battery.floor), jump * all(battery.ceiling));
}

XIAOYUAN_INLINE Sums add_up_body(const Prices& prices, const Store& battery, std::size_t size,
                                 const double* changes, const double* values) {
  const Vector none = all(0.0);
  Totals sums{none, none, none, none, none, none};
  std::size_t t = 0;
  for (; t + width <= size; t += width) {
    Vector before;
    if (t == 0) {  // no jump before the first step: the start is the caller's
      before = Vector{battery.kept * values[0], values[0], values[1], values[2]};
    } else {
      before = load(values + t - 1);
    }
    add_four(prices, battery, t, {changes, values, before}, sums);
  }
  for (; t < size; ++t) {  // the last few, each alone: the other three places are empty steps
    const double cells[8][width] = {{prices.load[t]},
                                    {prices.pv[t]},
                                    {prices.buy[t]},
                                    {prices.sell[t]},
                                    {changes[t]},
                                    {values[t]},
                                    {t > 0 ? values[t - 1] : battery.kept * values[t]},
                                    {prices.zero_change[t]}};
    const Prices one{cells[0], cells[1], cells[2], cells[3], cells[7], prices.addition};
    Totals last{none, none, none, none, none, none};
    add_four(one, battery, 0, {cells[4], cells[5], load(cells[6])}, last);
    sums.cost[0] += last.cost[0];
    sums.bound[0] += last.bound[0];
    sums.without[0] += last.without[0];
    sums.imported[0] += last.imported[0];
    sums.idle_imported[0] += last.idle_imported[0];
    sums.exported[0] += last.exported[0];
  }
  return {total(sums.cost),     total(sums.bound),         total(sums.without),
          total(sums.imported), total(sums.idle_imported), total(sums.exported)};
}

XIAOYUAN_INLINE double least_of(const Vector& value) {
  return std::min(std::min(value[0], value[1]), std::min(value[2], value[3]));
}

XIAOYUAN_INLINE Range range_body(const double* values, std::size_t size) {
  // A number times zero is zero, but for infinity and NaN.
  Vector misses[2] = {all(0.0), all(0.0)};
  Vector least[2] = {all(0.0), all(0.0)};
  std::size_t t = 0;
  for (; t + 2 * width <= size; t += 2 * width) {
    for (std::size_t i = 0; i < 2; ++i) {
      const Vector here = load(values + t + i * width);
      misses[i] += here * all(0.0);
      least[i] = lesser(here, least[i]);
    }
  }
  Range range{total(misses[0] + misses[1]) == 0.0, least_of(lesser(least[0], least[1]))};
  for (; t < size; ++t) {
    range.is_finite = range.is_finite && values[t] * 0.0 == 0.0;
    range.least = std::min(range.least, values[t]);
  }
  return range;
}

XIAOYUAN_INLINE Surplus surplus_body(const double* load_kwh, const double* pv_kwh, std::size_t size,
                                     const Store& battery, double* zero_change) {
  const Vector up = all(battery.charge_efficiency);
  const Vector down = all(1.0 / battery.discharge_efficiency);
  Vector least = all(0.0);
  Vector most = all(0.0);
  std::size_t t = 0;
  for (; t + width <= size; t += width) {
    const Vector surplus = load(pv_kwh + t) - load(load_kwh + t);
    least = lesser(surplus, least);
    most = larger(surplus, most);
    store(zero_change + t, larger(surplus, all(0.0)) * up + lesser(surplus, all(0.0)) * down);
  }
  Surplus range{least_of(least), -least_of(-most)};
  for (; t < size; ++t) {
    const double surplus = pv_kwh[t] - load_kwh[t];
    range.least = std::min(range.least, surplus);
    range.most = std::max(range.most, surplus);
    zero_change[t] = std::max(surplus, 0.0) * up[0] + std::min(surplus, 0.0) * down[0];
  }
  return range;
}

#if defined(__x86_64__)
#define XIAOYUAN_AVX2 __attribute__((target("avx2")))
bool has_avx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#else
#define XIAOYUAN_AVX2
bool has_avx2() { return false; }
#endif

XIAOYUAN_AVX2 void back_avx2(const Walk& walk, std::size_t from, std::size_t to, double* rows) {
  back_any(walk, from, to, rows);
}
XIAOYUAN_AVX2 void forth_avx2(const Walk& walk, std::size_t from, std::size_t to, double* row) {
  forth_any(walk, from, to, row);
}
XIAOYUAN_AVX2 Sums add_up_avx2(const Prices& prices, const Store& battery, std::size_t size,
                               const double* changes, const double* values) {
  return add_up_body(prices, battery, size, changes, values);
}
XIAOYUAN_AVX2 Range range_avx2(const double* values, std::size_t size) {
  return range_body(values, size);
}
XIAOYUAN_AVX2 Surplus surplus_avx2(const double* load_kwh, const double* pv_kwh, std::size_t size,
                                   const Store& battery, double* zero_change) {
  return surplus_body(load_kwh, pv_kwh, size, battery, zero_change);
}
Range range_plain(const double* values, std::size_t size) { return range_body(values, size); }
Surplus surplus_plain(const double* load_kwh, const double* pv_kwh, std::size_t size,
                      const Store& battery, double* zero_change) {
  return surplus_body(load_kwh, pv_kwh, size, battery, zero_change);
}
void back_plain(const Walk& walk, std::size_t from, std::size_t to, double* rows) {
  back_any(walk, from, to, rows);
}
void forth_plain(const Walk& walk, std::size_t from, std::size_t to, double* row) {
  forth_any(walk, from, to, row);
}
Sums add_up_plain(const Prices& prices, const Store& battery, std::size_t size,
                  const double* changes, const double* values) {
  return add_up_body(prices, battery, size, changes, values);
}

}  // namespace

void back(const Walk& walk, std::size_t from, std::size_t to, double* rows) {
  has_avx2() ? back_avx2(walk, from, to, rows) : back_plain(walk, from, to, rows);
}

void forth(const Walk& walk, std::size_t from, std::size_t to, double* row) {
  has_avx2() ? forth_avx2(walk, from, to, row) : forth_plain(walk, from, to, row);
}

Sums add_up(const Prices& prices, const Store& battery, std::size_t size, const double* changes,
            const double* values) {
  return has_avx2() ? add_up_avx2(prices, battery, size, changes, values)
                    : add_up_plain(prices, battery, size, changes, values);
}

Range range_of(const double* values, std::size_t size) {
  return has_avx2() ? range_avx2(values, size) : range_plain(values, size);
}

Surplus surplus(const double* load_kwh, const double* pv_kwh, std::size_t size,
                const Store& battery, double* zero_change) {
  return has_avx2() ? surplus_avx2(load_kwh, pv_kwh, size, battery, zero_change)
                    : surplus_plain(load_kwh, pv_kwh, size, battery, zero_change);
}

}  // namespace xiaoyuan::optimum::lane_loops
