#include "optimum/sizing_prices.hpp"

#include <algorithm>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

/// Where capex may bend: the ends, the tiers' sizes, and just above nothing where entry costs.
std::vector<double> corners_of(const Purchase& purchase, double low, double high) {
  std::vector<double> sizes{low};
  if (low < least_bought && purchase.entry_yuan > 0.0 && high > least_bought) {
    sizes.push_back(least_bought);
  }
  for (const PricePiece& piece : purchase.pieces) {
    if (piece.up_to > sizes.back() && piece.up_to < high) {
      sizes.push_back(piece.up_to);
    }
  }
  if (high > sizes.back()) {
    sizes.push_back(high);
  }
  return sizes;
}

}  // namespace

double capex_of(const Purchase& purchase, double size) {
  double yuan = size >= least_bought ? purchase.entry_yuan : 0.0;
  double from = 0.0;
  for (std::size_t i = 0; i < purchase.pieces.size() && size > from; ++i) {
    const bool is_last = i + 1 == purchase.pieces.size();
    const double to = is_last ? size : std::min(size, purchase.pieces[i].up_to);
    yuan += (to - from) * purchase.pieces[i].yuan_per_unit;
    from = to;
  }
  return yuan;
}

double outlay_of(const Purchase& purchase, double size) {
  return purchase.counted * capex_of(purchase, size) + purchase.upkeep_yuan * size;
}

double outlay_slope(const Purchase& purchase, double size) {
  double price = 0.0;
  for (const PricePiece& piece : purchase.pieces) {
    price = piece.yuan_per_unit;
    if (size < piece.up_to) {
      break;
    }
  }
  return purchase.counted * price + purchase.upkeep_yuan;
}

std::vector<PricePoint> capex_hull(const Purchase& purchase, double low, double high) {
  std::vector<PricePoint> hull;
  for (const double size : corners_of(purchase, low, high)) {
    const PricePoint next{size, capex_of(purchase, size)};
    const auto bends_down = [&] {  // the last corner lies on or above the line to the next
      const PricePoint& a = hull[hull.size() - 2];
      const PricePoint& b = hull.back();
      return (b.capex_yuan - a.capex_yuan) * (next.size - a.size) >=
             (next.capex_yuan - a.capex_yuan) * (b.size - a.size);
    };
    while (hull.size() >= 2 && bends_down()) {
      hull.pop_back();
    }
    hull.push_back(next);
  }
  return hull;
}

double hull_at(const std::vector<PricePoint>& hull, double size) {
  for (std::size_t i = 1; i < hull.size(); ++i) {
    if (size <= hull[i].size || i + 1 == hull.size()) {
      const double share = (size - hull[i - 1].size) / (hull[i].size - hull[i - 1].size);
      return hull[i - 1].capex_yuan + share * (hull[i].capex_yuan - hull[i - 1].capex_yuan);
    }
  }
  return hull.front().capex_yuan;
}

double corner_above(const Purchase& purchase, const std::vector<PricePoint>& hull) {
  double best = hull.front().size;
  double rise = 0.0;
  for (const double size : corners_of(purchase, hull.front().size, hull.back().size)) {
    const double here = capex_of(purchase, size) - hull_at(hull, size);
    if (here > rise + 1e-9) {
      rise = here;
      best = size;
    }
  }
  return best;
}

Purchase priced(double yuan_per_unit, double counted, double upkeep_yuan) {
  return {{{std::numeric_limits<double>::infinity(), yuan_per_unit}}, 0.0, counted, upkeep_yuan};
}

}  // namespace xiaoyuan::optimum
