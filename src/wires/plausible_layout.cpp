#include "wires/plausible_layout.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <numeric>

namespace xiaoyuan::wires {

namespace {

constexpr double shortest_line_m = 1.0;
/// Room for rounding where a sum of lengths is held against a straight line.
constexpr double rounding_m = 1e-6;

double straight_m(const Position& a, const Position& b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

/// The house of a new pole and the nearest unserved ones that its drops reach.
std::vector<std::size_t> gathered(std::size_t first, std::span<const Position> houses,
                                  const std::vector<bool>& is_served, const LayoutRule& rule) {
  std::vector<std::size_t> near;
  for (std::size_t i = 0; i < houses.size(); ++i) {
    if (!is_served[i] && i != first && straight_m(houses[i], houses[first]) <= rule.most_drop_m) {
      near.push_back(i);
    }
  }
  std::ranges::stable_sort(near, {},
                           [&](std::size_t i) { return straight_m(houses[i], houses[first]); });
  near.resize(std::min(near.size(), rule.houses_per_pole - 1));
  near.insert(near.begin(), first);
  return near;
}

/// In the middle of its houses; at the first where the middle is too far from one of them.
Pole pole_of(const std::vector<std::size_t>& served, std::span<const Position> houses,
             const LayoutRule& rule) {
  std::vector<Position> places;
  for (const std::size_t house : served) {
    places.push_back(houses[house]);
  }
  Position position = middle_of(places);
  if (std::ranges::any_of(places, [&](const Position& place) {
        return straight_m(place, position) > rule.most_drop_m;
      })) {
    position = places.front();
  }
  Pole pole;
  pole.position = position;
  for (const std::size_t house : served) {
    pole.drops.push_back({house, std::max(straight_m(houses[house], position), rule.least_drop_m)});
  }
  return pole;
}

std::vector<Pole> poles_for(const Position& transformer, std::span<const Position> houses,
                            const LayoutRule& rule) {
  std::vector<std::size_t> order(houses.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(
      order, [&](double a, double b) { return a > b; },
      [&](std::size_t i) { return straight_m(houses[i], transformer); });
  std::vector<bool> is_served(houses.size(), false);
  std::vector<Pole> poles;
  for (const std::size_t first : order) {
    if (is_served[first]) {
      continue;
    }
    const auto served = gathered(first, houses, is_served, rule);
    for (const std::size_t house : served) {
      is_served[house] = true;
    }
    poles.push_back(pole_of(served, houses, rule));
  }
  return poles;
}

/// The poles by their direction from the transformer, beginning behind the widest gap.
std::vector<Pole> around(const Position& transformer, std::vector<Pole> poles) {
  const auto direction = [&](const Pole& pole) {
    return std::atan2(pole.position->y_m - transformer.y_m, pole.position->x_m - transformer.x_m);
  };
  std::ranges::stable_sort(poles, {}, direction);
  std::size_t begin = 0;
  double widest = -1.0;
  for (std::size_t i = 0; i < poles.size(); ++i) {
    const double before =
        i == 0 ? direction(poles.back()) - 2.0 * std::numbers::pi : direction(poles[i - 1]);
    const double gap = direction(poles[i]) - before;
    if (gap > widest) {
      widest = gap;
      begin = i;
    }
  }
  std::ranges::rotate(poles, poles.begin() + static_cast<std::ptrdiff_t>(begin));
  return poles;
}

/// Numbers the feeders so that each has about as many houses.
void part_into_feeders(std::vector<Pole>& poles, std::size_t houses, std::size_t feeders) {
  std::size_t before = 0;
  for (Pole& pole : poles) {
    pole.feeder = before * feeders / houses;
    before += pole.drops.size();
  }
}

/// Joins the poles of one feeder to the transformer, the one that needs least line first.
class Joining {
 public:
  Joining(const Position& transformer, std::vector<Pole> poles, double most_way_m)
      : poles_(std::move(poles)), most_way_m_(most_way_m), is_joined_(poles_.size(), false) {
    for (Pole& pole : poles_) {
      pole.length_m = pole.way_m = apart_m(transformer, *pole.position);
      direct_m_.push_back(pole.length_m);
    }
  }

  /// Moves the poles to the end of `all`, parents before children.
  void append_to(std::vector<Pole>& all) {
    std::vector<std::size_t> place(poles_.size());
    for (std::size_t count = 0; count < poles_.size(); ++count) {
      const std::size_t next = nearest();
      is_joined_[next] = true;
      offer(next);
      place[next] = all.size();
      Pole pole = poles_[next];
      if (pole.above != at_transformer) {
        pole.above = place[pole.above];
      }
      all.push_back(std::move(pole));
    }
  }

 private:
  std::size_t nearest() const {
    std::size_t best = poles_.size();
    for (std::size_t i = 0; i < poles_.size(); ++i) {
      if (!is_joined_[i] && (best == poles_.size() || poles_[i].length_m < poles_[best].length_m)) {
        best = i;
      }
    }
    return best;
  }

  /// A joined pole may be a shorter way out for those that are not.
  void offer(std::size_t joined) {
    for (std::size_t i = 0; i < poles_.size(); ++i) {
      const double length_m = apart_m(*poles_[joined].position, *poles_[i].position);
      const double way_m = poles_[joined].way_m + length_m;
      if (!is_joined_[i] && length_m < poles_[i].length_m &&
          way_m <= std::max(most_way_m_, direct_m_[i]) + rounding_m) {
        poles_[i].above = joined;
        poles_[i].length_m = length_m;
        poles_[i].way_m = way_m;
      }
    }
  }

  std::vector<Pole> poles_;
  double most_way_m_;
  std::vector<bool> is_joined_;
  std::vector<double> direct_m_;
};

}  // namespace

double apart_m(const Position& a, const Position& b) {
  return std::max(straight_m(a, b), shortest_line_m);
}

Position middle_of(std::span<const Position> positions) {
  // Around the first, so that a far origin takes no digits away.
  Position sum;
  for (const Position& position : positions) {
    sum.x_m += position.x_m - positions.front().x_m;
    sum.y_m += position.y_m - positions.front().y_m;
  }
  const double count = static_cast<double>(positions.size());
  return {positions.front().x_m + sum.x_m / count, positions.front().y_m + sum.y_m / count};
}

std::vector<Pole> layout_of(const Position& transformer, std::span<const Position> houses,
                            const LayoutRule& rule) {
  if (houses.empty()) {
    return {};
  }
  std::vector<Pole> poles = around(transformer, poles_for(transformer, houses, rule));
  const std::size_t feeders = std::min(rule.feeders, poles.size());
  part_into_feeders(poles, houses.size(), feeders);
  std::vector<Pole> joined;
  for (std::size_t feeder = 0; feeder < feeders; ++feeder) {
    std::vector<Pole> own;
    std::ranges::copy_if(poles, std::back_inserter(own),
                         [&](const Pole& pole) { return pole.feeder == feeder; });
    Joining(transformer, std::move(own), rule.most_feeder_m).append_to(joined);
  }
  return joined;
}

std::vector<Pole> layout_of(std::size_t houses, const LayoutRule& rule) {
  if (houses == 0) {
    return {};
  }
  const auto most_poles = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::floor(rule.most_feeder_m / rule.pole_m + rounding_m)));
  const std::size_t most_houses = most_poles * rule.houses_per_pole;
  const std::size_t all_poles = (houses + rule.houses_per_pole - 1) / rule.houses_per_pole;
  const std::size_t feeders =
      std::max((houses + most_houses - 1) / most_houses, std::min(rule.feeders, all_poles));
  std::vector<Pole> poles;
  for (std::size_t feeder = 0; feeder < feeders; ++feeder) {
    const std::size_t end = houses * (feeder + 1) / feeders;
    Pole pole;
    pole.feeder = feeder;
    for (std::size_t house = houses * feeder / feeders; house < end;) {
      pole.length_m = rule.pole_m;
      pole.way_m += rule.pole_m;
      pole.drops.clear();
      for (; house < end && pole.drops.size() < rule.houses_per_pole; ++house) {
        pole.drops.push_back({house, rule.drop_m});
      }
      poles.push_back(pole);
      pole.above = poles.size() - 1;
    }
  }
  return poles;
}

}  // namespace xiaoyuan::wires
