#include "desk/map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "wires/feeders.hpp"

namespace xiaoyuan::desk {

namespace {

using Places = std::vector<std::optional<Position>>;

constexpr double row_m = 20.0;  // from house to house where nothing is known
constexpr std::size_t houses_a_row = 10;

bool is_any_known(const Places& places) {
  return std::ranges::any_of(places, [](const auto& place) { return place.has_value(); });
}

/// Buses without a position, in the middle of their neighbours.
void settle_between(const wires::Network& network, Places& places) {
  constexpr int rounds = 200;
  std::vector<std::vector<std::size_t>> neighbours(places.size());
  for (const wires::Line& line : network.lines) {
    neighbours[line.from].push_back(line.to);
    neighbours[line.to].push_back(line.from);
  }
  std::vector<std::size_t> open;
  for (std::size_t bus = 0; bus < places.size(); ++bus) {
    if (!places[bus] && !neighbours[bus].empty()) {
      open.push_back(bus);
    }
  }
  for (int round = 0; round < rounds; ++round) {
    for (const std::size_t bus : open) {
      Position sum;
      double count = 0.0;
      for (const std::size_t other : neighbours[bus]) {
        if (places[other]) {
          sum.x_m += places[other]->x_m;
          sum.y_m += places[other]->y_m;
          count += 1.0;
        }
      }
      if (count > 0.0) {
        places[bus] = Position{sum.x_m / count, sum.y_m / count};
      }
    }
  }
}

/// The buses behind one transformer, as rays: as far out as their lines are long, in the direction
/// of the middle of what hangs below them.
class Rays {
 public:
  Rays(const wires::Feeders& feeders, std::size_t transformer)
      : feeders_(feeders), angle_(feeders.places.size(), 0.0), weight_(angle_.size(), 0.0) {
    for (const std::size_t bus : feeders.order) {
      if (feeders.places[bus].transformer == transformer) {
        buses_.push_back(bus);
      }
    }
    spread();
  }

  double radius_m() const {
    double most = row_m;
    for (const std::size_t bus : buses_) {
      most = std::max(most, feeders_.places[bus].from_transformer_m);
    }
    return most;
  }

  void place_around(const Position& middle, Places& places) const {
    for (const std::size_t bus : buses_) {
      const double far_m = feeders_.places[bus].from_transformer_m;
      places[bus] = Position{middle.x_m + far_m * std::cos(angle_[bus]),
                             middle.y_m + far_m * std::sin(angle_[bus])};
    }
  }

 private:
  /// Leaves share the circle; every other bus looks to the mean of its leaves.
  void spread() {
    std::vector<bool> has_below(angle_.size(), false);
    for (const std::size_t bus : buses_) {
      if (feeders_.places[bus].above != bus) {
        has_below[feeders_.places[bus].above] = true;
      }
    }
    // Depth first, so that what hangs together stays together.
    std::vector<std::vector<std::size_t>> below(angle_.size());
    std::vector<std::size_t> stack;
    for (const std::size_t bus : buses_) {
      const std::size_t above = feeders_.places[bus].above;
      (above == bus ? stack : below[above]).push_back(bus);
    }
    std::vector<std::size_t> leaves;
    while (!stack.empty()) {
      const std::size_t bus = stack.back();
      stack.pop_back();
      if (!has_below[bus]) {
        leaves.push_back(bus);
      }
      stack.insert(stack.end(), below[bus].begin(), below[bus].end());
    }
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      angle_[leaves[i]] =
          2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(leaves.size());
      weight_[leaves[i]] = 1.0;
    }
    for (std::size_t i = buses_.size(); i-- > 0;) {
      const std::size_t bus = buses_[i];
      const std::size_t above = feeders_.places[bus].above;
      if (has_below[bus]) {
        angle_[bus] /= weight_[bus];
      }
      if (above != bus) {
        angle_[above] += angle_[bus] * weight_[bus];
        weight_[above] += weight_[bus];
      }
    }
  }

  const wires::Feeders& feeders_;
  std::vector<double> angle_;
  std::vector<double> weight_;
  std::vector<std::size_t> buses_;
};

void place_rays(const plan::WiresInput& wires, Places& places) {
  const wires::Feeders feeders = wires::feeders_of(wires.network);
  double x_m = 0.0;
  for (std::size_t t = 0; t < wires.network.transformers.size(); ++t) {
    const Rays rays(feeders, t);
    x_m += t == 0 ? 0.0 : rays.radius_m();
    rays.place_around({x_m, 0.0}, places);
    x_m += rays.radius_m() + 2.0 * row_m;
  }
}

Position in_row(std::size_t i) {
  const std::size_t row = 1 + i / houses_a_row;
  return {row_m * static_cast<double>(i % houses_a_row), row_m * static_cast<double>(row)};
}

class Drawing {
 public:
  explicit Drawing(const plan::Inputs& inputs) : inputs_(inputs), village_(inputs.village) {}

