#include "wires/sweep_loops.hpp"

#include <cmath>
#include <cstring>

// The vectors live inside functions that are inlined: no calling convention is concerned.
#pragma GCC diagnostic ignored "-Wpsabi"
#define XIAOYUAN_INLINE inline __attribute__((always_inline))

namespace xiaoyuan::wires::sweep_loops {

namespace {

using Vector = double __attribute__((vector_size(lanes * sizeof(double)), may_alias));

XIAOYUAN_INLINE Vector every(double value) {
  return Vector{value, value, value, value, value, value, value, value};
}
XIAOYUAN_INLINE Vector load(const double* from) {
  Vector value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
XIAOYUAN_INLINE void store(double* to, const Vector& value) {
  std::memcpy(to, &value, sizeof value);
}
XIAOYUAN_INLINE Vector root_of(Vector value) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    value[lane] = std::sqrt(value[lane]);
  }
  return value;
}

/// One value for each wire.
template <std::size_t n>
struct Row {
  Vector re[n];
  Vector im[n];
};

template <std::size_t n>
XIAOYUAN_INLINE void read(const double* from, Row<n>& row) {
#pragma GCC unroll 4
  for (std::size_t k = 0; k < n; ++k) {
    row.re[k] = load(from + 2 * k * lanes);
    row.im[k] = load(from + (2 * k + 1) * lanes);
  }
}
template <std::size_t n>
XIAOYUAN_INLINE void write(double* to, const Row<n>& row) {
#pragma GCC unroll 4
  for (std::size_t k = 0; k < n; ++k) {
    store(to + 2 * k * lanes, row.re[k]);
    store(to + (2 * k + 1) * lanes, row.im[k]);
  }
}
/// sum += factor · matrix · row
template <std::size_t n>
XIAOYUAN_INLINE void add_product(const double* matrix, const Row<n>& row, double factor,
                                 Row<n>& sum) {
#pragma GCC unroll 4
  for (std::size_t i = 0; i < n; ++i) {
#pragma GCC unroll 4
    for (std::size_t j = 0; j < n; ++j) {
      const Vector re = every(factor * matrix[2 * (i * n + j)]);
      const Vector im = every(factor * matrix[2 * (i * n + j) + 1]);
      sum.re[i] += re * row.re[j];
      sum.re[i] -= im * row.im[j];
      sum.im[i] += re * row.im[j];
      sum.im[i] += im * row.re[j];
    }
  }
}

template <std::size_t n>
XIAOYUAN_INLINE void sweep_of(const SweepTree& tree, double* amps, double* volts) {
  constexpr std::size_t stride = 2 * n * lanes;
  constexpr std::size_t cells = 2 * n * n;
  for (std::size_t i = tree.size(); i-- > 1;) {
    Row<n> here;
    Row<n> above;
    read(amps + i * stride, here);
    double* to = amps + tree.parent[i] * stride;
    read(to, above);
    if (tree.is_plain[i] != 0) {
#pragma GCC unroll 4
      for (std::size_t k = 0; k < n; ++k) {
        above.re[k] += here.re[k];
        above.im[k] += here.im[k];
      }
    } else {
      add_product(tree.up.data() + i * cells, here, 1.0, above);
    }
    write(to, above);
  }
  for (std::size_t i = 1; i < tree.size(); ++i) {
    Row<n> current;
    Row<n> above;
    read(amps + i * stride, current);
    read(volts + tree.parent[i] * stride, above);
    if (tree.is_plain[i] != 0) {
      add_product(tree.own.data() + i * cells, current, 1.0, above);
      write(volts + i * stride, above);
    } else {
      Row<n> here{};
      add_product(tree.down.data() + i * cells, above, 1.0, here);
      add_product(tree.own.data() + i * cells, current, 1.0, here);
      write(volts + i * stride, here);
    }
  }
}

template <std::size_t n>
XIAOYUAN_INLINE void currents_of(const SweepTree& tree, double* amps, const double* volts) {
  constexpr std::size_t stride = 2 * n * lanes;
  for (std::size_t i = 1; i < tree.size(); ++i) {
    if (tree.has_shunt[i] != 0) {
      Row<n> current;
      Row<n> here;
      read(amps + i * stride, current);
      read(volts + i * stride, here);
      add_product(tree.shunt.data() + i * 2 * n * n, here, -1.0, current);
      write(amps + i * stride, current);
    }
  }
}

template <std::size_t n>
XIAOYUAN_INLINE void recover_of(const SweepTree& tree, const double* amps, const double* volts,
                                double* bus_volts) {
  constexpr std::size_t stride = 2 * n * lanes;
  for (const PassThrough& pass : tree.passed) {
    const double* above = volts + tree.parent[pass.below] * stride;
    double* to = bus_volts + pass.bus * stride;
    if (pass.impedance == 0) {
      const double* below = volts + pass.below * stride;
      const Vector share = every(pass.share);
#pragma GCC unroll 8
      for (std::size_t k = 0; k < 2 * n; ++k) {
        const Vector top = load(above + k * lanes);
        store(to + k * lanes, top + share * (load(below + k * lanes) - top));
      }
    } else {
      Row<n> current;
      Row<n> here;
      read(amps + pass.below * stride, current);
      read(above, here);
      add_product(tree.impedances.data() + (pass.impedance - 1) * 2 * n * n, current, 1.0, here);
      write(to, here);
    }
  }
}

XIAOYUAN_INLINE void feed_in_body(const SweepTree& tree, const State& state, double* change) {
  const std::size_t stride = 2 * tree.wires * lanes;
  std::memset(state.amps, 0, tree.size() * stride * sizeof(double));
  Vector worst = every(0.0);
  Vector missed = every(0.0);  // 0, or NaN where a voltage is none
  for (std::size_t e = 0; e < tree.elements.size(); ++e) {
    const Element& element = tree.elements[e];
    const bool is_between = element.to != element.from;
    const std::size_t from = element.node * stride + 2 * element.from * lanes;
    const std::size_t to = element.node * stride + 2 * element.to * lanes;
    Vector re = load(state.volts + from);
    Vector im = load(state.volts + from + lanes);
    if (is_between) {
      re -= load(state.volts + to);
      im -= load(state.volts + to + lanes);
    }
    double* seen = state.seen + 2 * e * lanes;
    const Vector re_moved = re - load(seen);
    const Vector im_moved = im - load(seen + lanes);
    const Vector moved = re_moved * re_moved + im_moved * im_moved;
    const Vector share = moved * every(1.0 / (element.nominal_v * element.nominal_v));
    worst = share <= worst ? worst : share;
    missed += moved * every(0.0);
    store(seen, re);
    store(seen + lanes, im);
    const Vector square = re * re + im * im;
    Vector factor = every(element.power) / square + every(element.impedance);
    if (element.current != 0.0) {
      factor += every(element.current) / root_of(square);
    }
    factor *= every(element.share);
    const Vector watts = load(state.watts + element.connection * lanes) * factor;
    const Vector vars = load(state.vars + element.connection * lanes) * factor;
    const Vector drawn_re = watts * re + vars * im;
    const Vector drawn_im = watts * im - vars * re;
    store(state.amps + from, load(state.amps + from) - drawn_re);
    store(state.amps + from + lanes, load(state.amps + from + lanes) - drawn_im);
    if (is_between) {
      store(state.amps + to, load(state.amps + to) + drawn_re);
      store(state.amps + to + lanes, load(state.amps + to + lanes) + drawn_im);
    }
  }
  store(change, worst + missed);
}

XIAOYUAN_INLINE void sweep_any(const SweepTree& tree, double* amps, double* volts) {
  tree.wires == 3 ? sweep_of<3>(tree, amps, volts) : sweep_of<4>(tree, amps, volts);
}
XIAOYUAN_INLINE void currents_any(const SweepTree& tree, double* amps, const double* volts) {
  tree.wires == 3 ? currents_of<3>(tree, amps, volts) : currents_of<4>(tree, amps, volts);
}
XIAOYUAN_INLINE void recover_any(const SweepTree& tree, const double* amps, const double* volts,
                                 double* bus_volts) {
  tree.wires == 3 ? recover_of<3>(tree, amps, volts, bus_volts)
                  : recover_of<4>(tree, amps, volts, bus_volts);
}

enum class Make { plain, avx2, avx512 };

#if defined(__x86_64__)
#define XIAOYUAN_AVX2 __attribute__((target("avx2,fma")))
#define XIAOYUAN_AVX512 __attribute__((target("avx512f,fma")))
Make make() {
  static const Make best =
      __builtin_cpu_supports("avx512f") != 0                                      ? Make::avx512
      : __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 ? Make::avx2
                                                                                  : Make::plain;
  return best;
}
#else
#define XIAOYUAN_AVX2
#define XIAOYUAN_AVX512
Make make() { return Make::plain; }
#endif

XIAOYUAN_AVX512 void feed_in_avx512(const SweepTree& tree, const State& state, double* change) {
  feed_in_body(tree, state, change);
}
XIAOYUAN_AVX2 void feed_in_avx2(const SweepTree& tree, const State& state, double* change) {
  feed_in_body(tree, state, change);
}
void feed_in_plain(const SweepTree& tree, const State& state, double* change) {
  feed_in_body(tree, state, change);
}
XIAOYUAN_AVX512 void sweep_avx512(const SweepTree& tree, double* amps, double* volts) {
  sweep_any(tree, amps, volts);
}
XIAOYUAN_AVX2 void sweep_avx2(const SweepTree& tree, double* amps, double* volts) {
  sweep_any(tree, amps, volts);
}
void sweep_plain(const SweepTree& tree, double* amps, double* volts) {
  sweep_any(tree, amps, volts);
}
XIAOYUAN_AVX512 void recover_avx512(const SweepTree& tree, const double* amps, const double* volts,
                                    double* bus_volts) {
  recover_any(tree, amps, volts, bus_volts);
}
XIAOYUAN_AVX2 void recover_avx2(const SweepTree& tree, const double* amps, const double* volts,
                                double* bus_volts) {
  recover_any(tree, amps, volts, bus_volts);
}
void recover_plain(const SweepTree& tree, const double* amps, const double* volts,
                   double* bus_volts) {
  recover_any(tree, amps, volts, bus_volts);
}

}  // namespace

void feed_in(const SweepTree& tree, const State& state, double* change) {
  switch (make()) {
    case Make::avx512:
      return feed_in_avx512(tree, state, change);
    case Make::avx2:
      return feed_in_avx2(tree, state, change);
    case Make::plain:
      break;
  }
  feed_in_plain(tree, state, change);
}

void sweep(const SweepTree& tree, double* amps, double* volts) {
  switch (make()) {
    case Make::avx512:
      return sweep_avx512(tree, amps, volts);
    case Make::avx2:
      return sweep_avx2(tree, amps, volts);
    case Make::plain:
      break;
  }
  sweep_plain(tree, amps, volts);
}

void branch_currents(const SweepTree& tree, double* amps, const double* volts) {
  currents_any(tree, amps, volts);
}

void recover(const SweepTree& tree, const double* amps, const double* volts, double* bus_volts) {
  switch (make()) {
    case Make::avx512:
      return recover_avx512(tree, amps, volts, bus_volts);
    case Make::avx2:
      return recover_avx2(tree, amps, volts, bus_volts);
    case Make::plain:
      break;
  }
  recover_plain(tree, amps, volts, bus_volts);
}

}  // namespace xiaoyuan::wires::sweep_loops
