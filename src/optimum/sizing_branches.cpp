// The parts of the sizes that a search begins with, and how a part is split in two.
#include <algorithm>
#include <cmath>

#include "optimum/sizing_search.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double least_rise_yuan = 1e-9;
constexpr double least_bent_share = 0.01;  // of the whole range: no narrower box

}  // namespace

std::vector<SizingSearch::Branch> SizingSearch::roots() const {
  const BatteryChoice& battery = problem_.battery;
  Branch root{-no_limit, Sizes(axes(), 0.0), Sizes(axes(), 0.0), std::nullopt};
  for (std::size_t i = 0; i < problem_.roofs.size(); ++i) {
    const RoofPlane& roof = problem_.roofs[i];
    root.high[i] = roof.module_kwp > 0.0
                       ? std::floor(roof.room_kwp / roof.module_kwp + 1e-9) * roof.module_kwp
                       : roof.room_kwp;
  }
  const std::size_t energy = problem_.roofs.size();
  const double least_kwh = years_.needed_kwh();
  if (battery.catalogue.empty()) {
    root.low[energy] = least_kwh;
    root.low[energy + 1] = years_.needed_kw();
    root.high[energy] = battery.most_kwh;
    root.high[energy + 1] =
        std::min(battery.most_kw, battery.most_kwh * years_.useful_kw_per_kwh());
    return {root};
  }
  std::vector<Branch> all;
  if (least_kwh <= 0.0) {
    all.push_back(root);
  }
  for (std::size_t i = 0; i < battery.catalogue.size(); ++i) {
    const Product& product = battery.catalogue[i];
    if (product.kwh < least_kwh || (product.kw > 0.0 && product.kw < years_.needed_kw())) {
      continue;
    }
    Branch one = root;
    one.product = i;
    one.low[energy] = one.high[energy] = battery.catalogue[i].kwh;
    one.low[energy + 1] = one.high[energy + 1] = battery.catalogue[i].kw;
    if (battery.catalogue[i].kw <= 0.0) {
      one.low[energy + 1] =
          std::max(years_.needed_kw(), years_.needed_kw_per_kwh() * battery.catalogue[i].kwh);
      one.high[energy + 1] = std::max(
          one.low[energy + 1],
          std::min(battery.most_kw, years_.useful_kw_per_kwh() * battery.catalogue[i].kwh));
    }
    all.push_back(std::move(one));
  }
  return all;
}

/// Of the sizes on which steps that are not convex depend, the one whose range is still the largest
/// share of all there is.
std::size_t SizingSearch::widest_axis(const Branch& branch) const {
  const Branch whole = roots().front();
  std::size_t widest = axes();
  double most = least_bent_share;
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    const double all = whole.high[axis] - whole.low[axis];
    const double share = all > 0.0 ? (branch.high[axis] - branch.low[axis]) / all : 0.0;
    const bool is_whole_modules =
        axis < problem_.roofs.size() && problem_.roofs[axis].module_kwp > 0.0;
    if (axis != problem_.roofs.size() && !is_whole_modules && share > most) {
      most = share;
      widest = axis;
    }
  }
  return widest;
}

/// Splits where the branch's hull is furthest below the truth; a branch without such a place is
/// done.
void SizingSearch::split(const Branch& branch, const Inner& inner,
                         std::vector<Branch>& open) const {
  double worst = least_rise_yuan;
  std::size_t at = axes();
  double lower = 0.0;
  double upper = 0.0;
  if (inner.value == no_limit) {
    return;
  }
  for (std::size_t axis = 0; axis < axes(); ++axis) {
    if (branch.high[axis] <= branch.low[axis]) {
      continue;
    }
    const double size = inner.sizes[axis];
    const auto hull = capex_hull(purchase(axis), branch.low[axis], branch.high[axis]);
    const double rise =
        purchase(axis).counted * (capex_of(purchase(axis), size) - hull_at(hull, size));
    if (rise > worst) {
      const double corner = corner_above(purchase(axis), hull);
      const bool is_entry = corner == least_bought && branch.low[axis] == 0.0;
      worst = rise;
      at = axis;
      lower = is_entry ? 0.0 : corner;
      upper = corner;
    }
  }
  for (std::size_t axis = 0; axis < problem_.roofs.size() && at == axes(); ++axis) {
    const double module = problem_.roofs[axis].module_kwp;
    const double count = module > 0.0 ? inner.sizes[axis] / module : 0.0;
    if (std::abs(count - std::round(count)) > 1e-7) {
      at = axis;
      lower = std::floor(count) * module;
      upper = lower + module;
    }
  }
  if (at == axes() && years_.has_bent_steps()) {
    at = widest_axis(branch);
    lower = upper = at < axes() ? 0.5 * (branch.low[at] + branch.high[at]) : 0.0;
  }
  if (at == axes()) {
    return;
  }
  open.push_back(branch);
  open.back().high[at] = lower;
  open.push_back(branch);
  open.back().low[at] = std::min(upper, branch.high[at]);
}

}  // namespace xiaoyuan::optimum