  VillageMap draw() {
    if (inputs_.wires) {
      place_buses();
    }
    place_transformers();
    place_houses();
    if (inputs_.wires) {
      draw_lines();
    }
    take_bounds();
    tell();
    return std::move(map_);
  }

 private:
  void place_buses() {
    const plan::WiresInput& wires = *inputs_.wires;
    places_ = wires.positions;
    places_.resize(wires.network.buses.size());
    is_drawn_ = !is_any_known(places_);
    if (is_drawn_) {
      place_rays(wires, places_);
    }
    settle_between(wires.network, places_);
  }

  void place_transformers() {
    map_.transformers.resize(village_.transformers.size());
    for (std::size_t i = 0; i < map_.transformers.size(); ++i) {
      is_made_up_ = is_made_up_ || !village_.transformers[i].position;
      map_.transformers[i] = village_.transformers[i].position.value_or(
          Position{row_m * static_cast<double>(houses_a_row * i), 0.0});
    }
    if (!inputs_.wires) {
      return;
    }
    const plan::WiresInput& wires = *inputs_.wires;
    for (std::size_t t = 0; t < wires.transformers.size(); ++t) {
      if (const auto& place = places_[wires.network.transformers[t].low]) {
        map_.transformers[wires.transformers[t]] = *place;
      }
    }
  }

  void place_houses() {
    for (std::size_t i = 0; i < village_.households.size(); ++i) {
      const auto& own = village_.households[i].position;
      is_made_up_ = is_made_up_ || !own;
      const auto bus = inputs_.wires ? places_[inputs_.wires->houses[i].bus] : std::nullopt;
      map_.houses.push_back(own && !is_drawn_ ? *own : bus.value_or(own.value_or(in_row(i))));
    }
  }

  void draw_lines() {
    const plan::WiresInput& wires = *inputs_.wires;
    std::vector<bool> is_house(places_.size(), false);
    std::vector<bool> is_pole(places_.size(), false);
    for (const plan::HousePlace& house : wires.houses) {
      is_house[house.bus] = true;
    }
    for (const wires::Line& line : wires.network.lines) {
      if (!places_[line.from] || !places_[line.to]) {
        continue;
      }
      map_.lines.push_back({.is_drop = is_house[line.from] || is_house[line.to],
                            .from = *places_[line.from],
                            .to = *places_[line.to]});
      is_pole[line.from] = is_pole[line.to] = true;
    }
    for (const wires::Transformer& transformer : wires.network.transformers) {
      is_pole[transformer.low] = is_pole[transformer.high] = false;
    }
    for (std::size_t bus = 0; bus < places_.size(); ++bus) {
      if (is_pole[bus] && !is_house[bus]) {
        map_.poles.push_back(*places_[bus]);
      }
    }
  }

  void take_bounds() {
    bool is_first = true;
    for (const auto* places : {&map_.transformers, &map_.houses, &map_.poles}) {
      for (const Position& place : *places) {
        map_.least = is_first ? place
                              : Position{std::min(map_.least.x_m, place.x_m),
                                         std::min(map_.least.y_m, place.y_m)};
        map_.most = is_first ? place
                             : Position{std::max(map_.most.x_m, place.x_m),
                                        std::max(map_.most.y_m, place.y_m)};
        is_first = false;
      }
    }
  }

  void tell() {
    map_.is_assumed =
        is_made_up_ || village_.illustrative || !inputs_.wires || inputs_.wires->is_assumed();
    if (is_drawn_ || is_made_up_) {
      map_.note = {
          "the village gives no coordinates: this is a plan of what hangs together, no map",
          "本村未提供坐标:此为接线关系示意,并非地图"};
    } else if (map_.is_assumed) {
      map_.note = {"positions or wires are assumed", "位置或线路为假设"};
    } else {
      map_.note = {"positions and wires as in the village's files", "位置与线路取自本村文件"};
    }
  }

  const plan::Inputs& inputs_;
  const model::Village& village_;
  VillageMap map_;
  Places places_;
  bool is_drawn_ = false;    // no bus had a position
  bool is_made_up_ = false;  // of a house or a transformer
};

}  // namespace

VillageMap map_of(const plan::Inputs& inputs) { return Drawing(inputs).draw(); }

}  // namespace xiaoyuan::desk
