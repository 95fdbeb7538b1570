// Changes of the wires themselves: a stronger conductor or a second line on the way to where it
// binds, a tap, a larger transformer.
//
// A stronger conductor is the next size (or the one after it) of the same family in the library,
// laid as the present one is: temperature and distance between the wires are read back from its
// impedance, r = r_20·(1 + α·(T − 20)) and X_ii − X_ij = x_f·ln(D_ij/GMR).
#pragma once
#include "hosting/remedies.hpp"
#include "hosting/remedies_room.hpp"

namespace xiaoyuan::hosting {

/// Lines one behind the other from the transformer outwards, and what each is to become.
struct LineWork {
  enum class Kind { stronger, parallel };
  Kind kind = Kind::stronger;
  std::vector<std::size_t> lines;
  std::vector<wires::LineType> types;  ///< by line; of a second line the present type
  double length_m = 0.0;
};

/// The bus whose limit binds, or that a line that binds leads to; none: a transformer binds.
std::optional<std::size_t> binding_bus(const AreaRoom& room, const wires::Feeders& feeders);
/// The lines to a bus, from the transformer outwards.
std::vector<std::size_t> way_to(const wires::Feeders& feeders, std::size_t bus);

/// Beginnings of the way, some of every length, with each line stronger by one size and by two.
std::vector<LineWork> stronger_lines(const wires::Network& network,
                                     const std::vector<std::size_t>& way,
                                     const std::vector<wires::WireType>& library);
/// The same with a second line beside each.
std::vector<LineWork> second_lines(const wires::Network& network,
                                   const std::vector<std::size_t>& way);
void do_work(const LineWork& work, wires::Network& network);

/// "JKLYJ-70 at 0.4 m" → "JKLYJ-70"
std::string bought_as(const std::string& line_type);
/// The type with a size more (or `sizes`), laid as `type` is; none: it is not of the library, or
/// there is no larger one.
std::optional<wires::LineType> stronger_type(const wires::LineType& type,
                                             const std::vector<wires::WireType>& library,
                                             std::size_t sizes, double frequency_hz);

/// Where a larger transformer's figures come from.
enum class FiguresFrom { library, scaled };
/// Gives the transformer another rating, with the figures of its series in the library where it is
/// of one; else the same u_k, and losses that grow with the rating.
FiguresFrom enlarge(wires::Transformer& transformer, double rating_kva,
                    const std::vector<wires::TransformerType>& library);

}  // namespace xiaoyuan::hosting
