// Where the poles of a plausible network stand and how lines join them, as geometry alone.
//
// From positions:
//   poles    the unserved house furthest from the transformer takes its nearest unserved neighbours
//            to one pole in their middle, as far as a service drop reaches
//   sectors  the poles around the transformer, parted by direction into feeders of about as many
//            houses each, beginning at the widest gap
//   lines    in a sector the pole that needs least new line is joined next (Prim), by no way longer
//            from the transformer than the limit or the straight line (bounded-radius trees: Cong,
//            Kahng, Robins, Sarrafzadeh and Wong, IEEE Trans. CAD 11(6), 1992)
// From counts: equal feeders in the order of the houses, equal distances.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/position.hpp"

namespace xiaoyuan::wires {

inline constexpr std::size_t at_transformer = ~std::size_t{0};

struct Drop {
  std::size_t house = 0;  ///< of those given
  double length_m = 0.0;
};

struct Pole {
  std::size_t above = at_transformer;  ///< the pole towards the transformer, before this one
  double length_m = 0.0;               ///< of the line from there
  double way_m = 0.0;                  ///< from the transformer
  std::size_t feeder = 0;
  std::vector<Drop> drops;
  std::optional<Position> position = std::nullopt;
};

struct LayoutRule {
  double pole_m = 50.0;             ///< from pole to pole, where nothing is known
  std::size_t houses_per_pole = 3;  ///< at most
  std::size_t feeders = 2;          ///< where there are so many poles
  double drop_m = 20.0;             ///< to a house without a position
  double most_drop_m = 25.0;
  double least_drop_m = 5.0;
  double most_feeder_m = 500.0;
};

/// Parents before children. The way to no pole is longer than the limit or its straight line.
std::vector<Pole> layout_of(const Position& transformer, std::span<const Position> houses,
                            const LayoutRule& rule);

/// The same from the number of houses.
std::vector<Pole> layout_of(std::size_t houses, const LayoutRule& rule);

/// The distance, and at least 1 m: a line has a length.
double apart_m(const Position& a, const Position& b);
Position middle_of(std::span<const Position> positions);

}  // namespace xiaoyuan::wires
