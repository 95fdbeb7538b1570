#include "wires/assembly.hpp"

namespace xiaoyuan::wires {

namespace {

/// Three phases among n wires.
template <std::size_t n>
Matrix<n> widened(const Matrix3& phases) {
  Matrix<n> wide;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      wide(i, j) = phases(i, j);
    }
  }
  return wide;
}

/// An admittance from the phases to their neutral.
template <std::size_t n>
Matrix<n> to_neutral(const Matrix3& phases) {
  Matrix<n> wide = widened<n>(phases);
  if constexpr (n == 4) {
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        wide(i, 3) -= phases(i, j);
        wide(3, j) -= phases(i, j);
        wide(3, 3) += phases(i, j);
      }
    }
  }
  return wide;
}

template <std::size_t n>
class Assembler {
 public:
  explicit Assembler(const Network& network) : net_(network) {
    all_.shunts.resize(net_.buses.size());
  }

  Assembly<n> run() {
    for (std::size_t i = 0; i < net_.lines.size(); ++i) {
      add(net_.lines[i], i);
    }
    for (std::size_t i = 0; i < net_.links.size(); ++i) {
      plain(net_.links[i].from, net_.links[i].to, {}, Part::link, i);
    }
    for (std::size_t i = 0; i < net_.transformers.size(); ++i) {
      add(net_.transformers[i], i);
    }
    for (const Shunt& shunt : net_.shunts) {
      all_.shunts[shunt.bus] += widened<n>(phase_matrix(shunt.admittance_siemens));
    }
    add_electrodes();
    add_source();
    return std::move(all_);
  }

 private:
  Edge<n>& plain(std::size_t from, std::size_t to, const Matrix<n>& impedance, Part part,
                 std::size_t index) {
    Edge<n> edge;
    edge.from = from;
    edge.to = to;
    edge.forth = edge.back = {Matrix<n>::identity(), impedance};
    edge.part = part;
    edge.index = index;
    all_.edges.push_back(edge);
    return all_.edges.back();
  }

  void add(const Line& line, std::size_t index) {
    const LineType& type = net_.types[line.type];
    const double many = line.parallel;
    Matrix<n> per_km;
    const auto* wires = std::get_if<FourWiresPerKm>(&type.impedance);
    if constexpr (n == 4) {
      per_km = wires != nullptr ? wires->ohm : widened<n>(three_wires(type, net_.neutral));
    } else {
      per_km = three_wires(type, net_.neutral);
    }
    plain(line.from, line.to, per_km * (line.length_km / many), Part::line, index);
    const Matrix<n> half = widened<n>(shunt_per_km(type) * (0.5 * line.length_km * many));
    all_.shunts[line.from] += half;
    all_.shunts[line.to] += half;
  }

  void add(const Transformer& transformer, std::size_t index) {
    const TransformerModel model = model_of(transformer);
    const ReverseModel back = reversed(transformer);
    const bool is_t = transformer.equivalent == Equivalent::t;
    const double upper_half = is_t ? 0.5 : 0.0;
    const std::size_t inside = all_.shunts.size();
    all_.shunts.push_back(widened<n>(model.no_load_siemens * (is_t ? 1.0 : 0.5)));
    Edge<n> upper;
    upper.from = transformer.high;
    upper.to = inside;
    upper.is_plain = false;
    upper.forth = {widened<n>(model.ratio), widened<n>(model.leakage_ohm * upper_half)};
    upper.back = {widened<n>(back.ratio), widened<n>(back.leakage_ohm * upper_half)};
    upper.if_back = to_neutral<n>(back.low_siemens);
    upper.behind = transformer.low;
    upper.part = Part::transformer;
    upper.index = index;
    upper.is_last = false;
    all_.edges.push_back(upper);
    Matrix<n> lower = widened<n>(model.leakage_ohm * (1.0 - upper_half));
    add_star_point(lower, transformer.low);
    plain(inside, transformer.low, lower, Part::transformer, index);
    if (!is_t) {
      all_.shunts[transformer.low] += to_neutral<n>(model.no_load_siemens * 0.5);
    }
  }

  /// What comes back through the earth lifts the star point, and with it all wires of the low side.
  void add_star_point(Matrix<n>& impedance, std::size_t low) const {
    if constexpr (n == 4) {
      for (Complex& cell : impedance.cells) {
        cell += net_.buses[low].electrode_ohm.value_or(0.0);
      }
    }
  }

  void add_electrodes() {
    if constexpr (n == 4) {
      std::vector<bool> is_star_point(net_.buses.size());
      for (const Transformer& transformer : net_.transformers) {
        is_star_point[transformer.low] = true;
      }
      for (std::size_t i = 0; i < net_.buses.size(); ++i) {
        if (net_.buses[i].electrode_ohm && !is_star_point[i]) {
          all_.shunts[i](3, 3) += 1.0 / *net_.buses[i].electrode_ohm;
        }
      }
    }
  }

  void add_source() {
    all_.root = all_.shunts.size();
    all_.shunts.emplace_back();
    const Source& source = net_.sources.front();
    plain(all_.root, source.bus, widened<n>(phase_matrix(source.impedance_ohm)), Part::source, 0);
  }

  const Network& net_;
  Assembly<n> all_;
};

}  // namespace

template <std::size_t n>
Assembly<n> assembled(const Network& network) {
  return Assembler<n>(network).run();
}

template Assembly<3> assembled<3>(const Network& network);
template Assembly<4> assembled<4>(const Network& network);

}  // namespace xiaoyuan::wires
